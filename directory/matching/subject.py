"""Who is near a subject: by the words and themes of the index, and by meaning where an encoder is.

Two numbers a person: `nearness` of the nearest passage, and `coverage`, the part of the words and themes that is there, each
weighing the more the fewer know it. `bench matching_quality` measured how they go together.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

import numpy
from django.db import DatabaseError, connection, transaction

from directory.matching.criteria import Criterion
from directory.search import meaning, revision, vectors
from directory.search.counting import answers, pages
from directory.search.lexemes import concept_lexeme, quoted
from directory.search.question import Unit, Weight, read_question
from text.encoder import encoder, unit
from text.sentences import sentences

# Of a long text its beginning says what it is about.
READ, MOST_SENTENCES = 600, 6
MANY, LEAST_PAGES, MOST_PAGES, LIGHTEST = 1000, 300, 2000, 0.2
BY_WORDS = 0.4  # nearness of whoever says all of it
BESIDE, WIDE, NEAR = 0.3, 0.9, 0.4  # what only ranks; other words for it; a theme next to it
# So many are compared one by one; of more, those who know its rarer parts and those who are nearest.
FEW, POOL, LOOKED_AT, SCANNED = 600, 150, 240, 600


@dataclass(frozen=True)
class SubjectPart:
    """A piece of the subject, the conditions that answer it, each with how well, and what it weighs."""

    wide: str  # the tsquery of whoever answers it in whatever words
    conditions: tuple[tuple[str, float], ...]
    weight: float
    count: int


@dataclass(frozen=True)
class AskedSubject:
    parts: tuple[SubjectPart, ...] = ()
    vector: numpy.ndarray | None = None

    @property
    def total(self) -> float:
        return sum(part.weight for part in self.parts)


@dataclass
class Found:
    """What the index says of the entries it looked at."""

    entries: list[int]
    nearness: dict[int, float] = field(default_factory=dict)
    coverage: dict[int, float] = field(default_factory=dict)

    def of(self, entry: int) -> dict[str, float]:
        """By the names of MatchProfile. Where nothing is compared by meaning, or somebody declined it, words stand for it."""
        covered = self.coverage.get(entry, 0.0)
        return {"nearness": self.nearness.get(entry, BY_WORDS * covered), "coverage": covered}


def subject_of(criterion: Criterion, kind: int) -> AskedSubject:
    return AskedSubject(_parts(criterion, kind), _vector(criterion.values, criterion.languages))


def _parts(criterion: Criterion, kind: int) -> tuple[SubjectPart, ...]:
    """The units of all its texts, each once. Every text weighs the same, however long."""
    texts = [[one for one in read_question(text[:READ]).units if one.weight is not Weight.PLACE] for text in criterion.values]
    units = {one.condition: one for said in texts for one in said}
    counts = dict(zip(units, answers([one.wide_condition for one in units.values()], kind, MANY), strict=True))
    among = max(LEAST_PAGES, pages(kind, MOST_PAGES))
    weights: dict[str, float] = dict.fromkeys(units, 0.0)
    for said in texts:
        own = {one.condition: _weight(one, counts[one.condition], among) for one in said}
        for condition, weight in own.items():
            weights[condition] += weight / sum(own.values())
    return tuple(
        SubjectPart(one.wide_condition, _conditions(one), weights[condition], counts[condition])
        for condition, one in units.items()
    )


def parts_of_themes(themes: Sequence[str], kind: int) -> tuple[SubjectPart, ...]:
    """Where no subject is said in words, the themes are what to look for."""
    units = [Unit.of_concept(f"theme-{code}") for code in themes]
    counts = answers([one.wide_condition for one in units], kind, MANY)
    return tuple(SubjectPart(one.wide_condition, _conditions(one), 1.0, count) for one, count in zip(units, counts, strict=True))


def _conditions(one: Unit) -> tuple[tuple[str, float], ...]:
    ways = [(one.condition, 1.0), (one.wide_condition, WIDE)]
    if one.near_condition:
        ways.append((one.near_condition, NEAR))
    return tuple(dict(reversed(ways)).items())


def _weight(one: Unit, count: int, among: int) -> float:
    weight = max(math.log(among / max(count, 1)), LIGHTEST)
    return weight * (BESIDE if one.is_optional else 1) * (BESIDE if one.is_askers else 1)


def _vector(texts: Sequence[str], languages: Sequence[str]) -> numpy.ndarray | None:
    """The mean of what its texts mean: said twice in other words it is told better."""
    if not texts or not vectors.is_ready(revision.current()):
        return None
    pieces = []
    for text, language in zip(texts, languages or [None] * len(texts), strict=True):
        pieces += [(piece, language) for piece in _pieces(text)]
    return _encoded(tuple(pieces), encoder().version)


@lru_cache(maxsize=128)
def _encoded(pieces: tuple[tuple[str, str | None], ...], version: str) -> numpy.ndarray:
    encoded = encoder().encode([text for text, _language in pieces], [language for _text, language in pieces])
    return unit(encoded.mean(axis=0))


def forget() -> None:
    """Encode subjects anew: for measurements."""
    _encoded.cache_clear()


def _pieces(text: str) -> Iterable[str]:
    """A short text as a whole, a long one by some sentences at a time."""
    said = list(islice(sentences(text), MOST_SENTENCES * 2)) or [text]
    return [" ".join(said[start : start + 2]) for start in range(0, len(said), 2)]


def candidates(subject: AskedSubject, kind: int, must: str, limit: int = POOL) -> Found:
    """The people of a kind who may answer, with both numbers. `must`: a tsquery that all of them pass; "" asks nothing."""
    everybody = _few(kind, must)
    if everybody is None:
        likely = {*_by_words(subject, kind, must, limit), *_by_meaning(subject, kind, must, limit)}
        everybody = sorted(likely) or _best(kind, must, limit)
    return known_of(subject, everybody)


def known_of(subject: AskedSubject, entries: list[int]) -> Found:
    return Found(entries, nearness(subject, entries), coverage(subject, entries))


def _few(kind: int, must: str) -> list[int] | None:
    """Everybody who passes, where they are few enough to be compared one by one."""
    found = _ids(
        f"SELECT entry_id FROM directory_searchdocument WHERE {_where(must)} LIMIT %(most)s",
        {"kind": kind, "must": must, "most": FEW + 1},
    )
    return found if len(found) <= FEW else None


def _best(kind: int, must: str, limit: int) -> list[int]:
    return _ids(
        f"SELECT entry_id FROM directory_searchdocument WHERE {_where(must)} ORDER BY quality DESC, entry_id LIMIT %(most)s",
        {"kind": kind, "must": must, "most": limit},
    )


def _by_words(subject: AskedSubject, kind: int, must: str, limit: int) -> list[int]:
    """Those who answer the weightier of its rarer parts."""
    known = sorted((part for part in subject.parts if part.count), key=lambda part: part.count)
    rare: list[SubjectPart] = []
    seen = 0
    for part in known:
        if rare and seen + part.count > SCANNED:
            break
        rare.append(part)
        seen += part.count
    if not rare:
        return []
    wanted = " | ".join(part.wide for part in rare)
    values = {"kind": kind, "must": f"({wanted}) & ({must})" if must else wanted, "most": limit, "scanned": SCANNED}
    return _ids(
        f"""SELECT entry_id FROM (
                SELECT entry_id, quality, lexemes FROM directory_searchdocument WHERE {_where(wanted)}
                ORDER BY quality DESC, entry_id LIMIT %(scanned)s
            ) found ORDER BY {_score(rare, values)} DESC, quality DESC, entry_id LIMIT %(most)s""",
        values,
    )


def _score(parts: Sequence[SubjectPart], values: dict) -> str:
    """The SQL of the weight that a row answers; its parameters go into `values`."""
    cases = []
    for place, part in enumerate(parts):
        whens = []
        for way, (condition, worth) in enumerate(sorted(part.conditions, key=lambda pair: -pair[1])):
            values[f"c{place}_{way}"], values[f"w{place}_{way}"] = condition, part.weight * worth
            whens.append(f"WHEN lexemes @@ %(c{place}_{way})s::tsquery THEN %(w{place}_{way})s")
        cases.append(f"CASE {' '.join(whens)} ELSE 0 END")
    return " + ".join(cases) or "0"


def coverage(subject: AskedSubject, entries: Collection[int]) -> dict[int, float]:
    if not subject.total or not entries:
        return {}
    values = {"among": list(entries)}
    score = _score(subject.parts, values)
    rows = _rows(f"SELECT entry_id, {score} FROM directory_searchdocument WHERE entry_id = ANY(%(among)s)", values)
    return {entry: float(weight) / subject.total for entry, weight in rows}


def nearness(subject: AskedSubject, entries: Collection[int]) -> dict[int, float]:
    if subject.vector is None or not entries:
        return {}
    sql = f"""SELECT entry_id, max(-(vector <#> %(vector)s::halfvec)) FROM {vectors.TABLE}
              WHERE entry_id = ANY(%(among)s) GROUP BY entry_id"""
    return {entry: float(near) for entry, near in _safe(sql, {"vector": vectors.literal(subject.vector), "among": list(entries)})}


def _by_meaning(subject: AskedSubject, kind: int, must: str, limit: int) -> list[int]:
    if subject.vector is None:
        return []
    passing = "AND EXISTS (SELECT FROM directory_searchdocument d WHERE d.entry_id = v.entry_id AND lexemes @@ %(must)s::tsquery)"
    sql = f"""
        SELECT entry_id, min(distance) FROM (
            SELECT entry_id, vector <#> %(vector)s::halfvec AS distance FROM {vectors.TABLE} v
            WHERE kind = %(kind)s {passing if must else ""} ORDER BY distance LIMIT {LOOKED_AT}
        ) passage GROUP BY entry_id ORDER BY 2, 1 LIMIT %(most)s
    """
    before = f"SET LOCAL hnsw.ef_search = {LOOKED_AT}; SET LOCAL hnsw.iterative_scan = relaxed_order; SET LOCAL jit = off; "
    values = {"vector": vectors.literal(subject.vector), "kind": kind, "must": must, "most": limit}
    return [entry for entry, _distance in _safe(before + sql, values)]


def themes_read(themes: Sequence[str], entries: Collection[int]) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    """Per entry which of these themes the page tells of, and which have a neighbour in its headline or declared themes."""
    if not themes or not entries:
        return {}
    ways, values = [], {"among": list(entries)}
    for place, code in enumerate(themes):
        concept = f"theme-{code}"
        near = Unit.of_concept(concept).near_condition or quoted(concept_lexeme(concept))
        values[f"own{place}"], values[f"near{place}"] = quoted(concept_lexeme(concept)), near
        ways += [f"lexemes @@ %(own{place})s::tsquery", f"lexemes @@ %(near{place})s::tsquery"]
    rows = _rows(f"SELECT entry_id, {', '.join(ways)} FROM directory_searchdocument WHERE entry_id = ANY(%(among)s)", values)
    return {
        entry: (
            frozenset(code for code, is_told in zip(themes, told[::2], strict=True) if is_told),
            frozenset(code for code, is_near in zip(themes, told[1::2], strict=True) if is_near),
        )
        for entry, *told in rows
    }


def nearest_sentences(subject: AskedSubject, entries: Collection) -> dict[int, tuple[str, str]]:
    """Per entry the sentence of it that is nearest to the subject, and its language."""
    if subject.vector is None or not entries:
        return {}
    told = meaning.nearest_sentences(subject.vector[None], entries)
    return {entry: (said.text, language) for entry, (said, language) in told.items()}


def _where(must: str) -> str:
    return "kind = %(kind)s" + (" AND lexemes @@ %(must)s::tsquery" if must else "")


def _ids(sql: str, values: dict) -> list[int]:
    return [row[0] for row in _rows(sql, values)]


def _rows(sql: str, values: dict) -> list[tuple]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL jit = off; " + sql, values)
        return cursor.fetchall()


def _safe(sql: str, values: dict) -> list[tuple]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()
    except DatabaseError:  # the table of vectors may be made anew meanwhile
        meaning.logger.exception("Meanings could not be compared")
        return []
