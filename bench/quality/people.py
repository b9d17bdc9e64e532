"""The people of the set, composed from the bank: what each one is about is known by construction."""

from dataclasses import dataclass
from functools import cache
from itertools import product
from random import Random

from bench.quality.bank import Phrase, read, topics
from bench.quality.spelling import careless_arabic

PEOPLE = 440
# Of a hundred people, so many write in these languages.
WRITTEN = {"fr": 32, "ar": 24, "en": 14, "fr ar": 12, "fr en": 8, "ar en": 4, "fr ar en": 6}
MILIEUX = ("academic", "company", "international_organisation", "civil_society", "public_institution", "independent")
SECONDARY_TOPICS = (1, 1, 2)
FOREIGN_EVERY = 44
# The last text of a topic goes around its usual words. Who mentions something by the way mostly names it.
BY_THE_WAY = (2, 2, 2, 1)


@dataclass(frozen=True)
class Name:
    """A name in the script or scripts of the profile, and all the ways of spelling it."""

    gender: str
    latin: str
    arabic: str
    latin_spellings: tuple[str, ...] = ()
    arabic_spellings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    country: str
    names: dict[str, str]
    share: int
    region: str = ""


@dataclass(frozen=True)
class Person:
    id: str
    name: Name
    headline: dict[str, str]
    biography: dict[str, str]
    milieu: str
    place: Place
    topic: str
    secondary: frozenset[str]
    passing: frozenset[str]

    @property
    def languages(self) -> set[str]:
        return set(self.headline)

    def relevance(self, topic: str) -> int:
        return 2 if topic == self.topic else 1 if topic in self.secondary else 0


@cache
def people() -> tuple[Person, ...]:
    names = _names(Random("names"))
    subjects = list(topics())
    return tuple(_person(number, subjects[number % len(subjects)], names[number]) for number in range(PEOPLE))


@cache
def places() -> tuple[Place, ...]:
    return tuple(Place(**place) for place in read("places.toml")["place"])


def _person(number: int, topic: str, name: Name) -> Person:
    random = Random(f"person {number}")
    others = [other for other in topics() if other != topic]
    secondary = random.sample(others, random.choice(SECONDARY_TOPICS))
    [written] = random.choices(list(WRITTEN), weights=WRITTEN.values())
    place = random.choices(places(), weights=[place.share for place in places()])[0]
    headline, biography, passing = {}, {}, set()
    for language in written.split():
        phrases = _phrases(topic, secondary, language, random)
        texts = [phrase.said_by(name.gender) for phrase in phrases]
        headline[language], biography[language] = texts[0], " ".join(_life(texts[1:], language, place, name.gender, random))
        passing.update(*(phrase.passing for phrase in phrases))
    if "ar" in headline and random.random() < 0.3:
        headline["ar"], biography["ar"] = careless_arabic(headline["ar"], random), careless_arabic(biography["ar"], random)
    return Person(
        id=f"q{number:04}",
        name=name,
        headline=headline,
        biography=biography,
        milieu=random.choice(MILIEUX),
        place=place,
        topic=topic,
        secondary=frozenset(secondary),
        passing=frozenset(passing) - {topic, *secondary},
    )


def _phrases(topic: str, secondary: list[str], language: str, random: Random) -> list[Phrase]:
    """A headline, two sentences about the main topic, one about each other one."""
    wording = topics()[topic][language]
    mentions = [random.choices(topics()[other][language].texts, weights=BY_THE_WAY)[0] for other in secondary]
    return [random.choice(wording.headlines), *random.sample(wording.texts, 2), *mentions]


def _life(sentences: list[str], language: str, place: Place, gender: str, random: Random) -> list[str]:
    """The sentences among others that say nothing of the topics; half of the people name their town."""
    life = read("life.toml")
    around = random.sample(life["rest"][language], random.choice((1, 1, 2)))
    if random.random() < 0.5:
        around.append(random.choice(life["places"][language]).replace("{city}", place.names[language]))
    result = list(sentences)
    for sentence in around[: 6 - len(sentences)]:
        result.insert(random.randrange(1, len(result) + 1), Phrase.parse(sentence).said_by(gender))
    return result


def _names(random: Random) -> list[Name]:
    written = read("names.toml")
    pairs = random.sample(list(product(written["given"], written["family"])), PEOPLE)
    foreign = iter(written["foreign"])
    return [
        _foreign(*next(foreign)) if number % FOREIGN_EVERY == 0 else _name(*given, *family, random)
        for number, (given, family) in enumerate(pairs)
    ]


def _foreign(gender: str, latin: str) -> Name:
    return Name(gender, latin, "")


def _name(
    gender: str,
    latin_given: list[str],
    arabic_given: list[str],
    latin_family: list[str],
    arabic_family: list[str],
    random: Random,
) -> Name:
    latin = tuple(f"{given} {family}" for given, family in product(latin_given, latin_family))
    arabic = tuple(f"{given} {family}" for given, family in product(arabic_given, arabic_family))
    scripts = random.choices(["latin", "arabic", "both"], weights=[40, 30, 30])[0]
    return Name(gender, latin[0] if scripts != "arabic" else "", arabic[0] if scripts != "latin" else "", latin, arabic)
