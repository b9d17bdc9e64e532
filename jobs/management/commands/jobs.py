import logging
import signal
from datetime import datetime
from threading import Event

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from core.schedule import jobs
from jobs.models import Run
from jobs.running import JobStanding, run_due, run_now, standings

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Runs the jobs that are due. Several machines may do so side by side: each job runs once."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--watch", type=float, metavar="SECONDS", help="stay, and look again after so many seconds")
        what.add_argument("--job", metavar="NAME", help="run this one now, due or not")
        what.add_argument("--list", action="store_true", help="say what there is, when it last ran and how that ended")

    def handle(self, **options) -> None:
        quiet = not options["verbosity"]
        if options["list"]:
            self._list()
        elif options["watch"]:
            self._watch(options["watch"], quiet=quiet)
        else:
            runs = [self._one(options["job"])] if options["job"] else run_due()
            self._report(runs, quiet=quiet)
            if any(run.status == Run.Status.FAILED for run in runs):
                raise CommandError("A job failed; the log and the admin say why.")

    def _one(self, name: str) -> Run:
        if name not in jobs():
            raise CommandError(f"There is no job {name}. There are: {', '.join(jobs())}.")
        run = run_now(jobs()[name])
        if run is None:
            raise CommandError(f"{name} is being run by another process.")
        return run

    def _watch(self, pause: float, *, quiet: bool) -> None:
        stop = Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            # The job in hand is finished first.
            signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            try:
                self._report(run_due(), quiet=quiet)
            except (OperationalError, InterfaceError):
                logger.exception("The database does not answer")
                connection.close()
            stop.wait(pause)

    def _report(self, runs: list[Run], *, quiet: bool) -> None:
        for run in runs if not quiet else []:
            seconds = (run.finished_at - run.started_at).total_seconds()
            said = run.error or ", ".join(f"{count} {what}" for what, count in run.counts.items())
            self.stdout.write(f"{run.job}: {run.status} in {seconds:.1f} s. {said}".rstrip(" ."))

    def _list(self) -> None:
        now = timezone.now()
        for standing in standings():
            self.stdout.write(f"{standing.job.name:40} {_state(standing, now):9} {_last(standing.last)}")


def _state(standing: JobStanding, now: datetime) -> str:
    return "late" if standing.is_late(now) else "due" if standing.is_due(now) else ""


def _last(run: Run | None) -> str:
    return f"{timezone.localtime(run.started_at):%Y-%m-%d %H:%M} {run.status}" if run else "never"
