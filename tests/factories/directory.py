"""Published entries without the road through drafts and moderation: for tests of search."""

from itertools import count
from typing import Any

from directory import publication
from directory.kinds import schema_of
from directory.models import Entry, EntryVersion, new_public_id

_numbers = count(1)


def make_entry(kind: str = "expert", *, audiences: dict[str, str] | None = None, **fields: Any) -> Entry:
    """`name` may be a text; `themes` are codes, `headline` and `biography` a text in French or a dict of texts."""
    schema = schema_of(kind)
    fields.setdefault("name", f"Salma Benjelloun {next(_numbers)}")
    values = {name: _value(schema.by_name[name], value) for name, value in fields.items()}
    document = schema.build(values, audiences or {})
    return publication.publish_new(
        kind=kind, public_id=new_public_id(), document=document, by=None, action=EntryVersion.Action.IMPORTED
    )


def _value(item, value):
    match item.type.value:
        case "text":
            return {"fr": value, "source": "fr"} if isinstance(value, str) else {"source": next(iter(value)), **value}
        case "name":
            return {"latin": value} if isinstance(value, str) else value
        case "records" if value and isinstance(value[0], str):
            coded = next(column.name for column in item.columns if column.vocabulary == item.vocabulary)
            return [{"id": code, coded: code} for code in value]
    return value
