"""Why an entry answers: the theme, the name or the words that matched, marked in the text as its author wrote it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from core.languages import LANGUAGES, text_direction
from directory.document import DocumentField
from directory.kinds import schema_of
from directory.labels import label_of
from directory.models import Entry
from directory.search.concepts import Concept, concepts
from directory.search.interpretation import Match, Tier
from directory.search.question import Unit
from directory.search.reading import Statement, declared_concept, recognised, statements
from text.analyser import analyse
from text.highlight import Segment, Span, matching_spans, segments, snippet
from text.meanings import meanings

MOST_REASONS = 3
SHORT = 160  # a headline is shown whole


@dataclass(frozen=True)
class Reason:
    """`kind` is "concept", "beside" (a theme next to it), "name" or "words"; `concept` the label of what was asked."""

    kind: str
    item: DocumentField
    segments: tuple[Segment, ...]
    language: str
    concept: str = ""

    @property
    def text(self) -> str:
        return "".join(segment.text for segment in self.segments)

    @property
    def direction(self) -> str:
        return text_direction(self.language)


def reasons(entry: Entry, fields: dict[str, Any], match: Match, language: str) -> list[Reason]:
    """At most three, the weightiest first; together they explain as many parts of the question as they can.

    `fields` is what everybody may read of the entry.
    """
    if match.tier in {Tier.EVERYTHING, Tier.NOTHING}:
        return []
    return _Search(entry, fields, match, language).reasons()


class _Search:
    def __init__(self, entry: Entry, fields: dict[str, Any], match: Match, language: str):
        self.language = language
        # What the reader reads without help comes first, whatever its weight.
        told = statements(schema_of(entry.kind), fields)
        self.statements = sorted(told, key=lambda statement: statement.language not in {None, language})
        self.named = entry.pk in match.named
        self.open: list[Unit] = list(match.units or match.question.units)
        self.found: list[Reason] = []

    def reasons(self) -> list[Reason]:
        if self.named:
            self.found += self._name()
        for explain in (self._by_declared, self._by_text, self._by_label):
            for statement in self.statements:
                if self.open and len(self.found) < MOST_REASONS and (reason := explain(statement)):
                    self.found.append(reason)
        return self.found or list(self._beside())

    def _beside(self) -> Iterator[Reason]:
        """The first theme beside the one that was asked."""
        unit = next((unit for unit in self.open if unit.concepts), None)
        near = {other for concept in unit.concepts for other in concepts().near(concept)} if unit else set()
        for statement in self.statements if near else ():
            if declared_concept(statement.list_name, statement.code) in near:
                label = label_of(statement.list_name, statement.code, self.language)
                yield Reason("beside", statement.item, (Segment(label, True),), self.language, self._label(unit))
                return
            told = _told(statement) if statement.text and not statement.is_name else None
            spans = [span for span, known in told.concepts(frozenset(near)) if not known.isdisjoint(near)] if told else []
            if spans:
                marked = _cut(statement.text, matching_spans(told.tokens, (), spans))
                yield Reason("beside", statement.item, marked, statement.language or self.language, self._label(unit))
                return

    def _name(self) -> Iterable[Reason]:
        """The name as a whole: what was heard in another script has no letters to mark."""
        names = [statement for statement in self.statements if statement.is_name or statement.item.name == "name"][:1]
        for statement in names:
            self.open = [unit for unit in self.open if unit.concepts]
            yield Reason("name", statement.item, (Segment(statement.text, True),), statement.language or "fr")

    def _by_declared(self, statement: Statement) -> Reason | None:
        """A declared theme, goal or place: it, or what lies above it, was asked."""
        declared = declared_concept(statement.list_name, statement.code) if statement.code else ""
        if not declared:
            return None
        unit = self._asking_for({declared, *concepts().broader(declared)})
        if unit is None:
            return None
        label = label_of(statement.list_name, statement.code, self.language)
        return Reason("concept", statement.item, (Segment(label, True),), self.language, self._label(unit))

    def _by_text(self, statement: Statement) -> Reason | None:
        if not statement.text:
            return None
        told = _told(statement)
        return self._marked(statement, statement.text, told, statement.language or self.language)

    def _by_label(self, statement: Statement) -> Reason | None:
        """The words of the label of a declared code, in whichever language."""
        if not statement.code:
            return None
        for language in dict.fromkeys((self.language, *LANGUAGES)):
            label = label_of(statement.list_name, statement.code, language)
            if reason := self._marked(statement, label, _label_told(label, language, concepts().revision), language):
                return reason
        return None

    def _marked(self, statement: Statement, text: str, told: "Told", language: str) -> Reason | None:
        themes = {code for unit in self.open for code in unit.concepts}
        meant = {code for unit in self.open for code in unit.meanings}
        named = () if statement.is_name else (*told.concepts(frozenset(themes)), *told.meanings(frozenset(meant)))
        spans, met = [], set()
        for span, known in named:
            if not known.isdisjoint(themes | meant):
                spans.append(span)
                met |= known
        explained = [
            unit for unit in self.open if not met.isdisjoint((*unit.concepts, *unit.meanings)) or _has_words(unit, told.held)
        ]
        if not explained:
            return None
        lexemes = {lexeme for unit in explained for word in unit.words for lexeme in word}
        self.open = [unit for unit in self.open if unit not in explained]
        marked = _cut(text, matching_spans(told.tokens, lexemes, spans))
        concept = next((self._label(unit) for unit in explained if not met.isdisjoint(unit.concepts)), "")
        kind = "name" if statement.is_name else "concept" if concept else "words"
        return Reason(kind, statement.item, marked, language, concept)

    def _asking_for(self, known: set[str]) -> Unit | None:
        """The open unit that asks for one of these concepts; it is open no longer."""
        unit = next((unit for unit in self.open if not known.isdisjoint(unit.concepts)), None)
        if unit is not None:
            self.open.remove(unit)
        return unit

    def _label(self, unit: Unit) -> str:
        return Concept.parse(unit.concepts[0]).label(self.language)


Known = list[tuple[tuple[int, int], set[str]]]  # spans of tokens, and what each names


class Told:
    """What a text tells: its words, and the concepts and meanings it names, each with what lies above it."""

    def __init__(self, text: str, language: str | None, is_value: bool = False):
        self.language = language
        self.is_value = is_value
        self.tokens = analyse(text, language)
        # As asked last: a label is asked the same for each row of a page. Read and written whole, for threads share labels.
        self._concepts: tuple[frozenset[str], Known] = (frozenset(), [])
        self._meanings: tuple[frozenset[str], Known] = (frozenset(), [])

    @cached_property
    def held(self) -> frozenset[str]:
        spoken = (token for token in self.tokens if not token.is_stop)
        return frozenset(lexeme for token in spoken for lexeme in (*token.lexemes, *token.variants))

    def concepts(self, wanted: frozenset[str]) -> Known:
        """Where it names one of these, or what answers to one of them: all that stands in a text is not read for each row."""
        asked, told = self._concepts
        if asked != wanted:
            known = concepts()
            found = recognised(self.tokens, self.language, known.and_below(wanted), only_places=self.is_value)
            told = [((match.start_token, match.end_token), {concept, *known.broader(concept)}) for match, concept in found]
            self._concepts = wanted, told
        return told

    def meanings(self, wanted: frozenset[str]) -> Known:
        asked, told = self._meanings
        if asked != wanted:
            found = meanings().find_all(self.tokens, self.language, wanted) if not self.is_value else ()
            told = [((match.start_token, match.end_token), set(match.codes)) for match in found]
            self._meanings = wanted, told
        return told


def _told(statement: Statement) -> Told:
    return _text_told(statement.text, statement.language, statement.is_value, concepts().revision)


@lru_cache(maxsize=256)
def _text_told(text: str, language: str | None, is_value: bool, revision: str) -> Told:
    """A page is asked again with another filter or in another order: some pages of texts, 50 KB each at most."""
    return Told(text, language, is_value)


@lru_cache(maxsize=4096)
def _label_told(label: str, language: str, revision: str) -> Told:
    """Labels come again and again. `revision` of the vocabulary keeps the cache true."""
    return Told(label, language)


def _cut(text: str, spans: list[Span]) -> tuple[Segment, ...]:
    return tuple(segments(text, spans) if len(text) <= SHORT else snippet(text, spans))


def _has_words(unit: Unit, held: frozenset[str]) -> bool:
    return bool(unit.words) and all(not held.isdisjoint(word) for word in unit.words)
