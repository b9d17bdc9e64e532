"""Finding people by name, in either script, however it is spelt: candidates by key from the index, order by sound."""

from collections.abc import Iterator
from itertools import combinations

from django.db import connection

from core.text.namekey import query_keys
from core.text.namerank import coverage, similarity
from directory.search.lexemes import name_lexeme
from directory.search.question import any_of

MOST_UNITS = 6
MOST_CANDIDATES = 1000  # the best of more with one key are by far enough
MOST_FOUND = 200
# Below, a name shares consonants with the query and no more: بلعربي for "blorp".
HEARD, HEARD_WITH_ONE_MISSING = 0.84, 0.8
CERTAIN = 0.93
# Two or more names that all share a key are no chance: Hassan Bel Kacem, حسن بلقاسم.
ALL_HEARD, CERTAIN_OF_ALL = 0.74, 0.85

SQL = """
    SELECT document.entry_id, card.latin, card.arabic
    FROM directory_searchdocument document JOIN directory_searchcard card USING (entry_id)
    WHERE document.lexemes @@ %(keys)s::tsquery {kind}
    ORDER BY document.quality DESC, entry_id LIMIT %(most)s
"""


def find(name: str, kind: int | None, also: str = "") -> list[tuple[int, float]]:
    """(entry, how well its name is heard in `name`), best first. `also` is a tsquery that must hold too."""
    units = [any_of(map(name_lexeme, sorted(keys))) for keys in query_keys(name)]
    if not units or len(units) > MOST_UNITS:
        return []
    for keys, heard in _tries(units):
        found = [row for row in _candidates(f"{keys} & {also}" if also else keys, kind, name) if row[1] >= heard]
        if found:
            return found[:MOST_FOUND]
    return []


def certain(name: str) -> float:
    """How well somebody must be heard in it to be meant without doubt."""
    return CERTAIN_OF_ALL if len(query_keys(name)) > 1 else CERTAIN


def _tries(units: list[str]) -> Iterator[tuple[str, float]]:
    """All units; then, for a slip or a name too many, all but one."""
    yield " & ".join(units), ALL_HEARD if len(units) > 1 else HEARD
    if len(units) > 1:
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
