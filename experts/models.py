from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField
from translated_fields import TranslatedField

from core.fields import AddressField, DayField, NameField, OrcidField, PlainCharField, PlainTextField, PublicURLField
from experts.schema import EXPERT, Availability, Mode, Proposing, Reach, Step, Terms
from moderation.models import Publishable, PublishableQuerySet
from taxonomy.models import GOAL_NUMBERS

FIRST_YEAR = 1940
NAME_PARTS = ("given_name", "family_name", "given_name_ar", "family_name_ar")


class ExpertQuerySet(PublishableQuerySet):
    def acted_for_by(self, user):
        return self.filter(user=user)

    def ending_with(self, user):
        return self.filter(user=user)

    def with_document_rows(self):
        """Everything that `as_document` reads, in a fixed number of queries."""
        return self.select_related("entry", "user").prefetch_related(
            "expertises", "spoken_languages", "experiences", "qualifications", "publications", "links"
        )


class Expert(Publishable):
    """One person's profile as the person edits it. Codes are those of `taxonomy`."""

    document_schema = EXPERT

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="expert", verbose_name=_("user"))
    external_id = models.CharField(
        _("external identifier"),
        max_length=100,
        unique=True,
        null=True,
        blank=True,
        help_text=_("From the list that was imported."),
    )
    given_name = NameField(_("given name"), max_length=100, blank=True)
    family_name = NameField(_("family name"), max_length=100, blank=True)
    given_name_ar = NameField(_("given name in Arabic script"), max_length=100, blank=True)
    family_name_ar = NameField(_("family name in Arabic script"), max_length=100, blank=True)
    source_language = models.CharField(
        _("language I write in"),
        max_length=2,
        choices=settings.LANGUAGES,
        default="fr",
        help_text=_("The others are translations of it."),
    )
    headline = TranslatedField(PlainCharField(_("headline"), max_length=160, blank=True))
    biography = TranslatedField(PlainTextField(_("biography"), max_length=4000, blank=True))
    services = TranslatedField(PlainTextField(_("what I offer"), max_length=3000, blank=True))
    milieu = models.CharField(_("sector"), max_length=40, blank=True)
    photo = models.ImageField(_("photograph"), upload_to="photos", blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    region = models.CharField(_("region"), max_length=10, blank=True)
    city = PlainCharField(_("city"), max_length=100, blank=True)
    territories = ArrayField(
        models.CharField(max_length=20), verbose_name=_("territories where I work"), default=list, blank=True
    )
    goals = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("goals"), default=list, blank=True)
    years_experience = models.PositiveSmallIntegerField(
        _("years of experience"), null=True, blank=True, validators=[MaxValueValidator(70)]
    )
    availability = models.CharField(_("availability"), max_length=12, choices=Availability, blank=True)
    available_on = DayField(_("date"), null=True, blank=True)
    modes = ArrayField(models.CharField(max_length=20, choices=Mode), verbose_name=_("what I do"), default=list, blank=True)
    terms = ArrayField(
        models.CharField(max_length=20, choices=Terms), verbose_name=_("paid or pro bono"), default=list, blank=True
    )
    reach = ArrayField(models.CharField(max_length=20, choices=Reach), verbose_name=_("how I work"), default=list, blank=True)
    orcid = OrcidField(_("ORCID iD"), blank=True)
    contact_email = AddressField(_("contact email"), blank=True)
    phone = PhoneNumberField(_("telephone"), blank=True)
    by_words_only = models.BooleanField(
        _("show my page only to those who search in its own words"),
        default=False,
        help_text=_("Otherwise it is also proposed to those who say the same in other words, and beside pages like it."),
    )
    cv = models.FileField(
        _("CV (PDF)"), upload_to="cv", blank=True, help_text=_("Never public: only you and the coordination team.")
    )

    objects = ExpertQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(availability__in=["from", "not_before"]) | models.Q(available_on__isnull=False),
                name="expert_availability_has_its_date",
                violation_error_message=_("Say from which date."),
            ),
            models.CheckConstraint(condition=models.Q(goals__contained_by=GOAL_NUMBERS), name="expert_goals_are_the_seventeen"),
        ]

    def __str__(self) -> str:
        names = [self.latin_name, self.arabic_name]
        if get_language() == "ar":
            names.reverse()
        return next(filter(None, names), str(_("Unnamed profile")))

    @property
    def latin_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def arabic_name(self) -> str:
        return f"{self.given_name_ar} {self.family_name_ar}".strip()

    def people(self):
        return type(self.user).objects.filter(pk=self.user_id, is_active=True)

    def edit_url(self, step: str = "") -> str:
        return reverse("experts:edit", kwargs={"step": step or Step.IDENTITY})

    @property
    def name_parts(self) -> dict[str, str]:
        """The name as the public document holds it."""
        parts = {
            "latin": self.latin_name,
            "arabic": self.arabic_name,
            "given": self.given_name,
            "family": self.family_name,
            "given_ar": self.given_name_ar,
            "family_ar": self.family_name_ar,
        }
        return {key: value for key, value in parts.items() if value}

    @property
    def proposing(self) -> str:
        return Proposing.WORDS if self.by_words_only else ""

    @property
    def availability_fact(self) -> dict[str, str]:
        if not self.availability:
            return {}
        return {"state": self.availability} | ({"date": self.available_on.isoformat()} if self.available_on else {})


