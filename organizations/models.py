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

from core.asking import ASKED, Asked, AskedQuerySet
from core.fields import AddressField, PlainCharField, PlainTextField, PublicURLField
from core.mail_links import MailLink
from core.terms import Granted, one_at_a_time
from moderation.models import Publishable, PublishableQuerySet
from organizations.schema import ORGANIZATION, Step
from taxonomy.models import GOAL_NUMBERS

INVITATION_DAYS = 14
INVITATION_LINK = MailLink("invitation")


class OrganizationQuerySet(PublishableQuerySet):
    def acted_for_by(self, user):
        return self.filter(affiliations__user=user, affiliations__role__in=[Role.OWNER, Role.EDITOR])

    def owned_by(self, user):
        return self.filter(affiliations__user=user, affiliations__role=Role.OWNER)

    def without_owner_but(self, user):
        """Those that nobody else could answer for, were this person gone."""
        others = Affiliation.objects.filter(organization=models.OuterRef("pk"), role=Role.OWNER, user__is_active=True)
        return self.owned_by(user).exclude(models.Exists(others.exclude(user=user)))

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
    contact_email = AddressField(_("contact email"), blank=True)
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
            "on": verification.since.isoformat(),
            "until": verification.until.isoformat(),
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


class JoinRequestQuerySet(AskedQuerySet):
    def to_decide_by(self, user):
        return self.open().filter(organization__affiliations__user=user, organization__affiliations__role=Role.OWNER)


class JoinRequest(Asked):
    """Somebody asks to belong to an organisation; its owners decide."""

    class Status(models.TextChoices):
        ASKED = ASKED, pgettext_lazy("join request", "Open")
        ACCEPTED = "accepted", pgettext_lazy("join request", "Accepted")
        DECLINED = "declined", pgettext_lazy("join request", "Declined")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="join_requests")
    # Who asks is whom it is about: without the account there is no request.
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="join_requests")
    message = PlainTextField(_("a few words to the owners"), max_length=500, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=ASKED)

    objects = JoinRequestQuerySet.as_manager()

    class Meta(Asked.Meta):
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["asked_at", "pk"]
        constraints = [
            *Asked.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "asked_by"], condition=models.Q(status=ASKED), name="joinrequest_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by} → {self.organization}"


def invitation_expiry():
    return timezone.now() + timedelta(days=INVITATION_DAYS)


class InvitationQuerySet(AskedQuerySet):
    def addressed_to(self, user):
        return self.filter(email__iexact=user.email)

    def of_link(self, token: str):
        """The one that this link in a mail is for, if it may still be answered."""
        return self.open().filter(pk__in=INVITATION_LINK.read(token) or [])


class Invitation(Asked):
    """An invitation by e-mail to act for an organisation: one address, one use, two weeks."""

    class Status(models.TextChoices):
        ASKED = ASKED, pgettext_lazy("invitation", "Open")
        ACCEPTED = "accepted", pgettext_lazy("invitation", "Accepted")
        DECLINED = "declined", pgettext_lazy("invitation", "Declined")
        REVOKED = "revoked", pgettext_lazy("invitation", "Revoked")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="invitations")
    email = AddressField(_("email address"))
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.EDITOR)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=ASKED, editable=False)
    expires_at = models.DateTimeField(_("valid until"), default=invitation_expiry, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta(Asked.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-asked_at"]
        constraints = [
            *Asked.Meta.constraints,
            models.UniqueConstraint(
                "organization", Lower("email"), condition=models.Q(status=ASKED), name="invitation_one_open_per_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.organization}"

    @property
    def answer_url(self) -> str:
        """Where the invited person answers; whoever has this address may."""
        return reverse("organizations:invitation", args=[INVITATION_LINK.token(self.pk, until=self.expires_at)])

    def is_for(self, user) -> bool:
        return self.email.lower() == user.email.lower()


class Verification(Granted):
    """The coordination team has checked that an organisation is what it says: how, when, by whom, until when."""

    class Method(models.TextChoices):
        DOMAIN_MAIL = "domain_mail", _("Email from its own domain")
        DOCUMENT = "document", _("Official document")
        MANUAL = "manual", _("Known to the network")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="verifications")
    method = models.CharField(_("how"), max_length=20, choices=Method)

    class Meta(Granted.Meta):
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["-since", "-pk"]
        constraints = [*Granted.Meta.constraints, *one_at_a_time("organization", name="verification")]

    def __str__(self) -> str:
        return f"{self.organization} · {self.since}"
