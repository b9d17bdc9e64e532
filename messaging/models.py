from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from phonenumber_field.modelfields import PhoneNumberField

from core.asking import ASKED, Asked, AskedQuerySet
from core.fields import AddressField, NameField, PlainCharField, PlainTextField
from core.mail_links import MailLink
from directory.kinds import drafts
from directory.models import Entry
from moderation.models import Publishable
from notifications.kinds import MailKind
from notifications.models import Mail
from organizations.models import Organization

ANSWER_DAYS = 14
CONFIRM_DAYS = 3
TEXTS_KEPT = timedelta(days=365)
LONGEST_MESSAGE, LONGEST_LINE = 3000, 500

CONFIRM_LINK = MailLink("contact confirmation")  # of a request
ANSWER_LINK = MailLink("contact answer")  # of a request and of the person who answers
SENDER_LINK = MailLink("contact sender")  # of a request


class Purpose(models.TextChoices):
    """Why somebody writes."""

    ADVICE = "advice", pgettext_lazy("purpose", "Advice")
    PARTNERSHIP = "partnership", pgettext_lazy("purpose", "Partnership")
    TRAINING = "training", pgettext_lazy("purpose", "Training")
    RESEARCH = "research", pgettext_lazy("purpose", "Research")
    TWINNING = "twinning", pgettext_lazy("purpose", "Twinning")
    OTHER = "other", pgettext_lazy("purpose", "Something else")


class SenderState(models.TextChoices):
    """What a sender is told. Blocked, reported and declined without a word all look like a request that nobody answered."""

    UNCONFIRMED = "unconfirmed", pgettext_lazy("contact request", "Not sent yet: confirm your address")
    HELD = "held", pgettext_lazy("contact request", "Being read by the coordination team")
    STOPPED = "stopped", pgettext_lazy("contact request", "Not passed on")
    SENT = "sent", pgettext_lazy("contact request", "Sent")
    UNDELIVERABLE = "undeliverable", pgettext_lazy("contact request", "Could not be delivered")
    ACCEPTED = "accepted", pgettext_lazy("contact request", "Accepted")
    DECLINED = "declined", pgettext_lazy("contact request", "Declined")
    ENDED = "ended", pgettext_lazy("contact request", "Contact ended")
    EXPIRED = "expired", pgettext_lazy("contact request", "Expired")

    @property
    def badge(self) -> str:
        """Which of the badges of components/status_badge.html."""
        return BADGES.get(self, "refused")


BADGES = {
    SenderState.UNCONFIRMED: "draft",
    SenderState.HELD: "waiting",
    SenderState.SENT: "waiting",
    SenderState.ACCEPTED: "published",
    SenderState.ENDED: "draft",
    SenderState.EXPIRED: "draft",
}


class ContactRequestQuerySet(AskedQuerySet):
    def delivered(self):
        return self.filter(delivery=ContactRequest.Delivery.DELIVERED)

    def held(self):
        return self.filter(delivery=ContactRequest.Delivery.HELD)

    def open(self):
        return super().open().delivered()

    def received_by(self, user):
        """What lies before this person, for every page for which the person acts; what is put aside is not shown again."""
        mine = Q()
        for model in drafts().values():
            mine |= Q(entry__public_id__in=model.objects.acted_for_by(user).values("public_id"))
        aside = [ContactRequest.Status.BLOCKED, ContactRequest.Status.REPORTED]
        return self.delivered().filter(mine).exclude(status__in=aside)

    def sent_by(self, user):
        return self.filter(asked_by=user)

    def unanswered_to_the_sender(self):
        """Whose sender has heard nothing; the day may be over."""
        told = Q(status=ContactRequest.Status.DECLINED) & ~Q(answer_line="")
        return self.delivered().exclude(Q(status__in=[ContactRequest.Status.ACCEPTED, ContactRequest.Status.ENDED]) | told)

    def with_names(self):
        return self.select_related("entry", "asked_by", "organization")

    def with_delivery_failures(self):
        """Each knows whether every mail of it was given up (`is_undeliverable`)."""
        mails = Mail.objects.filter(kind=MailKind.CONTACT_REQUEST, dedupe_key__startswith=OuterRef("mail_key"))
        key = Concat(Value(f"{MailKind.CONTACT_REQUEST}:"), Cast("pk", models.CharField()), Value(":"))
        keyed = self.annotate(mail_key=key)
        failed, others = mails.filter(status=Mail.Status.FAILED), mails.exclude(status=Mail.Status.FAILED)
        return keyed.annotate(is_undeliverable=Exists(failed) & ~Exists(others))


