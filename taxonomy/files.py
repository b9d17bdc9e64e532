"""The rows of taxonomy/data, as the tables want them. Where the facts come from: taxonomy/data/README.md."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from core.languages import LANGUAGES

DATA = Path(__file__).parent / "data"
NAMES = tuple(f"name_{language}" for language in LANGUAGES)

Row = dict[str, object]


def read(name: str) -> Iterator[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def split(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def number(cell: str) -> float | None:
    return float(cell) if cell else None


def place(line: dict[str, str]) -> Row:
    return {"lat": number(line["lat"]), "lon": number(line["lon"])}


def names(line: dict[str, str]) -> Row:
    return {name: line[name] for name in NAMES}


def words(line: dict[str, str], column: str) -> Row:
    return {f"{column}_{language}": split(line[f"{column}_{language}"]) for language in LANGUAGES}


def goals() -> Iterator[Row]:
    for line in read("goals"):
        yield {"number": int(line["number"]), **names(line), "color": line["color"], "text_color": line["text_color"]}


def themes() -> Iterator[Row]:
    for line in read("themes"):
        yield {
            "code": line["code"],
            "parent_id": line["parent"] or None,
            **names(line),
            **words(line, "synonyms"),
            "goals": [int(goal) for goal in split(line["goals"])],
            "related": split(line["related"]),
            "eurovoc": split(line["eurovoc"]),
            "arabic_verified": line["arabic_verified"],
            "retired": line["retired"] == "1",
        }


def country_groups() -> Iterator[Row]:
    for line in read("country_groups"):
        yield {"code": line["code"], **names(line)}


def countries() -> Iterator[Row]:
    """The countries of the file as settings.COUNTRIES_OVERRIDE wants them: left out, renamed or added."""
    override = settings.COUNTRIES_OVERRIDE
    in_file = set()
    for line in read("countries"):
        code = line["code"]
        in_file.add(code)
        if override.get(code, {}) is None:
            continue
        yield {
            "code": code,
            **(own_names(override[code]) if code in override else names(line)),
            **words(line, "aliases"),
            "groups": split(line["groups"]),
            **place(line),
        }
    for code, own in override.items():
        if own is not None and code not in in_file:
            no_aliases = {f"aliases_{language}": [] for language in LANGUAGES}
            yield {"code": code, **own_names(own), **no_aliases, "groups": [], "lat": None, "lon": None}


def own_names(own: dict[str, str]) -> Row:
    return {f"name_{language}": own[language] for language in LANGUAGES}


def in_listed_country(lines: Iterator[dict[str, str]]) -> Iterator[dict[str, str]]:
    left_out = {code for code, own in settings.COUNTRIES_OVERRIDE.items() if own is None}
    return (line for line in lines if line["country"] not in left_out)


def subdivisions() -> Iterator[Row]:
    """Those of the listed countries, as settings.SUBDIVISIONS_OVERRIDE wants them: left out or renamed."""
    override = settings.SUBDIVISIONS_OVERRIDE
    for line in in_listed_country(read("subdivisions")):
        code = line["code"]
        if override.get(code, {}) is None:
            continue
        yield {
            "code": code,
            "country_id": line["country"],
            "kind": line["kind"],
            "parent_id": line["parent"] or None,
            **(own_names(override[code]) if code in override else names(line)),
            **place(line),
        }


def cities() -> Iterator[Row]:
    for line in in_listed_country(read("cities")):
        yield {
            "code": line["code"],
            "country_id": line["country"],
            "subdivision_id": line["subdivision"] or None,
            **names(line),
            **place(line),
            "population": int(line["population"]) if line["population"] else None,
        }


def languages() -> Iterator[Row]:
    for line in read("languages"):
        yield {
            "code": line["code"],
            **names(line),
            "autonym": line["autonym"],
            "rtl": bool(line["rtl"]),
            "rank": int(line["rank"]),
        }


def terms() -> Iterator[Row]:
    for line in read("terms"):
        yield {
            "list": line["list"],
            "code": line["code"],
            **names(line),
            "order": int(line["order"]),
            "extra": json.loads(line["extra"] or "{}"),
        }
