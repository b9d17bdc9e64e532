"""An invented person -> the draft that the person would have written in the editor."""

import random
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from demo import banks, identifiers
from demo.grammar import polish, render
from demo.people import TONGUES, WRITING_LEVEL, Person, plain
from demo.writing import deed_in_a_post, write
from experts.models import Experience, Expert, Expertise, Link, Publication, Qualification, SpokenLanguage
from taxonomy.vocabulary import vocabulary

LEVELS_BY_YEARS = ((4, ("working",)), (9, ("working", "advanced")), (15, ("advanced", "expert")), (99, ("expert",)))
THEMES_OF_THE_SEA = {"BIO-04", "BIO-16", "BIO-17", "CIR-08"}
CROSS_CUTTING = ("PRJ-01", "PRJ-04", "PRJ-05", "CAP-01", "CAP-04", "INC-01", "CLI-01", "FIN-02", "INT-01")
DIPLOMA_LEVELS = {"Doctorat": "doctorate", "Master": "master", "Licence": "licence", "Diplôme": "engineer", "Technicien": "bac2"}
PAPER_TYPES = ("article", "guide", "report", "policy_brief", "communication")
VENUES = ("Cahiers de la Méditerranée rurale", "Revue Territoires et communs", "Notes de Volubilis", "Mediterranean Field Notes")
# A few share their address with members or with everybody; the default is the coordination team.
AUDIENCES = [{}, {}, {}, {"email": "members"}, {"email": "public"}, {"email": "contacts", "career": "members"}]
STATES = ["now"] * 9 + ["from"] * 4 + ["not_before"] * 2 + ["later"] * 2 + ["closed"] * 2 + [""]


class Profile:
    """The unsaved rows of one profile, so that those of everybody are saved together."""

    def __init__(self, person: Person, user: User, today: date):
        self.person, self.today = person, today
        texts = write(person, today)
        columns = {f"{name}_{language}": text for name, by_language in texts.items() for language, text in by_language.items()}
        self.expert = Expert(user=user, **columns, **_identity(person), **_places(person), **_ways(person, today))
        self.expert.public_id = identifiers.public_id(person.email)
        self.expert.goals = _goals(person)

    def rows(self) -> list[Any]:
        return [
            *_expertises(self.person),
            *_tongues(self.person),
            *_experiences(self.person, self.today),
            *_qualifications(self.person, self.today),
            *_publications(self.person, self.today),
            *_links(self.person),
        ]


def _identity(person: Person) -> dict[str, Any]:
    rng = person.rng("identity")
    return {
        "given_name": person.latin[0],
        "family_name": person.latin[1],
        "given_name_ar": person.arabic[0],
        "family_name_ar": person.arabic[1],
        "source_language": person.source,
        "milieu": person.milieu,
        "years_experience": person.years,
        "contact_email": person.email,
        "audiences": rng.choice(AUDIENCES),
        "orcid": identifiers.orcid(person.number) if person.milieu == "academic" and rng.random() < 0.5 else "",
    }


def _places(person: Person) -> dict[str, Any]:
    rng = person.rng("territories")
    city = person.city
    region = vocabulary().region_of(city.subdivision) if city.subdivision else ""
    elsewhere = rng.sample(["MA-03", "MA-01", "MA-08", "MA", "TN", "SN", "DZ", "IT", "ES", "FR"], rng.choice([0, 1, 1, 2, 3]))
    return {
        "country": city.country,
        "region": region,
        "city": city.labels[person.latin_language or "ar"],
        "territories": list(dict.fromkeys([region or city.country, *elsewhere])),
    }


def _ways(person: Person, today: date) -> dict[str, Any]:
    rng = person.rng("ways")
    state = rng.choice(STATES)
    return {
        "availability": state,
        "available_on": today + timedelta(days=rng.randrange(12, 240)) if state in ("from", "not_before") else None,
        "modes": rng.sample(["consulting", "training", "research", "mentoring"], rng.choice([1, 2, 2, 3])),
        "terms": rng.choice([["paid"], ["paid", "pro_bono"], ["paid", "pro_bono"], ["pro_bono"]]),
        "reach": rng.choice([["remote"], ["travel"], ["remote", "travel"], ["remote", "travel"]]),
    }


def _goals(person: Person) -> list[int]:
    goals = person.by_hand.get("goals") or person.domain.goals
    return sorted(goals[: person.rng("goals").choice([1, 2, 2, 3])])


def _expertises(person: Person) -> list[Expertise]:
    rng = person.rng("themes")
    themes = person.by_hand.get("themes")
    if not themes:
        first, *others = [theme for theme in person.domain.themes if person.lives_by_the_sea or theme not in THEMES_OF_THE_SEA]
        # Neighbours of one field differ by their second and third theme; some know a theme that belongs to all.
        themes = [rng.choice([first, others[0]]), *rng.sample(others[1:], min(rng.choice([1, 1, 2, 2, 3]), len(others) - 1))]
        if rng.random() < 0.25:
            themes.append(rng.choice(CROSS_CUTTING))
    rows = []
    for index, theme in enumerate(dict.fromkeys(themes)):
        years = max(1, person.years - rng.choice([0, 1, 2, 4]) - index)
        rows.append(Expertise(theme=theme, level=rng.choice(_levels(years)), years=years))
    return rows


