"""Facet values as small numbers, and exact counts of them.

Each entry carries a strip: the codes of its facet values, two bytes each. One scan hands over the strips of everything found as
one byte string, and counting is then one pass of numpy: no column per facet, no grouping, any number of values.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping

import numpy
from django.db import connection
from django.db.models import Max, QuerySet

from directory.models import FacetCode
from directory.search import revision
from directory.search.lexemes import facet_lexeme, quoted

FACETS = ("goal", "theme", "country", "region", "language", "milieu", "type", "availability")
CODE = numpy.dtype("<u2")

Counts = dict[str, Counter]
Codes = Mapping[int, tuple[str, str]]

_codes: revision.Kept[Codes] = revision.Kept()


def known_codes(at: int) -> Codes:
    """{code: (facet, value)} of every value ever published."""
    return _codes.get("codes", lambda: {code: (facet, value) for code, facet, value in _rows(FacetCode.objects.all())}, at)


def codes_for(values: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The code of each (facet, value); new ones are given inside the caller's transaction."""
    found = _stored(values)
    if missing := sorted(values - found.keys()):
        # Whoever gives codes waits here for whoever else does.
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE directory_facetcode IN SHARE ROW EXCLUSIVE MODE")
        found = _stored(values)
        missing = [value for value in missing if value not in found]
        last = FacetCode.objects.aggregate(last=Max("id"))["last"] or 0
        new = [FacetCode(id=last + place, facet=facet, value=value) for place, (facet, value) in enumerate(missing, start=1)]
        FacetCode.objects.bulk_create(new)
        found |= {(row.facet, row.value): row.id for row in new}
    return found


def _stored(values: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    rows = _rows(FacetCode.objects.filter(value__in={value for _facet, value in values}))
    return {(facet, value): code for code, facet, value in rows if (facet, value) in values}


def _rows(codes: QuerySet[FacetCode]) -> QuerySet[FacetCode, tuple[int, str, str]]:
    return codes.values_list("id", "facet", "value")


def strip(codes: Iterable[int]) -> bytes:
    return numpy.fromiter(sorted(codes), CODE).tobytes()


def count(strips: bytes | memoryview | None, codes: Codes, today: datetime.date) -> Counts:
    """{facet: {value: entries}} of concatenated strips. A value stands once in each, so its codes are its entries."""
    counts: Counts = {facet: Counter() for facet in FACETS}
    numbers = numpy.bincount(numpy.frombuffer(strips or b"", CODE))
    for code in numpy.flatnonzero(numbers).tolist():
        facet, value = codes[code]
        if facet == "availability":
            value = availability(value, today)
        counts[facet][value] += int(numbers[code])
    return counts


def availability(value: str, today: datetime.date) -> str:
    """What a stored value means today: a day that has come is "now"."""
    if value in {"now", "later", "closed"}:
        return value
    return "now" if value <= today.isoformat() else "later"


def condition(facet: str, values: Iterable[str], codes: Codes, today: datetime.date) -> str:
    """The tsquery of entries with any of the values."""
    if facet == "availability":
        wanted = set(values)
        stored = {value for known, value in codes.values() if known == facet}
        values = sorted(wanted | {value for value in stored if availability(value, today) in wanted})
    return "(" + " | ".join(quoted(facet_lexeme(facet, value)) for value in values) + ")"
