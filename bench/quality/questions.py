"""The questions of the set and who answers each of them, derived from what the people are about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from random import Random

from bench.quality.bank import LANGUAGES, read, topics
from bench.quality.people import Place, people
from bench.quality.spelling import with_typo, without_accents

SAME, CROSS, ARABIC, UNACCENTED = "same language", "cross-language", "Arabic spelling", "no accents"
TYPO, PLACE, SHORT, SENTENCE = "typo", "topic + place", "abbreviation", "natural sentence"
LATIN_NAME, ARABIC_NAME, NOTHING = "name, Latin to Arabic", "name, Arabic to Latin", "nothing to find"
KINDS = (SAME, CROSS, ARABIC, UNACCENTED, TYPO, LATIN_NAME, ARABIC_NAME, PLACE, SHORT, SENTENCE, NOTHING)

NAMES_PER_DIRECTION = 34
IN_PLACE = {"ar": "{topic} في {place}", "fr": "{topic} {place}", "en": "{topic} in {place}"}


@dataclass(frozen=True, eq=False)
class Question:
    kind: str
    language: str
    text: str
    relevant: dict[str, int] = field(default_factory=dict)  # {person: 2 for the headline's topic, 1 for another one}
    ignored: frozenset[str] = frozenset()  # neither right nor wrong: left out before anything is counted


@cache
def questions() -> tuple[Question, ...]:
    makers = (same_language, cross_language, arabic_spelling, no_accents, typos, names, in_places, abbreviations, sentences)
    return tuple(question for make in (*makers, nothing) for question in make())


def same_language() -> Iterator[Question]:
    """On-topic people who write in other languages are left out."""
    for topic, language in _in_turn(0):
        foreign = {person.id for person in people() if person.relevance(topic) and language not in person.languages}
        yield _about(SAME, language, _query(topic, language), [topic], ignored=foreign)


def cross_language() -> Iterator[Question]:
    """Wanted are those who wrote nothing in the language of the question; on-topic people who did are left out."""
    for topic, language in _in_turn(1):
        same = {person.id for person in people() if person.relevance(topic) and language in person.languages}
        yield _about(CROSS, language, _query(topic, language), [topic], ignored=same)


def arabic_spelling() -> Iterator[Question]:
    for topic, wordings in topics().items():
        if wordings["ar"].variant:
            yield _about(ARABIC, "ar", wordings["ar"].variant, [topic])


def no_accents() -> Iterator[Question]:
    for topic, wordings in topics().items():
        plain = without_accents(wordings["fr"].query)
        if plain != wordings["fr"].query:
            yield _about(UNACCENTED, "fr", plain, [topic])


def typos() -> Iterator[Question]:
    for topic, language in _in_turn(2):
        query = _query(topic, language)
        if max(map(len, query.split())) >= 6:
            yield _about(TYPO, language, with_typo(query, Random(f"typo {topic}")), [topic])


def names() -> Iterator[Question]:
    random = Random("names asked for")
    arabic_only = [person for person in people() if not person.name.latin]
    latin_only = [person for person in people() if not person.name.arabic and person.name.arabic_spellings]
    for person in random.sample(arabic_only, NAMES_PER_DIRECTION):
        yield Question(LATIN_NAME, "", random.choice(person.name.latin_spellings), {person.id: 2})
    for person in random.sample(latin_only, NAMES_PER_DIRECTION):
        yield Question(ARABIC_NAME, "", random.choice(person.name.arabic_spellings), {person.id: 2})


def in_places() -> Iterator[Question]:
    """A topic and a place in which somebody of the topic lives: a town, then a region or a country, in turn."""
    for number, (topic, language) in enumerate(_in_turn(1)):
        experts = [person for person in people() if person.relevance(topic)]
        named = _towns if number % 2 else _wider_places
        homes = sorted({name for person in experts for name in named(person.place, language)})
        place = Random(f"place {topic}").choice(homes)
        text = IN_PLACE[language].format(topic=_query(topic, language), place=place)
        elsewhere = {person.id for person in people() if place not in _names_of(person.place, language)}
        yield _about(PLACE, language, text, [topic], outside=elsewhere)


def abbreviations() -> Iterator[Question]:
    for written in read("questions.toml")["abbreviation"]:
        yield _about(SHORT, written["language"], written["text"], written["topics"], near=written.get("near", []))


def sentences() -> Iterator[Question]:
    for topic, wordings in topics().items():
        for language, wording in wordings.items():
            if wording.ask:
                yield _about(SENTENCE, language, wording.ask, [topic])


def nothing() -> Iterator[Question]:
    for text in read("questions.toml")["nothing"]["texts"]:
        yield Question(NOTHING, "", text)


def _about(
    kind: str,
    language: str,
    text: str,
    wanted: Iterable[str],
    *,
    near: Iterable[str] = (),
    ignored: Iterable[str] = (),
    outside: Iterable[str] = (),
) -> Question:
    """Who is about the wanted topics is right; who is only about one near to them, or speaks of them by the way, is left out."""
    related = {*near, *(other for topic in wanted for other in read("questions.toml")["near"].get(topic, []))}
    left_out, elsewhere, relevant = set(ignored), set(outside), {}
    for person in people():
        relevance = max(map(person.relevance, wanted))
        if relevance and person.id not in elsewhere and person.id not in left_out:
            relevant[person.id] = relevance
        elif not relevance and (person.passing & set(wanted) or any(map(person.relevance, related))):
            left_out.add(person.id)
    return Question(kind, language, text, relevant, frozenset(left_out - set(relevant)))


def _in_turn(start: int) -> Iterator[tuple[str, str]]:
    """Every topic with one language, the three of them in turn."""
    for number, topic in enumerate(topics()):
        yield topic, LANGUAGES[(number + start) % len(LANGUAGES)]


def _query(topic: str, language: str) -> str:
    return topics()[topic][language].query


def _towns(place: Place, language: str) -> set[str]:
    return {place.names[language]}


def _wider_places(place: Place, language: str) -> set[str]:
    wider = read("places.toml")["wider"]
    return {wider[code][language] for code in (place.region, place.country) if code in wider}


def _names_of(place: Place, language: str) -> set[str]:
    """A town may have the name of its country, as Tunis in Arabic: then everybody of the country is meant."""
    return _towns(place, language) | _wider_places(place, language)
