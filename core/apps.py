from django.apps import AppConfig
from django.utils.dateformat import DateFormat
from django.utils.translation import gettext_lazy as _

from core.languages import day_of_the_month


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        # Django has no letter for it, and writes dates in templates, mails and lists of its own.
        DateFormat.j = day_of_the_month
