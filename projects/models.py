from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from core.asking import ASKED, Asked, AskedQuerySet
from core.fields import DayField, PlainCharField, PlainTextField, PublicURLField
from core.mail_links import MailLink
from directory.labels import label_of
from experts.models import Expert
from moderation.models import Publishable, PublishableQuerySet
from organizations.models import Organization, Role
from projects.schema import PROJECT, Step
from taxonomy.models import GOAL_NUMBERS

PARTICIPATION_LINK = MailLink("participation")
PARTICIPATION_LINK_DAYS = 60


class ProjectQuerySet(PublishableQuerySet):
    def acted_for_by(self, user):
        """Its creator, and whoever edits for the organisation that leads it."""
        editors = [Role.OWNER, Role.EDITOR]
        led = Organization.objects.filter(affiliations__user=user, affiliations__role__in=editors)
        return self.filter(Q(created_by=user) | Q(lead__in=led))

    def ending_with(self, user):
        """Those that nobody edits afterwards; others stay with the organisation that leads them."""
        return self.filter(created_by=user, lead=None)

    def with_document_rows(self):
        return self.select_related("entry", "lead").prefetch_related("participations__organization", "participations__expert")


class Project(Publishable):
    """One project as the people who lead it edit it. Codes are those of `taxonomy`."""

    document_schema = PROJECT

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="projects", verbose_name=_("created by")
    )
    lead = models.ForeignKey(
        Organization,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="led_projects",
        verbose_name=_("lead organisation"),
        help_text=_("Its owners and editors may edit this project too."),
    )
    name = TranslatedField(PlainCharField(_("title"), max_length=200, blank=True))
    source_language = models.CharField(_("language we write in"), max_length=2, choices=settings.LANGUAGES, default="fr")
    status = models.CharField(_("state"), max_length=40, blank=True)
    summary = TranslatedField(PlainTextField(_("summary"), max_length=600, blank=True))
    description = TranslatedField(PlainTextField(_("description"), max_length=6000, blank=True))
    results = TranslatedField(PlainTextField(_("results"), max_length=4000, blank=True))
    themes = ArrayField(models.CharField(max_length=20), verbose_name=_("themes"), default=list, blank=True)
    goals = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("goals"), default=list, blank=True)
    start = DayField(_("start"), null=True, blank=True)
    end = DayField(_("end"), null=True, blank=True)
    countries = ArrayField(models.CharField(max_length=2), verbose_name=_("countries"), default=list, blank=True)
    regions = ArrayField(models.CharField(max_length=10), verbose_name=_("regions"), default=list, blank=True)
    places = PlainCharField(_("towns and places"), max_length=200, blank=True)
    budget = models.PositiveIntegerField(_("budget (euros)"), null=True, blank=True)
    funders = PlainCharField(_("funders"), max_length=300, blank=True)
    website = PublicURLField(_("website"), blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            models.CheckConstraint(
                condition=Q(end=None) | Q(start=None) | Q(end__gte=models.F("start")),
                name="project_ends_after_it_starts",
                violation_error_message=_("The end comes before the start. Exchange or correct the two dates."),
            ),
            models.CheckConstraint(condition=Q(goals__contained_by=GOAL_NUMBERS), name="project_goals_are_the_seventeen"),
        ]

    def __str__(self) -> str:
        names = [getattr(self, f"name_{code}") for code in (self.source_language, "fr", "en", "ar")]
        return next((name for name in names if name), str(_("Untitled project")))

    def people(self):
        User = self._meta.get_field("created_by").related_model
        editors = Q(affiliations__organization=self.lead_id, affiliations__role__in=[Role.OWNER, Role.EDITOR])
        return User.objects.filter(Q(pk=self.created_by_id) | editors, is_active=True).distinct()

    @staticmethod
    def read_fact(name: str, value: object) -> str:
        """What a code in the journal means (`journal.reading`)."""
        return label_of("project_roles", str(value), get_language()) if name == "role" else ""

    def edit_url(self, step: str = "") -> str:
        return reverse("projects:edit", kwargs={"public_id": self.public_id, "step": step or Step.IDENTITY})

    @property
    def confirmed_organizations(self) -> list[dict[str, str]]:
        return [row.as_record() for row in self._confirmed() if row.organization]

    @property
    def confirmed_people(self) -> list[dict[str, str]]:
        return [row.as_record() for row in self._confirmed() if row.expert]

    def _confirmed(self) -> list["Participation"]:
        return [row for row in self.participations.all() if row.is_confirmed]