def _levels(years: int) -> tuple[str, ...]:
    return next(levels for limit, levels in LEVELS_BY_YEARS if years <= limit)


def _tongues(person: Person) -> list[SpokenLanguage]:
    rng = person.rng("tongues")
    first, *others = TONGUES[person.area.country]
    known = {first[0]: rng.choice(first[1].split())}
    for code, levels in others:
        if code in person.languages or rng.random() < 0.6:
            known[code] = rng.choice(levels.split())
    for code in person.languages:
        if known.get(code, "A1") < WRITING_LEVEL:
            known[code] = WRITING_LEVEL
    return [SpokenLanguage(code=code, level=level) for code, level in known.items()]


def _experiences(person: Person, today: date) -> list[Experience]:
    """Two or three posts that follow each other from the first year of work to today."""
    rng = person.rng("posts")
    language = person.source
    role = person.domain.roles[person.turn % len(person.domain.roles)]
    count = 1 if person.years < 4 else rng.choice([2, 2, 3])
    turns = sorted(rng.sample(range(person.since(today) + 1, today.year), count - 1), reverse=True)
    starts, ends = [*turns, person.since(today)], [None, *turns]
    posts = [role, *rng.sample(banks.common()["posts"], count - 1)]
    hosts = _hosts(person, count)
    return [
        Experience(
            language=language,
            title=render(post[language], language, person.speaker, {}),
            organization=host,
            place=rng.choice([person.city, person.other_city] if index else [person.city]).labels[language],
            start_year=start,
            end_year=end,
            description=deed_in_a_post(person, language, today, index, start) if rng.random() < 0.6 else "",
        )
        for index, (post, start, end, host) in enumerate(zip(posts, starts, ends, hosts, strict=True))
    ]


def _hosts(person: Person, count: int) -> list[str]:
    """Organisations of the network that work on the person's themes in the same parts; others of any town."""
    domains = {theme.partition("-")[0] for theme in person.domain.themes}
    near = [
        row["name"].get(person.source) or next(iter(row["name"].values()))
        for row in banks.written_by_hand("organizations")
        if row["area"] == person.area.key and domains & {theme.partition("-")[0] for theme in row["themes"]}
    ]
    rng = person.rng("hosts")
    others = [host[person.source] for host in rng.sample(banks.common()["hosts"], count)]
    return [*rng.sample(near, min(len(near), count - 1)), *others][:count]


def _qualifications(person: Person, today: date) -> list[Qualification]:
    rng = person.rng("diplomas")
    diplomas = person.domain.diplomas[: rng.choice([1, 2])] if person.turn % 2 else person.domain.diplomas[-1:]
    return [
        Qualification(
            language=person.source,
            title=diploma[person.source],
            institution=_school(person, rng),
            level=DIPLOMA_LEVELS.get(diploma["fr"].split()[0], ""),
            year=person.since(today) - index * 3 + rng.choice([-1, 0, 0]),
        )
        for index, diploma in enumerate(diplomas)
    ]


def _school(person: Person, rng: random.Random) -> str:
    city = rng.choice([person.city, person.other_city]).labels[person.source]
    names = {"fr": f"Université de {city}", "ar": f"جامعة {city}", "en": f"University of {city}"}
    return polish(names[person.source], person.source)


def _publications(person: Person, today: date) -> list[Publication]:
    rng = person.rng("papers")
    if person.milieu not in ("academic", "independent") or rng.random() < 0.3:
        return []
    return [
        Publication(
            language=person.source,
            title=paper[person.source],
            type=rng.choice(PAPER_TYPES),
            venue=rng.choice(VENUES),
            year=rng.randint(max(person.since(today), 2008), today.year - 1),
            url=f"https://www.example.org/{plain(person.latin[1])}/{person.number}" if rng.random() < 0.4 else "",
        )
        for paper in person.domain.papers
    ]


def _links(person: Person) -> list[Link]:
    if person.rng("links").random() > 0.25:
        return []
    return [Link(label="Blog", url=f"https://{plain(person.latin[1])}.example.org/")]


def save(profiles: list[Profile]) -> None:
    """All drafts and their rows, one statement a table."""
    Expert.objects.bulk_create(profile.expert for profile in profiles)
    rows: dict[type, list[Any]] = {}
    for profile in profiles:
        for row in profile.rows():
            row.expert = profile.expert
            rows.setdefault(type(row), []).append(row)
    for model, group in rows.items():
        model.objects.bulk_create(group)
