from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    name = "messaging"
    verbose_name = _("Contact requests")

    def ready(self) -> None:
        """Every kind says on its pages how its people may be reached."""
        from directory.kinds import contribute, kinds
        from messaging.facts import REACHED

        for kind in kinds():
            contribute(kind, REACHED)
