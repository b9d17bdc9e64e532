"""The journal in words: the names of what it speaks of, as they are today, and what its numbers and codes mean."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import pgettext, pgettext_lazy

from journal.models import Record

# What each fact is called.
FACTS = {
    "factor": pgettext_lazy("fact", "means"),
    "fields": pgettext_lazy("fact", "fields"),
    "filters": pgettext_lazy("fact", "filters"),
    "format": pgettext_lazy("fact", "format"),
    "invitation": pgettext_lazy("fact", "invitation no."),
    "lead": pgettext_lazy("fact", "lead organisation"),
    "list": pgettext_lazy("fact", "list"),
    "method": pgettext_lazy("fact", "how"),
    "named": pgettext_lazy("fact", "named"),
    "outcome": pgettext_lazy("fact", "outcome"),
    "person": pgettext_lazy("fact", "person no."),
    "reason": pgettext_lazy("fact", "reason"),
    "request": pgettext_lazy("fact", "request no."),
    "role": pgettext_lazy("fact", "role"),
    "rows": pgettext_lazy("fact", "rows"),
    "submission": pgettext_lazy("fact", "submission no."),
    "to": pgettext_lazy("fact", "back to version"),
    "until": pgettext_lazy("fact", "until"),
    "verification": pgettext_lazy("fact", "verification no."),
    "version": pgettext_lazy("fact", "version"),
}
# The column whose choices say what a code means. Codes of the vocabulary are told by the model of the row
# (`read_fact`).
COLUMNS = {
    "method": ("organizations.verification", "method"),
    "reason": ("moderation.submission", "reason"),
    "role": ("organizations.affiliation", "role"),
}


def labels(records: Iterable[Record]) -> dict[int, str]:
    """The name of the subject of each record, by the record's own number; one query for each kind of row.

    A row that is gone, or of a kind that is gone, has the name of its kind and its number.
    """
    wanted = defaultdict(set)
    for record in records:
        wanted[record.subject_type].add(record.subject_id)
    found = {subject_type: _rows(subject_type, ids) for subject_type, ids in wanted.items()}
    return {record.pk: str(found[record.subject_type].get(record.subject_id) or _bare(record)) for record in records}


def facts_in_words(record: Record) -> list[str]:
    """Each fact as "role: owner"; what has no name, and what is nothing, is left out."""
    said = []
    for name, value in sorted(record.facts.items()):
        if name in FACTS and value not in (None, "", []):
            values = value if isinstance(value, list) else [value]
            words = pgettext("between the items of a list", ", ").join(
                str(_in_words(record.subject_type, name, one)) for one in values
            )
            said.append(pgettext("fact", "%(name)s: %(value)s") % {"name": FACTS[name], "value": words})
    return said


def _in_words(subject_type: str, name: str, value: object) -> object:
    model = _model(subject_type)
    if name == "fields":
        return _column_name(model, str(value)) if model else value
    if name == "list":
        listed = _model(str(value))
        return listed._meta.verbose_name_plural if listed else value
    if name == "until":
        return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")
    told = model.read_fact(name, value) if hasattr(model, "read_fact") else ""
    return told or _choices(name).get(value, value)


def _choices(name: str) -> dict:
    table, column = COLUMNS.get(name, ("", ""))
    return dict(_model(table)._meta.get_field(column).flatchoices) if table else {}


def _column_name(model: type[Model], name: str) -> object:
    """What the form calls this column, or these rows; a trilingual text is called as its columns are."""
    for candidate in (name, f"{name}_fr"):
        try:
            found = model._meta.get_field(candidate)
        except FieldDoesNotExist:
            continue
        return found.related_model._meta.verbose_name_plural if found.auto_created else found.verbose_name
    return name


def _model(subject_type: str):
    try:
        return apps.get_model(subject_type)
    except LookupError:
        return None


def _rows(subject_type: str, ids: set[str]) -> dict[str, Model]:
    model = _model(subject_type)
    return {str(pk): row for pk, row in model._base_manager.in_bulk(ids).items()} if model else {}


def _bare(record: Record) -> str:
    model = _model(record.subject_type)
    return f"{model._meta.verbose_name if model else record.subject_type} {record.subject_id}"
