from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User, UserManager
from accounts.roles import SHORT, TeamRole
from core.asking import ASKED, Asked
from core.fields import AddressField
from core.mail_links import MailLink

INVITATION_LINK = MailLink("team invitation")
INVITATION_DAYS = 7


class ColleagueManager(UserManager):
    def get_queryset(self):
        factors = Authenticator.objects.filter(user=models.OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
        return super().get_queryset().filter(is_staff=True).annotate(is_secured=models.Exists(factors)).prefetch_related("groups")


class Colleague(User):
    """A user who belongs to the coordination team."""

    objects = ColleagueManager()

    class Meta:
        proxy = True
        verbose_name = _("member of the team")
        verbose_name_plural = _("team")


def invitation_expiry():
    return timezone.now() + timedelta(days=INVITATION_DAYS)


class TeamInvitation(Asked):
    """One address is asked to join the team, in some roles, perhaps until a day."""

    class Status(models.TextChoices):
        ASKED = ASKED, pgettext_lazy("invitation", "Open")
        ACCEPTED = "accepted", pgettext_lazy("invitation", "Accepted")
        DECLINED = "declined", pgettext_lazy("invitation", "Declined")
        REVOKED = "revoked", pgettext_lazy("invitation", "Revoked")

    email = AddressField(_("email address"))
    roles = ArrayField(models.CharField(max_length=20, choices=TeamRole), verbose_name=_("roles"))
    until = models.DateField(_("in the team until"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=ASKED)
    expires_at = models.DateTimeField(_("valid until"), default=invitation_expiry, editable=False)

    class Meta(Asked.Meta):
        verbose_name = _("invitation to the team")
        verbose_name_plural = _("invitations to the team")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            *Asked.Meta.constraints,
            models.UniqueConstraint(Lower("email"), condition=Q(status=ASKED), name="teaminvitation_one_open_per_address"),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def role_labels(self) -> list:
        return [SHORT[role] for role in self.roles if role in SHORT]

    @property
    def answer_url(self) -> str:
        return reverse("team:invitation", args=[INVITATION_LINK.token(self.pk, until=self.expires_at)])

    def is_for(self, user) -> bool:
        return self.email.lower() == user.email.lower()
