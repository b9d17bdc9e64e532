"""The fields of a document, read from the rows of its draft as the schema of the kind declares them."""

import datetime
from typing import Any

from django.db.models.fields.files import FieldFile

from core.languages import trilingual
from directory.document import Column, DocumentField, DocumentSchema, FieldType


def document_fields(draft: Any, schema: DocumentSchema) -> dict[str, Any]:
    """{field: value} of every field, in the form that `directory.document` describes."""
    return {item.name: _value(draft, item) for item in schema}


def _value(draft: Any, item: DocumentField) -> Any:
    """An attribute that holds rows or columns is read by its type; one that is computed has the form of a document already."""
    if item.type is FieldType.TEXT:
        return trilingual(draft, item.source or item.name)
    value = getattr(draft, item.source or item.name)
    match item.type:
        case FieldType.VALUE:
            return plain(value)
        case FieldType.CODES:
            return [str(code) for code in value]
        case FieldType.RECORDS if hasattr(value, "all"):
            return [_record(item, row) for row in value.all()]
    return value


def _record(item: DocumentField, row: Any) -> dict[str, Any]:
    """A record without its empty columns."""
    columns = {column.name: _column(row, column) for column in item.columns}
    identifier = {"id": str(getattr(row, item.key) if item.key else row.pk)}
    return identifier | {name: value for name, value in columns.items() if value not in (None, "", {})}


def _column(row: Any, column: Column) -> Any:
    """The text of a record is written once, in the language that the row names."""
    value = getattr(row, column.name)
    if column.type is FieldType.TEXT:
        return {row.language: value, "source": row.language} if value else {}
    return value if column.type is FieldType.CODE else plain(value)


def plain(value: Any) -> Any:
    """A value as JSON knows it: days in ISO form, files by their name, telephone numbers as text; an empty one is ""."""
    if value is None or isinstance(value, bool | int | float | str):
        return "" if value is None else value
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value.name or "" if isinstance(value, FieldFile) else str(value or "")
