"""What a page about a goal, a theme or a territory shows of each kind: how many, the first of them, and the way to all."""

from dataclasses import dataclass
from urllib.parse import urlencode

from directory import search
from directory.kinds import Kind, kinds
from directory.presentation import PublicEntry

SHOWN = 3


@dataclass(frozen=True)
class Section:
    kind: Kind
    count: int
    entries: list[PublicEntry]
    counts: search.Counts
    url: str


def sections(facet: str, value: object, language: str) -> list[Section]:
    """One of each kind that has this facet, those confirmed last first; a kind without any is left out."""
    asked = [_section(kind, facet, str(value), language) for kind in kinds().values() if facet in kind.facets]
    return [section for section in asked if section.count]


def _section(kind: Kind, facet: str, value: str, language: str) -> Section:
    query = search.Query(kind=kind.kind, chosen={facet: (value,)}, sort=search.CONFIRMED, language=language)
    answer = search.Answer(query)
    entries = [kind.present.of_hit(hit, language) for hit in search.hits(answer, 0, SHOWN)]
    return Section(kind, answer.count, entries, answer.counts, f"{kind.list_url}?{urlencode({facet: value})}")
