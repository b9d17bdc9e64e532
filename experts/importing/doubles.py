"""People who may stand twice: the same name by sound, in either script, and one more sign that it is the same person.

A name alone is no sign: the Maghreb has many a Mohamed Alaoui.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from experts.models import Expert, ImportLine
from organizations.models import Affiliation
from text.fold import fold
from text.namekey import index_keys, query_keys
from text.namerank import similarity

# In one script spellings differ less than across two.
ALIKE, ALIKE_ACROSS = 0.9, 0.84
SHORTEST_LOCAL_PART = 6
MOST_DOUBLES = 3
# Addresses of these say nothing of an organisation.
PUBLIC_MAIL = re.compile(
    r"(gmail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|icloud|me|aol|gmx|proton|protonmail|menara|orange|free|wanadoo|laposte)\."
)
SIGNS = {
    "spelling": _("the same name in the same letters"),
    "scripts": _("the same name in both scripts"),
    "town": _("the same town"),
    "email": _("the same beginning of the email address"),
    "domain": _("an address of the same organisation"),
    "organization": _("the same organisation"),
}


@dataclass(frozen=True)
class Known:
    """One person as far as doubles are looked for; `who` is {"expert": number} or {"line": number}."""

    who: dict[str, int]
    names: tuple[str, str]  # in Latin and in Arabic script, either may be empty
    email: str
    place: tuple[str, str]  # country and town, folded
    organizations: tuple[str, ...] = ()  # names, folded
    texts: str = ""  # folded, where an organisation may be named

    @property
    def spelt(self) -> set[str]:
        return {fold(name) for name in self.names if name}


@dataclass
class People:
    """Those who are known so far, found again by the sound of their names."""

    known: list[Known] = field(default_factory=list)
    by_key: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, person: Known) -> None:
        place = len(self.known)
        self.known.append(person)
        for key in frozenset().union(*(index_keys(name) for name in person.names if name)):
            self.by_key[key].add(place)

    def doubles_of(self, person: Known) -> list[dict]:
        """[{"expert" or "line": number, "signs": [name of SIGNS]}], those with most signs first."""
        found = [(signs, other.who) for other in self._alike(person) if (signs := _signs(person, other))]
        found.sort(key=lambda pair: -len(pair[0]))
        return [who | {"signs": signs} for signs, who in found[:MOST_DOUBLES] if who != person.who]

    def _alike(self, person: Known) -> Iterator[Known]:
        """Those whose name shares a sound with every part of this one, and sounds like it as a whole."""
        places: set[int] = set()
        for name in filter(None, person.names):
            sounds = [set().union(*(self.by_key.get(key, ()) for key in keys)) for keys in query_keys(name)]
            places |= set.intersection(*sounds) if sounds else set()
        for place in sorted(places):
            other = self.known[place]
            if any(_sounds_alike(person.names[i], other.names[j], across=i != j) for i in (0, 1) for j in (0, 1)):
                yield other


def known_people(without: Iterable[str]) -> People:
    """Everybody in the portal, but for the persons with these external identifiers: they stand in the list themselves."""
    organizations = defaultdict(list)
    for user, *names in Affiliation.objects.values_list(
        "user_id", "organization__name_ar", "organization__name_fr", "organization__name_en"
    ):
        organizations[user] += [fold(name) for name in names if name]
    people = People()
    left_out = set(without)
    rows = Expert.objects.select_related("user").only(
        "given_name", "family_name", "given_name_ar", "family_name_ar", "country", "city", "external_id", "user__email"
    )
    for expert in rows:
        if expert.external_id not in left_out:
            people.add(
                Known(
                    {"expert": expert.pk},
                    (expert.latin_name, expert.arabic_name),
                    expert.user.email.casefold(),
                    (expert.country, fold(expert.city).strip()),
                    tuple(organizations[expert.user_id]),
                )
            )
    return people


def listed_person(line: ImportLine, data: dict) -> Known:
    return Known(
        {"line": line.line},
        (f"{data['given_name']} {data['family_name']}".strip(), f"{data['given_name_ar']} {data['family_name_ar']}".strip()),
        data["email"].casefold(),
        (data["country"], fold(data["city"]).strip()),
        texts=" ".join(fold(data[column]) for column in data if column.startswith(("headline", "bio")) and data[column]),
    )


def _sounds_alike(one: str, two: str, *, across: bool) -> bool:
    """Also when given and family name are exchanged, or Fatima Zahra is written as one word."""
    if not one or not two:
        return False
    if across:
        return similarity(one, two) >= ALIKE_ACROSS
    pairs = [(one, two)] + ([("".join(one.split()), "".join(two.split()))] if len(one.split()) != len(two.split()) else [])
    is_same = sorted(fold(one).split()) == sorted(fold(two).split())
    return is_same or any(similarity(*pair) >= ALIKE for pair in pairs)


def _signs(person: Known, other: Known) -> list[str]:
    local, _at, domain = person.email.partition("@")
    other_local, _at, other_domain = other.email.partition("@")
    signs = {
        "spelling": bool(person.spelt & other.spelt),
        "scripts": all(person.names) and len(person.spelt & other.spelt) == 2,
        "town": bool(person.place[1]) and person.place == other.place,
        "email": local == other_local and len(local) >= SHORTEST_LOCAL_PART,
        "domain": domain == other_domain and not PUBLIC_MAIL.match(domain),
        "organization": any(name in person.texts for name in other.organizations),
    }
    if signs["scripts"]:
        signs["spelling"] = False
    return [name for name, is_so in signs.items() if is_so]
