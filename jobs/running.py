"""Running what is due, once, however many machines try.

While a job runs its process holds an advisory lock of PostgreSQL, which the server lets go as soon as the process is gone. Who
gets the lock looks again whether the job is still due. A run that still says "running" then belongs to a process that died.
"""

import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from core.schedule import Job, jobs
from jobs.models import Run

logger = logging.getLogger(__name__)

# Beside the number of the job, so that no other advisory lock of the portal is meant.
LOCKS = 7_052_026
# A failed job tries again after this time, or at its next turn if that comes first.
RETRY_AFTER = timedelta(hours=1)
# So long after its turn something is wrong: nobody runs the jobs, or one does not end.
LATE_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class JobStanding:
    """One job and its last run that ended."""

    job: Job
    last: Run | None

    def is_due(self, now: datetime) -> bool:
        if self.last is None or self.last.started_at < self.job.due.latest(now):
            return True
        return self.has_failed and self.last.started_at + RETRY_AFTER <= now

    def is_late(self, now: datetime) -> bool:
        """Whether its turn came an hour ago and it has not run since; a job that never ran is late at once."""
        return self.last is None or self.last.started_at < self.job.due.latest(now - LATE_AFTER)

    @property
    def has_failed(self) -> bool:
        return self.last is not None and self.last.status == Run.Status.FAILED


def standings() -> list[JobStanding]:
    """Every job of the portal, in the order of their names."""
    last = Run.objects.latest_by_job()
    return [JobStanding(job, last.get(name)) for name, job in jobs().items()]


def run_due() -> list[Run]:
    """Run what is due and not being run elsewhere. An error ends its job, not the others."""
    now = timezone.now()
    due = [standing.job for standing in standings() if standing.is_due(now)]
    return [run for job in due if (run := _run_alone(job, only_if_due=True))]


def run_now(job: Job) -> Run | None:
    """Run one job, due or not; None while it is being run elsewhere."""
    return _run_alone(job, only_if_due=False)


def _run_alone(job: Job, *, only_if_due: bool) -> Run | None:
    with _lock(job) as is_ours:
        if not is_ours:
            return None
        Run.objects.filter(job=job.name, status=Run.Status.RUNNING).update(
            status=Run.Status.BROKEN_OFF, finished_at=timezone.now(), error="The process ended before the job did."
        )
        last = Run.objects.ended().filter(job=job.name).first()
        if only_if_due and not JobStanding(job, last).is_due(timezone.now()):
            return None
        run = Run.objects.create(job=job.name)
        _work(job, run)
        return run


def _work(job: Job, run: Run) -> None:
    try:
        counts = job.work()
    except Exception as error:
        logger.exception("The job %s failed", job.name)
        run.finish(Run.Status.FAILED, error=f"{type(error).__name__}: {error}")
    else:
        run.finish(Run.Status.DONE, counts=dict(counts or {}))


@contextmanager
def _lock(job: Job) -> Iterator[bool]:
    """Whether this process alone may run the job now."""
    numbers = [LOCKS, zlib.crc32(job.name.encode()) - 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", numbers)
        is_ours = cursor.fetchone()[0]
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", numbers)
