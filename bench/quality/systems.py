"""The systems that answer the questions. Each returns what answers, and what it shows apart as close; best first."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from bench.quality.people import Person
from directory import search
from directory.kinds import schema_of
from directory.models import Entry
from directory.search import meaning

WRITTEN = {"ar": "arabic", "fr": "french", "en": "english"}
# What belongs to no language of the profile is read in each.
ANY = ("simple", *WRITTEN.values())
ALL, PAGE = 10_000, 20
EXPERT = "expert"


@dataclass(frozen=True)
class Found:
    """Identifiers of people."""

    answers: list[str]
    close: list[str] = field(default_factory=list)

    @property
    def all(self) -> list[str]:
        return [*self.answers, *self.close]


def words(text: str) -> Found:
    """The search of the portal as it is without an encoder."""
    return _portal(search.Query(text=text, kind=EXPERT, by_meaning=False))


def both(text: str) -> Found:
    """The search of the portal."""
    return _portal(search.Query(text=text, kind=EXPERT))


def meaning_only(text: str) -> Found:
    """The nearest in meaning, whatever the words."""
    vector = meaning.vector_of(text)
    return Found(_identifiers([one.entry for one in meaning.nearest_to(vector, schema_of(EXPERT).number)][:PAGE]))


def _portal(query: search.Query) -> Found:
    """All pages of it."""
    answer = search.Answer(query)
    return Found(_identifiers(answer.ids(0, ALL)), _identifiers([one.entry for one in answer.close]))


def _identifiers(ids: list[int]) -> list[str]:
    entries = Entry.objects.in_bulk(ids)
    return [entries[entry].public_id for entry in ids]


def fill_plain(people: Iterable[Person]) -> None:
    """Plain PostgreSQL: each text under the configuration of its language, weighted; names and places under all."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_plain (id text PRIMARY KEY, vector tsvector NOT NULL)")
        for person in people:
            expression, parameters = _vector(person)
            cursor.execute(f"INSERT INTO bench_plain VALUES (%s, {expression})", [person.id, *parameters])  # noqa: S608 constants
        cursor.execute("CREATE INDEX ON bench_plain USING gin (vector)")


def plain(text: str) -> Found:
    """All words; when nobody has them all, any of them."""
    return Found(_plain_matches(text) or _plain_matches(" or ".join(text.split())))


def _plain_matches(text: str) -> list[str]:
    query = " || ".join(f"websearch_to_tsquery('{config}', %(text)s)" for config in ANY)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM bench_plain, (SELECT {query} AS query) AS asked"  # noqa: S608 constants
            " WHERE vector @@ query ORDER BY ts_rank(vector, query) DESC, id",
            {"text": text},
        )
        return [identifier for (identifier,) in cursor.fetchall()]


def _vector(person: Person) -> tuple[str, list[str]]:
    name = f"{person.name.latin} {person.name.arabic}"
    place = " ".join(person.place.names.values())
    parts = [(config, name, "A") for config in ANY] + [(config, place, "B") for config in ANY]
    for language, config in WRITTEN.items():
        if language in person.languages:
            parts += [(config, person.headline[language], "A"), (config, person.biography[language], "C")]
    expression = " || ".join(f"setweight(to_tsvector('{config}', %s), '{weight}')" for config, _text, weight in parts)
    return expression, [text for _config, text, _weight in parts]
