"""The journal as a list. It is registered here and not in `journal`, because the lists of the desk stand above that room."""

import django_filters
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from desk.filters import DeskFilters, Values, period
from desk.lists import ReadOnlyAdmin
from journal.models import Record
from journal.reading import facts_in_words, labels


class RecordFilters(DeskFilters):
    verb = Values("verb", label=_("what was done"))
    person = django_filters.CharFilter(label=_("email address of a person"), method="by_person", max_length=254)
    since, until = period("at")

    def by_person(self, records: QuerySet, _name: str, typed: str) -> QuerySet:
        """What this person did, or somebody else in this person's place."""
        return records.filter(Q(by__email__icontains=typed) | Q(on_behalf_of__email__icontains=typed))


@admin.register(Record)
class RecordAdmin(ReadOnlyAdmin):
    """The journal is read here, and written by verbs only."""

    list_display = ("at", "verb", "subject", "by", "on_behalf_of", "details")
    list_display_links = None
    fields = list_display
    exported = ("at", "verb", "subject", "subject_type", "subject_id", "person_number", "by", "on_behalf_of", "details")
    filters = RecordFilters
    list_select_related = ("by", "on_behalf_of")

    def prepared(self, rows: list[Record]) -> list[Record]:
        names = labels(rows)
        for record in rows:
            record.subject_name = names[record.pk]
        return rows

    @admin.display(description=_("what or whom"))
    def subject(self, record: Record) -> str:
        return format_html("<bdi>{}</bdi>", record.subject_name)

    @admin.display(description=_("facts"))
    def details(self, record: Record) -> str:
        return " · ".join(facts_in_words(record))

    @admin.display(description=_("number of the person"))
    def person_number(self, record: Record) -> int | None:
        """It stays when the account is gone."""
        return record.by_id
