"""Finding people by name, in either script, however it is spelt: candidates by key from the index, order by sound."""

from collections.abc import Iterator
from itertools import combinations

from django.db import connection

from directory.search.lexemes import name_lexeme
from directory.search.question import any_of
from text.namekey import query_keys
from text.namerank import coverage, similarity

MOST_UNITS, LONGEST_WORD = 6, 40
MOST_CANDIDATES = 1000  # the best of more with one key are by far enough
MOST_FOUND = 200
# Below, a name shares consonants with the query and no more: بلعربي for "blorp". Two names that share them all are hardly chance.
HEARD, HEARD_TOGETHER, HEARD_WITH_ONE_MISSING = 0.84, 0.5, 0.8
CERTAIN, CERTAIN_TOGETHER = 0.93, 0.7
# Who is heard so much less than the best is somebody else.
NEAR_BEST = 0.15

SQL = """
    SELECT document.entry_id, card.latin, card.arabic
    FROM directory_searchdocument document JOIN directory_searchcard card USING (entry_id)
    WHERE document.lexemes @@ %(keys)s::tsquery {kind}
    ORDER BY document.quality DESC, entry_id LIMIT %(most)s
"""


def find(name: str, kind: int | None, also: str = "", *, certain: bool = False) -> list[int]:
    """The entries whose name is heard in `name`, best first. `also` is a tsquery that must hold too."""
    if max(map(len, name.split()), default=0) > LONGEST_WORD:
        return []
    units = [any_of(map(name_lexeme, sorted(keys))) for keys in query_keys(name)]
    if not units or len(units) > MOST_UNITS:
        return []
    for keys, needed in _tries(units, certain):
        candidates = _candidates(f"{keys} & {also}" if also else keys, kind, name)
        needed = max([needed, *(heard - NEAR_BEST for _entry, heard in candidates)])
        if found := [entry for entry, heard in candidates if heard >= needed]:
            return found[:MOST_FOUND]
    return []


def _tries(units: list[str], certain: bool) -> Iterator[tuple[str, float]]:
    """(keys, how well they must be heard): all units; then, for a slip or a name too many, all but one."""
    alone, together = (CERTAIN, CERTAIN_TOGETHER) if certain else (HEARD, HEARD_TOGETHER)
    yield " & ".join(units), alone if len(units) == 1 else together
    if len(units) > 1 and not certain:
        some = (" & ".join(kept) for kept in combinations(units, len(units) - 1))
        yield "(" + " | ".join(f"({kept})" for kept in some) + ")", HEARD_WITH_ONE_MISSING


def _candidates(keys: str, kind: int | None, name: str) -> list[tuple[int, float]]:
    sql = SQL.format(kind="" if kind is None else "AND document.kind = %(kind)s")
    with connection.cursor() as cursor:
        cursor.execute(sql, {"keys": keys, "kind": kind, "most": MOST_CANDIDATES})
        rows = cursor.fetchall()
    scored = [(entry, *max(map(_heard, [name] * 2, names))) for entry, *names in rows]
    return [(entry, heard) for entry, heard, _alike in sorted(scored, key=lambda row: (-row[1] - row[2], row[0]))]


def _heard(name: str, candidate: str) -> tuple[float, float]:
    """(how much of what was typed is in the candidate, how alike both are)."""
    alike = similarity(name, candidate)
    return max(alike, coverage(name, candidate)), alike
