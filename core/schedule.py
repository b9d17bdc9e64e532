"""What runs when. Each room declares its jobs in its `jobs.py`; the room `jobs` finds them there and runs what is due.

    @job("notifications.blank_old_mails", _("Empty the mails sent long ago"), Daily(hour=3))
    def blank_old_mails() -> dict[str, int]: ...

A job can be killed at any moment and is then run again, so it works in steps that may be repeated.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Protocol

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from django.utils.functional import Promise


class Due(Protocol):
    def latest(self, now: datetime) -> datetime:
        """A run that began before this moment no longer counts."""
        ...


@dataclass(frozen=True)
class Every:
    """Again and again, with this time from one beginning to the next."""

    interval: timedelta

    def latest(self, now: datetime) -> datetime:
        return now - self.interval


@dataclass(frozen=True)
class Daily:
    """Once a day, from this full hour on, by the clock of the network (TIME_ZONE)."""

    hour: int

    def latest(self, now: datetime) -> datetime:
        today = timezone.localdate(now)
        moment = self._on(today)
        return moment if moment <= now else self._on(today - timedelta(days=1))

    def _on(self, day) -> datetime:
        return timezone.make_aware(datetime.combine(day, time(self.hour)))


@dataclass(frozen=True)
class WhenAsked:
    """As soon as somebody asks: `since` says from when on work has been waiting, None while there is none."""

    since: Callable[[], datetime | None]

    def latest(self, now: datetime) -> datetime:
        moment = self.since()
        return moment if moment and moment <= now else datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Job:
    """One piece of work without a person. `work` returns what it did, counted: {"mails": 12}."""

    name: str
    label: str | Promise
    due: Due
    work: Callable[[], Mapping[str, int] | None]


_jobs: dict[str, Job] = {}


def job(name: str, label: str | Promise, due: Due) -> Callable:
    """Declare the function below as a job. The name, "room.verb", stays: its runs are kept under it."""

    def declare(work: Callable) -> Callable:
        known = _jobs.get(name)
        if known and known.work.__qualname__ != work.__qualname__:
            raise ImproperlyConfigured(f"Two jobs are called {name}.")
        _jobs[name] = Job(name, label, due, work)
        return work

    return declare


def jobs() -> dict[str, Job]:
    """All declared jobs by name."""
    return dict(sorted(_jobs.items()))
