"""Reading the search columns: text match, order, and exact counts per facet value."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, Q, QuerySet, When
from django.utils import timezone

from directory.models import SearchDocument
from directory.search.index import fold

CONFIGS = ("arabic", "french", "english")
FACETS = ("goal", "theme", "country", "region", "language", "milieu", "type", "availability")


def matching(kind: str, text: str) -> QuerySet[SearchDocument]:
    """The entries of a kind that hold every word of the text, in whichever of the three languages."""
    documents = SearchDocument.objects.filter(kind=kind)
    return documents.filter(vector=_text_query(text)) if text.strip() else documents


def named(kind: str, text: str) -> QuerySet[SearchDocument]:
    """The entries of a kind whose name holds these letters, then those that hold these words elsewhere."""
    folded = fold(text)
    in_name = Q(sort_latin__contains=folded) | Q(sort_ar__contains=folded)
    documents = SearchDocument.objects.filter(in_name | Q(vector=_text_query(text)), kind=kind)
    return (
        documents.select_related("entry")
        .defer("vector")
        .order_by(Case(When(in_name, then=0), default=1), "sort_latin", "entry_id")
    )


def ranked(documents: QuerySet[SearchDocument], text: str) -> QuerySet[SearchDocument]:
    return documents.order_by(SearchRank(F("vector"), _text_query(text)).desc(), "-confirmed_at", "entry_id")


def tally(documents: QuerySet[SearchDocument], chosen: Mapping[str, Iterable[str]]) -> tuple[int, dict[str, Counter]]:
    """How many entries pass all chosen values, and per facet how many pass each value when the other facets stay.

    One query; the counting is done here.
    """
    wanted = {facet: set(values) for facet, values in chosen.items() if values}
    counts: dict[str, Counter] = {facet: Counter() for facet in FACETS}
    total = 0
    read = _facet_reader()
    for row in documents.values_list("goal", "theme", "country", "region", "language", "milieu", "type", "available_from"):
        values = read(row)
        missed = [facet for facet, choice in wanted.items() if choice.isdisjoint(values[facet])]
        total += not missed
        for facet in FACETS if not missed else missed if len(missed) == 1 else ():
            counts[facet].update(values[facet])
    return total, counts


def availability_state(day, today) -> str:
    """now, later or closed, as of today: somebody not free before 1 May becomes available by himself on 1 May."""
    if day is None:
        return "closed"
    return "now" if day <= today else "later"


def _facet_reader() -> Callable[[tuple], dict[str, list[str]]]:
    today = timezone.localdate()

    def read(row: tuple) -> dict[str, list[str]]:
        return dict(zip(FACETS, row[:-1], strict=False)) | {"availability": [availability_state(row[-1], today)]}

    return read


def _text_query(text: str) -> SearchQuery:
    queries = [SearchQuery(fold(text), config=config, search_type="websearch") for config in CONFIGS]
    return queries[0] | queries[1] | queries[2]
