"""One question to the index: which entries answer, how many, with which facet values, in which order.

Readings of the question are tried in order, and the first that somebody answers counts:
all of it (words and concepts) · a person's name · corrected words · nearly all of it. Filters never decide which reading that
is, so they only ever narrow, and every count shown is the number of results behind it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from itertools import combinations
from operator import attrgetter, itemgetter

from django.db import connection
from django.utils import timezone

from directory.models import Kind
from directory.search import facets, names, revision, spelling
from directory.search.question import Question, Unit, Weight, read_question

MOST_RESULTS = 100
# Up to so many answers all are ranked; of more, the best by quality among those that answer in their headline.
RANK_ALL, RANKED_OF_MANY = 500, 300
# With fewer answers to all of a question, those to most of it follow; with still fewer, those whose subject is beside it.
FEW, VERY_FEW = 10, 4
# More than MANY are not counted to see how telling a part of a question is; more parts than MOST_PARTS are not weighed.
MANY, MOST_PARTS = 1000, 7
# How much of the weight of a question must be answered; what a word beside the subject weighs.
ENOUGH, BESIDE = 0.4, 0.2
UNKNOWN = 1.6  # times as much: of a few words, those that nobody knows are likely what is wanted
# How a part of a question may be answered, the narrowest way first.
CONDITIONS = (attrgetter("condition"), attrgetter("wide_condition"), attrgetter("widest_condition"))
WEIGHTS = "'{0.1,0.35,0.7,1.0}'::float4[]"
# The planner takes lexemes for cheap to compare, but they lie out of line: it must go by the index.
BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; "

RELEVANCE, NAME, NEWEST, CONFIRMED = "relevance", "name", "newest", "confirmed"
ORDERS = {
    NEWEST: "first_published_at DESC, entry_id",
    CONFIRMED: "confirmed_at DESC, entry_id",
    RELEVANCE: "quality DESC, entry_id",
}

SORTED_BY = "first_published_at, confirmed_at, quality"


class Tier(Enum):
    """How the question was read."""

    EVERYTHING = "everything"  # nothing was asked
    WORDS = "words"
    NAME = "name"
    CORRECTED = "corrected"
    NEARLY = "nearly"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Query:
    """`chosen` is {facet: values}; `literal` are concepts that the asker does not mean; `kind` "" asks for all kinds."""

    text: str = ""
    kind: str = ""
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    literal: frozenset[str] = frozenset()
    sort: str = RELEVANCE
    language: str = "fr"
    offset: int = 0
    limit: int = 20


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


_browsing: revision.Kept[tuple[int, facets.Counts]] = revision.Kept()


class Answer:
    """What a query finds. Everything is asked when it is needed, and once."""

    def __init__(self, query: Query):
        self.query = query
        self.today = timezone.localdate()
        self.kind = Kind(query.kind).number if query.kind else None
        self.chosen = {facet: tuple(values) for facet, values in query.chosen.items() if values}

    @cached_property
    def match(self) -> Match:
        return find_match(self.query.text, self.query.literal, self.kind)

    @property
    def count(self) -> int:
        return self._tally[0]

    @property
    def counts(self) -> facets.Counts:
        """Per facet, how many results each value gives while the other facets stay."""
        return self._tally[1]

    def ids(self, offset: int, limit: int) -> list[int]:
        """The entries of a page, in order."""
        if self.match.tier is Tier.NOTHING:
            return []
        if self.query.sort == RELEVANCE and self.match.tier is not Tier.EVERYTHING:
            return self._by_relevance(offset, limit)
        return self._by_column(offset, limit)

    @cached_property
    def without(self) -> list[tuple[str, str, int]]:
        """(facet, value, results) if one chosen value were dropped: what to do about an empty answer."""
        if self.match.tier is Tier.NOTHING:
            return []
        dropped = [(facet, value) for facet, values in self.chosen.items() for value in values]
        counts = self._count_each([(self.match, _less(self.chosen, facet, value)) for facet, value in dropped])
        return [(facet, value, count) for (facet, value), count in zip(dropped, counts, strict=True)]

    @cached_property
    def parts(self) -> list[tuple[Unit, int]]:
        """(part of the question, results for it alone)."""
        units = self.match.question.units
        if len(units) < 2:
            return []
        counts = self._count_each([(Match(Tier.WORDS, condition=unit.condition), self.chosen) for unit in units])
        return list(zip(units, counts, strict=True))

    # Counting

    @cached_property
    def _tally(self) -> tuple[int, facets.Counts]:
        if self.match.tier is Tier.NOTHING:
            return 0, facets.count(None, {}, self.today)
        if self.match.tier is Tier.EVERYTHING:
            filters = frozenset((facet, frozenset(values)) for facet, values in self.chosen.items())
            return _browsing.get((self.kind, self.today, filters), self._counted, self._revision)
        return self._counted()

    def _counted(self) -> tuple[int, facets.Counts]:
        """All results, and per facet with a choice those of all other facets, in one statement."""
        scans = [(None, self.chosen), *((facet, _less(self.chosen, facet)) for facet in self.chosen)]
        rows = _fetch_each("count(*), string_agg(strip, ''::bytea)", [self._where(self.match, chosen) for _, chosen in scans])
        counts = facets.count(rows[0][1], self._codes, self.today)
        for (facet, _chosen), (_count, strips) in zip(scans[1:], rows[1:], strict=True):
            counts[facet] = facets.count(strips, self._codes, self.today)[facet]
        return rows[0][0], counts

    def _count_each(self, readings: Sequence[tuple[Match, Mapping[str, Sequence[str]]]]) -> list[int]:
        rows = _fetch_each("count(*)", [self._where(match, chosen) for match, chosen in readings])
        return [count for (count,) in rows]

    @cached_property
    def _revision(self) -> int:
        return revision.current()

    @cached_property
    def _codes(self) -> facets.Codes:
        return facets.known_codes(self._revision)

    def _where(self, match: Match, chosen: Mapping[str, Sequence[str]], headline: bool = False) -> tuple[str, list]:
        """The condition of the rows that answer, with its parameters."""
        filters = [facets.condition(facet, values, self._codes, self.today) for facet, values in chosen.items()]
        asked = match.headline if headline else match.condition
        conditions, parameters = [], []
        if self.kind is not None:
            conditions.append("kind = %s")
            parameters.append(self.kind)
        if match.without:  # for !a alone PostgreSQL would read all lexemes
            conditions.append("entry_id NOT IN (SELECT entry_id FROM directory_searchdocument WHERE lexemes @@ %s::tsquery)")
            parameters.append(match.without)
        if match.named and not headline:
            conditions.append("(lexemes @@ %s::tsquery OR entry_id = ANY(%s))" if asked else "entry_id = ANY(%s)")
            parameters += [asked, list(match.named)] if asked else [list(match.named)]
        elif asked:
            filters.insert(0, f"({asked})")
        if filters:
            conditions.append("lexemes @@ %s::tsquery")
            parameters.append(" & ".join(filters))
        return " AND ".join(conditions) or "TRUE", parameters

    # Order

    def _by_column(self, offset: int, limit: int) -> list[int]:
        table, order = "directory_searchdocument", ORDERS.get(self.query.sort, ORDERS[CONFIRMED])
        if self.query.sort == NAME:
            table, order = "directory_searchcard", f"{'sort_ar' if self.query.language == 'ar' else 'sort_latin'}, entry_id"
        where, parameters = self._where(self.match, self.chosen)
        found = ""
        if self.match.tier is not Tier.EVERYTHING or self.chosen:
            # Found first and sorted then: walking an order and testing each row on its way is slow where few answer.
            found = f"WITH found AS MATERIALIZED (SELECT entry_id, {SORTED_BY} FROM directory_searchdocument WHERE {where})"
            table = "found JOIN directory_searchcard USING (entry_id)" if self.query.sort == NAME else "found"
            where = "TRUE"
        return _ids(
            f"{found} SELECT entry_id FROM {table} WHERE {where} ORDER BY {order} LIMIT %s OFFSET %s",
            [*parameters, limit, offset],
        )

    def _by_relevance(self, offset: int, limit: int) -> list[int]:
        """The ranked ones first; behind them, in a large answer, the others by quality."""
        best = self._best
        page = best[offset : offset + limit]
        if len(page) < limit and len(best) < self.count:
            where, parameters = self._where(self.match, self.chosen)
            sql = (
                f"SELECT entry_id FROM directory_searchdocument WHERE {where} AND NOT entry_id = ANY(%s)"
                f" ORDER BY {ORDERS[RELEVANCE]} LIMIT %s OFFSET %s"
            )
            page = page + _ids(sql, [*parameters, best, limit - len(page), max(0, offset - len(best))])
        return page

    @cached_property
    def _best(self) -> list[int]:
        named = self._filtered_names()
        if not self.match.condition:
            return named
        if self.count <= RANK_ALL:
            return _first(named, self._ranked(*self._where(self.match, self.chosen), most=RANK_ALL))
        where, parameters = self._where(self.match, self.chosen, headline=True)
        return _first(named, self._ranked(where, parameters, most=RANKED_OF_MANY))

    def _ranked(self, where: str, parameters: list, most: int) -> list[int]:
        ranked_by = [tsquery for tsquery in (self.match.rank, self.match.bonus) if tsquery]
        rank = " + ".join([f"ts_rank_cd({WEIGHTS}, lexemes, %s::tsquery)"] * len(ranked_by))
        rank = f"{rank} DESC, " if rank else ""
        if self.match.weights:
            rank = " + ".join(["(lexemes @@ %s::tsquery)::int * %s"] * len(self.match.weights)) + " DESC, " + rank
            ranked_by = [value for pair in self.match.weights for value in pair] + ranked_by
        if self.match.strict:
            rank = "lexemes @@ %s::tsquery DESC, " + rank
            ranked_by.insert(0, self.match.strict)
        sql = f"""
            SELECT entry_id FROM (
                SELECT entry_id, quality, lexemes FROM directory_searchdocument
                WHERE {where} ORDER BY quality DESC, entry_id LIMIT {most}
            ) best
            ORDER BY {rank}quality DESC, entry_id
        """
        return _ids(sql, [*parameters, *ranked_by])

    def _filtered_names(self) -> list[int]:
        """Those found by name who pass the filters, best first."""
        if not self.match.named or not self.chosen:
            return list(self.match.named)
        by_name = replace(self.match, condition="")
        where, parameters = self._where(by_name, self.chosen)
        kept = set(_ids(f"SELECT entry_id FROM directory_searchdocument WHERE {where}", parameters))
        return [entry for entry in self.match.named if entry in kept]


# Readings


def find_match(text: str, literal: frozenset[str], kind: int | None) -> Match:
    question = read_question(text, literal)
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

    Where few answer all of it, those who answer it in other words, or most of it, follow them.
    """
    conditions = [question.asking(question.required, condition) for condition in CONDITIONS]
    named = () if question.has_subject else _named(question, kind, certain=True)
    counts = spelling.answers(conditions, kind, FEW)
    answered = [(condition, count) for condition, count in zip(conditions, counts, strict=True) if count]
    if not answered:
        return None
    (strict, exact), *_ = answered
    match = Match(Tier.WORDS, question, strict, question.units, named)
    if exact >= FEW:
        return match
    coverage = _coverage(question, kind)
    wider = [strict, conditions[1], *([coverage.condition] if coverage else [])]
    if spelling.answers([_any(wider)], kind, VERY_FEW)[0] < VERY_FEW:
        wider += [conditions[2], *_beside(question)]
    weights = coverage.weights if coverage else ()
    return replace(match, condition=_any(wider), strict=strict, exact=exact, weights=weights)


