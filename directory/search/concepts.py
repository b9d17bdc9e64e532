"""The vocabulary as concepts: goals, themes, places, by every name they have.

A concept is "theme-ESS-01", "goal-6", "country-MA", "region-MA-06", "city-2553604", "group-AFRICA".
"""

import hashlib
import re
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from django.db import DatabaseError, connection

from directory.search.signs import signs
from taxonomy.snapshot import Item, Vocabulary
from taxonomy.vocabulary import vocabulary
from text.analyser import Token
from text.arabic_stem import clitic_variants
from text.concepts import ConceptIndex, Wording, is_abbreviation
from text.fold import fold
from text.meanings import meanings
from text.meanings import rows as meaning_rows
from text.stopwords import words
from text.weak_words import WEAK

# Concept -> list of the vocabulary.
LISTS = {
    "theme": "theme",
    "goal": "goal",
    "country": "country",
    "region": "subdivision",
    "city": "city",
    "group": "country_group",
}
PLACES = frozenset({"country", "region", "city", "group"})
# Names of places that are words of every day when they begin with a small letter.
EVERYDAY_PLACES = words("réunion réunions marche marches marché marchés")
QUESTIONS_KEPT = 256
# Written together they are met in any case; what is written in capitals alone is met in capitals alone.
GOAL_NAMES = {
    "ar": ("الهدف {}", "هدف التنمية المستدامة {}"),
    "fr": ("ODD {}", "Odd{}", "objectif {}"),
    "en": ("SDG {}", "Sdg{}", "goal {}"),
}


@dataclass(frozen=True)
class Concept:
    """A code of a list, split from its name."""

    kind: str
    code: str

    @classmethod
    def parse(cls, concept: str) -> "Concept":
        kind, _, code = concept.partition("-")
        return cls(kind, code)

    @property
    def is_place(self) -> bool:
        return self.kind in PLACES

    def label(self, language: str) -> str:
        return vocabulary().label(LISTS[self.kind], self.code, language)


