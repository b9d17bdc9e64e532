"""Who else might help: pages like one that did not answer."""

from django.utils import timezone

from directory import search
from directory.kinds import schema_of
from directory.models import Entry
from directory.presentation import PublicEntry, page_of
from directory.visibility import ANONYMOUS, visible_to
from messaging.facts import ContactWay, reach_of

MOST = 3
LOOKED_AT = 12
AVAILABILITY = "availability"


def similar_available(entry: Entry, language: str) -> list[PublicEntry]:
    """At most three pages of the same kind: alike in meaning first, then of the same themes; available and open to requests."""
    alike = [hit.entry for hit in search.similar_hits(entry)]
    return [page_of(found, ANONYMOUS, language) for found in _suitable([*alike, *_of_the_same_themes(entry)], but=entry)[:MOST]]


def _of_the_same_themes(entry: Entry) -> list[Entry]:
    facets = schema_of(entry.kind).facets
    chosen = {"theme": _themes(entry)} if "theme" in facets else {}
    if AVAILABILITY in facets:
        chosen[AVAILABILITY] = ["now"]
    ids = search.Answer(search.Query(kind=entry.kind, chosen=chosen)).ids(0, LOOKED_AT)
    entries = Entry.objects.published().in_bulk(ids)
    return [entries[number] for number in ids if number in entries]


def _themes(entry: Entry) -> list[str]:
    themes = visible_to(entry, ANONYMOUS).get("themes", [])
    return [theme if isinstance(theme, str) else theme["theme"] for theme in themes]


def _suitable(entries: list[Entry], *, but: Entry) -> list[Entry]:
    found = {entry.pk: entry for entry in entries if entry.pk != but.pk and _takes_requests(entry)}
    return list(found.values())


def _takes_requests(entry: Entry) -> bool:
    return _is_available(entry) and reach_of(entry) is not ContactWay.CLOSED


def _is_available(entry: Entry) -> bool:
    """Today; kinds that have no availability always are."""
    item = schema_of(entry.kind).readable.get(AVAILABILITY)
    if item is None:
        return True
    said = visible_to(entry, ANONYMOUS).get(AVAILABILITY)
    return said is not None and item.fact.facet_value(item.fact.indexed(said), timezone.localdate()) == "now"
