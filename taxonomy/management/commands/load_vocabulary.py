from django.core.management.base import BaseCommand

from taxonomy.loading import load_vocabulary


class Command(BaseCommand):
    help = (
        "Load goals, themes, places, languages and reference lists from taxonomy/data. Safe to run again; edited rows are kept."
    )

    def handle(self, *args, **options) -> None:
        tallies = load_vocabulary()
        if not options["verbosity"]:
            return
        for tally in tallies:
            if tally.changed:
                self.stdout.write(f"{tally.table}: {tally.created} created, {tally.updated} updated, {tally.retired} retired")
        self.stdout.write(self.style.SUCCESS(f"Vocabulary: {sum(tally.changed for tally in tallies)} rows changed."))
