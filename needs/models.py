from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from translated_fields import TranslatedField

from core.asking import ASKED, Asked, AskedQuerySet
from core.fields import PlainCharField, PlainTextField
from core.languages import isolated
from core.mail_links import MailLink
from experts.models import Expert
from moderation.models import Publishable, PublishableQuerySet
from needs.schema import NEED, Budget, Must, Step, WorkMode
from organizations.models import Organization, Role
from projects.models import Project
from taxonomy.models import GOAL_NUMBERS

PROPOSAL_LINK = MailLink("proposal")
OUTCOME_LINK = MailLink("outcome")
PROPOSAL_DAYS = OUTCOME_DAYS = 30


class Closing(models.TextChoices):
    """Why a need is closed."""

    FILLED = "filled", pgettext_lazy("need", "Filled")
    WITHDRAWN = "withdrawn", pgettext_lazy("need", "Withdrawn by its author")
    ENDED = "ended", pgettext_lazy("need", "Its deadline has passed")
    COORDINATOR = "coordinator", pgettext_lazy("need", "Closed by the coordination team")
    ABANDONED = "abandoned", pgettext_lazy("need", "Never sent for review")


class NeedQuerySet(PublishableQuerySet):
    def acted_for_by(self, user):
        """Its author, and whoever edits for the organisation that asks."""
        editors = [Role.OWNER, Role.EDITOR]
        asking = Organization.objects.filter(affiliations__user=user, affiliations__role__in=editors)
        return self.filter(Q(created_by=user) | Q(organization__in=asking))

    def ending_with(self, user):
        return self.filter(created_by=user, organization=None)

    def with_document_rows(self):
        return self.select_related("entry", "organization__entry", "project__entry", "created_by").prefetch_related(
            "asked_languages"
        )

    def open(self):
        """Those that are not closed and whose deadline is not behind us."""
        today = timezone.localdate()
        return self.filter(Q(deadline=None) | Q(deadline__gte=today), closed_at=None)

    def ended(self):
        return self.filter(deadline__lt=timezone.localdate(), closed_at=None)


