import time
from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandParser

from directory.search import refresh, vectors, writing


class Command(BaseCommand):
    help = (
        "Brings the search index up to date: entries that it lacks, that an older analyser read, or whose themes and places have "
        "other names now; and the vectors of what was published since, where there are any. Search goes on meanwhile; "
        "interrupted, the next run continues."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="read every entry again")
        parser.add_argument(
            "--vectors",
            action="store_true",
            help="make what the search by meaning needs, where the server has the extension vector and an encoder is installed",
        )
        parser.add_argument("--watch", type=int, metavar="SECONDS", help="stay, and look again after so many seconds")

    def handle(self, **options) -> None:
        if options["vectors"] and (missing := vectors.make()):
            self.stderr.write(f"No search by meaning: {missing}. Everything else works without.")
        if options["all"]:
            writing.forget_all()
            vectors.forget_all()
        self._bring_up_to_date(quiet=not options["verbosity"])
        while options["watch"]:
            time.sleep(options["watch"])
            self._bring_up_to_date(quiet=not options["verbosity"])

    def _bring_up_to_date(self, *, quiet: bool) -> None:
        refresh.mark_touched()
        self._run(writing.waiting, writing.bring_up_to_date, "read", quiet=quiet)
        if vectors.can_write():
            self._run(vectors.waiting, vectors.bring_up_to_date, "encoded", quiet=quiet)

    def _run(self, waiting: Callable[[], int], write: Callable, done_with: str, *, quiet: bool) -> None:
        total = waiting()
        started = time.monotonic()

        def report(done: int) -> None:
            if quiet:
                return
            rate = done / (time.monotonic() - started)
            self.stdout.write(f"{done} of {total} entries, {rate:.0f} a second")

        if (done := write(report)) and not quiet:
            self.stdout.write(f"{done} entries {done_with} in {time.monotonic() - started:.0f} s.")
