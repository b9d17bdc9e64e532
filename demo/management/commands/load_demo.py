from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo import loading


class Command(BaseCommand):
    help = "Load the demo network. Does nothing when it is there already; `manage.py up --fresh` makes it anew."

    def handle(self, *args, **options) -> None:
        if not settings.DEMO:
            raise CommandError("The demo network lives in the embedded database server only: start it with `manage.py up`.")
        if loading.is_loaded():
            self.stdout.write("The demo network is loaded already.")
            return
        network = loading.load()
        self.stdout.write(
            self.style.SUCCESS(
                f"{len(network.experts)} experts, {len(network.organizations)} organisations, {len(network.projects)} projects."
            )
        )
