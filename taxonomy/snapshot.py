"""The vocabulary as plain immutable objects: what every room reads. Nothing here touches the database."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from core.languages import LANGUAGES

# Letters that stay apart after decomposition although readers look for them in one place.
SORTED_ALIKE = str.maketrans({"ى": "ي", "ة": "ه", "ٱ": "ا", "œ": "oe", "æ": "ae"})


def sort_key(text: str) -> str:
    """Case, accents and the forms of alef, yeh and teh marbuta do not decide the order."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(SORTED_ALIKE)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One code with its label in each language."""

    code: str
    labels: Mapping[str, str]
    retired: bool = False
    rank: int = 0


@dataclass(frozen=True, kw_only=True)
class Goal(Item):
    number: int
    color: str
    text_color: str


@dataclass(frozen=True, kw_only=True)
class Theme(Item):
    parent: str | None
    synonyms: Mapping[str, tuple[str, ...]]
    goals: tuple[int, ...]
    related: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Place(Item):
    lat: float | None
    lon: float | None


@dataclass(frozen=True, kw_only=True)
class Country(Place):
    aliases: Mapping[str, tuple[str, ...]]
    groups: frozenset[str]

    @property
    def flag(self) -> str:
        """The two letters as regional indicator symbols."""
        return "".join(chr(ord(letter) - ord("A") + 0x1F1E6) for letter in self.code)


@dataclass(frozen=True, kw_only=True)
class Subdivision(Place):
    country: str
    kind: str
    parent: str | None


@dataclass(frozen=True, kw_only=True)
class City(Place):
    country: str
    subdivision: str | None
    population: int | None


@dataclass(frozen=True, kw_only=True)
class Language(Item):
    autonym: str
    rtl: bool


@dataclass(frozen=True, kw_only=True)
class Term(Item):
    extra: Mapping[str, object] = field(default_factory=dict)


def in_order(items: Iterable[Item], language: str) -> tuple[Item, ...]:
    """By rank where a list has ranks (goals, languages, terms), then by the alphabet of the reader."""
    return tuple(sorted(items, key=lambda item: (item.rank, sort_key(item.labels[language]))))


@dataclass(frozen=True)
class Vocabulary:
    """All lists at one moment. A snapshot is never changed, so a page that holds one sees one state throughout."""

    revision: str
    lists: Mapping[str, Mapping[str, Item]]

    def label(self, list_name: str, code: object, language: str) -> str:
        """The label of a code, retired ones included; the code itself when the list does not know it.

        Raises KeyError for a list that does not exist.
        """
        item = self.lists[list_name].get(str(code))
        return item.labels[language] if item else str(code)

    def town_label(self, name: str, country: str, language: str) -> str:
        """The name of a town in this language, whatever its author called it; the name as given for a town not listed."""
        town = self._towns.get((country, sort_key(name)))
        return town.labels[language] if town else name

    def choices(self, list_name: str, language: str, *, include_retired: bool = False) -> list[tuple[str, str]]:
        """(code, label) pairs in the order in which a reader of this language expects them."""
        return [
            (item.code, item.labels[language])
            for item in self._ordered[list_name, language]
            if include_retired or not item.retired
        ]

    def theme_choices_by_domain(self, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """The themes for a <select> with one <optgroup> per domain; the domain itself stands first in its group."""
        groups = {
            domain.code: (domain.labels[language], [(domain.code, domain.labels[language])]) for domain in self.domains(language)
        }
        for code, label in self.choices("theme", language):
            domain = self.domain_of(code)
            if domain in groups and domain != code:
                groups[domain][1].append((code, label))
        return list(groups.values())

    def domains(self, language: str) -> list[Theme]:
        """The themes without a parent that are offered, in alphabetical order."""
        return [theme for theme in self._ordered["theme", language] if theme.parent is None and not theme.retired]

    def narrower_themes(self, code: str, language: str) -> list[Theme]:
        return [theme for theme in self._ordered["theme", language] if theme.parent == code and not theme.retired]

    def broader_themes(self, code: str) -> list[Theme]:
        """From the domain down to the direct parent; empty for a domain and for an unknown code."""
        return [self.themes[parent] for parent in reversed(self._ancestors("theme", code))]

    def domain_of(self, code: str) -> str:
        return (self._ancestors("theme", code) or [code])[-1]

    def region_of(self, code: str) -> str:
        """The first-level subdivision that contains this one: "MA-06" for "MA-CAS"; the code itself when unknown."""
        return (self._ancestors("subdivision", code) or [code])[-1]

    def countries_of_group(self, code: str) -> frozenset[str]:
        return frozenset(country.code for country in self.countries.values() if code in country.groups)

    def subdivisions_of(self, country: str) -> list[Subdivision]:
        """First-level ones first, then by code, retired ones included; `parent` tells the levels apart."""
        found = [subdivision for subdivision in self.subdivisions.values() if subdivision.country == country]
        return sorted(found, key=lambda subdivision: (subdivision.parent is not None, subdivision.code))

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        return tuple(sorted(self.lists["goal"].values(), key=lambda goal: goal.number))

    @property
    def themes(self) -> Mapping[str, Theme]:
        return self.lists["theme"]

    @property
    def countries(self) -> Mapping[str, Country]:
        return self.lists["country"]

    @property
    def subdivisions(self) -> Mapping[str, Subdivision]:
        return self.lists["subdivision"]

    @property
    def cities(self) -> Mapping[str, City]:
        return self.lists["city"]

    @property
    def languages(self) -> Mapping[str, Language]:
        return self.lists["language"]

    def _ancestors(self, list_name: str, code: str) -> list[str]:
        """Parents of a code, nearest first."""
        items = self.lists[list_name]
        found: list[str] = []
        while code in items and (parent := items[code].parent) and parent not in found:
            found.append(parent)
            code = parent
        return found

    @cached_property
    def _towns(self) -> Mapping[tuple[str, str], City]:
        """By country and name in any language."""
        return {(city.country, sort_key(name)): city for city in self.cities.values() for name in city.labels.values()}

    @cached_property
    def _ordered(self) -> Mapping[tuple[str, str], tuple[Item, ...]]:
        """Every list sorted once per language."""
        return MappingProxyType(
            {(name, language): in_order(items.values(), language) for name, items in self.lists.items() for language in LANGUAGES}
        )
