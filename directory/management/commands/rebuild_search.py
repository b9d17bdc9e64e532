import time

from django.core.management.base import BaseCommand, CommandParser

from directory.search import refresh, writing


class Command(BaseCommand):
    help = (
        "Brings the search index up to date: entries that it lacks, that an older analyser read, or whose themes and places have "
        "other names now. Search goes on meanwhile; interrupted, the next run continues."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="read every entry again")
        parser.add_argument("--watch", type=int, metavar="SECONDS", help="stay, and look again after so many seconds")

    def handle(self, **options) -> None:
        if options["all"]:
            writing.forget_all()
        self._bring_up_to_date(quiet=not options["verbosity"])
        while options["watch"]:
            time.sleep(options["watch"])
            self._bring_up_to_date(quiet=not options["verbosity"])

    def _bring_up_to_date(self, *, quiet: bool) -> None:
        refresh.mark_touched()
        total = writing.waiting()
        started = time.monotonic()

        def report(done: int) -> None:
            if quiet:
                return
            rate = done / (time.monotonic() - started)
            self.stdout.write(f"{done} of {total} entries, {rate:.0f} a second")

        if (done := writing.bring_up_to_date(report)) and not quiet:
            self.stdout.write(f"{done} entries read in {time.monotonic() - started:.0f} s.")
