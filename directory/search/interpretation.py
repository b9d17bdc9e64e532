"""The readings of a question, tried in order; the first that somebody answers counts.

All of it (words and concepts) · a person's name · corrected words · the weightier part of it · a subject beside it. Filters
never decide which reading that is, so they only ever narrow, and every count shown is the number of results behind it.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import combinations
from operator import attrgetter

from directory.search import names, spelling
from directory.search.counting import answers, pages
from directory.search.question import Question, Unit, Weight, read_question

# With fewer answers to all of a question, those to the weightier part of it follow; with still fewer, those in wider words.
FEW, VERY_FEW = 10, 3
# More than MANY are not counted to see how telling a part of a question is; more parts than MOST_PARTS are not weighed.
MANY, MOST_PARTS = 1000, 7
# A part that one of so many answers weighs nothing: as many as there are pages, within these bounds.
LEAST_PAGES, MOST_PAGES = 300, 2 * MANY
ENOUGH = 0.4  # of the weight of a question must be answered
# Times as much: words of a sentence that asks for a subject; other words beside a subject; words that nobody knows, which in a
# short question are likely what is wanted.
OPTIONAL, WORD, UNKNOWN = 0.2, 0.6, 1.6
LIGHTEST = 0.2
# How a part of a question may be answered, the narrowest way first.
CONDITIONS = (attrgetter("condition"), attrgetter("wide_condition"), attrgetter("widest_condition"))


class Tier(Enum):
    """How the question was read."""

    EVERYTHING = "everything"  # nothing was asked
    WORDS = "words"
    NAME = "name"
    CORRECTED = "corrected"
    NEARLY = "nearly"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Match:
    """A reading of the question. Who is in `named` answers as well, and comes first."""

    tier: Tier
    question: Question = field(default_factory=Question)
    condition: str = ""
    units: tuple[Unit, ...] = ()
    named: tuple[int, ...] = ()
    text: str = ""  # as corrected
    without: str = ""  # everybody but these, where nothing else is asked
    strict: str = ""  # who answers this comes before all others
    exact: int = 0  # how many do, where others follow
    weights: tuple[tuple[str, float], ...] = ()  # tsqueries of the parts of the question, for those who answer some of it

    @property
    def rank(self) -> str:
        """The part that says how well an entry answers: filters would make ts_rank_cd 0."""
        return self._joined(unit.condition for unit in self.units if not unit.is_optional)

    @property
    def bonus(self) -> str:
        """What nobody must have, but some do."""
        return " | ".join(unit.condition for unit in self.units if unit.is_optional)

    @property
    def headline(self) -> str:
        """Who answers in the name, the headline or the declared themes: a part of those who answer."""
        wanted = self._joined(unit.headline_condition for unit in self.units if not unit.is_optional)
        return f"({self.condition}) & ({wanted})" if wanted else self.condition

    def _joined(self, conditions: Iterable[str]) -> str:
        return (" | " if self.strict or self.tier is Tier.NEARLY else " & ").join(conditions)


def find_match(text: str, literal: frozenset[str], kind: int | None, concepts: tuple[str, ...] = ()) -> Match:
    """The first reading of the words, and of the concepts asked beside them, that somebody answers."""
    question = read_question(text, literal)
    if concepts:
        question = replace(question, units=(*question.units, *map(Unit.of_concept, concepts)))
    if question.is_empty:
        return Match(Tier.NOTHING if text.strip() else Tier.EVERYTHING)
    if not question.units:
        return Match(Tier.WORDS, question, without=_any(unit.condition for unit in question.excluded))
    for reading in (_all_of_it, _name, _corrected, _nearly, _next_to_it):
        if match := reading(text, question, kind):
            return match
    return Match(Tier.NOTHING, question)


def _all_of_it(text: str, question: Question, kind: int | None) -> Match | None:
    """Words and concepts; a text that may be a name also means everybody of that name, in either script.

    Where few answer all of it, those who answer the weightier part of it, or all of it in wider words, follow them.
    """
    conditions = [question.asking(question.required, condition) for condition in CONDITIONS]
    named = () if question.has_subject else _named(question, kind, certain=True)
    counts = answers(conditions, kind, FEW)
    answered = [(condition, count) for condition, count in zip(conditions, counts, strict=True) if count]
    if not answered:
        return None
    (strict, exact), *_ = answered
    match = Match(Tier.WORDS, question, strict, question.units, named)
    if exact >= FEW:
        return match
    coverage = _coverage(question, kind)
    wider = [strict, *([conditions[-1]] if exact < VERY_FEW else []), *([coverage.condition] if coverage else [])]
    weights = coverage.weights if coverage else ()
    return replace(match, condition=_any(wider), strict=strict, exact=exact, weights=weights)


def _any(conditions: Iterable[str]) -> str:
    return " | ".join(f"({condition})" for condition in conditions)


def _name(text: str, question: Question, kind: int | None) -> Match | None:
    named = _named(question, kind)
    return Match(Tier.NAME, question, named=named) if named else None


def _named(question: Question, kind: int | None, *, certain: bool = False) -> tuple[int, ...]:
    """Whose name the words outside concepts are; else all words, for peace is a name too."""
    others = [unit for unit in question.units if unit.concepts or unit.is_phrase]
    readings = [(name, others) for name in question.names]
    if others:
        readings.append((" ".join(unit.text for unit in question.units), []))
    for name, units in readings:
        if found := names.find(name, kind, question.asking(units), certain=certain):
            return tuple(found)
    return ()


def _corrected(text: str, question: Question, kind: int | None) -> Match | None:
    better = spelling.corrected(text, question, kind)
    if not better:
        return None
    again = read_question(better)
    again = replace(again, units=(*again.units, *(unit for unit in question.units if not unit.tokens)))
    for reading in (_all_of_it, _name):
        if match := reading(better, again, kind):
            return replace(match, tier=Tier.CORRECTED, text=better)
    return None


def _nearly(text: str, question: Question, kind: int | None) -> Match | None:
    """Those who answer the weightier part of it."""
    coverage = _coverage(question, kind)
    if coverage and answers([coverage.condition], kind)[0]:
        return Match(Tier.NEARLY, question, coverage.condition, question.units, weights=coverage.weights)
    return None


def _next_to_it(text: str, question: Question, kind: int | None) -> Match | None:
    """Nobody knows the theme that was asked, and nothing else was: those whose subject is beside it, at the places asked."""
    subjects = [unit for unit in question.units if unit.weight is Weight.SUBJECT]
    others = len(question.units) - len(subjects) - len(question.places)
    if len(subjects) != 1 or others or not (near := subjects[0].near_condition):
        return None
    beside = " & ".join([near, *filter(None, [question.asking(question.places)])])
    return Match(Tier.NEARLY, question, beside, question.units) if answers([beside], kind)[0] else None


@dataclass(frozen=True)
class Coverage:
    """Who answers enough of a question, and how much each part of it weighs."""

    condition: str
    weights: tuple[tuple[str, float], ...]


def _coverage(question: Question, kind: int | None) -> Coverage | None:
    """The tsquery of entries with enough of the question: what few know weighs more, and what nobody knows most.

    So "heritage" without "oral" is not enough, and neither is "breeding" where dragons were asked. Places are not given up.
    """
    parts = [unit for unit in question.units if unit.weight is not Weight.PLACE][:MOST_PARTS]
    if len(parts) < 2:
        return None
    counts = answers([unit.wide_condition for unit in parts], kind, MANY)
    among = max(LEAST_PAGES, pages(kind, MOST_PAGES))
    weights = [_weight(unit, count, among, question) for unit, count in zip(parts, counts, strict=True)]
    known = [(unit.wide_condition, weight) for unit, weight, count in zip(parts, weights, counts, strict=True) if count]
    enough = [" & ".join(condition for condition, _ in some) for some in _smallest(known, ENOUGH * sum(weights))]
    if not enough:
        return None
    asked = question.asking(question.places)
    return Coverage(" & ".join([f"({_any(enough)})", *filter(None, [asked])]), tuple(known))


def _weight(unit: Unit, count: int, among: int, question: Question) -> float:
    """What a part of the question says: the logarithm of how few know it; less where it only stands beside the subject."""
    weight = max(math.log(among / max(count, 1)), LIGHTEST)
    if unit.is_optional:
        weight *= OPTIONAL
    if count and question.has_subject and unit.weight is Weight.WORD:
        weight *= WORD
    if not count and not question.is_sentence:
        weight *= UNKNOWN
    return weight


def _smallest(parts: Sequence[tuple[str, float]], enough: float) -> list[list[tuple[str, float]]]:
    """All sets of parts that weigh enough, and of which none can be left out."""
    found = []
    for size in range(1, len(parts) + 1):
        for some in combinations(parts, size):
            total = sum(weight for _, weight in some)
            if enough <= total and total - min(weight for _, weight in some) < enough:
                found.append(list(some))
    return found
