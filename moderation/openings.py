"""Who has a submission open: a hint to colleagues, and no lock. The cache keeps it for an hour; forgetting it harms nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

from accounts.models import User
from moderation.models import Submission

KEPT = timedelta(hours=1)


@dataclass(frozen=True)
class Opening:
    """A colleague who opened the page, and when last."""

    by: User
    at: datetime


def note_opening(submission: Submission, user: User) -> None:
    opened = _opened(submission) | {user.pk: timezone.now()}
    cache.set(_key(submission), opened, KEPT.total_seconds())


def opened_by_others(submission: Submission, user: User) -> list[Opening]:
    """The colleagues who may be reading it too, the last one first."""
    since = timezone.now() - KEPT
    others = {pk: at for pk, at in _opened(submission).items() if pk != user.pk and at > since}
    people = User.objects.in_bulk(others) if others else {}
    return sorted((Opening(person, others[pk]) for pk, person in people.items()), key=lambda opening: opening.at, reverse=True)


def _opened(submission: Submission) -> dict[int, datetime]:
    return cache.get(_key(submission), {})


def _key(submission: Submission) -> str:
    return f"moderation:opened:{submission.pk}"
