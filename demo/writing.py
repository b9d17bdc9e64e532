"""What an invented person writes: headline, biography, services, in each of the person's languages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from demo import banks
from demo.grammar import Text, draw, duration, polish, render, with_article
from demo.people import EUROPE, MAGHREB, Person

SEPARATORS = {"fr": (", ", " – ", " : "), "ar": ("، ", " – ", ": "), "en": (", ", " – ", ": ")}
# Words that would surprise from somebody of another coast.
OF_THE_MAGHREB = re.compile(
    "souk|douar|hammam|darija|[Oo]ued|khettara|tamazight|tifinagh|malhoun|caïd|thé à la menthe|médina|pisé"
)
OF_THE_MEDITERRANEAN = re.compile(
    f"{OF_THE_MAGHREB.pattern}|oliv|huile|oléi|cèdre|cédr|romarin|Méditerranée|hammam|butane|ganivelle"
)
OF_THE_SEA = re.compile(r"pêch|littoral|côte\b|barque|ganivelle|\bmer\b|marin|balbuzard")
# The order of opening, work, deed, method; what is missing is left out of a shorter text.
PLANS = ("OWDM", "WODM", "OWMD", "WDOM", "ODWM", "OWDD", "WOMD", "OWD", "ODM", "WOD")


def write(person: Person, today: date) -> dict[str, dict[str, str]]:
    """{"headline": {language: text}, "biography": …, "services": …} in the languages the person writes in."""
    role = person.domain.roles[person.turn % len(person.domain.roles)]
    texts = {
        "headline": _headline(person, role),
        "biography": _biography(person, role, today),
        "services": _services(person),
    }
    texts |= {name: person.by_hand[name] for name in texts if name in person.by_hand}
    return {
        name: {language: polish(text[language], language) for language in person.languages if language in text}
        for name, text in texts.items()
    }


def slots(person: Person, role: Text, language: str, today: date) -> dict[str, str]:
    """What the sentences of this person say in their blanks, in one language."""
    named = render(role[language], language, person.speaker, {})
    role_inside = named[:1].lower() + named[1:]
    rng = person.rng("places")
    place = rng.choice(person.field_places)
    partner = rng.choice(banks.common()["partners"])
    return {
        "role": role_inside,
        "Role": named,
        "a_role": with_article(role_inside),
        "A_role": with_article(role_inside).capitalize(),
        "city": person.city.labels[language],
        "city2": person.other_city.labels[language],
        "years": duration(person.years, language),
        "since": str(person.since(today)),
        "place": place[language],
        "partner": partner[language],
        "year": str(rng.randint(min(person.since(today) + 1, today.year - 1), today.year - 1)),
    }


def deed_in_a_post(person: Person, language: str, today: date, index: int, start: int) -> str:
    """A deed that the biography does not tell, for the description of a post that began in the year `start`."""
    deeds = at_home(person.domain.deeds, person)
    pattern = deeds[(person.turn + 2 + index) % len(deeds)]
    role = person.domain.roles[person.turn % len(person.domain.roles)]
    rng = person.rng(f"post{index}")
    blanks = slots(person, role, language, today) | draw(pattern, rng)
    blanks["place"] = rng.choice(person.field_places)[language]
    blanks["partner"] = rng.choice(banks.common()["partners"])[language]
    blanks["year"] = str(min(start + 1, today.year))
    return render(pattern[language], language, replace(person.speaker, first_person=True), blanks)


def at_home(patterns: list[Text], person: Person) -> list[Text]:
    """The patterns that make sense where the person lives."""
    if not person.lives_by_the_sea:
        patterns = [pattern for pattern in patterns if not OF_THE_SEA.search(pattern["fr"])] or patterns
    if person.area.country in MAGHREB:
        return patterns
    strange = OF_THE_MAGHREB if person.area.country in EUROPE else OF_THE_MEDITERRANEAN
    return [pattern for pattern in patterns if not strange.search(pattern["fr"])] or patterns


def _headline(person: Person, role: Text) -> Text:
    # Three roles and four specialities: the pairs come round after twelve people.
    specialities = at_home(person.domain.specialities, person)
    speciality = specialities[(person.turn + person.turn // 12) % len(specialities)]
    choice = person.rng("headline").randrange(3)
    return {
        language: render(role[language], language, person.speaker, {}) + SEPARATORS[language][choice] + speciality[language]
        for language in person.languages
    }


def _biography(person: Person, role: Text, today: date) -> Text:
    patterns = list(_sentences(person))
    rng = person.rng("numbers")
    drawn = [draw(pattern, rng) for pattern in patterns]
    # A long text is read in two paragraphs.
    second_paragraph = 3 if len(patterns) >= 5 else None
    result = {}
    for language in person.languages:
        blanks = slots(person, role, language, today)
        written = [
            render(pattern[language], language, person.speaker, blanks | numbers, opens=index == 0)
            for index, (pattern, numbers) in enumerate(zip(patterns, drawn, strict=True))
        ]
        paragraphs = [written[:second_paragraph], written[second_paragraph:] if second_paragraph else []]
        result[language] = "\n\n".join(" ".join(paragraph) for paragraph in paragraphs if paragraph)
    return result


def _sentences(person: Person) -> Iterator[Text]:
    common, turn = banks.common(), person.turn
    rng = person.rng("plan")
    works, deeds, methods, details = (
        at_home(patterns, person)
        for patterns in (person.domain.works, person.domain.deeds, person.domain.methods, common["details"])
    )
    # Works and deeds turn at different paces, so that neighbours of one field do not meet with the same pair.
    step = turn + turn // 4
    told = iter((deeds[step % len(deeds)], deeds[(step + 1) % len(deeds)]))
    for part in rng.choice(PLANS):
        match part:
            case "O":
                yield common["openings"][(person.number + turn) % len(common["openings"])]
            case "W":
                yield works[turn % len(works)]
            case "D":
                yield next(told)
            case "M":
                yield methods[(turn // 2) % len(methods)]
    if person.number % 3:
        yield details[person.number * 5 % len(details)]
    elif person.number % 2:
        yield common["wishes"][person.number // 6 % len(common["wishes"])]


def _services(person: Person) -> Text:
    rng = person.rng("services")
    if rng.random() < 0.15:
        return {}
    offers = rng.sample(person.domain.offers, rng.choice([2, 2, 3]))
    return {language: "\n".join(offer[language] for offer in offers) for language in person.languages}
