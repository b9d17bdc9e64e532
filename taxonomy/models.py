from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from translated_fields import TranslatedField

THEME_CODE = r"^[A-Z]{2,5}(-[0-9]{2,3})?$"
GROUP_CODE = r"^[A-Z][A-Z_]*$"
COUNTRY_CODE = r"^[A-Z]{2}$"
SUBDIVISION_CODE = r"^[A-Z]{2}-[A-Z0-9]{1,3}$"
CITY_CODE = r"^[0-9]{1,10}$"
LANGUAGE_CODE = r"^[a-z]{2,3}$"
TERM_CODE = r"^[A-Za-z][A-Za-z0-9_]*$"
COLOR = r"^#[0-9A-F]{6}$"


def words_field(label: str) -> TranslatedField:
    """A list of words per language: `synonyms_ar`, `synonyms_fr`, `synonyms_en`."""
    return TranslatedField(ArrayField(models.CharField(max_length=120), verbose_name=label, default=list, blank=True))


def latitude_field() -> models.FloatField:
    return models.FloatField(_("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)])


def longitude_field() -> models.FloatField:
    return models.FloatField(_("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)])


def code_field(pattern: str) -> models.CharField:
    return models.CharField(_("code"), max_length=20, primary_key=True, validators=[RegexValidator(pattern)])


def code_rule(pattern: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(code__regex=pattern), name="%(app_label)s_%(class)s_code_form")


def own_parent_rule() -> models.CheckConstraint:
    return models.CheckConstraint(condition=~Q(parent=F("code")), name="%(app_label)s_%(class)s_not_its_own_parent")


def same_country_rule(column: str) -> models.CheckConstraint:
    """The code in this column begins with the country of the row."""
    return models.CheckConstraint(
        condition=Q(**{column: None}) | Exact(Left(column, 2), F("country")), name=f"%(app_label)s_%(class)s_{column}_in_country"
    )


def place_rule() -> models.CheckConstraint:
    """Both coordinates or none, and on the globe."""
    nowhere = Q(lat=None, lon=None)
    somewhere = Q(lat__isnull=False, lon__isnull=False, lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180)
    return models.CheckConstraint(condition=nowhere | somewhere, name="%(app_label)s_%(class)s_on_the_globe")


class VocabularyRow(models.Model):
    """A code with its name in three languages."""

    name = TranslatedField(models.CharField(_("name"), max_length=200))
    retired = models.BooleanField(
        pgettext_lazy("vocabulary", "retired"),
        default=False,
        help_text=_("No longer offered in forms. Entries that use it stay readable."),
    )
    edited = models.BooleanField(
        pgettext_lazy("vocabulary", "edited here"),
        default=False,
        editable=False,
        help_text=_("Written or changed in the administration: loading the files leaves it alone."),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_ar="") & ~Q(name_fr="") & ~Q(name_en=""),
                name="%(app_label)s_%(class)s_named_in_three_languages",
            )
        ]

    def __str__(self) -> str:
        return self.name


# The goals are those of the United Nations: neither the network nor the code adds to them.
GOAL_NUMBERS = list(range(1, 18))


class Goal(VocabularyRow):
    """One of the 17 Sustainable Development Goals, with the colours of its tile."""

    number = models.PositiveSmallIntegerField(
        _("number"), primary_key=True, validators=[MinValueValidator(1), MaxValueValidator(17)]
    )
    color = models.CharField(_("colour"), max_length=7, validators=[RegexValidator(COLOR)])
    text_color = models.CharField(_("colour of the number"), max_length=7, validators=[RegexValidator(COLOR)])

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["number"]
        constraints = [
            *VocabularyRow.Meta.constraints,
            models.CheckConstraint(condition=Q(number__range=(1, 17)), name="taxonomy_goal_one_to_seventeen"),
            models.CheckConstraint(condition=Q(color__regex=COLOR, text_color__regex=COLOR), name="taxonomy_goal_colors"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class Theme(VocabularyRow):
    """A subject of expertise. Without a parent it is a domain; the words of its synonyms find it in search."""

    class ArabicVerified(models.TextChoices):
        LABEL = "label", _("the label was found in a public source")
        SYNONYM = "synonym", _("a synonym was found in a public source")
        NO = "no", _("not yet: needs a native reader")

    code = code_field(THEME_CODE)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("broader theme")
    )
    synonyms = words_field(_("synonyms"))
    goals = models.ManyToManyField(Goal, blank=True, related_name="themes", verbose_name=_("goals"))
    related = models.ManyToManyField("self", blank=True, verbose_name=_("related themes"))
    eurovoc = ArrayField(models.CharField(max_length=20), verbose_name=_("EuroVoc identifiers"), default=list, blank=True)
    arabic_verified = models.CharField(_("Arabic verified"), max_length=10, choices=ArabicVerified, default=ArabicVerified.NO)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["code"]
        constraints = [
            *VocabularyRow.Meta.constraints,
            code_rule(THEME_CODE),
            own_parent_rule(),
            models.CheckConstraint(
                condition=Q(arabic_verified__in=["label", "synonym", "no"]), name="taxonomy_theme_arabic_verified_known"
            ),
        ]

    def clean(self) -> None:
        """A theme may not become narrower than one of its own narrower themes."""
        broader = self.parent
        while broader is not None:
            if broader.pk == self.pk:
                raise ValidationError({"parent": _("This theme is broader than the one you chose.")})
            broader = broader.parent


class CountryGroup(VocabularyRow):
    """A set of countries that people search by: Africa, the Mediterranean, the European Union."""

    code = code_field(GROUP_CODE)

    class Meta:
        verbose_name = _("group of countries")
        verbose_name_plural = _("groups of countries")
        ordering = ["code"]
        constraints = [*VocabularyRow.Meta.constraints, code_rule(GROUP_CODE)]


class Country(VocabularyRow):
    """A country or territory with an ISO 3166-1 alpha-2 code. The setting COUNTRIES_OVERRIDE has the last word on the list."""

    code = code_field(COUNTRY_CODE)
    aliases = words_field(_("other names"))
    groups = models.ManyToManyField(CountryGroup, blank=True, related_name="countries", verbose_name=_("groups"))
    lat = latitude_field()
    lon = longitude_field()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]
        constraints = [*VocabularyRow.Meta.constraints, code_rule(COUNTRY_CODE), place_rule()]


class Subdivision(VocabularyRow):
    """A region, province, wilaya or governorate with an ISO 3166-2 code."""

    class Kind(models.TextChoices):
        REGION = "region", _("region")
        PROVINCE = "province", _("province")
        PREFECTURE = "prefecture", _("prefecture")
        WILAYA = "wilaya", _("wilaya")
        GOVERNORATE = "governorate", _("governorate")
        AUTONOMOUS_COMMUNITY = "autonomous_community", _("autonomous community")

    code = code_field(SUBDIVISION_CODE)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="subdivisions", verbose_name=_("country"))
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    lat = latitude_field()
    lon = longitude_field()

    class Meta:
        verbose_name = _("region or province")
        verbose_name_plural = _("regions and provinces")
        ordering = ["code"]
        constraints = [
            *VocabularyRow.Meta.constraints,
            code_rule(SUBDIVISION_CODE),
            own_parent_rule(),
            place_rule(),
            same_country_rule("code"),
            same_country_rule("parent"),
            models.CheckConstraint(
                condition=Q(kind__in=["region", "province", "prefecture", "wilaya", "governorate", "autonomous_community"]),
                name="taxonomy_subdivision_kind_known",
            ),
        ]


class City(VocabularyRow):
    """A city, by its GeoNames number."""

    code = code_field(CITY_CODE)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="cities", verbose_name=_("country"))
    subdivision = models.ForeignKey(
        Subdivision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cities",
        verbose_name=_("region or province"),
        help_text=_("The smallest one known."),
    )
    lat = latitude_field()
    lon = longitude_field()
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["country", "-population"]
        constraints = [
            *VocabularyRow.Meta.constraints,
            code_rule(CITY_CODE),
            place_rule(),
            same_country_rule("subdivision"),
        ]


