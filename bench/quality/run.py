"""Does the search find the right people, whatever the language of the question and of the profile? See bench/README.md."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from django.db import connection

from bench.quality import systems
from bench.quality.database import own_database
from bench.quality.people import people
from bench.quality.publishing import fields_of, publish_people
from bench.quality.questions import questions
from bench.quality.report import table, worst
from bench.quality.sets import NAMES, LabelledSet, labelled_set
from directory.search import vectors


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench search_quality", description=__doc__)
    parser.add_argument("--set", choices=[*NAMES, "all"], default="all", help="one labelled set instead of all")
    parser.add_argument("--verbose", action="store_true", help="the questions answered worst")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write the set as JSON lines instead of running it")
    options = parser.parse_args(arguments)
    if options.write:
        return write(options.write)
    for name in NAMES if options.set == "all" else [options.set]:
        print(f"\nThe {name} set: ", end="")
        print("\n".join(run(f"{connection.settings_dict['NAME']}_bench", labelled_set(name), verbose=options.verbose)))


def run(database: str, labelled: LabelledSet, *, verbose: bool = False) -> list[str]:
    """Publish the people into a database of this name, which must not be in use, ask all systems, drop the database."""
    with own_database(database):
        publish_people(labelled.people)
        systems.fill_plain(labelled.people)
        asked = {"words only": systems.words, "plain PostgreSQL": systems.plain}
        if missing := vectors.make():
            print(f"(no search by meaning: {missing})")
        else:
            vectors.bring_up_to_date()
            asked |= {"meaning only": systems.meaning_only, "both": systems.both}
        answers = {name: {question: ask(question.text) for question in labelled.questions} for name, ask in asked.items()}
    lines = [f"{len(labelled.people)} people, {len(labelled.questions)} questions", "", *table(answers)]
    return lines + (["", "Answered worst:", *worst(answers.get("both", answers["words only"]))] if verbose else [])


def write(folder: Path) -> None:
    """The set in a form to read and to judge: profiles.jsonl, questions.jsonl with who is relevant."""
    folder.mkdir(parents=True, exist_ok=True)
    profiles = [{"id": person.id, **fields_of(person)} for person in people()]
    asked = [asdict(question) | {"ignored": sorted(question.ignored)} for question in questions()]
    for name, rows in (("profiles", profiles), ("questions", asked)):
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
        (folder / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
