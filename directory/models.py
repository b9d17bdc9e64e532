import secrets

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from directory.document import readable_name
from directory.kinds import kind_choices, schema_of

PUBLIC_ID_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"


def new_public_id() -> str:
    """Ten characters without look-alikes: 49 bits, enough that nobody guesses or meets one twice."""
    return "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _ in range(10))


class EntryQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=Entry.Status.PUBLISHED)

    def of_kind(self, kind: str):
        return self.filter(kind=kind)

    def hidden_since(self):
        """What the team hides, each with `since`: hiding changes nothing else of the row."""
        hidden = models.Q(versions__action=EntryVersion.Action.HIDDEN)
        return self.filter(status=Entry.Status.HIDDEN).annotate(since=models.Max("versions__at", filter=hidden))

    def naming(self, field: str, public_id: str):
        """The entries whose list of records in `field` names this other entry."""
        return self.filter(**{f"document__fields__{field}__contains": [{"id": public_id}]})


class Entry(models.Model):
    """One published thing, as its moderator approved it. The only thing that public pages read."""

    class Status(models.TextChoices):
        PUBLISHED = "published", pgettext_lazy("entry", "Published")
        HIDDEN = "hidden", pgettext_lazy("entry", "Hidden")
        ENDED = "ended", pgettext_lazy("entry", "Taken down by its author")

    kind = models.CharField(_("kind"), max_length=20, choices=kind_choices)
    public_id = models.CharField(_("identifier"), max_length=10, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=120, allow_unicode=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PUBLISHED)
    document = models.JSONField(_("document"))
    facts = models.JSONField(_("facts"), default=dict, help_text=_("What other parts of the portal say of it, by name."))
    image = models.CharField(_("picture"), max_length=200, blank=True, default="", db_index=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    first_published_at = models.DateTimeField(_("published on"))
    updated_at = models.DateTimeField(_("changed on"))
    confirmed_at = models.DateTimeField(_("confirmed on"), help_text=_("When its author last confirmed that it is still true."))
    ended_at = models.DateTimeField(
        _("taken down on"),
        null=True,
        blank=True,
        help_text=_("By its author, who alone brings it back. Hidden by the team meanwhile, it stays down afterwards."),
    )

    file_names = ("image",)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("page of the directory")
        verbose_name_plural = _("pages of the directory")
        constraints = [
            # What is not public holds no address: a namesake who comes later must not learn that it was there.
            models.UniqueConstraint(
                fields=["kind", "slug"], condition=models.Q(status="published"), name="entry_slug_unique_per_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(status="published", ended_at=None)
                | models.Q(status="ended", ended_at__isnull=False)
                | models.Q(status="hidden"),
                name="entry_end_is_dated",
            ),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="entry_version_positive"),
        ]
        indexes = [
            models.Index(fields=["kind", "status", "-first_published_at", "id"], name="entry_newest"),
            models.Index(fields=["kind", "status", "-confirmed_at", "id"], name="entry_confirmed"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return schema_of(self.kind).page_url(self.slug)

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def title(self) -> str:
        """A name for lists of the admin, in the language of the page where there is one."""
        return self.title_in(get_language())

    def title_in(self, language: str) -> str:
        return readable_name(self.document, language) or self.slug


class EntryVersion(models.Model):
    """One row each time what the public sees changed: who did it, when, why, and the whole document then."""

    class Action(models.TextChoices):
        APPROVED = "approved", _("Approved by a moderator")
        PARTLY_APPROVED = "partly_approved", _("Approved in part by a moderator")
        FREE_CHANGE = "free_change", _("Changed by its author without review")
        IMPORTED = "imported", _("Published from an import")
        HIDDEN = "hidden", _("Hidden")
        RESTORED = "restored", _("Shown again")
        TAKEN_DOWN = "taken_down", _("Taken down by its author")
        BROUGHT_BACK = "brought_back", _("Brought back by its author")
        ROLLED_BACK = "rolled_back", _("Returned to an earlier version")
        FACT = "fact", _("A fact recorded by the network")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="versions", verbose_name=_("entry"))
    version = models.PositiveIntegerField(_("version"))
    action = models.CharField(_("what happened"), max_length=20, choices=Action)
    document = models.JSONField(_("document"))
    facts = models.JSONField(_("facts"), default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
        db_column="by_user_id",
    )
    at = models.DateTimeField(_("on"), auto_now_add=True)
    note = models.TextField(_("why"), blank=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["entry", "version"], name="entryversion_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} v{self.version}"


class GrantQuerySet(models.QuerySet):
    def current(self):
        now = timezone.now()
        return self.filter(models.Q(until=None) | models.Q(until__gt=now), since__lte=now)


class Grant(models.Model):
    """For a time one person reads what the people of an entry show to their contacts."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="grants", verbose_name=_("entry"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grants", verbose_name=_("person"))
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until it is taken back."))

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [
            models.UniqueConstraint(fields=["entry", "user"], condition=models.Q(until=None), name="grant_one_open"),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")), name="grant_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.entry_id}"


class SearchDocument(models.Model):
    """What a question reads of every entry: kept small, for a broad question passes over many.

    Made from what an anonymous visitor sees, and from nothing else. `lexemes` lies out of line (the migration sees to it), so
    that counting and sorting do not read it.
    """

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="search")
    first_published_at = models.DateTimeField()
    confirmed_at = models.DateTimeField()
    kind = models.PositiveSmallIntegerField(help_text="The number of its kind: cheap to compare.")
    quality = models.PositiveSmallIntegerField(help_text="How complete and how fresh; decides between equal answers.")
    strip = models.BinaryField(help_text="The codes of its facet values (FacetCode), two bytes each.")
    lexemes = SearchVectorField()

    class Meta:
        # No other column is indexed: else whoever confirms a page would have all its lexemes indexed again.
        # A pending list would make the first reader after a publication pay for it.
        indexes = [GinIndex(fields=["lexemes"], fastupdate=False, name="search_lexemes")]

    def __str__(self) -> str:
        return str(self.entry_id)


class SearchCard(models.Model):
    """What is needed of an entry once it is found, or to put it in the order of names."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="search_card")
    kind = models.PositiveSmallIntegerField()
    latin = models.CharField(max_length=300)
    arabic = models.CharField(max_length=300)
    sort_latin = models.CharField(max_length=100, db_collation="C")
    sort_ar = models.CharField(max_length=100, db_collation="C")
    analyser = models.PositiveSmallIntegerField(help_text="The version of the analyser that read it; 0: to be read again.")

    class Meta:
        indexes = [
            models.Index(fields=["kind", "sort_latin", "entry"], name="search_sort_latin"),
            models.Index(fields=["kind", "sort_ar", "entry"], name="search_sort_ar"),
            models.Index(fields=["analyser", "entry"], name="search_analyser"),
        ]

    def __str__(self) -> str:
        return self.latin or self.arabic


class SearchSuggestion(models.Model):
    """A beginning by which the name of an entry is completed while somebody types."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    kind = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60, db_collation="C")

    class Meta:
        indexes = [models.Index(fields=["kind", "key"], include=["entry"], name="search_suggestion_key")]

    def __str__(self) -> str:
        return self.key


class SearchWord(models.Model):
    """A word that some entry has held, for corrections. It is offered only while a visible entry answers to it."""

    word = models.CharField(max_length=40, primary_key=True, db_collation="C")
    shortened = ArrayField(models.CharField(max_length=40), help_text="The word, and the word with each letter left out.")

    class Meta:
        indexes = [GinIndex(fields=["shortened"], name="search_word_shortened")]

    def __str__(self) -> str:
        return self.word


class FacetCode(models.Model):
    """The number that stands for a facet value in strips; given when the value is first published, never used for another."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "value"], name="facetcode_once")]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"


class ConceptPrint(models.Model):
    """Under which names a concept was known when the index was last brought up to date with the vocabulary."""

    concept = models.CharField(max_length=60, primary_key=True)
    fingerprint = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.concept


class SearchInsightQuerySet(models.QuerySet):
    def asked_often(self, times: int = 3):
        """Only words asked several times: what one person typed once stays unseen."""
        often = self.model.objects.values("text").annotate(total=models.Sum("times")).filter(total__gte=times)
        return self.filter(text__in=often.values("text"))


class SearchInsight(models.Model):
    """How often words were searched on a day. No person, no address, no order of questions."""

    day = models.DateField(_("day"))
    language = models.CharField(_("language of the page"), max_length=2)
    kind = models.CharField(_("kind"), max_length=20, choices=kind_choices)
    text = models.CharField(_("words"), max_length=200)
    results = models.PositiveIntegerField(_("results"))
    times = models.PositiveIntegerField(_("times"))

    objects = SearchInsightQuerySet.as_manager()

    class Meta:
        verbose_name = _("searched words")
        verbose_name_plural = _("searched words")
        ordering = ["-day", "-times", "text"]
        constraints = [
            models.UniqueConstraint(fields=["day", "language", "kind", "text"], name="searchinsight_once"),
            models.CheckConstraint(condition=models.Q(times__gte=1), name="searchinsight_asked"),
        ]
        indexes = [models.Index(fields=["text"], name="searchinsight_text")]

    def __str__(self) -> str:
        return self.text