def _beside(question: Question, *, anywhere: bool = True) -> list[str]:
    """The tsquery of those whose main subject is beside the only one asked. `anywhere`: none where a place was asked too."""
    subjects = [unit for unit in question.units if unit.weight is Weight.SUBJECT]
    places = [unit.condition for unit in question.units if unit.weight is Weight.PLACE]
    if len(subjects) != 1 or (anywhere and places) or not (near := subjects[0].near_condition):
        return []
    return [" & ".join([near, *places, *filter(None, [question.asking(())])])]


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
    for reading in (_all_of_it, _name):
        if match := reading(better, again, kind):
            return replace(match, tier=Tier.CORRECTED, text=better)
    return None


def _nearly(text: str, question: Question, kind: int | None) -> Match | None:
    """Those who answer the weightier part of it."""
    coverage = _coverage(question, kind)
    if coverage and spelling.answers([coverage.condition], kind)[0]:
        return Match(Tier.NEARLY, question, coverage.condition, question.units, weights=coverage.weights)
    return None


def _next_to_it(text: str, question: Question, kind: int | None) -> Match | None:
    """Nobody knows the theme that was asked, and nothing else was: those whose subject is beside it, at the places asked."""
    beside = _beside(question, anywhere=False)
    if any(unit.weight is Weight.WORD for unit in question.units):
        return None
    if beside and spelling.answers(beside, kind)[0]:
        return Match(Tier.NEARLY, question, beside[0], question.units)
    return None


