"""The texts and names of the demo, read once from data/."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from demo.grammar import Text, as_text
from taxonomy.vocabulary import City, vocabulary

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Domain:
    """One field of work: what its people are, do, have done, how, and what they offer."""

    key: str
    themes: list[str]
    goals: list[int]
    roles: list[Text]
    specialities: list[Text]
    works: list[Text]
    deeds: list[Text]
    methods: list[Text]
    offers: list[Text]
    diplomas: list[Text]
    papers: list[Text]


@dataclass(frozen=True)
class Area:
    """Towns where people live, and the villages around them; `sea` has the French names of those by the sea."""

    key: str
    country: str
    cities: list[City]
    places: list[Text]
    sea: list[str]


@cache
def domains() -> tuple[Domain, ...]:
    files = sorted((DATA / "domains").glob("*.toml"))
    return tuple(Domain(key=key, **_with_texts(table)) for path in files for key, table in _toml(path).items())


@cache
def common() -> Mapping[str, list[Text]]:
    return _with_texts(_toml(DATA / "common.toml"))


@cache
def areas() -> Mapping[str, Area]:
    return {
        key: Area(
            key,
            table["country"],
            [_city(table["country"], name) for name in table["cities"]],
            _texts(table["places"]),
            table.get("sea", []),
        )
        for key, table in _toml(DATA / "places.toml").items()
    }


@cache
def names(group: str, kind: str, gender: str) -> list[tuple[str, str]]:
    """(Latin, Arabic) spellings of a group's given names or surnames."""
    with (DATA / "names.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["latin"], row["arabic"])
            for row in csv.DictReader(file)
            if row["group"] == group and row["kind"] == kind and row["gender"] in ("", gender)
        ]


@cache
def written_by_hand(name: str) -> list[dict[str, Any]]:
    """The tables of a file of whole texts: people, organisations, projects."""
    return _toml(DATA / f"{name}.toml")[name]


def columns(row: dict[str, Any], *names: str) -> dict[str, str]:
    """The texts of a table as columns of a translated model: {"name_fr": …}."""
    return {f"{name}_{language}": text for name in names for language, text in row.get(name, {}).items()}


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _with_texts(table: dict[str, Any]) -> dict[str, Any]:
    return {key: _texts(value) if isinstance(value[0], list) else value for key, value in table.items()}


def _texts(rows: list[list[str]]) -> list[Text]:
    return [as_text(row) for row in rows]


def _city(country: str, french_name: str) -> City:
    return next(city for city in vocabulary().cities.values() if city.country == country and city.labels["fr"] == french_name)
