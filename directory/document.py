"""The schema of a published document, and the plain operations on two documents that moderation is made of.

A document is `{"schema": n, "fields": {name: value}, "audiences": {group: audience}}`. The app of each kind describes its
fields once, as a `DocumentSchema`; validation, visibility, diff, search and the moderators' desk all read that description.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.languages import LANGUAGES
from directory.facts import Fact

Document = dict[str, Any]


class InvalidDocument(ValueError):
    """The document does not follow the schema of its kind: a programming error, never the user's."""


class Audience(models.TextChoices):
    """Who may read a group of fields, from widest to narrowest; the owner always may."""

    PUBLIC = "public", _("Everybody")
    MEMBERS = "members", _("Members of the network")
    CONTACTS = "contacts", _("People whose contact request I accepted")
    COORDINATORS = "coordinators", _("Only me and the coordination team")


class FieldType(Enum):
    """How a value is stored, compared and shown."""

    NAME = "name"  # {"latin": "…", "arabic": "…", …parts}
    TEXT = "text"  # trilingual: {"ar": "…", "fr": "…", "en": "…", "source": "fr"}
    VALUE = "value"  # a string, a number or a date in ISO form
    CODE = "code"  # one code of a vocabulary list
    CODES = "codes"  # several
    RECORDS = "records"  # a list of {"id": …, column: value}
    FACT = "fact"  # a small dict that is read as one (directory/facts.py)


@dataclass(frozen=True)
class Column:
    """One column of a record: its type is any but RECORDS."""

    name: str
    label: str | Promise
    type: FieldType = FieldType.VALUE
    vocabulary: str = ""


@dataclass(frozen=True)
class Wish:
    """A field that a good page has: the sentence that asks for it, and its place among the others, the most useful first."""

    place: int
    sentence: str | Promise


@dataclass(frozen=True)
class DocumentField:
    """One field of a kind, said once: the draft, the editor, the desk, visibility, lists and search all read this.

    `free` fields publish themselves; `required` ones belong to the checklist; `step` is the step of the editor where it is
    written, `wish` what a good page asks for. `vocabulary` names the list of a code, and `choices` are its labels when the list
    is fixed in code. `facet` names the filter fed by this field, `facet_label` what that is called where not as the field;
    `weight` is its rank in keyword search, "A" (most) to "D", "" for none. `fact` says how a FACT is read.

    `source` is the attribute of the draft that holds the value, where it is not called like the field (directory/drafted.py);
    `key` is the column by which a record is known again, where it is not the number of its row.
    """

    name: str
    label: str | Promise
    type: FieldType
    group: str = "identity"
    free: bool = False
    required: bool = False
    vocabulary: str = ""
    facet: str = ""
    facet_label: str | Promise = ""
    weight: str = ""
    columns: tuple[Column, ...] = ()
    choices: Sequence[tuple[str, str | Promise]] = ()
    format: str = ""  # how to render a VALUE: "", "date", "number", "url", "email", "phone", "image"
    fact: Fact | None = None
    is_other_name: bool = False  # found like the name, as an acronym is
    declines_meaning: bool = False  # a value here keeps the page from being proposed by its meaning
    step: str = ""
    wish: Wish | None = None
    source: str = ""
    key: str = ""
    names_pages: bool = False  # each record is known by the public id of another page: shown with its name

    def is_same(self, old: Any, new: Any) -> bool:
        """Whether both say the same to a reader."""
        if self.fact and old and new:
            return self.fact.is_same(old, new)
        return old == new

    def is_empty(self, value: Any) -> bool:
        if self.type is FieldType.TEXT:
            return not value or not any(value.get(language) for language in LANGUAGES)
        return value in (None, "", [], {})


@dataclass(frozen=True)
class FieldGroup:
    """Fields that share one audience; `adjustable` groups let their owner choose it."""

    name: str
    label: str | Promise
    audience: Audience = Audience.PUBLIC
    adjustable: bool = False


