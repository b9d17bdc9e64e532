"""Needs made of a labelled set of questions: several wordings of one matter, by one author, become title and text of one need."""

from collections import defaultdict
from dataclasses import dataclass

from bench.quality.people import Person
from bench.quality.questions import Question
from bench.quality.sets import LabelledSet
from needs.importing import HEADER

WORDED = frozenset({"natural sentence", "cross-language", "same language", "Arabic spelling"})
MOST_WORDINGS = 3
MUST_EVERY = 3  # of so many needs one asks for a country, that of somebody who answers
DEADLINE = "2099-01-15"


@dataclass(frozen=True)
class LabelledNeed:
    row: dict[str, str]  # as a funder's file has it
    relevant: dict[str, int]
    ignored: frozenset[str]


def labelled_needs(labelled: LabelledSet) -> list[LabelledNeed]:
    """One for each matter that is worded twice at least; who fails the must is not relevant."""
    people = {person.id: person for person in labelled.people}
    matters: dict[frozenset, list[Question]] = defaultdict(list)
    for question in labelled.questions:
        if question.kind in WORDED and question.relevant:
            matters[frozenset(question.relevant.items())].append(question)
    worded = [wordings[:MOST_WORDINGS] for wordings in matters.values() if len(wordings) > 1]
    return [_need(number, wordings, people) for number, wordings in enumerate(worded)]


def _need(number: int, wordings: list[Question], people: dict[str, Person]) -> LabelledNeed:
    row = dict.fromkeys(HEADER, "") | {"external_id": f"need-{number}", "type": "expertise", "deadline": DEADLINE}
    relevant = dict(wordings[0].relevant)
    for question in wordings:
        row[f"title_{question.language}"] = row[f"title_{question.language}"] or question.text
        row[f"text_{question.language}"] = f"{row[f'text_{question.language}']} {question.text}".strip()
    if number % MUST_EVERY == 0:
        row["country"] = people[min(relevant)].place.country
        row["must"] = "country"
        relevant = {who: gain for who, gain in relevant.items() if people[who].place.country == row["country"]}
    return LabelledNeed(row, relevant, frozenset(wordings[0].ignored))
