"""The vocabulary in the admin: for superusers and the group of vocabulary editors. Rows are retired, never deleted."""

from django import forms
from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.forms import SimpleArrayField
from django.db import transaction
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedFieldAdmin

from core.languages import LANGUAGES, text_direction
from desk.filters import DeskFilters, Values
from desk.lists import DeskAdmin
from taxonomy.models import City, Country, CountryGroup, Goal, Language, Subdivision, Term, Theme
from taxonomy.vocabulary import mark_changed, vocabulary

LANGUAGE_SUFFIXES = tuple(f"_{language}" for language in LANGUAGES)
NAMES = tuple(f"name{suffix}" for suffix in LANGUAGE_SUFFIXES)


def labelled(column: str, list_name: str, *, label) -> Values:
    """A filter by the rows of another list of the vocabulary."""
    return Values(column, label=label, name_of=lambda code: vocabulary().label(list_name, code, get_language()))


class LinesField(SimpleArrayField):
    """One word or phrase per line; empty lines do not count."""

    widget = forms.Textarea

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, delimiter="\n", **kwargs)

    def to_python(self, value: object) -> list[str]:
        if isinstance(value, str):
            value = [line.strip() for line in value.splitlines() if line.strip()]
        return super().to_python(value)


class VocabularyFilters(DeskFilters):
    retired = Values("retired", label=_("retired"))
    edited = Values("edited", label=_("edited"))


class ThemeFilters(VocabularyFilters):
    arabic_verified = Values("arabic_verified", label=_("Arabic verified"))
    goal = Values("goals", label=_("goal"))


class CountryFilters(VocabularyFilters):
    group = labelled("groups", "country_group", label=_("group of countries"))


class SubdivisionFilters(VocabularyFilters):
    kind = Values("kind", label=_("kind"))
    country = labelled("country", "country", label=_("country"))


class CityFilters(VocabularyFilters):
    country = labelled("country", "country", label=_("country"))


class TermFilters(VocabularyFilters):
    list = Values("list", label=_("list"))


class VocabularyAdmin(TranslatedFieldAdmin, DeskAdmin):
    """What all lists have in common. A saved row counts as edited, so that loading the files leaves it alone."""

    actions = ["retire", "offer_again", "follow_files"]
    list_display = ["code", *NAMES, "retired", "edited"]
    filters = VocabularyFilters
    search_fields = ["code", *NAMES]
    readonly_fields = ["edited"]

    def get_readonly_fields(self, request, obj=None):
        """A code stands in published documents: it is chosen once."""
        return [*self.readonly_fields, self.model._meta.pk.name] if obj else self.readonly_fields

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, ArrayField):
            kwargs |= {"form_class": LinesField, "help_text": _("One per line."), "show_hidden_initial": False}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name.endswith(LANGUAGE_SUFFIXES):
            language = db_field.name[-2:]
            field.widget.attrs.update(lang=language, dir=text_direction(language))
        return field

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def save_model(self, request, obj, form, change) -> None:
        obj.edited = obj.edited or form.has_changed()
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        mark_changed()

    @admin.action(description=_("Retire: no longer offer in forms"), permissions=["change"])
    def retire(self, request, queryset) -> None:
        self._update(request, queryset, retired=True, edited=True)

    @admin.action(description=_("Offer in forms again"), permissions=["change"])
    def offer_again(self, request, queryset) -> None:
        self._update(request, queryset, retired=False, edited=True)

    @admin.action(description=_("Restore from the files: the next load overwrites local changes"), permissions=["change"])
    def follow_files(self, request, queryset) -> None:
        self._update(request, queryset, edited=False)

    @transaction.atomic
    def _update(self, request, queryset, **values) -> None:
        count = queryset.update(**values)
        mark_changed()
        self.message_user(request, ngettext("%(count)d row changed.", "%(count)d rows changed.", count) % {"count": count})


@admin.register(Goal)
class GoalAdmin(VocabularyAdmin):
    list_display = ["number", *NAMES, "retired", "edited"]
    search_fields = ["number", *NAMES]


@admin.register(CountryGroup)
class CountryGroupAdmin(VocabularyAdmin):
    pass


@admin.register(Theme)
class ThemeAdmin(VocabularyAdmin):
    filters = ThemeFilters
    search_fields = [*VocabularyAdmin.search_fields, *(f"synonyms{suffix}" for suffix in LANGUAGE_SUFFIXES)]
    autocomplete_fields = ["parent", "goals", "related"]


@admin.register(Country)
class CountryAdmin(VocabularyAdmin):
    filters = CountryFilters
    search_fields = [*VocabularyAdmin.search_fields, *(f"aliases{suffix}" for suffix in LANGUAGE_SUFFIXES)]
    autocomplete_fields = ["groups"]


@admin.register(Subdivision)
class SubdivisionAdmin(VocabularyAdmin):
    filters = SubdivisionFilters
    autocomplete_fields = ["country", "parent"]


@admin.register(City)
class CityAdmin(VocabularyAdmin):
    filters = CityFilters
    autocomplete_fields = ["country", "subdivision"]


@admin.register(Language)
class LanguageAdmin(VocabularyAdmin):
    search_fields = [*VocabularyAdmin.search_fields, "autonym"]


@admin.register(Term)
class TermAdmin(VocabularyAdmin):
    list_display = ["code", "list", *NAMES, "order", "retired", "edited"]
    filters = TermFilters

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "list", "code"] if obj else self.readonly_fields
