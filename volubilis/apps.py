from django.apps import AppConfig


class VolubilisConfig(AppConfig):
    name = "volubilis"
    verbose_name = "Volubilis"

    def ready(self) -> None:
        from volubilis import checks  # noqa: F401  (importing registers them)
