"""The names of what the journal speaks of, as they are today."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.db.models import Model

from journal.models import Record


def labels(records: Iterable[Record]) -> dict[int, str]:
    """The name of the subject of each record, by the record's own number; one query for each kind of row.

    A row that is gone, or of a kind that is gone, has the name of its kind and its number.
    """
    wanted = defaultdict(set)
    for record in records:
        wanted[record.subject_type].add(record.subject_id)
    found = {subject_type: _rows(subject_type, ids) for subject_type, ids in wanted.items()}
    return {record.pk: str(found[record.subject_type].get(record.subject_id) or _bare(record)) for record in records}


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
