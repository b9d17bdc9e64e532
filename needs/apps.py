from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class NeedsConfig(AppConfig):
    name = "needs"
    verbose_name = pgettext_lazy("kind", "Needs")