@dataclass(frozen=True)
class Coverage:
    """Who answers enough of a question, and how much each part of it weighs."""

    condition: str
    weights: tuple[tuple[str, float], ...]


def _coverage(question: Question, kind: int | None) -> Coverage | None:
    """The tsquery of entries with enough of the question: what few know weighs more, and what nobody knows most.

    So "heritage" without "oral" is not enough, and neither is "breeding" where dragons were asked. Places are not given up.
    """
    places = [unit for unit in question.units if unit.weight is Weight.PLACE]
    parts = [unit for unit in question.units if unit.weight is not Weight.PLACE][:MOST_PARTS]
    if len(parts) < 2:
        return None
    counts = spelling.answers([unit.wide_condition for unit in parts], kind, MANY)
    weights = [_weight(unit, count, question.is_sentence) for unit, count in zip(parts, counts, strict=True)]
    known = [(unit.wide_condition, weight) for unit, weight, count in zip(parts, weights, counts, strict=True) if count]
    enough = [" & ".join(condition for condition, _ in some) for some in _smallest(known, ENOUGH * sum(weights))]
    if not enough:
        return None
    condition = " & ".join([f"({_any(enough)})", *(unit.condition for unit in places), *filter(None, [question.asking(())])])
    return Coverage(condition, tuple(known))