class Need(Publishable):
    """What an organisation, or a person, asks of the network. Codes are those of `taxonomy`."""

    document_schema = NEED

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="needs", verbose_name=_("created by")
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="needs",
        verbose_name=_("organisation"),
        help_text=_("Its owners and editors may edit this need too."),
    )
    project = models.ForeignKey(
        Project, on_delete=models.SET_NULL, null=True, blank=True, related_name="needs", verbose_name=_("project")
    )
    external_id = models.CharField(
        _("external identifier"),
        max_length=100,
        unique=True,
        null=True,
        blank=True,
        help_text=_("From the list that was imported."),
    )
    name = TranslatedField(PlainCharField(_("title"), max_length=200, blank=True))
    text = TranslatedField(PlainTextField(_("description"), max_length=4000, blank=True))
    source_language = models.CharField(_("language we write in"), max_length=2, choices=settings.LANGUAGES, default="fr")
    type = models.CharField(_("type of need"), max_length=40, blank=True)
    themes = ArrayField(models.CharField(max_length=20), verbose_name=_("themes"), default=list, blank=True)
    goals = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("goals"), default=list, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    region = models.CharField(_("region"), max_length=10, blank=True)
    musts = ArrayField(
        models.CharField(max_length=20, choices=Must), verbose_name=_("what is required"), default=list, blank=True
    )
    mode = models.CharField(_("on site or remotely"), max_length=10, choices=WorkMode, blank=True)
    start = models.DateField(_("start"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(
        _("days of work"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    budget = models.CharField(_("budget"), max_length=10, choices=Budget, blank=True)
    deadline = models.DateField(_("answer before"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True, editable=False)
    closing = models.CharField(_("why it is closed"), max_length=12, choices=Closing, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded on"), null=True, blank=True, editable=False)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("kind", "need")
        verbose_name_plural = pgettext_lazy("kind", "needs")
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None) | Q(deadline=None) | Q(start__gte=models.F("deadline")),
                name="need_starts_after_its_deadline",
                violation_error_message=_("The work would begin before the last day for answers. Correct one of the two dates."),
            ),
            models.CheckConstraint(condition=Q(goals__contained_by=GOAL_NUMBERS), name="need_goals_are_the_seventeen"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closing="") | (Q(closed_at__isnull=False) & ~Q(closing="")),
                name="need_closing_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        names = [getattr(self, f"name_{code}") for code in (self.source_language, "fr", "en", "ar")]
        return next((name for name in names if name), str(_("Need without a title")))

    @property
    def number(self) -> str:
        """How people call it on the telephone: 2026-0041."""
        return f"{self.created_at.year}-{self.pk:04d}"

    @property
    def shown_number(self) -> str:
        """The same for a sentence of either direction, which must not turn it round."""
        return isolated(self.number)

    def people(self):
        User = self._meta.get_field("created_by").related_model
        editors = Q(affiliations__organization=self.organization_id, affiliations__role__in=[Role.OWNER, Role.EDITOR])
        asking = Q(pk=self.created_by_id) | (editors if self.organization_id else Q(pk__in=[]))
        return User.objects.filter(asking, is_active=True).distinct()

    def edit_url(self, step: str = "") -> str:
        return reverse("needs:edit", kwargs={"public_id": self.public_id, "step": step or Step.NEED})

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and (self.deadline is None or self.deadline >= timezone.localdate())

    @property
    def standing_fact(self) -> dict[str, str]:
        if self.closing:
            return {"state": self.closing}
        return {"state": "open"} | ({"until": self.deadline.isoformat()} if self.deadline else {})

    @property
    def asking_organizations(self) -> list[dict[str, str]]:
        return self._named(self.organization)

    @property
    def asking_projects(self) -> list[dict[str, str]]:
        return self._named(self.project)

    @staticmethod
    def _named(page: Publishable | None) -> list[dict[str, str]]:
        """A page that is public, by its identifier."""
        return [{"id": page.public_id}] if page and page.is_published else []


class AskedLanguage(models.Model):
    """One language of the work, at a level at least."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="asked_languages")
    code = models.CharField(_("language"), max_length=8)
    level = models.CharField(_("level"), max_length=6, blank=True)
    is_bonus = models.BooleanField(_("would be a plus"), default=False, help_text=_("Never required, whatever else is."))

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["need", "code"], name="askedlanguage_once", deferrable=models.Deferrable.DEFERRED)
        ]

    def __str__(self) -> str:
        return self.code


class Beginning(models.Model):
    """A sentence of somebody who has no account yet, and what was read in it: kept for a while, found again by its key."""

    key = models.CharField(_("key"), max_length=40, unique=True, editable=False)
    sentence = PlainTextField(_("sentence"), max_length=1000)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    choices = models.JSONField(_("criteria as corrected"), default=dict)
    created_at = models.DateTimeField(_("created on"), auto_now_add=True)

    class Meta:
        verbose_name = _("need that was begun")
        verbose_name_plural = _("needs that were begun")

    def __str__(self) -> str:
        return self.sentence[:60]


class ProposalQuerySet(AskedQuerySet):
    def with_names(self):
        return self.select_related("need__entry", "need__organization", "expert__entry", "expert__user")

    def unsent(self):
        return self.filter(mailed_at=None, status=ASKED)

    def of_link(self, token: str) -> "Proposal | None":
        """The one that this link in a mail is for, while its need is open."""
        numbers = PROPOSAL_LINK.read(token)
        if numbers is None or len(numbers) != 1:
            return None
        row = self.with_names().filter(pk=numbers[0], mailed_at__isnull=False).first()
        return row if row and row.need.is_open and row.need.is_published and row.expert.is_published else None


class Proposal(Asked):
    """A need put before one person, with the reasons of that day, and the person's answer, which may change while it is open."""

    class Status(models.TextChoices):
        ASKED = ASKED, pgettext_lazy("proposal", "No answer yet")
        INTERESTED = "interested", pgettext_lazy("proposal", "Interested")
        LATER = "later", pgettext_lazy("proposal", "Not now")
        DECLINED = "declined", pgettext_lazy("proposal", "Not for me")
        COLLEAGUE = "colleague", pgettext_lazy("proposal", "Suggests somebody else")

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="proposals", verbose_name=pgettext_lazy("kind", "need"))
    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="proposals", verbose_name=_("expert"))
    status = models.CharField(_("answer"), max_length=10, choices=Status, default=Status.ASKED)
    score = models.PositiveSmallIntegerField(_("score"), default=0)
    note = PlainTextField(_("why, beside the criteria"), max_length=500, blank=True)
    words = PlainTextField(_("what the person says"), max_length=1000, blank=True)
    mailed_at = models.DateTimeField(_("written to on"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded on"), null=True, blank=True, editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta(Asked.Meta):
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-score", "pk"]
        constraints = [
            *Asked.Meta.constraints,
            models.UniqueConstraint(fields=["need", "expert"], name="proposal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.need} · {self.expert}"

    def mail_url(self) -> str:
        return reverse("needs:answer", args=[PROPOSAL_LINK.token(self.pk, until=self.expires_at)])


class OutcomeQuerySet(AskedQuerySet):
    def of_link(self, token: str) -> "Outcome | None":
        numbers = OUTCOME_LINK.read(token)
        if numbers is None or len(numbers) != 1:
            return None
        return self.select_related("proposal__need", "proposal__expert__user", "user").filter(pk=numbers[0]).first()

    def in_disagreement(self):
        """The pairs of which one side says that work began, and the other that nothing came of it."""
        said = models.Q(status=Outcome.Status.WORKING)
        denied = Outcome.objects.filter(proposal=models.OuterRef("proposal"), status=Outcome.Status.NOTHING)
        return self.filter(said, models.Exists(denied))


class Outcome(Asked):
    """What came of an interest, asked of one side: the person, or somebody of those who asked."""

    class Status(models.TextChoices):
        ASKED = ASKED, pgettext_lazy("outcome", "No answer yet")
        WORKING = "working", pgettext_lazy("outcome", "We work together, or have done so")
        TALKING = "talking", pgettext_lazy("outcome", "We are in contact, nothing is decided")
        NOTHING = "nothing", pgettext_lazy("outcome", "Nothing came of it")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="outcomes", verbose_name=_("proposal"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("who is asked"))
    status = models.CharField(_("answer"), max_length=10, choices=Status, default=Status.ASKED)

    objects = OutcomeQuerySet.as_manager()

    class Meta(Asked.Meta):
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        constraints = [
            *Asked.Meta.constraints,
            models.UniqueConstraint(fields=["proposal", "user"], name="outcome_once"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} · {self.user}"

    def mail_url(self) -> str:
        return reverse("needs:outcome", args=[OUTCOME_LINK.token(self.pk, until=self.expires_at)])


class Exclusion(models.Model):
    """Somebody whom the list proposes and the team does not write to, with the reason, which the person is not told."""

    need = models.ForeignKey(
        Need, on_delete=models.CASCADE, related_name="exclusions", verbose_name=pgettext_lazy("kind", "need")
    )
    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="+", verbose_name=_("expert"))
    reason = PlainCharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("on"), auto_now_add=True)

    class Meta:
        verbose_name = _("person left out")
        verbose_name_plural = _("people left out")
        constraints = [models.UniqueConstraint(fields=["need", "expert"], name="exclusion_once")]

    def __str__(self) -> str:
        return f"{self.need} · {self.expert}"


class Pause(models.Model):
    """Until this day nothing is proposed to this person; without a day, never."""

    expert = models.OneToOneField(Expert, on_delete=models.CASCADE, related_name="pause", verbose_name=_("expert"))
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Empty: until the person says otherwise."))

    class Meta:
        verbose_name = _("pause in proposals")
        verbose_name_plural = _("pauses in proposals")

    def __str__(self) -> str:
        return str(self.expert)
