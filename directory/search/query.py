"""One question to the index: which entries answer, how many, with which facet values, in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter

import numpy
from django.db import connection
from django.utils import timezone

from directory.kinds import schema_of
from directory.models import Entry, SearchCard
from directory.search import facets, meaning, revision, vectors
from directory.search.concepts import concepts
from directory.search.interpretation import Match, Tier, find_match
from directory.search.lexemes import concept_lexeme, quoted
from directory.search.meaning import Near
from directory.search.question import Unit

MOST_RESULTS = 100
MOST_BESIDE = 5  # each is counted whole, some ms in a large directory
# Up to so many answers all are ranked; of more, the best by quality among those that answer in their headline.
RANK_ALL, RANKED_OF_MANY = 500, 300
WEIGHTS = "'{0.1,0.35,0.7,1.0}'::float4[]"
AMONG = "entry_id = ANY(%s::bigint[])"  # with the type of the column, so that many are looked up in a hash
# The planner takes lexemes for cheap to compare, but they lie out of line: it must go by the index.
BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; "

RELEVANCE, NAME, NEWEST, CONFIRMED = "relevance", "name", "newest", "confirmed"
ORDERS = {
    NEWEST: "first_published_at DESC, entry_id",
    CONFIRMED: "confirmed_at DESC, entry_id",
    RELEVANCE: "quality DESC, entry_id",
}

SORTED_BY = "first_published_at, confirmed_at, quality"


@dataclass(frozen=True)
class Query:
    """`chosen` is {facet: values}; `literal` are concepts that the asker does not mean; `kind` "" asks for all kinds.

    `concepts` are asked for as such, beside the text or without one: whoever matches a need has codes and no words.
    """

    text: str = ""
    concepts: tuple[str, ...] = ()
    kind: str = ""
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    literal: frozenset[str] = frozenset()
    sort: str = RELEVANCE
    language: str = "fr"
    offset: int = 0
    limit: int = 20
    by_meaning: bool = True  # False: words alone decide the order, and nobody comes close


_browsing: revision.Kept[tuple[int, facets.Counts]] = revision.Kept()


class Answer:
    """What a query finds. Everything is asked when it is needed, and once."""

    def __init__(self, query: Query):
        self.query = query
        self.today = timezone.localdate()
        self.kind = schema_of(query.kind).number if query.kind else None
        self.chosen = {facet: tuple(values) for facet, values in query.chosen.items() if values}

    @cached_property
    def match(self) -> Match:
        return find_match(self.query.text, self.query.literal, self.kind, self.query.concepts)

    # What it understood

    @property
    def understood(self) -> list[tuple[str, str]]:
        """(concept, the words by which it was asked) of the themes and places that were recognised."""
        return [(concept, unit.text) for unit in self.match.question.units for concept in unit.said]

    @property
    def places(self) -> list[str]:
        """The words by which places were asked."""
        return [unit.text for unit in self.match.question.places]

    @property
    def corrected(self) -> str:
        """The words that were searched, where nobody answers the words as typed."""
        return self.match.text

    @property
    def is_nearly(self) -> bool:
        """Whether it answers most of the question, but not all of it."""
        return self.match.tier is Tier.NEARLY

    @property
    def is_widened(self) -> bool:
        """Whether others follow those who answer exactly, of whom there are few."""
        return bool(self.match.strict) and self.count > self.match.exact

    # Results

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

    @cached_property
    def beside(self) -> list[tuple[str, int]]:
        """(theme, results for it) of the themes nearest to the one asked, at the places asked, those with most first.

        Whoever knows a theme below it is among the answers already.
        """
        question = self.match.question
        asked = [concept for unit in question.units for concept in unit.concepts]
        answered = {*asked, *(theme for concept in asked for theme in concepts().narrower(concept))}
        beside = dict.fromkeys(theme for concept in asked for theme in concepts().near(concept) if theme not in answered)
        themes = list(beside)[:MOST_BESIDE]
        around = list(filter(None, [question.asking(question.places)]))
        conditions = [" & ".join([quoted(concept_lexeme(theme)), *around]) for theme in themes]
        readings = [(Match(Tier.WORDS, condition=condition), self.chosen) for condition in conditions]
        counts = zip(themes, self._count_each(readings), strict=True)
        return sorted(((theme, count) for theme, count in counts if count), key=lambda pair: -pair[1])

    # Meaning

    @cached_property
    def close(self) -> list[Near]:
        """Who does not answer, but comes close in meaning, best first: outside count, facets and pages."""
        if self.count >= meaning.ENOUGH or not self._near:
            return []
        if not self.count and not meaning.is_meant(self._near, self.match):
            return []
        answers = set(self._best) if self.match.tier is not Tier.NOTHING else set()
        return meaning.close(self._near_who_pass, answers)

    @cached_property
    def _near(self) -> list[Near]:
        """The nearest in meaning, whoever answers; nobody where meaning is not asked for, or cannot be compared here."""
        if not self.query.by_meaning or not meaning.is_asked_for(self.match) or not vectors.is_ready(self._revision):
            return []
        return meaning.nearest_to(self.vector, self.kind) if self.vector is not None else []

    @property
    def vector(self) -> numpy.ndarray | None:
        """What the question means, with its slips corrected; None where the encoder fails."""
        return meaning.vector_of(self.match.text or self.query.text)

    @cached_property
    def _near_who_pass(self) -> list[Near]:
        """Likewise, at the places asked and with the facet values chosen."""
        around = self.match.question.asking(self.match.question.places)
        if not around and not self.chosen:
            return self._near
        where, parameters = self._where(Match(Tier.WORDS, condition=around), self.chosen)
        found = f"SELECT entry_id FROM directory_searchdocument WHERE {where}"
        few = _ids(f"{found} LIMIT %s", [*parameters, meaning.FEW + 1])
        if len(few) <= meaning.FEW:
            return meaning.nearest_to(self.vector, self.kind, few) if few and self._near else []
        passing = set(_ids(f"{found} AND {AMONG}", [*parameters, [one.entry for one in self._near]]))
        return [one for one in self._near if one.entry in passing]

    def _fused(self, ranked: list[int]) -> list[int]:
        """The answers, all of them, in the order of their words and of their meaning."""
        if not self._near or self.query.sort != RELEVANCE:
            return ranked
        return meaning.fused(ranked, self._near, self.match.exact)

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
            conditions.append(f"(lexemes @@ %s::tsquery OR {AMONG})" if asked else AMONG)
            parameters += [asked, list(match.named)] if asked else [list(match.named)]
        elif asked:
            filters.insert(0, f"({asked})")
        if filters:
            conditions.append("lexemes @@ %s::tsquery")
            parameters.append(" & ".join(filters))
        return " AND ".join(conditions) or "TRUE", parameters

    # Order

    def _by_column(self, offset: int, limit: int) -> list[int]:
        """Found first and sorted then: walking an order and testing each row on its way is slow where few answer."""
        if self.match.tier is Tier.EVERYTHING and not self.chosen:
            return self._all_by_column(offset, limit)
        where, parameters = self._where(self.match, self.chosen)
        found = f"WITH found AS MATERIALIZED (SELECT entry_id, {SORTED_BY} FROM directory_searchdocument WHERE {where})"
        table = "found JOIN directory_searchcard USING (entry_id)" if self.query.sort == NAME else "found"
        order = f"{self._name_column}, entry_id" if self.query.sort == NAME else ORDERS.get(self.query.sort, ORDERS[CONFIRMED])
        return _ids(f"{found} SELECT entry_id FROM {table} ORDER BY {order} LIMIT %s OFFSET %s", [*parameters, limit, offset])

    def _all_by_column(self, offset: int, limit: int) -> list[int]:
        """Everybody, along an index."""
        if self.query.sort == NAME:
            rows = SearchCard.objects.order_by(self._name_column, "entry_id")
            of_kind = rows if self.kind is None else rows.filter(kind=self.kind)
            return list(of_kind.values_list("entry_id", flat=True)[offset : offset + limit])
        rows = Entry.objects.published().order_by("-first_published_at" if self.query.sort == NEWEST else "-confirmed_at", "id")
        of_kind = rows if self.kind is None else rows.of_kind(self.query.kind)
        return list(of_kind.values_list("id", flat=True)[offset : offset + limit])

    @property
    def _name_column(self) -> str:
        return "sort_ar" if self.query.language == "ar" else "sort_latin"

    def _by_relevance(self, offset: int, limit: int) -> list[int]:
        """The ranked ones first; behind them, in a large answer, the others by quality."""
        best = self._best
        page = best[offset : offset + limit]
        if len(page) < limit and len(best) < self.count:
            where, parameters = self._where(self.match, self.chosen)
            sql = (
                f"SELECT entry_id FROM directory_searchdocument WHERE {where} AND NOT {AMONG}"
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
            return self._fused(_first(named, self._ranked(*self._where(self.match, self.chosen), most=RANK_ALL)))
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
