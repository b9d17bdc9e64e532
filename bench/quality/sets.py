"""The labelled sets: the composed one, and those written by authors who had seen neither the portal nor its vocabulary."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.quality.people import Name, Person, Place, people
from bench.quality.questions import Question, questions

BLIND = Path(__file__).parent / "blind"
NAMES = ("composed", "ordinary", "roundabout", "jobs", "sectors", "mixed", "held-out", "sentences")


@dataclass(frozen=True)
class LabelledSet:
    people: tuple[Person, ...]
    questions: tuple[Question, ...]


@cache
def labelled_set(name: str) -> LabelledSet:
    if name == "composed":
        return LabelledSet(people(), questions())
    written = tuple(_person(**row) for row in _rows(f"{name}-people"))
    asked = tuple(Question(**row | {"ignored": frozenset(row["ignored"])}) for row in _rows(f"{name}-questions"))
    return LabelledSet(written, asked)


def _rows(file: str) -> Iterator[dict]:
    return map(json.loads, (BLIND / f"{file}.jsonl").read_text(encoding="utf-8").splitlines())


def _person(id: str, latin: str, arabic: str, headline: dict, biography: dict, country: str, city: str) -> Person:
    place = Place(country, dict.fromkeys(headline, city), share=1)
    nothing: frozenset[str] = frozenset()
    return Person(id, Name("", latin, arabic), headline, biography, "independent", place, "", nothing, nothing)
