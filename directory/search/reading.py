"""What an anonymous visitor sees of an entry -> what the index stores of it. Pure: nothing here writes."""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone

from core.languages import LANGUAGES
from directory.document import Column, DocumentField, DocumentSchema, FieldType
from directory.kinds import Kind, schema_of
from directory.labels import label_of
from directory.models import Entry
from directory.search.concepts import Concept, Concepts, concepts
from directory.search.lexemes import LexemeBag, concept_lexeme, facet_lexeme, meaning_lexeme, name_lexeme
from directory.search.suggest import beginnings
from directory.visibility import ANONYMOUS, visible_to
from taxonomy.families import with_families
from taxonomy.snapshot import sort_key
from taxonomy.vocabulary import vocabulary
from text.analyser import Token, analyse, index_lexemes
from text.concepts import Recognised
from text.meanings import meanings
from text.namekey import index_keys
from text.spelling import MAX_LENGTH, MIN_LENGTH

# What somebody declares counts more than what is recognised in a text, and that more than what lies above it.
DECLARED, ABOVE_DECLARED, ABOVE_RECOGNISED = "B", "C", "D"
RECOGNISED = {"A": "B", "B": "C", "C": "D", "D": "D"}
LABELS = "C"  # the words of a declared label, in all languages
CONCEPT_KINDS = {"theme": "theme", "goal": "goal", "country": "country", "subdivision": "region"}

_LETTERS_ONLY = re.compile(r"[^\W\d_]+")
FRESHNESS_BEGINS = datetime.date(2020, 1, 1)
TEXTS_KEPT = 2048
POINTS_A_YEAR = 24  # a profile confirmed a year later outweighs a quarter of completeness


@dataclass(frozen=True)
class Statement:
    """One text, or one declared code, of a document."""

    item: DocumentField
    weight: str
    text: str = ""
    language: str | None = None
    is_name: bool = False
    is_value: bool = False  # an employer, a school, a town: it may tell where, but not what about
    list_name: str = ""
    code: str = ""


def statements(schema: DocumentSchema, fields: dict) -> Iterator[Statement]:
    """Everything in the fields that the index knows; what matters most comes first."""
    for item in sorted(schema, key=lambda item: item.weight):
        if item.weight and item.name in fields:
            yield from _statements(item, item, fields[item.name])


def _statements(item: DocumentField, part: DocumentField | Column, value) -> Iterator[Statement]:
    match part.type:
        case FieldType.TEXT:
            for language in LANGUAGES:
                if value.get(language):
                    yield Statement(item, item.weight, value[language], language)
        case FieldType.NAME:
            for script in ("latin", "arabic"):
                if value.get(script):
                    yield Statement(item, item.weight, value[script], "ar" if script == "arabic" else None, is_name=True)
        case FieldType.CODE:
            yield Statement(item, item.weight, list_name=part.vocabulary, code=value)
        case FieldType.CODES:
            for code in value:
                yield Statement(item, item.weight, list_name=part.vocabulary, code=code)
        case FieldType.RECORDS:
            for record in value:
                for column in item.columns:
                    if column.name in record:
                        yield from _statements(item, column, record[column.name])
        case FieldType.VALUE:
            yield Statement(item, item.weight, str(value), is_value=True)


def recognised(
    tokens: Sequence[Token], language: str | None, only: frozenset[str] | None = None, *, only_places: bool = False
) -> Iterator[tuple[Recognised, str]]:
    """The concepts that a text names, or `only` some of them at least.

    In a Latin text a place begins with a capital: Sale is a town, a sale is not. In a longer expression neither a place nor a
    theme of another domain is meant: الشرق الأوسط is not الشرق, animal health no health.
    """
    matches = concepts().index.find_all(tokens, language, only)
    names = [match for match in matches if _is_long(match) and not match.is_sign]
    expressions: list[Recognised] | None = None  # looked for only where a place may lie in one
    for match in matches:
        for concept in match.codes:
            if Concept.parse(concept).is_place:
                if expressions is None:
                    expressions = [*names, *filter(_is_long, meanings().find(tokens))]
                is_meant = _tells_place(concept, tokens[match.start_token : match.end_token], match, expressions)
            else:
                is_meant = not only_places and not any(_is_foreign(concept, name) for name in names if _holds(name, match))
            if is_meant:
                yield match, concept