class ParticipationQuerySet(AskedQuerySet):
    def answerable_by(self, user):
        """Those about which this user may say yes or no: the person named, or who edits for the organisation named."""
        named = Q(expert__in=Expert.objects.acted_for_by(user)) | Q(organization__in=Organization.objects.acted_for_by(user))
        return self.filter(named)

    def of_link(self, token: str) -> "tuple[Participation, AbstractBaseUser] | None":
        """The one that this link in a mail is for, and who may still answer by it; None when that has ended."""
        numbers = PARTICIPATION_LINK.read(token)
        if numbers is None:
            return None
        pk, user_id = numbers
        user = get_user_model().objects.filter(pk=user_id, is_active=True).first()
        row = self.answerable_by(user).with_names().filter(pk=pk).first() if user else None
        return (row, user) if row else None

    def with_names(self):
        return self.select_related("project__entry", "project__lead", "organization", "expert", "asked_by")


class Participation(Asked):
    """An organisation or a person named in a project. Public only while the named one has confirmed."""

    class Status(models.TextChoices):
        ASKED = ASKED, pgettext_lazy("participation", "Asked")
        CONFIRMED = "confirmed", pgettext_lazy("participation", "Confirmed")
        DECLINED = "declined", pgettext_lazy("participation", "Declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("participation", "Withdrawn")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="participations", verbose_name=_("project"))
    organization = models.ForeignKey(
        Organization,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("organisation"),
    )
    expert = models.ForeignKey(
        Expert, on_delete=models.CASCADE, null=True, blank=True, related_name="participations", verbose_name=_("expert")
    )
    role = models.CharField(_("role"), max_length=40)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ASKED)

    objects = ParticipationQuerySet.as_manager()

    class Meta(Asked.Meta):
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["pk"]
        constraints = [
            *Asked.Meta.constraints,
            models.CheckConstraint(
                condition=Q(organization__isnull=False, expert=None) | Q(organization=None, expert__isnull=False),
                name="participation_names_one",
            ),
            models.UniqueConstraint(
                fields=["project", "organization"], condition=Q(expert=None), name="participation_organization_once"
            ),
            models.UniqueConstraint(
                fields=["project", "expert"], condition=Q(organization=None), name="participation_expert_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.named}"

    def mail_url(self, user) -> str:
        """Where this person answers without signing in, for as long as the link lasts."""
        until = self.asked_at + timedelta(days=PARTICIPATION_LINK_DAYS)
        return reverse("projects:participation_by_mail", args=[PARTICIPATION_LINK.token(self.pk, user.pk, until=until)])

    @property
    def named(self) -> Organization | Expert:
        return self.organization or self.expert

    def as_record(self) -> dict[str, str]:
        """As the document of the project holds it: named by public id."""
        return {"id": self.named.public_id, "role": self.role}

    @property
    def role_label(self) -> str:
        """In the language of the page."""
        return label_of("project_roles", self.role, get_language())

    @property
    def badge(self) -> str:
        """Which of the badges of components/status_badge.html."""
        return BADGES[self.status]

    @property
    def is_confirmed(self) -> bool:
        return self.status == self.Status.CONFIRMED


BADGES = {
    Participation.Status.ASKED: "waiting",
    Participation.Status.CONFIRMED: "published",
    Participation.Status.DECLINED: "refused",
    Participation.Status.WITHDRAWN: "refused",
}
