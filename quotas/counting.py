"""Limits on what was done, not on what is there: revoking, deleting or declining frees nothing.

    INVITED = Quota("organizations.invited", 20, DAY)

    spend(INVITED.of(by), REACHED.of(email))      # in the transaction of the deed; raises QuotaSpent, and nothing was done

Counted by one statement of PostgreSQL, in a table that forgets nothing before its window ends. When the transaction is undone,
so is the count. Windows have a fixed beginning (a day begins at midnight, by the clock of the network), so that
a count is one number and not a list of moments.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quotas.models import DeedCount

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
OFTEN_ENOUGH = _("You have done this as often as possible in one day. Please try again tomorrow.")

COUNT_ONE = """
INSERT INTO quotas_deedcount (quota, whom, since, until, count) VALUES (%s, %s, %s, %s, 1)
ON CONFLICT (quota, whom, since) DO UPDATE SET count = quotas_deedcount.count + 1
RETURNING count
"""


class QuotaSpent(Exception):
    """It was done often enough. `until`: from then on it may be done again."""

    def __init__(self, quota: "Quota", until: datetime):
        super().__init__(f"{quota.name}: {quota.amount} in {quota.window}")
        self.quota = quota
        self.until = until

    @property
    def seconds(self) -> int:
        return max(1, round((self.until - timezone.now()).total_seconds()))


@dataclass(frozen=True)
class Quota:
    """So many times within such a window. `name` is "room.deed"; it stays, counts are kept under it.

    `refusal` is what the person reads whose deed was one too many.
    """

    name: str
    amount: int
    window: timedelta
    refusal: str | Promise = OFTEN_ENOUGH

    def of(self, *whom: models.Model | str) -> "Share":
        """The share of a person, of another row, of an address (of e-mail, in any case; of the network), or of several."""
        names = [f"{each._meta.label_lower}:{each.pk}" if isinstance(each, models.Model) else each.casefold() for each in whom]
        return Share(self, salted_hmac(self.name, "\n".join(names), algorithm="sha256").hexdigest())

    def now(self) -> tuple[datetime, datetime]:
        """Beginning and end of the present window."""
        now = timezone.localtime()
        since = now - (now.replace(tzinfo=None) - datetime.min) % self.window
        return since, since + self.window


@dataclass(frozen=True)
class Share:
    """What one person or address may use of a quota."""

    quota: Quota
    whom: str

    def count(self) -> int:
        """Count one more deed; the number of deeds in this window."""
        with connection.cursor() as cursor:
            cursor.execute(COUNT_ONE, [self.quota.name, self.whom, *self.quota.now()])
            return cursor.fetchone()[0]

    def left(self) -> int:
        """How often it may still be done in this window."""
        since, _until = self.quota.now()
        done = DeedCount.objects.filter(quota=self.quota.name, whom=self.whom, since=since).values_list("count", flat=True)
        return max(0, self.quota.amount - (done.first() or 0))


def spend(*shares: Share) -> None:
    """Count one deed against each. Raises QuotaSpent when one of them is used up: the caller's transaction ends with it."""
    # Always in one order: two deeds that count against the same two shares do not wait for each other.
    for share in sorted(shares, key=lambda share: (share.quota.name, share.whom)):
        if share.count() > share.quota.amount:
            raise QuotaSpent(share.quota, share.quota.now()[1])
