import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from phonenumber_field.modelfields import PhoneNumberField
from translated_fields import TranslatedField

from core.fields import PlainCharField, PlainTextField, PublicURLField
from moderation.models import Publishable, PublishableQuerySet
from organizations.schema import ORGANIZATION, Step
from taxonomy.models import GOAL_NUMBERS

INVITATION_DAYS = 14


class OrganizationQuerySet(PublishableQuerySet):
    def acted_for_by(self, user):
        return self.filter(affiliations__user=user, affiliations__role__in=[Role.OWNER, Role.EDITOR])

    def read_by(self, user):
        """Where this user is a reader, and nothing more."""
        return self.filter(affiliations__user=user, affiliations__role=Role.READER)

    def with_document_rows(self):
        return self.select_related("entry")


class Organization(Publishable):
    """One organisation as the people who act for it edit it. Codes are those of `taxonomy`."""

    document_schema = ORGANIZATION

    name = TranslatedField(PlainCharField(_("name"), max_length=200, blank=True))
    acronym = PlainCharField(_("acronym"), max_length=30, blank=True)
    source_language = models.CharField(_("language we write in"), max_length=2, choices=settings.LANGUAGES, default="fr")
    type = models.CharField(_("type"), max_length=40, blank=True)
    founded = models.PositiveSmallIntegerField(
        _("founded in (year)"), null=True, blank=True, validators=[MinValueValidator(800), MaxValueValidator(2100)]
    )
    logo = models.ImageField(_("logo"), upload_to="logos", blank=True)
    description = TranslatedField(PlainTextField(_("description"), max_length=4000, blank=True))
    themes = ArrayField(models.CharField(max_length=20), verbose_name=_("themes"), default=list, blank=True)
    goals = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("goals"), default=list, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    region = models.CharField(_("region"), max_length=10, blank=True)
    city = PlainCharField(_("city"), max_length=100, blank=True)
    territories = ArrayField(
        models.CharField(max_length=20), verbose_name=_("territories where we work"), default=list, blank=True
    )
    website = PublicURLField(_("website"), blank=True)
    contact_email = models.EmailField(_("contact email"), blank=True)
    phone = PhoneNumberField(_("telephone"), blank=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Affiliation", related_name="organizations", verbose_name=_("people")
    )

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(goals__contained_by=GOAL_NUMBERS), name="organization_goals_are_the_seventeen"
            ),
        ]

    def __str__(self) -> str:
        names = [getattr(self, f"name_{code}") for code in (self.source_language, "fr", "en", "ar")]
        return next((name for name in names if name), str(_("Unnamed organisation")))

    def people(self):
        return self.people_in(Role.OWNER, Role.EDITOR)

    def people_in(self, *roles: str):
        """The active accounts that belong to it in one of these roles."""
        # One filter: what somebody may do for another organisation does not count here.
        return get_user_model().objects.filter(affiliations__organization=self, affiliations__role__in=roles, is_active=True)

    def edit_url(self, step: str = "") -> str:
        return reverse("organizations:edit", kwargs={"public_id": self.public_id, "step": step or Step.IDENTITY})

    @property
    def current_verification(self) -> "Verification | None":
        return self.verifications.current().first()

    @property
    def verification_fact(self) -> dict[str, str]:
        """What the public page says of the verification: how and when, and until when it holds."""
        verification = self.current_verification
        if verification is None:
            return {}
        return {
            "method": verification.method,
            "on": verification.verified_on.isoformat(),
            "until": verification.valid_until.isoformat(),
        }


class Role(models.TextChoices):
    """What somebody may do for an organisation: owners also decide who belongs to it."""

    OWNER = "owner", pgettext_lazy("role", "Owner")
    EDITOR = "editor", pgettext_lazy("role", "Editor")
    READER = "reader", pgettext_lazy("role", "Reader")


class Affiliation(models.Model):
    """One person who belongs to an organisation, in one role."""

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="affiliations", verbose_name=_("organisation")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="affiliations", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role)
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("person of an organisation")
        verbose_name_plural = _("people of organisations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "user"], name="affiliation_once"),
            models.CheckConstraint(condition=models.Q(role__in=["owner", "editor", "reader"]), name="affiliation_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class JoinRequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(status=JoinRequest.Status.OPEN)

    def to_decide_by(self, user):
        return self.open().filter(organization__affiliations__user=user, organization__affiliations__role=Role.OWNER)


class JoinRequest(models.Model):
    """Somebody asks to belong to an organisation; its owners decide."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("join request", "Open")
        ACCEPTED = "accepted", pgettext_lazy("join request", "Accepted")
        DECLINED = "declined", pgettext_lazy("join request", "Declined")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="join_requests")
    message = PlainTextField(_("a few words to the owners"), max_length=500, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    asked_at = models.DateTimeField(_("asked on"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "user"], condition=models.Q(status="open"), name="joinrequest_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(status="open", decided_at=None)
                | (~models.Q(status="open") & models.Q(decided_at__isnull=False)),
                name="joinrequest_decision_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.organization}"


def new_token() -> str:
    return secrets.token_urlsafe(32)


def invitation_expiry():
    return timezone.now() + timedelta(days=INVITATION_DAYS)


class InvitationQuerySet(models.QuerySet):
    def pending(self):
        """Neither answered nor revoked; perhaps expired."""
        return self.filter(accepted_at=None, revoked_at=None)

    def usable(self):
        return self.pending().filter(expires_at__gt=timezone.now())

    def addressed_to(self, user):
        return self.filter(email__iexact=user.email)


class Invitation(models.Model):
    """An invitation by e-mail to act for an organisation: one address, one use, two weeks."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("email address"))
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.EDITOR)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(_("invited on"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"), default=invitation_expiry)
    accepted_at = models.DateTimeField(_("accepted on"), null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(_("revoked on"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at"]
        constraints = [
            models.UniqueConstraint(
                "organization",
                Lower("email"),
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="invitation_one_open_per_address",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(revoked_at=None), name="invitation_accepted_or_revoked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.organization}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    def is_for(self, user) -> bool:
        return self.email.lower() == user.email.lower()


class VerificationQuerySet(models.QuerySet):
    def current(self):
        """The last word on each organisation, in force or expired."""
        return self.filter(ended_on=None)

    def expired(self):
        return self.current().filter(valid_until__lt=timezone.localdate())


class Verification(models.Model):
    """The coordination team has checked that an organisation is what it says: how, when, by whom, until when."""

    class Method(models.TextChoices):
        DOMAIN_MAIL = "domain_mail", _("Email from its own domain")
        DOCUMENT = "document", _("Official document")
        MANUAL = "manual", _("Known to the network")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="verifications")
    method = models.CharField(_("how"), max_length=20, choices=Method)
    verified_on = models.DateField(_("verified on"))
    valid_until = models.DateField(_("valid until"))
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    note = PlainTextField(_("note of the coordination team"), blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["-verified_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organization"], condition=models.Q(ended_on=None), name="verification_one_current"),
            models.CheckConstraint(condition=models.Q(valid_until__gt=models.F("verified_on")), name="verification_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.verified_on}"