def _is_long(match: Recognised) -> bool:
    return match.end_token - match.start_token > 1


def _is_foreign(concept: str, name: Recognised) -> bool:
    return concepts().domain(concept) not in map(concepts().domain, name.codes)


def _tells_place(concept: str, tokens: Sequence[Token], match: Recognised, longer: Sequence[Recognised]) -> bool:
    if any(not Concept.parse(other.code).is_place for other in longer if _holds(other, match)):
        return False
    first = tokens[0]
    return concepts().names_place(concept, tokens) and (first.is_arabic or first.surface[0].isupper())


def _holds(longer: Recognised, match: Recognised) -> bool:
    start, end = longer.start_token, longer.end_token
    return start <= match.start_token and match.end_token <= end and end - start > match.end_token - match.start_token


def declared_concept(list_name: str, code: str) -> str:
    """The concept of a declared code; "" for a code that is none."""
    known = concepts()
    concept = known.of_territory(code) if list_name == "territory" else f"{CONCEPT_KINDS.get(list_name, '')}-{code}"
    return concept if concept in known.names else ""


@dataclass
class Reading:
    """Everything to store of one entry."""

    lexemes: LexemeBag = field(default_factory=LexemeBag)
    facets: dict[str, list[str]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    latin: str = ""
    arabic: str = ""
    suggestions: set[str] = field(default_factory=set)
    quality: int = 0

    @property
    def facet_values(self) -> list[tuple[str, str]]:
        return [(facet, value) for facet, values in self.facets.items() for value in values]

    @property
    def sort_latin(self) -> str:
        return sort_key(self.latin or self.arabic)[:100]

    @property
    def sort_ar(self) -> str:
        return sort_key(self.arabic or self.latin)[:100]


def read(entry: Entry) -> Reading:
    schema = schema_of(entry.kind)
    fields = visible_to(entry, ANONYMOUS)
    return _Reader(schema, fields).read(confirmed_on=timezone.localdate(entry.confirmed_at))


class _Reader:
    def __init__(self, schema: Kind, fields: dict):
        self.schema = schema
        self.fields = fields
        self.concepts: Concepts = concepts()
        self.reading = Reading()

    def read(self, confirmed_on: datetime.date) -> Reading:
        for statement in statements(self.schema, self.fields):
            if statement.code:
                self._read_code(statement.list_name, statement.code)
            else:
                self._read_text(statement)
        self._read_names()
        self._read_facets()
        self.reading.quality = self._completeness() + _freshness(confirmed_on)
        return self.reading

    def _read_text(self, statement: Statement) -> None:
        text, language, weight = statement.text, statement.language, statement.weight
        told = _told_by(text, language, weight, statement.is_name, statement.is_value, self.concepts.revision)
        self.reading.lexemes.place(told.lexemes)
        self.reading.words.update(told.words)

    def _read_code(self, list_name: str, code: str) -> None:
        """A declared code: its concept, and the words of its labels."""
        if concept := declared_concept(list_name, code):
            self.reading.lexemes.place(_with_broader(self.concepts, concept, 1, DECLARED, ABOVE_DECLARED))
        for lexemes in _label_lexemes(list_name, code, self.concepts.revision):
            self.reading.lexemes.place((lexeme, position, LABELS) for lexeme, position in lexemes)

    def _read_names(self) -> None:
        name = self.fields.get("name", {})
        self.reading.latin = next((name[key] for key in ("latin", "fr", "en") if name.get(key)), "")[:300]
        self.reading.arabic = (name.get("arabic") or name.get("ar") or "")[:300]
        texts = {text for key, text in name.items() if key in {"latin", "arabic", *LANGUAGES} and text}
        texts |= {self.fields[item.name] for item in self.schema if item.is_other_name and item.name in self.fields}
        for text in texts:
            self.reading.lexemes.add(map(name_lexeme, index_keys(text)))
            self.reading.suggestions |= beginnings(text)

    def _read_facets(self) -> None:
        for item in self.schema.readable.values():
            if item.facet and item.name in self.fields:
                self.reading.facets.setdefault(item.facet, []).extend(_facet_values(item, self.fields[item.name]))
        for facet, values in self.reading.facets.items():
            self.reading.facets[facet] = list(dict.fromkeys(values))
            self.reading.lexemes.add(facet_lexeme(facet, value) for value in values)

    def _completeness(self) -> int:
        """Of 100: the share of the kind's own fields with something in them."""
        return round(100 * len(self.fields.keys() & self.schema.by_name.keys()) / len(self.schema.fields))


class TextLexemes(NamedTuple):
    """What the index keeps of one text."""

    lexemes: tuple[tuple[str, int, str], ...]
    words: frozenset[str]


@lru_cache(maxsize=TEXTS_KEPT)
def _told_by(text: str, language: str | None, weight: str, is_name: bool, is_value: bool, revision: str) -> TextLexemes:
    """Kept for a while: whoever edits a page saves it several times, and most of its texts stay. `revision` of the vocabulary."""
    tokens = analyse(text, language)
    lexemes = [(lexeme, position, weight) for lexeme, position in index_lexemes(tokens)]
    if not is_name:
        lexemes += _recognised(tokens, language, RECOGNISED[weight], is_value)
    spoken = (token.word for token in tokens if not token.is_stop and MIN_LENGTH <= len(token.word) <= MAX_LENGTH)
    return TextLexemes(tuple(lexemes), frozenset(word for word in spoken if _LETTERS_ONLY.fullmatch(word)))


def _recognised(tokens: Sequence[Token], language: str | None, weight: str, is_value: bool) -> Iterator[tuple[str, int, str]]:
    for match in () if is_value else meanings().find_all(tokens, language):
        for meaning in match.codes:
            yield meaning_lexeme(meaning), tokens[match.start_token].position, weight
    for match, concept in recognised(tokens, language, only_places=is_value):
        position = tokens[match.start_token].position
        yield from _with_broader(concepts(), concept, position, weight, ABOVE_RECOGNISED, declared=False)


def _with_broader(
    known: Concepts, concept: str, position: int, weight: str, above: str, *, declared: bool = True
) -> Iterator[tuple[str, int, str]]:
    """Who declares a theme belongs to its whole domain; who mentions corruption does not tell of the CSR above it."""
    yield concept_lexeme(concept), position, weight
    for broader in known.broader(concept):
        if declared or not known.is_domain(broader):
            yield concept_lexeme(broader), position, above


@lru_cache(maxsize=4096)
def _label_lexemes(list_name: str, code: str, revision: str) -> list[list[tuple[str, int]]]:
    """In each language. `revision` of the vocabulary keeps the cache true."""
    return [index_lexemes(analyse(label_of(list_name, code, language), language)) for language in LANGUAGES]


def _facet_values(item: DocumentField, value) -> list[str]:
    if item.fact:
        return [item.fact.indexed(value)]
    codes = _codes(item, value)
    if item.vocabulary == "language":
        return with_families(codes)
    return _with_broader_themes(codes) if item.vocabulary == "theme" else codes


def _codes(item: DocumentField, value) -> list[str]:
    match item.type:
        case FieldType.CODE:
            return [value]
        case FieldType.CODES:
            return list(value)
        case FieldType.RECORDS:
            coded = next(column.name for column in item.columns if column.vocabulary == item.vocabulary)
            return [record[coded] for record in value]
    raise TypeError(f"{item.name} has no codes")


def _with_broader_themes(codes: list[str]) -> list[str]:
    """Themes and everything above them: whoever looks for a domain finds its experts."""
    known = vocabulary()
    return [found for code in codes for found in (code, *(theme.code for theme in known.broader_themes(code)))]


def _freshness(confirmed_on: datetime.date) -> int:
    """Grows with the day of confirmation and is never out of date."""
    return max(0, (confirmed_on - FRESHNESS_BEGINS).days * POINTS_A_YEAR // 365)