class Language(VocabularyRow):
    """A language that people work in, by its ISO 639 code."""

    code = code_field(LANGUAGE_CODE)
    autonym = models.CharField(_("name in the language itself"), max_length=100, blank=True)
    rtl = models.BooleanField(_("written from right to left"), default=False)
    rank = models.PositiveSmallIntegerField(_("rank"), default=99, help_text=_("Small ranks come first in lists."))

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["rank", "code"]
        constraints = [*VocabularyRow.Meta.constraints, code_rule(LANGUAGE_CODE)]


class TermList(models.TextChoices):
    """The reference lists. The code knows their names, the network their terms."""

    ORGANISATION_TYPES = "organisation_types", _("Types of organisation")
    MILIEUX = "milieux", _("Sectors")
    PROJECT_STATUSES = "project_statuses", _("States of a project")
    PROJECT_ROLES = "project_roles", _("Roles in a project")
    NEED_TYPES = "need_types", _("Types of need")
    THEME_LEVELS = "theme_levels", _("Levels of expertise")
    PUBLICATION_TYPES = "publication_types", _("Types of publication")
    EDUCATION_LEVELS = "education_levels", _("Levels of education")
    CEFR = "cefr", _("Language levels")
    MISSIONS = "missions", _("Missions of the network")


class Term(VocabularyRow):
    """One value of a reference list."""

    # The missions of the network are sentences.
    name = TranslatedField(models.CharField(_("name"), max_length=400))
    list = models.CharField(pgettext_lazy("vocabulary", "list"), max_length=30, choices=TermList)
    code = models.CharField(_("code"), max_length=40, validators=[RegexValidator(TERM_CODE)])
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    extra = models.JSONField(_("further facts"), default=dict, blank=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["list", "order", "code"]
        constraints = [
            *VocabularyRow.Meta.constraints,
            code_rule(TERM_CODE),
            models.UniqueConstraint(fields=["list", "code"], name="taxonomy_term_once_per_list"),
            models.CheckConstraint(condition=Q(list__in=TermList.values), name="taxonomy_term_list_known"),
        ]


class Revision(models.Model):
    """The state of the whole vocabulary: one row, whose token changes with every change of the tables above.

    A random token and not a number: a snapshot read inside a transaction that was rolled back can then never pass for current.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="taxonomy_revision_single_row")]

    def __str__(self) -> str:
        return str(self.token)
