"""Asked → answered: one question to somebody, which is settled once.

A concrete question declares its `Status`, whose first value is `ASKED`, and the field that holds it:

    class Invitation(Asked):
        status = models.CharField(max_length=10, choices=Status, default=ASKED)

        class Meta(Asked.Meta):
            constraints = [*Asked.Meta.constraints, …]
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ASKED = "asked"


class AskedQuerySet(models.QuerySet):
    def unanswered(self):
        """Neither answered nor taken back; perhaps expired."""
        return self.filter(status=ASKED)

    def answered(self):
        return self.exclude(status=ASKED)

    def open(self):
        """What may still be answered."""
        return self.unanswered().filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))

    def expired(self):
        return self.unanswered().filter(expires_at__lte=timezone.now())

    def settle(self, status: str, *, by) -> int:
        """Answer these rows by one conditional UPDATE; the number of rows that were still as this query asks for."""
        return self.update(status=status, answered_at=timezone.now(), answered_by=by)


class Asked(models.Model):
    """A question: who asked when, until when it may be answered, and who answered when."""

    asked_at = models.DateTimeField(_("asked on"), auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("asked by"),
    )
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("answered by"),
    )

    objects = AskedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(status=ASKED, answered_at=None) | (~Q(status=ASKED) & Q(answered_at__isnull=False)),
                name="%(class)s_answer_is_dated",
            ),
        ]

    @property
    def is_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    def settle(self, status: str, *, by, among: AskedQuerySet | None = None) -> bool:
        """Answer this question if it is still open, or still `among` others; False when somebody was faster."""
        rows = type(self).objects.open() if among is None else among
        settled = rows.filter(pk=self.pk).settle(status, by=by)
        if settled:
            self.refresh_from_db(fields=["status", "answered_at", "answered_by"])
        return bool(settled)