class WrittenRow(models.Model):
    """A repeated part of a profile. Its text is written once, in the language named."""

    language = models.CharField(_("written in"), max_length=2, choices=settings.LANGUAGES, default=get_language)

    class Meta:
        abstract = True


class Expertise(models.Model):
    """One theme that an expert declares, at a level, for so many years."""

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="expertises")
    theme = models.CharField(_("theme"), max_length=20)
    level = models.CharField(_("level"), max_length=20, blank=True)
    years = models.PositiveSmallIntegerField(_("years"), null=True, blank=True, validators=[MaxValueValidator(70)])

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["pk"]
        constraints = [
            # At commit, so that one save may exchange the themes of two rows.
            models.UniqueConstraint(
                fields=["expert", "theme"], name="expertise_once_per_theme", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return self.theme


class SpokenLanguage(models.Model):
    """One language that an expert speaks, at a CEFR level."""

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="spoken_languages")
    code = models.CharField(_("language"), max_length=8)
    level = models.CharField(_("level"), max_length=6, blank=True)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["expert", "code"], name="spokenlanguage_once", deferrable=models.Deferrable.DEFERRED)
        ]

    def __str__(self) -> str:
        return self.code


class Experience(WrittenRow):
    """One assignment or post."""

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="experiences")
    title = PlainCharField(_("title"), max_length=200)
    organization = PlainCharField(_("organisation"), max_length=200, blank=True)
    place = PlainCharField(_("place"), max_length=120, blank=True)
    start_year = models.PositiveSmallIntegerField(_("from (year)"), validators=[MinValueValidator(FIRST_YEAR)])
    end_year = models.PositiveSmallIntegerField(
        _("to (year)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR)],
        help_text=_("Leave empty if still ongoing."),
    )
    description = PlainTextField(_("description"), max_length=1500, blank=True)

    class Meta:
        verbose_name = _("experience")
        verbose_name_plural = _("experiences")
        ordering = ["-start_year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_year=None) | models.Q(end_year__gte=models.F("start_year")),
                name="experience_ends_after_it_starts",
                violation_error_message=_("The last year comes before the first one. Exchange or correct them."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Qualification(WrittenRow):
    """One diploma or certificate."""

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="qualifications")
    title = PlainCharField(_("diploma or certificate"), max_length=200)
    institution = PlainCharField(_("institution"), max_length=200, blank=True)
    level = models.CharField(_("level"), max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, validators=[MinValueValidator(FIRST_YEAR)])

    class Meta:
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")
        ordering = ["-year", "pk"]

    def __str__(self) -> str:
        return self.title


class Publication(WrittenRow):
    """One publication."""

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="publications")
    title = PlainCharField(_("title"), max_length=300)
    type = models.CharField(_("type"), max_length=20, blank=True)
    venue = PlainCharField(_("journal or publisher"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, validators=[MinValueValidator(FIRST_YEAR)])
    url = PublicURLField(_("link"), blank=True)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-year", "pk"]

    def __str__(self) -> str:
        return self.title


class Link(models.Model):
    """One page elsewhere about the expert."""

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="links")
    label = PlainCharField(_("name of the page"), max_length=80)
    url = PublicURLField(_("address"))

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label


class ImportQuerySet(models.QuerySet):
    def waiting(self):
        """Those with something left to do, the one that was asked for first before the others."""
        return self.filter(status__in=Import.AT_WORK).order_by("asked_at", "pk")

    def open_to(self, user):
        """What nobody has decided about yet is its sender's alone."""
        return self.filter(models.Q(by=user) | ~models.Q(status__in=[Import.Status.CHECKING, Import.Status.CHECKED]))


class Import(models.Model):
    """One list of people: who sent it, when, and what became of its lines."""

    class Status(models.TextChoices):
        CHECKING = "checking", pgettext_lazy("import", "Being checked")
        CHECKED = "checked", pgettext_lazy("import", "Checked; nothing written yet")
        RUNNING = "running", pgettext_lazy("import", "Being imported")
        DONE = "done", pgettext_lazy("import", "Imported")
        UNDOING = "undoing", pgettext_lazy("import", "Being undone")
        UNDONE = "undone", pgettext_lazy("import", "Undone")

    AT_WORK = (Status.CHECKING, Status.RUNNING, Status.UNDOING)

    source = models.CharField(_("file"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), auto_now_add=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.CHECKING)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="fr")
    notes = models.JSONField(default=list, help_text="Sentences about the file as a whole.")
    publish = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True, help_text="Kept with each published version.")
    # For what is being done now: the list may be undone by somebody else.
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    created = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("as they are already"), default=0)
    published = models.PositiveIntegerField(_("published"), default=0)
    refused = models.PositiveIntegerField(_("lines with a fault"), default=0)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        default_permissions = ("view",)
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.source


