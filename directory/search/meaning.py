"""Who comes close in meaning: what is said in words that no list holds.

Ranks are fused and scores never compared with those of words. All sizes here were measured by `bench search_quality`
(decision 12); none of them changes who answers, how many, or a facet.
"""

import json
import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy
from django.db import DatabaseError, connection, transaction

from directory.models import Entry
from directory.search.interpretation import Match, Tier
from directory.search.passages import Sentence, passages
from directory.search.vectors import TABLE, literal, unpacked
from text.encoder import encoder

logger = logging.getLogger(__name__)

NEAREST = 50  # entries whose nearness counts for the order of the answers
LOOKED_AT = 120  # passages; an entry has several
FEW = 2000  # entries that pass the filters: they are compared one by one
# Reciprocal ranks: 1 / (FLAT + rank) of the list of words, and WEIGHT times as much of the list of meanings.
FLAT, WEIGHT = 10, 0.5
# Shown is who is at least this near, and not far behind the nearest, unless the answers fill a page by themselves.
CLOSE, BESIDE_NEAREST = 0.1, 0.4
MOST_CLOSE, ENOUGH = 10, 20
# Where nobody answers, how near the nearest must be: to some words, to a sentence, and to a sentence that ten are near.
TO_WORDS, TO_SENTENCE, TO_COMMON_SENTENCE = 0.45, 0.34, 0.27
TEN, TENTH = 10, 0.2
# Entries beside a page: how near, how many, and by how many of its passages.
ALIKE, MOST_ALIKE, COMPARED = 0.45, 4, 4


@dataclass(frozen=True)
class Near:
    """An entry, and how near its nearest passage is to the question: 1 says the same."""

    entry: int
    nearness: float


def is_asked_for(match: Match) -> bool:
    """Names, codes, quoted phrases and exclusions are meant to the letter."""
    question = match.question
    if match.tier in {Tier.EVERYTHING, Tier.NAME} or match.named or question.excluded or not question.units:
        return False
    return not any(unit.is_phrase for unit in question.units) and any(
        token.word.isalpha() for unit in question.units for token in unit.tokens
    )


def vector_of(question: str) -> numpy.ndarray | None:
    """None where the encoder fails: the search goes on with words alone."""
    try:
        return _vector(question, encoder().version)
    except Exception:  # of a foreign package
        logger.exception("A question could not be encoded")
        return None


@lru_cache(maxsize=512)
def _vector(question: str, version: str) -> numpy.ndarray:
    return encoder().encode([question], [None])[0]


def forget() -> None:
    """Encode questions anew: for measurements."""
    _vector.cache_clear()


def nearest_to(vector: numpy.ndarray, kind: int | None, among: list[int] | None = None) -> list[Near]:
    """The entries nearest to a vector, best first; `among` some, or among all of the kind."""
    asked = (("kind = %(kind)s", kind), ("entry_id = ANY(%(among)s)", among))
    conditions = [condition for condition, value in asked if value is not None]
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    sql = f"""
        SET LOCAL hnsw.ef_search = {LOOKED_AT}; SET LOCAL hnsw.iterative_scan = relaxed_order; SET LOCAL jit = off;
        SELECT entry_id, -min(distance) FROM (
            SELECT entry_id, vector <#> %(vector)s::halfvec AS distance FROM {TABLE} {where} ORDER BY distance LIMIT {LOOKED_AT}
        ) passage GROUP BY entry_id ORDER BY 2 DESC, entry_id
    """
    return _found(sql, {"vector": literal(vector), "kind": kind, "among": among})


def _found(sql: str, values: dict[str, object]) -> list[Near]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return [Near(entry, float(nearness)) for entry, nearness in cursor]
    except DatabaseError:
        logger.exception("Meanings could not be compared")
        return []


def alike(entry: Entry) -> list[Near]:
    """The entries of the same kind that say the most alike, best first."""
    sql = f"""
        SET LOCAL hnsw.ef_search = {LOOKED_AT}; SET LOCAL hnsw.iterative_scan = relaxed_order; SET LOCAL jit = off;
        SELECT near.entry_id, max(near.nearness) FROM (
            SELECT vector, kind FROM {TABLE} WHERE entry_id = %(entry)s ORDER BY place LIMIT {COMPARED}
        ) own, LATERAL (
            SELECT other.entry_id, -(other.vector <#> own.vector) AS nearness FROM {TABLE} other
            WHERE other.kind = own.kind AND other.entry_id <> %(entry)s ORDER BY other.vector <#> own.vector LIMIT 20
        ) near GROUP BY near.entry_id HAVING max(near.nearness) >= {ALIKE} ORDER BY 2 DESC, 1 LIMIT {MOST_ALIKE}
    """
    return _found(sql, {"entry": entry.pk})


def vectors_of(entry: Entry) -> numpy.ndarray:
    """Of the passages by which it is compared."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT vector::text FROM {TABLE} WHERE entry_id = %s ORDER BY place LIMIT {COMPARED}", [entry.pk])
        return numpy.array([json.loads(stored) for (stored,) in cursor], numpy.float32)


def fused(answers: Sequence[int], near: Sequence[Near], exact: int) -> list[int]:
    """The answers in the order of both lists. The first `exact` answer in full, and stay before the others."""
    rank = {one.entry: place for place, one in enumerate(near[:NEAREST])}
    meant = {entry: WEIGHT / (FLAT + rank[entry]) for entry in answers if entry in rank}
    score = {entry: 1 / (FLAT + place) + meant.get(entry, 0) for place, entry in enumerate(answers)}
    blocks = (answers[:exact], answers[exact:])
    return [entry for block in blocks for entry in sorted(block, key=score.__getitem__, reverse=True)]


def is_meant(near: Sequence[Near], match: Match) -> bool:
    """Whether a question that nobody answers is near enough to somebody. What is near one only by chance is far from others."""
    if not match.question.is_sentence:
        return near[0].nearness >= TO_WORDS
    ten_are_near = len(near) >= TEN and near[TEN - 1].nearness >= TENTH
    return near[0].nearness >= (TO_COMMON_SENTENCE if ten_are_near else TO_SENTENCE)


def close(near: Sequence[Near], answers: Collection[int]) -> list[Near]:
    """Of the nearest, those that do not answer and are shown beside those that do."""
    least = max(CLOSE, BESIDE_NEAREST * near[0].nearness) if near else CLOSE
    return [one for one in near if one.nearness >= least and one.entry not in answers][:MOST_CLOSE]


def nearest_sentences(vectors: numpy.ndarray, entries: Iterable[Entry]) -> dict[int, tuple[Sentence, str]]:
    """Per entry the sentence of it that is nearest to one of these vectors, and its language."""
    by_id = {entry.pk: entry for entry in entries}
    best: dict[int, tuple[float, str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT entry_id, digest, sentences FROM {TABLE} WHERE entry_id = ANY(%s)", [list(by_id)])
        for entry, digest, stored in cursor:
            near = (unpacked(stored, vectors.shape[1]) @ vectors.T).max(axis=1)
            place = int(near.argmax())
            if entry not in best or near[place] > best[entry][0]:
                best[entry] = (float(near[place]), digest, place)
    found = {}
    for entry, (_near, digest, place) in best.items():
        passage = next((one for one in passages(by_id[entry]) if one.digest == digest), None)
        if passage is not None:  # it may have been published anew meanwhile
            found[entry] = (passage.sentences[place], passage.language)
    return found