@dataclass(frozen=True)
class DocumentSchema:
    kind: str
    version: int
    groups: tuple[FieldGroup, ...]
    fields: tuple[DocumentField, ...]
    by_name: dict[str, DocumentField] = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        object.__setattr__(self, "by_name", {item.name: item for item in self.fields})

    @cached_property
    def wishes(self) -> list[DocumentField]:
        """What a good page has, the most useful first."""
        return sorted((item for item in self if item.wish), key=lambda item: item.wish.place)

    @cached_property
    def group_names(self) -> frozenset[str]:
        return frozenset(group.name for group in self.groups)

    def __iter__(self) -> Iterator[DocumentField]:
        return iter(self.fields)

    def audience_of(self, group: FieldGroup, audiences: Mapping[str, str]) -> Audience:
        if group.adjustable and group.name in audiences:
            return Audience(audiences[group.name])
        return group.audience

    def build(self, fields: Mapping[str, Any], audiences: Mapping[str, str]) -> Document:
        """A document without empty fields, checked. Raises InvalidDocument."""
        document = {
            "schema": self.version,
            "fields": {item.name: fields[item.name] for item in self if not item.is_empty(fields.get(item.name))},
            "audiences": {group.name: self.audience_of(group, audiences).value for group in self.groups},
        }
        self.check(document)
        unknown = set(fields) - set(self.by_name)
        if unknown:
            raise InvalidDocument(f"{self.kind}: unknown fields {sorted(unknown)}")
        return document

    def check(self, document: Document) -> None:
        """Raise InvalidDocument unless the document follows this schema."""
        if document.get("schema") != self.version or set(document) != {"schema", "fields", "audiences"}:
            raise InvalidDocument(f"{self.kind}: not a document of schema {self.version}")
        if set(document["audiences"]) != self.group_names:
            raise InvalidDocument(f"{self.kind}: audiences {sorted(document['audiences'])}")
        for name, value in document["fields"].items():
            if name not in self.by_name:
                raise InvalidDocument(f"{self.kind}: unknown field {name}")
            if not _follows(self.by_name[name], value):
                raise InvalidDocument(f"{self.kind}: {name} is not a {self.by_name[name].type.value}")

    def changed(self, old: Document | None, new: Document) -> list[DocumentField]:
        """The reviewed and free fields whose value differs, in the order of the schema."""
        before = old["fields"] if old else {}
        return [item for item in self if not item.is_same(before.get(item.name), new["fields"].get(item.name))]

    def awaiting_review(self, published: Document | None, draft: Document) -> list[DocumentField]:
        """The changes that a moderator has to read before they are public."""
        return [item for item in self.changed(published, draft) if not item.free]

    def with_free_changes(self, published: Document, draft: Document) -> Document:
        """The published document with the draft's free fields, audiences and removals taken over."""
        result = deepcopy(published)
        result["audiences"] = dict(draft["audiences"])
        for item in self:
            if item.free:
                _assign(result["fields"], item, draft["fields"].get(item.name))
        return self.without_removed(result, draft)

    def without_removed(self, document: Document, draft: Document) -> Document:
        """The document less everything that its author has taken out of the draft: removal is never moderated."""
        result = deepcopy(document)
        for item in self:
            if item.name in result["fields"]:
                wanted = draft["fields"].get(item.name)
                kept = _keep_present(item, result["fields"][item.name], wanted)
                # All of it replaced is a change to review, not a removal, where no page may be without.
                if not (item.required and item.is_empty(kept) and not item.is_empty(wanted)):
                    _assign(result["fields"], item, kept)
        return result

    def missing(self, document: Document) -> list[DocumentField]:
        """The required fields that a document lacks."""
        return [item for item in self if item.required and item.is_empty(document["fields"].get(item.name))]

    def accepted(self, published: Document | None, submitted: Document, names: set[str]) -> Document:
        """The published document with the named fields taken from the submitted one."""
        base = deepcopy(published) if published else {**deepcopy(submitted), "fields": {}}
        for item in self:
            if item.name in names:
                _assign(base["fields"], item, deepcopy(submitted["fields"].get(item.name)))
        return base


def readable_name(document: Document, language: str) -> str:
    """The name of whom or what a document speaks, in the script or language of the reader where it has one."""
    name = document["fields"].get("name", {})
    scripts = ("arabic", "latin") if language == "ar" else ("latin", "arabic")
    return next((name[part] for part in (*scripts, language, "fr", "en", "ar") if name.get(part)), "")


def _assign(fields: dict[str, Any], item: DocumentField, value: Any) -> None:
    if item.is_empty(value):
        fields.pop(item.name, None)
    else:
        fields[item.name] = value


def _keep_present(item: DocumentField, value: Any, draft_value: Any) -> Any:
    """What remains of a value when everything absent from the draft's value is taken away."""
    if item.is_empty(draft_value):
        return None
    match item.type:
        case FieldType.TEXT:
            return _keep_languages(value, draft_value)
        case FieldType.NAME:
            return {part: text for part, text in value.items() if part in draft_value}
        case FieldType.CODES:
            return [code for code in value if code in draft_value]
        case FieldType.RECORDS:
            drafted = {record["id"]: record for record in draft_value}
            # A text rewritten in another language is still there: only whole columns go.
            return [
                {name: column for name, column in record.items() if name in drafted[record["id"]]}
                for record in value
                if record["id"] in drafted
            ]
    return value


def _keep_languages(value: dict[str, str], draft_value: dict[str, str]) -> dict[str, str]:
    texts = {language: value[language] for language in LANGUAGES if value.get(language) and draft_value.get(language)}
    # Which language is the original is no statement to review: the author's word of today counts.
    sources = (draft_value.get("source"), value.get("source"), *texts)
    return texts | {"source": next(source for source in sources if source in texts)} if texts else {}


def _follows(item: DocumentField | Column, value: Any) -> bool:
    match item.type:
        case FieldType.TEXT:
            return (
                isinstance(value, dict)
                and set(value) <= {*LANGUAGES, "source"}
                and all(isinstance(v, str) for v in value.values())
            )
        case FieldType.NAME | FieldType.FACT:
            return isinstance(value, dict)
        case FieldType.CODE:
            return isinstance(value, str)
        case FieldType.CODES:
            return isinstance(value, list) and all(isinstance(code, str) for code in value)
        case FieldType.RECORDS:
            return isinstance(value, list) and all(_is_record(item, record) for record in value)
        case _:
            return isinstance(value, str | int | float | bool)


def _is_record(item: DocumentField, record: Any) -> bool:
    columns = {column.name: column for column in item.columns}
    if not isinstance(record, dict) or "id" not in record:
        return False
    return all(name == "id" or (name in columns and _follows(columns[name], value)) for name, value in record.items())
