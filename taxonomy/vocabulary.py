"""`vocabulary()`: the snapshot that all rooms read, kept in the process and rebuilt when the tables have changed."""

import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.db import models, transaction

from core.languages import LANGUAGES
from taxonomy import models as tables
from taxonomy.snapshot import City, Country, Goal, Item, Language, Subdivision, Term, Theme, Vocabulary

__all__ = [
    "City",
    "Country",
    "Goal",
    "Language",
    "Subdivision",
    "Term",
    "Theme",
    "Vocabulary",
    "forget",
    "mark_changed",
    "vocabulary",
]

# How long another process may go on with what was true before a change.
RECHECK_SECONDS = 60

_lock = threading.Lock()
# The snapshot and the moment (time.monotonic) when it was last known to be current; replaced as a whole, never changed.
_state: tuple[Vocabulary | None, float] = (None, float("-inf"))


def vocabulary() -> Vocabulary:
    """The current vocabulary: no query when warm, one look at the revision each minute."""
    snapshot, checked_at = _state
    if snapshot is None or time.monotonic() - checked_at >= RECHECK_SECONDS:
        return _recheck()
    return snapshot


def forget() -> None:
    """The next reader of this process asks the database whether its snapshot is still true."""
    global _state
    with _lock:
        _state = (_state[0], float("-inf"))


def mark_changed() -> None:
    """To be called in the transaction of every change of vocabulary tables; readers see it after the commit."""
    tables.Revision.objects.update_or_create(id=1, defaults={"token": uuid.uuid4()})
    transaction.on_commit(forget)


def _recheck() -> Vocabulary:
    global _state
    with _lock:
        snapshot, checked_at = _state
        if snapshot is None or time.monotonic() - checked_at >= RECHECK_SECONDS:
            # The revision is read first: what changes while we read has another one, and the next check finds it.
            revision = str(tables.Revision.objects.first() or "")
            if snapshot is None or snapshot.revision != revision:
                snapshot = Vocabulary(revision=revision, lists=_read_lists())
            _state = (snapshot, time.monotonic())
        return snapshot


def _read_lists() -> Mapping[str, Mapping[str, Item]]:
    lists = {
        "goal": _goals(),
        "theme": _themes(),
        "country_group": [Item(**_common(group)) for group in tables.CountryGroup.objects.all()],
        "country": _countries(),
        "subdivision": _subdivisions(),
        "city": _cities(),
        "language": [
            Language(**_common(row), rank=row.rank, autonym=row.autonym, rtl=row.rtl) for row in tables.Language.objects.all()
        ],
        **_terms(),
    }
    return MappingProxyType({name: MappingProxyType({item.code: item for item in items}) for name, items in lists.items()})


def _common(row: tables.VocabularyRow) -> dict:
    return {"code": str(row.pk), "labels": _by_language(row, "name"), "retired": row.retired}


def _by_language(row: models.Model, attribute: str) -> Mapping[str, str]:
    return MappingProxyType({language: getattr(row, f"{attribute}_{language}") for language in LANGUAGES})


def _words(row: models.Model, attribute: str) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({language: tuple(words) for language, words in _by_language(row, attribute).items()})


def _place(row: models.Model) -> dict:
    return {**_common(row), "lat": row.lat, "lon": row.lon}


def _links(through: type[models.Model], source: str, target: str) -> Mapping[str, list]:
    """The pairs of a many-to-many table as lists per source, sorted."""
    links = defaultdict(list)
    for source_id, target_id in through.objects.order_by(source, target).values_list(source, target):
        links[source_id].append(target_id)
    return links


def _goals() -> Iterable[Goal]:
    for row in tables.Goal.objects.all():
        yield Goal(**_common(row), rank=row.number, number=row.number, color=row.color, text_color=row.text_color)


def _themes() -> Iterable[Theme]:
    goals = _links(tables.Theme.goals.through, "theme_id", "goal_id")
    related = _links(tables.Theme.related.through, "from_theme_id", "to_theme_id")
    for row in tables.Theme.objects.all():
        yield Theme(
            **_common(row),
            parent=row.parent_id,
            synonyms=_words(row, "synonyms"),
            goals=tuple(goals.get(row.pk, ())),
            related=tuple(related.get(row.pk, ())),
        )


def _countries() -> Iterable[Country]:
    groups = _links(tables.Country.groups.through, "country_id", "countrygroup_id")
    for row in tables.Country.objects.all():
        yield Country(**_place(row), aliases=_words(row, "aliases"), groups=frozenset(groups.get(row.pk, ())))


def _subdivisions() -> Iterable[Subdivision]:
    for row in tables.Subdivision.objects.all():
        yield Subdivision(**_place(row), country=row.country_id, kind=row.kind, parent=row.parent_id)


def _cities() -> Iterable[City]:
    for row in tables.City.objects.all():
        yield City(**_place(row), country=row.country_id, subdivision=row.subdivision_id, population=row.population)


def _terms() -> Mapping[str, list[Term]]:
    terms: dict[str, list[Term]] = {name: [] for name in tables.TermList.values}
    for row in tables.Term.objects.all():
        item = Term(**{**_common(row), "code": row.code}, rank=row.order, extra=MappingProxyType(row.extra))
        terms[row.list].append(item)
    return terms
