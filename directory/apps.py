from django.apps import AppConfig
from django.core.signals import request_finished
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        from directory import checks  # noqa: F401  (importing registers them)
        from directory.search import insight

        request_finished.connect(insight.write_when_due, dispatch_uid="directory.search.insight")
