"""What an anonymous visitor sees of an entry -> the columns by which it is found."""

import datetime
import unicodedata
from collections import defaultdict

from django.db import connection

from core.languages import LANGUAGES
from directory.document import DocumentField, FieldType
from directory.kinds import schema_of
from directory.labels import label_of
from directory.models import Entry, SearchDocument
from directory.visibility import ANONYMOUS, visible_to
from taxonomy.vocabulary import vocabulary

SOME_DAY = datetime.date(9999, 12, 31)
VECTOR = " || ".join(
    f"setweight(to_tsvector('{config}', %({weight})s), '{weight}')"
    for weight in "ABCD"
    for config in ("arabic", "french", "english")
)


def fold(text: str) -> str:
    """Lower case without accents, tashkeel or hamza seats, so that `économie` meets `economie` and `إقتصاد` `اقتصاد`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate({0x0640: None})


def index(entry: Entry) -> None:
    """Write the search columns of an entry, or take it out of the index when it is hidden."""
    if not entry.is_published:
        return unindex(entry)
    fields = visible_to(entry, ANONYMOUS)
    columns = _facet_columns(entry, fields)
    SearchDocument.objects.update_or_create(
        entry=entry,
        defaults={
            "kind": entry.kind,
            "sort_latin": fold(_name(fields, "latin", "fr", "en", "arabic", "ar"))[:200],
            "sort_ar": fold(_name(fields, "arabic", "ar", "latin", "fr", "en"))[:200],
            "first_published_at": entry.first_published_at,
            "confirmed_at": entry.confirmed_at,
            **columns,
        },
    )
    _write_vector(entry, fields)


def unindex(entry: Entry) -> None:
    SearchDocument.objects.filter(entry=entry).delete()


def rebuild() -> int:
    """Write the search columns of every published entry anew; returns how many."""
    count = 0
    for entry in Entry.objects.published().iterator(chunk_size=200):
        index(entry)
        count += 1
    return count


def _write_vector(entry: Entry, fields: dict) -> None:
    texts = {weight: fold(" ".join(parts)) for weight, parts in _texts(schema_of(entry.kind), fields).items()}
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {SearchDocument._meta.db_table} SET vector = {VECTOR} WHERE entry_id = %(entry)s",  # noqa: S608 constants only
            {weight: texts.get(weight, "") for weight in "ABCD"} | {"entry": entry.pk},
        )


def _texts(schema, fields: dict) -> dict[str, list[str]]:
    """{weight: the words under which an entry is found}, codes with their labels in every language."""
    texts = defaultdict(list)
    for item in schema:
        if item.weight and item.name in fields:
            texts[item.weight] += _words(item, fields[item.name])
    return texts


def _words(item, value) -> list[str]:
    match item.type:
        case FieldType.TEXT:
            return [text for key, text in value.items() if key != "source"]
        case FieldType.NAME:
            return [text for text in value.values() if isinstance(text, str)]
        case FieldType.CODE:
            return _labels(item.vocabulary, [value])
        case FieldType.CODES:
            return _labels(item.vocabulary, value)
        case FieldType.RECORDS:
            return [
                word
                for record in value
                for column in item.columns
                if column.name in record
                for word in _words(column, record[column.name])
            ]
        case FieldType.VALUE:
            return [str(value)]
    return []


def _labels(list_name: str, codes: list[str]) -> list[str]:
    labels = [label_of(list_name, code, language) for code in codes for language in LANGUAGES]
    if list_name == "theme":
        themes = vocabulary().themes
        labels += [word for code in codes if code in themes for words in themes[code].synonyms.values() for word in words]
    return labels


def _name(fields: dict, *keys: str) -> str:
    name = fields.get("name", {})
    return next((name[key] for key in keys if name.get(key)), "")


def _facet_columns(entry: Entry, fields: dict) -> dict:
    columns: dict = {name: [] for name in ("goal", "theme", "country", "region", "language", "milieu", "type")}
    columns["available_from"] = None
    for item in schema_of(entry.kind):
        if item.facet and item.name in fields:
            if item.facet == "available_from":
                columns["available_from"] = available_from(fields[item.name])
            else:
                columns[item.facet] += _codes(item, fields[item.name])
    columns["theme"] = _with_broader(columns["theme"])
    return columns


def _codes(item: DocumentField, value) -> list[str]:
    match item.type:
        case FieldType.CODE:
            return [value]
        case FieldType.CODES:
            return list(value)
        case FieldType.RECORDS:
            coded = next(column.name for column in item.columns if column.vocabulary == item.vocabulary)
            return list(dict.fromkeys(record[coded] for record in value))
    raise TypeError(f"{item.name} has no codes")


def _with_broader(codes: list[str]) -> list[str]:
    """Themes and everything above them: whoever looks for a domain finds its experts."""
    themes = vocabulary().themes
    found: dict[str, None] = {}
    for code in codes:
        while code and code not in found:
            found[code] = None
            code = themes[code].parent if code in themes else None
    return list(found)


def available_from(availability: dict) -> datetime.date | None:
    """The first day on which somebody can be asked; None for somebody who does not want to be."""
    match availability["state"]:
        case "closed":
            return None
        case "now":
            return datetime.date.min.replace(year=2000)
    return datetime.date.fromisoformat(availability["date"]) if availability.get("date") else SOME_DAY
