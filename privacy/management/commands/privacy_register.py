from django.conf import settings
from django.core.management.base import BaseCommand

from privacy import register


class Command(BaseCommand):
    help = "Writes docs/privacy.md from the declarations of the rooms."

    def handle(self, **options) -> None:
        (settings.BASE_DIR / "docs" / "privacy.md").write_text(register.text(), encoding="utf-8")
