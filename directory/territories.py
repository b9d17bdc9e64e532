"""The answers to a question by country and region: what a map would show, as a list that everybody can read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from directory import search
from directory.kinds import Kind, kinds
from directory.listing import Listing
from directory.sections import Section, sections
from taxonomy.vocabulary import vocabulary


@dataclass(frozen=True)
class Territory:
    """A country or region: how many answers it has, and the address of their list."""

    label: str
    count: int
    url: str
    regions: list["Territory"] = field(default_factory=list)


def territories(listing: Listing) -> list[Territory]:
    """Countries with answers, those with most first, each with its regions likewise."""
    counts, known = listing.answer.counts, vocabulary()
    regions: dict[str, list[Territory]] = {}
    for code, count in counts["region"].items():
        if region := known.subdivisions.get(code):
            regions.setdefault(region.country, []).append(_territory(listing, "region", code, count))
    return _most_first(
        _territory(listing, "country", code, count, _most_first(regions.get(code, [])))
        for code, count in counts["country"].items()
    )


def inhabited() -> list[str]:
    """The countries and regions in which somebody or something can be found, by code."""
    known = vocabulary()
    answers = [search.Answer(search.Query(kind=kind)) for kind in kinds()]
    codes = {code for answer in answers for facet in ("country", "region") for code in answer.counts[facet]}
    return sorted(codes & (known.countries.keys() | known.subdivisions.keys()))


def page_of(code: str, language: str) -> dict[str, Any] | None:
    """What the page of a country or region shows; None for what is neither."""
    known = vocabulary()
    region, country = known.subdivisions.get(code), known.countries.get(code)
    if region is None and country is None:
        return None
    found = sections("region" if region else "country", code, language)
    above = known.countries.get(region.country) if region else None
    return {
        "label": (region or country).labels[language],
        "country": {"label": above.labels[language], "url": _page(above.code)} if above else None,
        "sections": found,
        "regions": [] if region else _regions(code, found, language),
    }


def _regions(country: str, found: list[Section], language: str) -> list[dict[str, Any]]:
    """Those with somebody in them, with their numbers of each kind; those with most first."""
    rows = [
        {
            "label": region.labels[language],
            "url": _page(region.code),
            "counts": [each.counts["region"][region.code] for each in found],
        }
        for region in vocabulary().subdivisions_of(country)
    ]
    return sorted((row for row in rows if any(row["counts"])), key=lambda row: (-sum(row["counts"]), row["label"]))


def _page(code: str) -> str:
    return reverse("directory:territory", kwargs={"code": code})


def tabs(listing: Listing) -> list[tuple[Kind, str | Promise, str]]:
    """(kind, label, address) of the same question about each kind."""
    page, asked = reverse("directory:territories"), _question(listing)
    return [(kind, kind.plural, f"{page}?{urlencode([('kind', name), *asked])}") for name, kind in kinds().items()]


def _question(listing: Listing) -> list[tuple[str, str]]:
    """What is asked beside the place, as parameters of an address."""
    left_out = {"page", "kind", "country", "region"}
    return [(name, value) for name, values in listing.request.GET.lists() if name not in left_out for value in values]


def _territory(listing: Listing, facet: str, code: str, count: int, regions: list[Territory] | None = None) -> Territory:
    asked = _question(listing)
    url = f"{listing.kind.list_url}?{urlencode([*asked, (facet, code)])}" if asked else _page(code)
    return Territory(listing.label(facet, code), count, url, regions or [])


def _most_first(found: Iterable[Territory]) -> list[Territory]:
    return sorted(found, key=lambda territory: (-territory.count, territory.label))