class ContactRequest(Asked):
    """Somebody asks the people of a page to get in touch: what was written, whether it arrived, and what was answered.

    `asked_by` is the account of a member; a visitor has none. What the other side sees once both agree: `sender_address` of the
    sender, `answer_address` and `answer_phone` of whoever accepted.
    """

    class Delivery(models.TextChoices):
        UNCONFIRMED = "unconfirmed", pgettext_lazy("delivery", "Address not confirmed")
        HELD = "held", pgettext_lazy("delivery", "Held for the team")
        STOPPED = "stopped", pgettext_lazy("delivery", "Not passed on")
        DELIVERED = "delivered", pgettext_lazy("delivery", "Delivered")

    class Status(models.TextChoices):
        ASKED = ASKED, pgettext_lazy("contact request", "Open")
        ACCEPTED = "accepted", pgettext_lazy("contact request", "Accepted")
        DECLINED = "declined", pgettext_lazy("contact request", "Declined")
        ENDED = "ended", pgettext_lazy("contact request", "Contact ended")
        BLOCKED = "blocked", pgettext_lazy("contact request", "Sender blocked")
        REPORTED = "reported", pgettext_lazy("contact request", "Reported")

    class Held(models.TextChoices):
        """Why a request waits for the team."""

        WORDS = "words", pgettext_lazy("held because", "Contains an expression of the list")
        LINKS = "links", pgettext_lazy("held because", "Contains several links")
        COORDINATORS = "coordinators", pgettext_lazy("held because", "The page is reached through the team")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="contact_requests", verbose_name=_("page"))
    organization = models.ForeignKey(
        Organization, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("on behalf of")
    )
    sender_name = NameField(_("who writes"), max_length=150)
    sender_organization = PlainCharField(_("organisation of who writes"), max_length=200, blank=True)
    sender_address = AddressField(_("address of who writes"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    purpose = models.CharField(pgettext_lazy("contact request", "purpose"), max_length=20, choices=Purpose)
    message = PlainTextField(_("message"), blank=True, validators=[MaxLengthValidator(LONGEST_MESSAGE)])
    wanted_by = models.DateField(_("answer wanted by"), null=True, blank=True)
    delivery = models.CharField(_("delivery"), max_length=12, choices=Delivery, default=Delivery.UNCONFIRMED)
    delivered_at = models.DateTimeField(_("delivered on"), null=True, blank=True)
    held_because = models.CharField(_("held because"), max_length=20, choices=Held, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ASKED)
    answer_line = PlainTextField(_("a line to the sender"), blank=True, validators=[MaxLengthValidator(LONGEST_LINE)])
    answer_address = AddressField(_("address shown"), blank=True)
    answer_phone = PhoneNumberField(_("telephone shown"), blank=True)
    emptied_at = models.DateTimeField(_("texts erased on"), null=True, blank=True)

    objects = ContactRequestQuerySet.as_manager()

    class Meta(Asked.Meta):
        verbose_name = _("contact request")
        verbose_name_plural = _("contact requests")
        ordering = ["-asked_at", "-pk"]
        permissions = [("decide_contactrequest", _("Can release or stop held requests and settle reports"))]
        indexes = [
            models.Index(fields=["entry", "-delivered_at"], name="contactrequest_received"),
            models.Index(fields=["asked_by", "-asked_at"], name="contactrequest_sent"),
            models.Index(Lower("sender_address"), name="contactrequest_address"),
        ]
        constraints = [
            *Asked.Meta.constraints,
            models.CheckConstraint(
                condition=Q(delivery="delivered", delivered_at__isnull=False, expires_at__isnull=False)
                | (~Q(delivery="delivered") & Q(delivered_at=None, status=ASKED)),
                name="contactrequest_delivered_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(status="accepted") | ~Q(answer_address="") | Q(emptied_at__isnull=False),
                name="contactrequest_accepted_has_an_address",
            ),
            models.CheckConstraint(
                condition=Q(emptied_at=None) & ~Q(message="")
                | Q(emptied_at__isnull=False, message="", answer_line="", sender_address="", answer_address=""),
                name="contactrequest_has_a_message_until_it_is_emptied",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender} → {self.entry}"

    @property
    def sender(self) -> str:
        """Who writes, as the other side reads it."""
        behind = str(self.organization or self.sender_organization)
        return f"{self.sender_name} ({behind})" if behind else self.sender_name

    @property
    def draft(self) -> Publishable:
        return drafts()[self.entry.kind].objects.get(public_id=self.entry.public_id)

    @property
    def sender_state(self) -> SenderState:
        """Ask with `with_delivery_failures` to know what could not be delivered."""
        if self.delivery != self.Delivery.DELIVERED:
            return SenderState(self.delivery)
        if self.status in {self.Status.ACCEPTED, self.Status.ENDED}:
            return SenderState(self.status)
        if self.status == self.Status.DECLINED and self.answer_line:
            return SenderState.DECLINED
        if getattr(self, "is_undeliverable", False):
            return SenderState.UNDELIVERABLE
        return SenderState.EXPIRED if self.is_expired else SenderState.SENT

    @property
    def standing(self) -> str:
        """Where it stands, for the people asked."""
        is_over = self.status == self.Status.ASKED and self.is_expired
        return SenderState.EXPIRED.label if is_over else self.get_status_display()

    @property
    def badge(self) -> str:
        """For the people asked: which of the badges of components/status_badge.html."""
        if self.status == self.Status.ASKED:
            return "draft" if self.is_expired else "waiting"
        return "published" if self.status == self.Status.ACCEPTED else "refused"

    @property
    def is_answerable(self) -> bool:
        """Whether a first answer, or another one, may still be given."""
        return not self.is_expired and self.status in {self.Status.ASKED, self.Status.ACCEPTED, self.Status.DECLINED}

    @property
    def sender_has_acted(self) -> bool:
        """Whether the sender has written since the answer: then it stands."""
        return self.answered_at is not None and self.replies.filter(is_of_sender=True, written_at__gt=self.answered_at).exists()

    def confirm_url(self) -> str:
        until = self.asked_at + timedelta(days=CONFIRM_DAYS)
        return reverse("messaging:confirm", args=[CONFIRM_LINK.token(self.pk, until=until)])

    def answer_url(self, user) -> str:
        """Where this person answers without signing in, for as long as the texts are kept."""
        return reverse("messaging:answer_by_mail", args=[ANSWER_LINK.token(self.pk, user.pk, until=self._texts_end)])

    def sender_url(self) -> str:
        """Where the sender follows the request: a visitor by the link, a member signed in as well."""
        return reverse("messaging:sent_by_mail", args=[SENDER_LINK.token(self.pk, until=self._texts_end)])

    @property
    def _texts_end(self):
        return self.asked_at + TEXTS_KEPT


class Reply(models.Model):
    """What one side wrote to the other through the portal."""

    request = models.ForeignKey(
        ContactRequest, on_delete=models.CASCADE, related_name="replies", verbose_name=_("contact request")
    )
    is_of_sender = models.BooleanField(_("by the sender"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    written_at = models.DateTimeField(_("written on"), default=timezone.now)
    text = PlainTextField(_("reply"), blank=True, validators=[MaxLengthValidator(LONGEST_MESSAGE)])

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.request_id} · {self.written_at:%Y-%m-%d}"


class BlockedSender(models.Model):
    """The people of a page want nothing more from one account, or from one address without account."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    address = AddressField(_("email address"), blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("blocked sender")
        verbose_name_plural = _("blocked senders")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, address="") | (Q(user=None) & ~Q(address="")), name="block_names_one"
            ),
            models.UniqueConstraint(fields=["entry", "user"], condition=Q(address=""), name="block_account_once"),
            models.UniqueConstraint("entry", Lower("address"), condition=Q(user=None), name="block_address_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id or '@'} → {self.entry_id}"

    @property
    def who(self) -> str:
        """A name for whoever knows the sender by name only; a visitor wrote the address down to be answered."""
        return (
            self.user.name
            if self.user and self.user.name
            else pgettext("blocked", "A sender blocked on %(day)s")
            % {"day": date_format(timezone.localtime(self.since), "DATE_FORMAT")}
        )


class HeldExpression(models.Model):
    """Words at which a request waits until somebody of the team has read it."""

    text = PlainCharField(_("expression"), max_length=100, help_text=_("One or several words, as they stand in a text."))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("held expression")
        verbose_name_plural = _("held expressions")
        ordering = ["language", "text"]
        constraints = [models.UniqueConstraint(Lower("text"), "language", name="heldexpression_once")]

    def __str__(self) -> str:
        return self.text


class ReportQuerySet(AskedQuerySet):
    def with_subjects(self):
        return self.select_related("entry", "request__entry", "asked_by")


class Report(Asked):
    """Somebody tells the team that a page or a message is not as it should be; a moderator settles it."""

    class Status(models.TextChoices):
        ASKED = ASKED, pgettext_lazy("report", "Open")
        ACTED = "acted", pgettext_lazy("report", "Something was done")
        DISMISSED = "dismissed", pgettext_lazy("report", "Nothing to do")

    class Reason(models.TextChoices):
        WRONG = "wrong", pgettext_lazy("report", "Something is not true")
        IMPERSONATION = "impersonation", pgettext_lazy("report", "Written in the name of somebody else")
        OFFENSIVE = "offensive", pgettext_lazy("report", "Offensive or threatening")
        ADVERTISING = "advertising", pgettext_lazy("report", "Advertising or fraud")
        OTHER = "other", pgettext_lazy("report", "Something else")

    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, null=True, blank=True, related_name="reports", verbose_name=_("page")
    )
    request = models.ForeignKey(
        ContactRequest, on_delete=models.CASCADE, null=True, blank=True, related_name="reports", verbose_name=_("contact request")
    )
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    text = PlainTextField(_("what is wrong"), blank=True, validators=[MaxLengthValidator(2000)])
    address = AddressField(_("address for an answer"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ASKED)
    note = PlainTextField(_("note of the coordination team"), blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta(Asked.Meta):
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["asked_at", "pk"]
        constraints = [
            *Asked.Meta.constraints,
            models.CheckConstraint(
                condition=Q(entry__isnull=False, request=None) | Q(entry=None, request__isnull=False), name="report_of_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry or self.request)


def people_of(entry: Entry):
    """The accounts that answer for a page."""
    draft = drafts()[entry.kind].objects.filter(public_id=entry.public_id).first()
    return draft.people() if draft else get_user_model().objects.none()
