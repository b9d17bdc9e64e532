from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import AddressField, NameField


class UserManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can log in. The e-mail address is the login name; it is never shown in public."""

    class Purpose(models.TextChoices):
        EXPERT = "expert", _("I register as an expert")
        ORGANIZATION = "organization", _("I register for an organisation")
        PROJECT = "project", _("I lead a project")

    email = AddressField(_("email address"), unique=True)
    name = NameField(
        _("name"),
        max_length=150,
        blank=True,
        help_text=_("Shown, instead of your email address, to the people you deal with here. It is not published."),
    )
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=settings.LANGUAGES,
        default="fr",
        help_text=_("Language of the emails sent to this person."),
    )
    purpose = models.CharField(
        _("purpose"),
        max_length=12,
        choices=Purpose,
        default=Purpose.EXPERT,
        help_text=_("Stated at sign-up; decides where the person starts."),
    )
    is_staff = models.BooleanField(_("member of the coordination team"), default=False)
    team_until = models.DateField(_("in the team until"), null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("registered on"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        permissions = [("export_lists", _("Can download the lists of the administration"))]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique_case_insensitive"),
            models.CheckConstraint(condition=Q(language__in=["ar", "fr", "en"]), name="user_language_known"),
            models.CheckConstraint(condition=Q(purpose__in=["expert", "organization", "project"]), name="user_purpose_known"),
        ]

    def __str__(self) -> str:
        return self.name or self.email


class Consent(models.Model):
    """One yes of one person to one text, kept after its withdrawal as a proof of both."""

    class Purpose(models.TextChoices):
        PRIVACY = "privacy", _("Privacy notice")

    user = models.ForeignKey(User, models.CASCADE, related_name="consents", verbose_name=_("user"))
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    text_version = models.CharField(_("version of the text"), max_length=20)
    given_at = models.DateTimeField(_("given on"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint("user", "purpose", condition=Q(withdrawn_at=None), name="consent_one_current_per_purpose"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")), name="consent_withdrawn_after_given"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.text_version})"
