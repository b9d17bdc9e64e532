from django.apps import AppConfig


class VolubilisConfig(AppConfig):
    name = "volubilis"
    verbose_name = "Volubilis"
