import secrets

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PUBLIC_ID_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"


def new_public_id() -> str:
    """Ten characters without look-alikes: 49 bits, enough that nobody guesses or meets one twice."""
    return "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _ in range(10))


class Kind(models.TextChoices):
    EXPERT = "expert", _("Expert")
    ORGANIZATION = "organization", _("Organisation")
    PROJECT = "project", _("Project")

    @property
    def url_namespace(self) -> str:
        return f"{self.value}s"


class EntryQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=Entry.Status.PUBLISHED)

    def of_kind(self, kind: str):
        return self.filter(kind=kind)

    def naming(self, field: str, public_id: str):
        """The entries whose list of records in `field` names this other entry."""
        return self.filter(**{f"document__fields__{field}__contains": [{"id": public_id}]})


class Entry(models.Model):
    """One published thing, as its moderator approved it. The only thing that public pages read."""

    class Status(models.TextChoices):
        PUBLISHED = "published", pgettext_lazy("entry", "Published")
        HIDDEN = "hidden", pgettext_lazy("entry", "Hidden")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    public_id = models.CharField(_("identifier"), max_length=10, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=120, allow_unicode=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PUBLISHED)
    document = models.JSONField(_("document"))
    image = models.GeneratedField(
        expression=Coalesce(KT("document__fields__photo"), KT("document__fields__logo")),
        output_field=models.CharField(max_length=200, null=True),
        db_persist=True,
        db_index=True,
        verbose_name=_("picture"),
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    first_published_at = models.DateTimeField(_("published on"))
    updated_at = models.DateTimeField(_("changed on"))
    confirmed_at = models.DateTimeField(_("confirmed on"), help_text=_("When its author last said that it is still true."))

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("published entry")
        verbose_name_plural = _("published entries")
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="entry_slug_unique_per_kind"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="entry_version_positive"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="entry_kind_known"),
        ]
        indexes = [models.Index(fields=["kind", "status", "-first_published_at"], name="entry_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse(f"{Kind(self.kind).url_namespace}:detail", kwargs={"slug": self.slug})

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def title(self) -> str:
        """A name for lists of the admin, in whatever script there is."""
        name = self.document["fields"].get("name", {})
        return (
            name.get("latin")
            or name.get("arabic")
            or next((name[code] for code in ("fr", "en", "ar") if name.get(code)), self.slug)
        )


class EntryVersion(models.Model):
    """One row each time what the public sees changed: who did it, when, why, and the whole document then."""

    class Action(models.TextChoices):
        APPROVED = "approved", _("Approved by a moderator")
        PARTLY_APPROVED = "partly_approved", _("Approved in part by a moderator")
        FREE_CHANGE = "free_change", _("Changed by its author without review")
        IMPORTED = "imported", _("Published from an import")
        HIDDEN = "hidden", _("Hidden")
        RESTORED = "restored", _("Shown again")
        ROLLED_BACK = "rolled_back", _("Returned to an earlier version")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="versions", verbose_name=_("entry"))
    version = models.PositiveIntegerField(_("version"))
    action = models.CharField(_("what happened"), max_length=20, choices=Action)
    document = models.JSONField(_("document"))
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


class SearchDocument(models.Model):
    """The columns by which a published entry is found. Made from what an anonymous visitor sees, and from nothing else."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="search")
    kind = models.CharField(max_length=20)
    vector = SearchVectorField(null=True)
    sort_ar = models.CharField(max_length=200)
    sort_latin = models.CharField(max_length=200)
    goal = ArrayField(models.CharField(max_length=2), default=list)
    theme = ArrayField(models.CharField(max_length=20), default=list)
    country = ArrayField(models.CharField(max_length=2), default=list)
    region = ArrayField(models.CharField(max_length=10), default=list)
    language = ArrayField(models.CharField(max_length=8), default=list)
    milieu = ArrayField(models.CharField(max_length=40), default=list)
    type = ArrayField(models.CharField(max_length=40), default=list)
    available_from = models.DateField(null=True)
    first_published_at = models.DateTimeField()
    confirmed_at = models.DateTimeField()

    class Meta:
        indexes = [
            GinIndex(fields=["vector"], name="search_vector"),
            models.Index(fields=["kind", "sort_latin"], name="search_sort_latin"),
            models.Index(fields=["kind", "-first_published_at"], name="search_newest"),
        ]

    def __str__(self) -> str:
        return str(self.entry_id)