class ImportLineQuerySet(models.QuerySet):
    def good(self):
        return self.filter(outcome__in=ImportLine.GOOD, left_out=False)

    def to_write(self):
        return self.good().filter(done_at=None)

    def to_undo(self):
        """Lines that wrote something and are neither undone nor found to be kept."""
        wrote = models.Q(outcome__in=["created", "changed"]) | models.Q(published=True)
        return self.filter(wrote, done_at__isnull=False, undone_at=None, kept_because="")


class ImportLine(models.Model):
    """One line of a list: what it says until it is written, then whom it became, and how that person was before."""

    class Outcome(models.TextChoices):
        CREATED = "created", pgettext_lazy("line of an import", "New")
        CHANGED = "changed", pgettext_lazy("line of an import", "Changed")
        UNCHANGED = "unchanged", pgettext_lazy("line of an import", "As already")
        REFUSED = "refused", pgettext_lazy("line of an import", "With a fault")

    class Kept(models.TextChoices):
        CLAIMED = "claimed", _("has taken over the account")
        EDITED = "edited", _("the profile was changed since")
        PUBLISHED = "published", _("the public page was changed since")
        ACTED_UPON = "acted_upon", _("somebody of the team has acted on it since")
        NAMED = "named", _("an organisation, a project or somebody else refers to this person")

    GOOD = (Outcome.CREATED, Outcome.CHANGED, Outcome.UNCHANGED)

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="lines")
    line = models.PositiveIntegerField(_("line"))
    cells = models.JSONField(default=dict)
    unread = models.JSONField(default=dict, help_text="What could not be read: {column: reason}; no column for the whole line.")
    faults = models.JSONField(default=list, help_text="[[column, reason]], likewise.")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    published = models.BooleanField(_("published"), default=False)
    left_out = models.BooleanField(default=False, help_text="By the sender, before the import.")
    doubles = models.JSONField(default=list, help_text='[{"expert" or "line": number, "signs": [name]}]')
    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, null=True, related_name="import_lines", verbose_name=_("expert"))
    before = models.JSONField(default=None, null=True, help_text="As experts.importing.states has it; null for a new person.")
    after = models.JSONField(default=None, null=True)
    made_account = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    kept_because = models.CharField(max_length=12, choices=Kept, blank=True)

    objects = ImportLineQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["of", "line"], name="importline_once")]

    def __str__(self) -> str:
        """The person's name, from the profile once there is one."""
        if self.expert:
            return str(self.expert)
        return str(Expert(**{part: self.cells.get(part, "").strip() for part in NAME_PARTS}))
