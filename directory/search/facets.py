"""Facet values as small numbers, and exact counts of them.

Each entry carries a strip: the codes of its facet values, two bytes each. One scan hands over the strips of everything found as
one byte string, and counting is then one pass of numpy: no column per facet, no grouping, any number of values.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping

import numpy
from django.db import connection
from django.db.models import QuerySet

from directory.kinds import facets, facts_by_facet
from directory.models import FacetCode
from directory.search import revision
from directory.search.lexemes import facet_lexeme, quoted

CODE = numpy.dtype("<u2")

Counts = dict[str, Counter]
Codes = Mapping[int, tuple[str, str]]
Numbers = dict[tuple[str, str], int]

_numbers: revision.Kept[Numbers] = revision.Kept()
_codes: revision.Kept[Codes] = revision.Kept()


def known_codes(at: int) -> Codes:
    """{code: (facet, value)} of every value ever published."""
    numbers = _numbers.get("all", lambda: _stored(FacetCode.objects.all()), at)
    return _codes.get("all", lambda: {code: value for value, code in numbers.items()}, at)


def codes_for(values: set[tuple[str, str]]) -> Numbers:
    """The code of each (facet, value); new ones are given inside the caller's transaction."""
    known = _numbers.last("all") or {}
    if values <= known.keys():
        return known
    found = _stored(FacetCode.objects.filter(value__in={value for _facet, value in values}))
    return found if values <= found.keys() else _give_codes(values)


def _give_codes(values: set[tuple[str, str]]) -> Numbers:
    """Whoever gives codes waits here for whoever else does."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE directory_facetcode IN SHARE ROW EXCLUSIVE MODE")
    found = _stored(FacetCode.objects.all())
    last = max(found.values(), default=0)
    new = {value: last + place for place, value in enumerate(sorted(values - found.keys()), start=1)}
    FacetCode.objects.bulk_create(FacetCode(id=code, facet=facet, value=value) for (facet, value), code in new.items())
    return found | new


def _stored(codes: QuerySet[FacetCode]) -> Numbers:
    return {(facet, value): code for code, facet, value in codes.values_list("id", "facet", "value")}


def strip(codes: Iterable[int]) -> bytes:
    return numpy.fromiter(sorted(codes), CODE).tobytes()


def count(strips: bytes | memoryview | None, codes: Codes, today: datetime.date) -> Counts:
    """{facet: {value: entries}} of concatenated strips. A value stands once in each, so its codes are its entries."""
    counts: Counts = {facet: Counter() for facet in facets()}
    facts = facts_by_facet()
    numbers = numpy.bincount(numpy.frombuffer(strips or b"", CODE))
    for code in numpy.flatnonzero(numbers).tolist():
        facet, value = codes[code]
        if fact := facts.get(facet):
            value = fact.facet_value(value, today)
        counts.setdefault(facet, Counter())[value] += int(numbers[code])
    return counts


def condition(facet: str, values: Iterable[str], codes: Codes, today: datetime.date) -> str:
    """The tsquery of entries with any of the values."""
    if fact := facts_by_facet().get(facet):
        wanted = frozenset(values)
        stored = {value for known, value in codes.values() if known == facet}
        values = sorted(wanted | {value for value in stored if fact.answers(value, wanted, today)})
    return "(" + " | ".join(quoted(facet_lexeme(facet, value)) for value in values) + ")"
