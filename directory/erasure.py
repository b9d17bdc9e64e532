"""Erasing by what the rooms declare. What no declaration erases stays: the tests scan a dump for it."""

from collections.abc import Iterator

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction

from core.files import discard, file_fields
from core.privacy import ALL, Erased, Personal, Subject, declarations
from directory.pictures import thumbnail_name

# The person goes last: everything else is found by its number.
LAST = "accounts.User"


@transaction.atomic
def erase(subject: Subject) -> None:
    """Delete, blank and unlink whatever is the subject's; its files go after the commit."""
    tables = sorted(_personal(), key=lambda table: table.model == LAST)
    for table in tables:
        if table.before:
            table.before(subject)
    discard(*(name for table in tables for name in _files(table, subject)), companions=lambda name: [thumbnail_name(name)])
    for table in tables:
        _erase_rows(table, subject)


def _personal() -> Iterator[Personal]:
    return (table for table in declarations() if isinstance(table, Personal))


def _rows(table: Personal, subject: Subject) -> models.QuerySet:
    return table.model_class._base_manager.filter(table.whose.rows(subject))


def _files(table: Personal, subject: Subject) -> Iterator[str]:
    for column in file_fields(table.model_class):
        yield from _rows(table, subject).exclude(**{column: ""}).values_list(column, flat=True)


def _erase_rows(table: Personal, subject: Subject) -> None:
    rules = dict(table.fields)
    for name in [name for name, rule in rules.items() if rule is Erased.UNLINKED]:
        if subject.user_id:
            table.model_class._base_manager.filter(**{name: subject.user_id}).update(**{name: None})
    blanked = {name: _blank(table.model_class, name) for name, rule in rules.items() if rule is Erased.BLANKED}
    if blanked:
        _rows(table, subject).update(**blanked)
    # A row goes as a whole or not at all.
    if rules.get(ALL) is Erased.WITH_ROW and Erased.KEPT not in rules.values():
        _rows(table, subject).delete()


def _blank(model: type[models.Model], name: str):
    column = model._meta.get_field(name)
    if column.null:
        return None
    return [] if isinstance(column, ArrayField) else {} if isinstance(column, models.JSONField) else ""