def _weight(unit: Unit, count: int, is_sentence: bool) -> float:
    """What a part of the question says: the logarithm of how few know it; less where it only stands beside the subject."""
    weight = math.log(2 * MANY / max(count, 1))
    if not count and not is_sentence:
        weight *= UNKNOWN
    return weight * (BESIDE if unit.is_optional else 1)


def _smallest(parts: Sequence[tuple[str, float]], enough: float) -> list[list[tuple[str, float]]]:
    """All sets of parts that weigh enough, and of which none can be left out."""
    found = []
    for size in range(1, len(parts) + 1):
        for some in combinations(parts, size):
            total = sum(weight for _, weight in some)
            if enough <= total and total - min(weight for _, weight in some) < enough:
                found.append(list(some))
    return found


def _less(chosen: Mapping[str, Sequence[str]], facet: str, value: str | None = None) -> dict[str, tuple[str, ...]]:
    """The choice without a facet, or without one value of it."""
    kept = {name: tuple(values) for name, values in chosen.items() if name != facet}
    if value is not None and (rest := tuple(other for other in chosen[facet] if other != value)):
        kept[facet] = rest
    return kept


def _first(first: Sequence[int], then: Sequence[int]) -> list[int]:
    return list(dict.fromkeys([*first, *then]))


def _fetch(sql: str, parameters: Sequence) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(BY_INDEX + sql, parameters)
        return cursor.fetchall()


def _fetch_each(columns: str, conditions: Sequence[tuple[str, list]]) -> list[tuple]:
    """One row for each condition, in their order. PostgreSQL may answer the parts in any: they are numbered."""
    if not conditions:
        return []
    parts = [
        f"SELECT {place}, {columns} FROM directory_searchdocument WHERE {where}" for place, (where, _) in enumerate(conditions)
    ]
    rows = _fetch(" UNION ALL ".join(parts), [value for _, parameters in conditions for value in parameters])
    return [row[1:] for row in sorted(rows, key=itemgetter(0))]


def _ids(sql: str, parameters: Sequence) -> list[int]:
    return [row[0] for row in _fetch(sql, parameters)]
