"""How much anybody may ask of others. Counted by what was done, in the rows themselves, so that all workers count alike."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from directory.models import Entry
from messaging.models import ContactRequest


@dataclass(frozen=True)
class Limit:
    amount: int
    period: timedelta


BY_MEMBER = Limit(20, timedelta(days=1))
BY_VISITOR = Limit(3, timedelta(days=1))
TO_PAGE = Limit(10, timedelta(days=7))


def left_of_member(user: User) -> int:
    return _left(BY_MEMBER, ContactRequest.objects.sent_by(user), "asked_at")


def left_of_visitor(address: str) -> int:
    return _left(BY_VISITOR, ContactRequest.objects.filter(asked_by=None, sender_address__iexact=address), "asked_at")


def left_to_page(entry: Entry) -> int:
    return _left(TO_PAGE, entry.contact_requests.delivered(), "delivered_at")


def one_at_a_time(*names: str) -> None:
    """Until the transaction ends nobody else passes here with one of these names: whoever counts then counts right."""
    with connection.cursor() as cursor:
        for name in sorted(names):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"messaging:{name}"])


def _left(limit: Limit, rows: QuerySet, moment: str) -> int:
    done = rows.filter(**{f"{moment}__gt": timezone.now() - limit.period}).count()
    return max(0, limit.amount - done)
