"""What changed between two documents, field by field, in words that a person can read.

Pure: two documents and their schema in, rows to show out. Texts are compared word by word within one language.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.languages import LANGUAGES, language_name, text_direction
from directory.document import Column, Document, DocumentField, DocumentSchema, FieldType
from directory.facts import readable_date
from directory.kinds import Kind
from directory.labels import label_of

# U+200C and U+200D shape Arabic letters without being seen; they belong to the word around them.
JOINERS = frozenset("\u200c\u200d")
ARABIC, LATIN = "arabic", "latin"
BRIEF = 90  # characters that fit beside a label

Names = Mapping[str, str]  # {public id: name}, for records that name other pages
NOBODY: Names = {}


class State(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class DiffPart:
    """Some words that stayed, came or went."""

    text: str
    state: State


@dataclass(frozen=True)
class Line:
    """One text: a language of a trilingual one, a script of a name, a column of a record, or a whole value."""

    label: str | Promise
    language: str  # of the words; "" for numbers and the like
    segments: tuple[DiffPart, ...]

    @property
    def state(self) -> State:
        return _state_of(segment.state for segment in self.segments)

    @property
    def direction(self) -> str:
        return text_direction(self.language) if self.language else ""

    def without(self, hidden: State) -> "Line":
        return replace(self, segments=tuple(segment for segment in self.segments if segment.state is not hidden))


@dataclass(frozen=True)
class DiffItem:
    """One code of several, under its label."""

    label: str
    state: State


@dataclass(frozen=True)
class DiffRecord:
    """One record of a list, with the columns that it has."""

    state: State
    lines: tuple[Line, ...]

    def without(self, hidden: State) -> "DiffRecord":
        lines = (line.without(hidden) for line in self.lines)
        return replace(self, lines=tuple(line for line in lines if line.segments))


@dataclass(frozen=True)
class Side:
    """What one of the two documents says in a field."""

    lines: tuple[Line, ...] = ()
    items: tuple[DiffItem, ...] = ()
    records: tuple[DiffRecord, ...] = ()
    image: str = ""

    def __bool__(self) -> bool:
        return bool(self.lines or self.items or self.records or self.image)


@dataclass(frozen=True)
class FieldChange:
    """A field in two documents. `before` and `after` are its two sides, with what went and what came marked."""

    item: DocumentField
    state: State
    lines: tuple[Line, ...] = ()
    items: tuple[DiffItem, ...] = ()
    records: tuple[DiffRecord, ...] = ()
    images: tuple[str, str] = ("", "")

    @property
    def name(self) -> str:
        return self.item.name

    @property
    def label(self) -> str | Promise:
        return self.item.label

    @property
    def before(self) -> Side:
        return self._side(State.ADDED, self.images[0])

    @property
    def after(self) -> Side:
        return self._side(State.REMOVED, self.images[1])

    @property
    def is_brief(self) -> bool:
        """Whether either side is read in one line: such a field needs no space of its own."""
        return not self.records and not any(self.images) and all(_is_brief(side) for side in (self.before, self.after))

    @property
    def is_reordered(self) -> bool:
        """Nothing came or went, but the order is another."""
        parts = [*self.items, *self.records]
        return self.state is State.CHANGED and bool(parts) and all(part.state is State.SAME for part in parts)

    def _side(self, hidden: State, image: str) -> Side:
        lines = (line.without(hidden) for line in self.lines)
        return Side(
            lines=tuple(line for line in lines if line.segments),
            items=tuple(item for item in self.items if item.state is not hidden),
            records=tuple(record.without(hidden) for record in self.records if record.state is not hidden),
            image=image,
        )


def changes(
    published: Document | None, submitted: Document, schema: DocumentSchema, language: str, names: Names = NOBODY
) -> list[FieldChange]:
    """The fields that differ, reviewed and free ones, in the order of the schema; labels in `language`."""
    return [compare(item, published, submitted, language, names) for item in schema.changed(published, submitted)]


def unchanged(
    published: Document | None, submitted: Document, schema: DocumentSchema, language: str, names: Names = NOBODY
) -> list[FieldChange]:
    """The fields that say something, and the same in both."""
    changed = {item.name for item in schema.changed(published, submitted)}
    same = [item for item in schema if item.name in submitted["fields"] and item.name not in changed]
    return [compare(item, published, submitted, language, names) for item in same]


def audience_changes(published: Document | None, submitted: Document, schema: DocumentSchema) -> list[Line]:
    """The groups of fields whose audience differs."""
    lines = []
    for group in schema.groups:
        old = schema.audience_of(group, published["audiences"]).label if published else ""
        new = schema.audience_of(group, submitted["audiences"]).label
        if old != new:
            lines.append(Line(group.label, "", _replaced(str(old), str(new))))
    return lines


def fact_changes(old: Mapping[str, Any], new: Mapping[str, Any], kind: Kind, language: str) -> list[FieldChange]:
    """The facts beside the document that differ."""
    before, after = {"fields": old}, {"fields": new}
    differing = [item for name, item in kind.contributed.items() if not item.is_same(old.get(name), new.get(name))]
    return [compare(item, before, after, language) for item in differing]


def compare(
    item: DocumentField, published: Document | None, submitted: Document, language: str, names: Names = NOBODY
) -> FieldChange:
    old = published["fields"].get(item.name) if published else None
    new = submitted["fields"].get(item.name)
    if item.is_same(old, new):
        state = State.SAME
    elif item.is_empty(old):
        state = State.ADDED
    elif item.is_empty(new):
        state = State.REMOVED
    else:
        state = State.CHANGED
    match item.type:
        case FieldType.CODES:
            return FieldChange(item, state, items=_items(item, old or [], new or [], language))
        case FieldType.RECORDS:
            return FieldChange(item, state, records=_records(item, old or [], new or [], language, names))
    if item.format == "image":
        return FieldChange(item, state, images=(old or "", new or ""))
    return FieldChange(item, state, lines=_lines(item, old, new, language))


def word_segments(old: str, new: str) -> tuple[DiffPart, ...]:
    """`old` and `new` as one run of segments: without the added ones it reads `old`, without the removed ones `new`."""
    before, after = list(tokens(old)), list(tokens(new))
    segments: list[DiffPart] = []
    for _tag, start, end, new_start, new_end in SequenceMatcher(None, before, after).get_opcodes():
        if before[start:end] == after[new_start:new_end]:
            segments.append(DiffPart("".join(before[start:end]), State.SAME))
        else:
            segments.extend(_replaced("".join(before[start:end]), "".join(after[new_start:new_end])))
    return tuple(_joined_over_spaces(segments))


def tokens(text: str) -> Iterator[str]:
    """Words with their combining marks (an Arabic word and its vowel signs are one), runs of spaces, single other signs."""
    for kind, characters in groupby(text, _token_kind):
        if kind == "sign":
            yield from characters
        else:
            yield "".join(characters)


def _token_kind(character: str) -> str:
    if character.isspace():
        return "space"
    return "word" if unicodedata.category(character)[0] in "LMN" or character in JOINERS else "sign"


def _joined_over_spaces(segments: list[DiffPart]) -> Iterator[DiffPart]:
    """A changed phrase reads better in one piece than word by word with a lone space kept between."""
    run: list[DiffPart] = []
    for index, segment in enumerate(segments):
        between = 0 < index < len(segments) - 1 and State.SAME not in (segments[index - 1].state, segments[index + 1].state)
        if segment.state is State.SAME and not (between and segment.text.isspace()):
            yield from _merged(run)
            run = []
            yield segment
        else:
            run.append(segment)
    yield from _merged(run)


def _merged(run: list[DiffPart]) -> tuple[DiffPart, ...]:
    old = "".join(segment.text for segment in run if segment.state is not State.ADDED)
    new = "".join(segment.text for segment in run if segment.state is not State.REMOVED)
    return _replaced(old, new)


def _replaced(old: str, new: str) -> tuple[DiffPart, ...]:
    if old == new:
        return (DiffPart(old, State.SAME),) if old else ()
    pair = (DiffPart(old, State.REMOVED), DiffPart(new, State.ADDED))
    return tuple(segment for segment in pair if segment.text)


def _lines(item: DocumentField | Column, old: Any, new: Any, language: str) -> tuple[Line, ...]:
    match item.type:
        case FieldType.TEXT:
            lines = [
                Line(language_name(code, language), code, word_segments((old or {}).get(code, ""), (new or {}).get(code, "")))
                for code in LANGUAGES
            ]
        case FieldType.NAME:
            scripts = ((LATIN, "fr", _("Latin script")), (ARABIC, "ar", _("Arabic script")))
            lines = [
                Line(label, code, word_segments((old or {}).get(script, ""), (new or {}).get(script, "")))
                for script, code, label in scripts
            ]
        case FieldType.VALUE if isinstance(old or new, str) and not getattr(item, "format", ""):
            lines = [Line("", "", word_segments(old or "", new or ""))]
        case _:
            lines = [Line("", "", _replaced(readable(item, old, language), readable(item, new, language)))]
    return tuple(line for line in lines if line.segments)


def _items(item: DocumentField, old: list[str], new: list[str], language: str) -> tuple[DiffItem, ...]:
    """What is there now, then what went."""
    present = [(code, State.SAME if code in old else State.ADDED) for code in new]
    gone = [(code, State.REMOVED) for code in old if code not in new]
    return tuple(DiffItem(label_of(item.vocabulary, code, language), state) for code, state in present + gone)


def _records(item: DocumentField, old: list[dict], new: list[dict], language: str, names: Names) -> tuple[DiffRecord, ...]:
    before = {record["id"]: record for record in old}
    after = {record["id"]: record for record in new}
    pairs = [(before.get(key), record) for key, record in after.items()]
    pairs += [(record, None) for key, record in before.items() if key not in after]
    return tuple(_record(item, one, other, language, names) for one, other in pairs)


def _record(item: DocumentField, old: dict | None, new: dict | None, language: str, names: Names) -> DiffRecord:
    if old == new:
        state = State.SAME
    else:
        state = State.ADDED if old is None else State.REMOVED if new is None else State.CHANGED
    lines = [
        replace(line, label=column.label)
        for column in item.columns
        for line in _lines(column, (old or {}).get(column.name), (new or {}).get(column.name), language)
    ]
    if item.names_pages:
        public_id = (new or old)["id"]
        name = names.get(public_id, public_id)
        lines.insert(0, Line(item.label, "", _replaced(name if old else "", name if new else "")))
    return DiffRecord(state, tuple(lines))


def readable(item: DocumentField | Column, value: Any, language: str) -> str:
    """One value that is read as a whole: a code, a number, a date, a fact."""
    if value in (None, "", {}):
        return ""
    if fact := getattr(item, "fact", None):
        return fact.readable(value, language)
    if item.type is FieldType.CODE:
        return label_of(item.vocabulary, value, language)
    match getattr(item, "format", ""):
        case "date":
            return readable_date(value, language)
        case "number":
            with override(language):
                return number_format(value, force_grouping=True)
    return str(value)


def _is_brief(side: Side) -> bool:
    texts = ["".join(segment.text for segment in line.segments) for line in side.lines]
    return len(texts) <= 2 and len(side.items) <= 3 and sum(map(len, texts)) <= BRIEF and not any("\n" in text for text in texts)


def _state_of(states: Iterable[State]) -> State:
    found = set(states)
    return found.pop() if len(found) == 1 else State.CHANGED if found else State.SAME