class Concepts:
    """All concepts of one snapshot of the vocabulary."""

    def __init__(self, snapshot: Vocabulary):
        self.revision = snapshot.revision
        self._vocabulary = snapshot
        self.names = dict(self._all_names())
        self._broader: dict[str, tuple[str, ...]] = {}
        self.and_below = lru_cache(QUESTIONS_KEPT)(self._and_below)

    @cached_property
    def index(self) -> ConceptIndex:
        names = (
            Wording(concept, language, name, is_abbreviation(name))
            for concept, names in self.names.items()
            for language, of_language in names.items()
            for name in of_language
        )
        return ConceptIndex(chain(names, (sign for sign in signs() if sign.code in self.names)), weak=WEAK)

    @cached_property
    def fingerprints(self) -> dict[str, str]:
        """{concept: digest of its names and of what lies above it}: a change of either asks for new lexemes."""
        return {
            concept: hashlib.md5(repr((sorted(names.items()), self.broader(concept))).encode(), usedforsecurity=False).hexdigest()
            for concept, names in self.names.items()
        }

    @cached_property
    def words(self) -> dict[str, int]:
        """{folded word: in how many names it stands}, for corrections."""
        counts: dict[str, int] = defaultdict(int)
        for names in self.names.values():
            for word in {word for of_language in names.values() for name in of_language for word in _words(name)}:
                counts[word] += 1
        return dict(counts)

    @cached_property
    def english_words(self) -> frozenset[str]:
        """The names and the words with a meaning that are one English word."""
        named = (name for names in self.names.values() for name in names.get("en", ()))
        meant = (word for _code, words in meaning_rows() for word in words["en"])
        return frozenset(fold(name) for name in chain(named, meant) if name.isalpha())

    def broader(self, concept: str) -> tuple[str, ...]:
        """What also answers to the concept: the themes above it, the country of a town."""
        if concept not in self._broader:
            self._broader[concept] = self._find_broader(concept)
        return self._broader[concept]

    def _find_broader(self, concept: str) -> tuple[str, ...]:
        kind, _, code = concept.partition("-")
        match kind:
            case "theme":
                return tuple(f"theme-{theme.code}" for theme in self._vocabulary.broader_themes(code))
            case "city" if code in self._vocabulary.cities:
                city = self._vocabulary.cities[code]
                around = f"region-{city.subdivision}" if city.subdivision else f"country-{city.country}"
                return (around, *self.broader(around))
            case "region" if code in self._vocabulary.subdivisions:
                region = self._vocabulary.subdivisions[code]
                around = f"region-{region.parent}" if region.parent else f"country-{region.country}"
                return (around, *self.broader(around))
            case "country" if code in self._vocabulary.countries:
                return tuple(f"group-{group}" for group in sorted(self._vocabulary.countries[code].groups))
        return ()

    def _and_below(self, wanted: frozenset[str]) -> frozenset[str]:
        """These concepts and everything that answers to them as well."""
        return wanted.union(*(self._below.get(concept, ()) for concept in wanted))

    @cached_property
    def _below(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for concept in self.names:
            for broader in self.broader(concept):
                found[broader].add(concept)
        return found

    def near(self, concept: str) -> tuple[str, ...]:
        """Themes beside a theme: those below it, those with the same theme above, those the vocabulary calls related."""
        kind, _, code = concept.partition("-")
        themes = self._vocabulary.themes
        if kind != "theme" or code not in themes:
            return ()
        above = {code, themes[code].parent} - {None}
        beside = (other.code for other in themes.values() if other.parent in above)
        return tuple(f"theme-{other}" for other in dict.fromkeys([*themes[code].related, *beside]) if other != code)

    def narrower(self, concept: str) -> list[str]:
        """The themes right below a theme; of anything else none."""
        kind, _, code = concept.partition("-")
        themes = self._vocabulary.themes.values() if kind == "theme" else ()
        return [f"theme-{theme.code}" for theme in themes if theme.parent == code]

    def domain(self, concept: str) -> str:
        """The theme above all others; of a domain and of what is no theme the concept itself."""
        return (self.broader(concept) or (concept,))[0] if concept.startswith("theme-") else concept

    def is_domain(self, concept: str) -> bool:
        """Whether it is a theme above all others."""
        return concept.startswith("theme-") and not self.broader(concept)

    def names_place(self, concept: str, tokens: Sequence[Token]) -> bool:
        """Whether these words name the place as it is written: مالية (finances) is not مالي (Mali), البحر (the sea) not البحرين,
        a franc not France. What is also a word of every day begins with a capital: une réunion is not La Réunion."""
        spoken = [token for token in tokens if not token.is_stop]
        if len(spoken) == 1 and spoken[0].word in EVERYDAY_PLACES and not spoken[0].surface[0].isupper():
            return False
        return all(not self._place_words[concept].isdisjoint(_without_prefixes(token)) for token in spoken)

    @cached_property
    def _place_words(self) -> dict[str, frozenset[str]]:
        """{place: the words of its names, folded, and each name in one piece: U.K.}"""
        return {
            concept: frozenset(word for of_language in names.values() for name in of_language for word in _pieces(name))
            for concept, names in self.names.items()
            if Concept.parse(concept).is_place
        }

    def of_territory(self, code: str) -> str:
        """The concept of a territory of intervention, which may be of any size."""
        for kind in ("group", "country", "region"):
            if code in self._vocabulary.lists[LISTS[kind]]:
                return f"{kind}-{code}"
        return f"country-{code}"

    def _all_names(self) -> Iterator[tuple[str, Mapping[str, tuple[str, ...]]]]:
        for kind, list_name in LISTS.items():
            for item in self._vocabulary.lists[list_name].values():
                # What is retired is read on old pages, and neither asked for nor recognised.
                named = () if item.retired else item.labels
                yield f"{kind}-{item.code}", {language: _names(kind, item, language) for language in named}


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", fold(name))


def _pieces(name: str) -> list[str]:
    return [*_words(name), "".join(_words(name))]


def _without_prefixes(token: Token) -> set[str]:
    """The word as it may stand behind و, ب or ل: للرباط is ل + الرباط."""
    if not token.is_arabic:
        return {token.word}
    readings = {token.word, *clitic_variants(token.word)}
    return readings | {f"ال{reading[2:]}" for reading in readings if reading.startswith("لل")}


def _names(kind: str, item: Item, language: str) -> tuple[str, ...]:
    more = getattr(item, "synonyms", None) or getattr(item, "aliases", None) or {}
    numbered = [name.format(item.code) for name in GOAL_NAMES[language]] if kind == "goal" else []
    return (item.labels[language], *more.get(language, ()), *numbered)


_lock = threading.Lock()
_current: Concepts | None = None


def concepts() -> Concepts:
    """The concepts of the current vocabulary; made anew when it has changed."""
    global _current
    snapshot = vocabulary()
    current = _current
    if current is None or current.revision != snapshot.revision:
        with _lock:
            if _current is None or _current.revision != snapshot.revision:
                _current = Concepts(snapshot)
            current = _current
    return current


def warm_up() -> None:
    """Read all names and meanings before the first question: in the process that forks the workers, so that they share them."""
    meanings()
    with suppress(DatabaseError):  # away, or not yet made: then the first question reads them
        concepts().index  # noqa: B018 computed when asked for
    connection.close()
