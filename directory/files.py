"""The files of drafts and entries on the disk, and which of them something still refers to."""

import re
from collections.abc import Iterator
from datetime import datetime

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, models

from directory.pictures import full_name


class TooManyOrphans(Exception):
    """Most files belong to nobody: rather the wrong folder, or the wrong database, than so much left over."""


FEW = 50


def remove_orphans(*, older_than: datetime) -> int:
    """Delete the files that no row refers to and that are older; the number of files.

    A file is written before its row, so what is new may still get one. Raises TooManyOrphans, having deleted nothing.
    """
    known = referenced_names()
    stored = list(stored_names())
    orphans = [name for name in stored if full_name(name) not in known]
    if len(orphans) > max(FEW, len(stored) // 2):
        raise TooManyOrphans(f"{len(orphans)} of {len(stored)} files")
    old = [name for name in orphans if default_storage.get_modified_time(name) < older_than]
    for name in old:
        default_storage.delete(name)
    return len(old)


def stored_names() -> Iterator[str]:
    """Every file in a folder into which a model uploads, unfinished uploads included."""
    for folder in sorted({field.upload_to for field in file_fields()}):
        if default_storage.exists(folder):
            yield from (f"{folder}/{name}" for name in default_storage.listdir(folder)[1])


def referenced_names() -> set[str]:
    """The files that a row names: a draft in a column, an entry, a version or a submission inside its document."""
    names = set()
    for field in file_fields():
        names.update(field.model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True).iterator())
    for field in json_fields():
        names |= _named_in(field)
    return names


def file_fields() -> list[models.FileField]:
    return [field for model in apps.get_models() for field in model._meta.local_fields if isinstance(field, models.FileField)]


def json_fields() -> list[models.JSONField]:
    return [field for model in apps.get_models() for field in model._meta.local_fields if isinstance(field, models.JSONField)]


def _named_in(field: models.JSONField) -> set[str]:
    """Whatever looks like the name of a file: to keep one too many is harmless."""
    folders = "|".join(re.escape(folder) for folder in sorted({field.upload_to for field in file_fields()}))
    table, column = (connection.ops.quote_name(name) for name in (field.model._meta.db_table, field.column))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT found[1] FROM {table}, regexp_matches({column}::text, %s, 'g') AS found",  # noqa: S608 our names
            [f'"((?:{folders})/[^"/]+)"'],
        )
        return {name for (name,) in cursor.fetchall()}
