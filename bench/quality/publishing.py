"""The people of the set -> published profiles. They name no theme, so that only their texts can tell what they do."""

from collections.abc import Iterable

from bench.quality.people import Name, Person
from directory.kinds import schema_of
from directory.publication import publish_new

LEVEL = "C1"


def publish_people(people: Iterable[Person]) -> None:
    schema = schema_of("expert")
    for person in people:
        document = schema.build(fields_of(person), {})
        publish_new(kind="expert", public_id=person.id, document=document, by=None)


def fields_of(person: Person) -> dict:
    source = next(iter(person.headline))
    return {
        "name": name_of(person.name),
        "headline": person.headline | {"source": source},
        "biography": person.biography | {"source": source},
        "milieu": person.milieu,
        "country": person.place.country,
        **({"region": person.place.region} if person.place.region else {}),
        "city": person.place.names[source],
        "languages": [{"id": code, "code": code, "level": LEVEL} for code in sorted(person.languages)],
    }


def name_of(name: Name) -> dict[str, str]:
    written = {"latin": name.latin, "arabic": name.arabic}
    return {script: text for script, text in written.items() if text}
