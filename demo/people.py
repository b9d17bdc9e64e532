"""The invented people: who they are, where they live, what they know. Plain values; nothing here touches the database."""

import random
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.languages import LANGUAGES
from demo import banks
from demo.banks import Area, Domain
from demo.chance import chance
from demo.grammar import Speaker, Text
from taxonomy.vocabulary import City

# How many people write in which languages, the one they write in first standing first, by where they live.
WRITERS = {
    ("saiss", "north", "atlantic", "south"): {
        "ar": 28,
        "fr": 24,
        "fr ar": 34,
        "ar fr": 10,
        "fr en": 12,
        "ar en": 4,
        "fr ar en": 18,
    },
    ("algeria", "tunisia"): {"ar": 6, "fr": 8, "fr ar": 6, "fr en": 3, "fr ar en": 3},
    ("west_africa", "ivory_coast", "mali"): {"fr": 14, "fr en": 6},
    ("france", "belgium"): {"fr": 10, "fr en": 6, "fr ar": 3},
    ("italy", "spain", "portugal", "greece"): {"en": 9, "fr en": 9, "fr": 1, "fr ar en": 1},
}
NAMES_OF_AREA = {
    "west_africa": "west_africa",
    "ivory_coast": "west_africa",
    "mali": "west_africa",
    "france": "france",
    "belgium": "france",
    "italy": "italy",
    "spain": "spain",
    "portugal": "portugal",
    "greece": "greece",
}
MAGHREB = ("MA", "DZ", "TN")
EUROPE = ("FR", "BE", "IT", "ES", "PT", "GR")
DIASPORA_AREAS = ("france", "belgium")
# Mother tongues and others, by country: (code, level or levels to choose from).
TONGUES = {
    "MA": [("ar", "NAT"), ("fr", "B2 C1 C2"), ("en", "A2 B1 B2"), ("zgh", "NAT B2"), ("es", "A2 B1")],
    "DZ": [("ar", "NAT"), ("fr", "C1 C2"), ("kab", "NAT"), ("en", "B1 B2")],
    "TN": [("ar", "NAT"), ("fr", "C1 C2"), ("en", "B1 B2 C1"), ("it", "A2 B1")],
    "SN": [("wo", "NAT"), ("fr", "C2"), ("en", "B1"), ("ff", "B2")],
    "CI": [("fr", "C2"), ("dyu", "NAT"), ("en", "B1")],
    "ML": [("bm", "NAT"), ("fr", "C1"), ("en", "A2")],
    "FR": [("fr", "NAT"), ("en", "B2 C1"), ("es", "B1"), ("ar", "A2 B1")],
    "BE": [("fr", "NAT"), ("en", "C1"), ("nl", "B2")],
    "IT": [("it", "NAT"), ("fr", "B2 C1"), ("en", "C1"), ("ar", "A2")],
    "ES": [("es", "NAT"), ("fr", "B2 C1"), ("en", "B2 C1"), ("ca", "C1")],
    "PT": [("pt", "NAT"), ("fr", "B2"), ("en", "C1")],
    "GR": [("el", "NAT"), ("en", "C1 C2"), ("fr", "B1 B2")],
}
WRITING_LEVEL = "C1"
MILIEUX = [
    "academic", "civil_society", "independent", "public_institution", "company", "territorial_authority", "civil_society",
    "independent", "academic", "international_organisation",
]  # fmt: skip


@dataclass
class Person:
    """One invented person; `texts` are the headline, biography and services in the languages the person writes in."""

    number: int
    gender: str
    area: Area
    domain: Domain
    city: City
    other_city: City
    languages: list[str]
    latin: tuple[str, str]
    arabic: tuple[str, str]
    milieu: str
    years: int
    turn: int  # the how many-th of the same domain
    first_person: bool
    by_hand: dict[str, Any] = field(default_factory=dict)

    @property
    def source(self) -> str:
        return self.languages[0]

    @property
    def latin_language(self) -> str:
        """The first of the person's languages in Latin letters, "" for who writes in Arabic only."""
        return next((language for language in self.languages if language != "ar"), "")

    @property
    def email(self) -> str:
        return f"{plain(self.latin[0])}.{plain(self.latin[1])}@example.org"

    @property
    def field_places(self) -> list[Text]:
        """Where this person's work takes place. Half of the Europeans work on the other shore; people of the sea stay by it."""
        if self.domain.key == "coast" and self.lives_by_the_sea:
            return [place for place in self.area.places if place["fr"] in self.area.sea] or [self.city.labels]
        if self.area.country in EUROPE and self.number % 4 < 2:
            return banks.areas()["saiss"].places
        return self.area.places

    @property
    def lives_by_the_sea(self) -> bool:
        return self.city.labels["fr"] in self.area.sea

    @property
    def speaker(self) -> Speaker:
        latin, arabic = " ".join(self.latin), " ".join(self.arabic)
        return Speaker(self.gender, self.first_person, {"fr": latin, "en": latin, "ar": arabic or latin})

    def rng(self, purpose: str) -> random.Random:
        return chance(purpose, self.number, self.email)

    def since(self, today: date) -> int:
        return today.year - self.years


def plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter if letter.isalnum() else "-" for letter in decomposed if not unicodedata.combining(letter))


def people() -> list[Person]:
    """Everybody, those written by hand first; then in an order in which any first part is a fair sample."""
    rng = chance("people")
    taken: set[tuple[str, str]] = set()
    by_hand = [_by_hand(number, row, taken) for number, row in enumerate(banks.written_by_hand("people"))]
    writers = [
        (rng.choice(area_keys), languages.split())
        for area_keys, counts in WRITERS.items()
        for languages, count in counts.items()
        for _ in range(count)
    ]
    rng.shuffle(writers)
    turns = Counter(person.domain.key for person in by_hand)
    made = []
    for index, (area_key, languages) in enumerate(writers):
        domain = banks.domains()[index % len(banks.domains())]
        made.append(_invented(len(by_hand) + index, area_key, languages, domain, turns[domain.key], taken, rng))
        turns[domain.key] += 1
    return by_hand + made


def _invented(
    number: int, area_key: str, languages: list[str], domain: Domain, turn: int, taken: set[tuple[str, str]], rng: random.Random
) -> Person:
    area = banks.areas()[area_key]
    gender = "fm"[number % 2]
    city = rng.choice(area.cities)
    latin, arabic = _name(area_key, gender, taken, rng)
    writes_arabic = "ar" in languages
    return Person(
        number=number,
        gender=gender,
        area=area,
        domain=domain,
        city=city,
        other_city=rng.choice([other for other in area.cities if other != city]),
        languages=languages,
        latin=latin,
        arabic=arabic if writes_arabic or (area.country in MAGHREB and rng.random() < 0.6) else ("", ""),
        milieu=rng.choice(MILIEUX),
        years=rng.choice([3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 17, 18, 21, 24, 27, 31]),
        turn=turn,
        first_person=rng.random() < 0.55,
    )


def _name(area_key: str, gender: str, taken: set[tuple[str, str]], rng: random.Random) -> tuple[tuple[str, str], tuple[str, str]]:
    """A name that nobody has yet: ((given, family) in Latin letters, the same in Arabic letters)."""
    while True:
        group = NAMES_OF_AREA.get(area_key, "maghreb")
        if area_key in DIASPORA_AREAS and rng.random() < 0.35:
            group = "maghreb"
        given = rng.choice(banks.names(group, "given", gender))
        family = rng.choice(banks.names(group, "surname", gender))
        latin = given[0], family[0]
        if latin not in taken and given[0] != family[0]:
            taken.add(latin)
            return latin, (given[1], family[1])


def _by_hand(number: int, row: dict[str, Any], taken: set[tuple[str, str]]) -> Person:
    area = banks.areas()[row["area"]]
    city = next(city for city in area.cities if city.labels["fr"] == row["city"])
    latin, arabic = (row["given"], row["family"]), (row.get("given_ar", ""), row.get("family_ar", ""))
    taken.add(latin)
    source = row["source"]
    return Person(
        number=number,
        gender=row["gender"],
        area=area,
        domain=next(domain for domain in banks.domains() if domain.key == row["domain"]),
        city=city,
        other_city=next(other for other in area.cities if other != city),
        languages=[source, *(code for code in LANGUAGES if code in row["biography"] and code != source)],
        latin=latin,
        arabic=arabic,
        milieu=row["milieu"],
        years=row["years"],
        turn=number % 3,
        first_person=True,
        by_hand=row,
    )
