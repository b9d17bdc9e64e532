from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import AddressField
from core.languages import text_direction

from .kinds import MailKind

# A mail server that is down for a day and a half loses nothing.
RETRY_AFTER = [timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440)]
# A worker takes what is due within seconds; restarting one takes less than this.
STUCK_AFTER = timedelta(minutes=15)


def kind_choices() -> list[tuple[str, str]]:
    """Asked when needed: a new kind of mail is a line and three texts, and no migration."""
    return MailKind.choices


class MailQuerySet(models.QuerySet):
    def queued(self):
        return self.filter(status=Mail.Status.QUEUED)

    def dealt_with(self):
        return self.exclude(status=Mail.Status.QUEUED)

    def stuck(self):
        """Due for so long that nothing seems to send them."""
        return self.queued().filter(next_attempt_at__lte=timezone.now() - STUCK_AFTER)

    def due(self, now: datetime):
        return self.queued().filter(next_attempt_at__lte=now).order_by("next_attempt_at", "pk")


class Mail(models.Model):
    """One mail to one person: written with the change it tells of, sent afterwards by `manage.py mail_worker`."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("Waiting to be sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Given up")
        CANCELLED = "cancelled", _("Cancelled")

    kind = models.CharField(_("kind"), max_length=40, choices=kind_choices)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="mails", verbose_name=_("recipient")
    )
    address = AddressField(_("email address"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    about = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("about"),
        default=list,
        blank=True,
        editable=False,
        help_text=_("Persons and pages beside the recipient (core.privacy.subject_key): when one is erased, this email is."),
    )
    subject = models.CharField(_("subject"), max_length=998)  # RFC 5322, section 2.1.1
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML version"), blank=True)
    thread = models.CharField(
        _("conversation"),
        max_length=32,
        blank=True,
        editable=False,
        help_text=_("Emails with one value lie together in a mailbox; it says nothing to its reader."),
    )
    confidential = models.BooleanField(
        _("confidential"), default=False, help_text=_("Contains a code or a personal link: nobody but the recipient reads it.")
    )
    dedupe_key = models.CharField(_("key against duplicates"), max_length=200, unique=True, null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, blank=True, default=timezone.now)
    last_error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("written on"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("email")
        verbose_name_plural = _("emails")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], condition=Q(status="queued"), name="mail_due"),
            models.Index(fields=["-created_at", "-id"], name="mail_newest_first"),
            GinIndex(fields=["about"], name="mail_about"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["queued", "sent", "failed", "cancelled"]), name="mail_status_known"),
            models.CheckConstraint(condition=Q(language__in=["ar", "fr", "en"]), name="mail_language_known"),
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False) | (~Q(status="sent") & Q(sent_at=None)),
                name="mail_sent_has_date",
            ),
            models.CheckConstraint(
                condition=Q(status="queued", next_attempt_at__isnull=False) | (~Q(status="queued") & Q(next_attempt_at=None)),
                name="mail_queued_has_next_attempt",
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(html="") | ~Q(status="queued"),
                name="mail_has_a_body_until_it_was_dealt_with",
            ),
            models.CheckConstraint(condition=~Q(subject__regex=r"[\r\n]"), name="mail_subject_is_one_line"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} → {self.address}"

    @property
    def direction(self) -> str:
        return text_direction(self.language)

    @property
    def is_editable(self) -> bool:
        return self.status == self.Status.QUEUED and not self.confidential
