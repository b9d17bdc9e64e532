"""How many answer, as far as a reading of a question must know: counted up to a limit."""

from collections.abc import Sequence

from django.db import connection

from directory.models import SearchCard


def answers(conditions: Sequence[str], kind: int | None, most: int = 1) -> list[int]:
    """How many visible entries answer each tsquery, counted up to `most`.

    By the index of lexemes alone: to find one row, the planner would rather walk another index and read all lexemes on its way.
    """
    if not conditions:
        return []
    of_kind = "" if kind is None else "AND kind = %(kind)s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; SET LOCAL jit = off;
                SELECT (SELECT count(*) FROM (
                    SELECT FROM directory_searchdocument WHERE lexemes @@ condition::tsquery {of_kind} LIMIT %(most)s
                ) found)
                FROM unnest(%(conditions)s) WITH ORDINALITY AS asked(condition, place) ORDER BY place""",
            {"conditions": list(conditions), "kind": kind, "most": most},
        )
        return [row[0] for row in cursor]


def pages(kind: int | None, most: int) -> int:
    """How many there are, counted up to `most`."""
    of_kind = SearchCard.objects.all() if kind is None else SearchCard.objects.filter(kind=kind)
    return of_kind.values("pk")[:most].count()
