"""Granted for a term: from a day, until a day, by somebody; ended before its time, or by the next term.

A concrete grant says to whom, and that terms do not overlap:

    class Verification(Granted):
        organization = models.ForeignKey(Organization, …)

        class Meta(Granted.Meta):
            constraints = [*Granted.Meta.constraints, *one_at_a_time("organization", name="verification")]
"""

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import PlainTextField


def one_at_a_time(subject: str, *, name: str) -> list[models.BaseConstraint]:
    """One current term of each subject, and no two terms that hold on one day. `subject` is a foreign key of the grant."""
    # A range of one number, because GiST compares ranges without an extension of PostgreSQL.
    same = Func(F(subject), F(subject), Value("[]"), function="int8range", output_field=BigIntegerRangeField())
    held = Func(F("since"), Coalesce("ended_on", "until"), function="daterange", output_field=DateRangeField())
    return [
        models.UniqueConstraint(fields=[subject], condition=Q(ended_on=None), name=f"{name}_one_current"),
        ExclusionConstraint(
            name=f"{name}_terms_do_not_overlap",
            expressions=[(same, RangeOperators.OVERLAPS), (held, RangeOperators.OVERLAPS)],
        ),
    ]


class GrantedQuerySet(models.QuerySet):
    def current(self):
        """The last word on each subject, in force or expired."""
        return self.filter(ended_on=None)

    def valid(self):
        today = timezone.localdate()
        return self.current().filter(since__lte=today, until__gte=today)

    def expired(self):
        return self.current().filter(until__lt=timezone.localdate())

    def end(self, day: date) -> int:
        """End the current terms on this day, or on their first day when that is later; the number of terms."""
        return self.current().update(ended_on=Greatest("since", Value(day)))


class Granted(models.Model):
    """What somebody granted to somebody for a term."""

    since = models.DateField(_("from"))
    until = models.DateField(_("valid until"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    note = PlainTextField(_("note of the coordination team"), blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = GrantedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="%(class)s_ends_later"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("since")), name="%(class)s_ended_after_it_began"
            ),
        ]

    @property
    def is_expired(self) -> bool:
        return self.until < timezone.localdate()
