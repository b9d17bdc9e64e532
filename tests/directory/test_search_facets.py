"""Every count that is shown is the number of results behind it."""

import random

import pytest
import time_machine
from django.db import connection

from directory import search
from tests.factories.directory import make_entry

pytestmark = pytest.mark.django_db

VALUES = {
    "goal": ["1", "6", "8", "12"],
    "theme": ["ESS", "ESS-01", "ESS-02", "CIR", "EAU-01"],
    "country": ["MA", "FR", "TN"],
    "region": ["MA-01", "MA-06"],
    "language": ["ar", "fr", "en"],
    "milieu": ["academic", "civil_society"],
    "availability": ["now", "later", "closed"],
}
AVAILABILITY = [
    {"state": "now"},
    {"state": "closed"},
    {"state": "not_before"},
    {"state": "not_before", "date": "2026-01-01"},
    {"state": "not_before", "date": "2027-05-01"},
    None,
]


def make_random_entry(dice: random.Random):
    def some(facet: str) -> list[str]:
        return dice.sample(VALUES[facet], dice.randint(0, len(VALUES[facet])))

    fields = {
        "headline": dice.choice(["Hydrologue", "Juriste", "Experte en eau et droit"]),
        "goals": some("goal"),
        "themes": some("theme"),
        "country": dice.choice([*VALUES["country"], ""]),
        "region": dice.choice([*VALUES["region"], ""]),
        "languages": some("language"),
        "milieu": dice.choice([*VALUES["milieu"], ""]),
        "availability": dice.choice(AVAILABILITY),
    }
    make_entry(**{name: value for name, value in fields.items() if value})


@pytest.mark.parametrize("seed", range(6))
def test_every_count_is_the_number_of_results_after_choosing_it(seed):
    dice = random.Random(seed)
    for _ in range(40):
        make_random_entry(dice)
    for _ in range(5):
        chosen = {facet: dice.sample(values, dice.randint(1, 2)) for facet, values in VALUES.items() if dice.random() < 0.3}
        query = {"kind": "expert", "text": dice.choice(["", "hydrologue", "eau", "benjelloun", "بنجلون"])}
        counts = search.search(search.Query(**query, chosen=chosen)).counts
        for facet, values in VALUES.items():
            for value in values:
                alone = search.search(search.Query(**query, chosen={**chosen, facet: [value]}, limit=100))
                assert counts[facet][value] == alone.count == len(alone.hits), (query, chosen, facet, value)


def test_values_of_one_facet_widen_and_facets_narrow():
    make_entry(name="A", country="MA", goals=["6"])
    make_entry(name="B", country="TN", goals=["6"])
    make_entry(name="C", country="FR", goals=["8"])

    def count(**chosen) -> int:
        return search.search(search.Query(kind="expert", chosen=chosen)).count

    assert count(country=["MA", "TN"]) == 2
    assert count(country=["MA", "TN", "FR"], goal=["6"]) == 2
    assert count(country=["FR"], goal=["6"]) == 0
    assert count(country=["FR", "NOSUCH"]) == 1
    assert count(country=["NOSUCH"]) == 0


def test_a_day_that_comes_changes_counts_and_answers_without_any_work():
    make_entry(name="Bientôt", availability={"state": "not_before", "date": "2027-05-01"})
    query = search.Query(kind="expert", chosen={"availability": ["now"]})
    with time_machine.travel("2027-04-30T12:00:00Z"):
        assert (search.search(query).count, search.search(query).counts["availability"]["later"]) == (0, 1)
    with time_machine.travel("2027-05-01T12:00:00Z"):
        assert (search.search(query).count, search.search(query).counts["availability"]["now"]) == (1, 1)


def test_who_does_not_show_the_availability_is_counted_nowhere():
    make_entry(availability={"state": "now"}, audiences={"availability": "members"})
    assert not search.search(search.Query(kind="expert")).counts["availability"]


@pytest.mark.django_db(transaction=True)
def test_counts_kept_in_the_process_are_those_of_the_last_publication():
    def counted() -> tuple[int, int]:
        answer = search.Answer(search.Query(kind="expert"))
        return answer.count, answer.counts["country"]["MA"]

    assert counted() == (0, 0)
    make_entry(country="MA")
    assert counted() == (1, 1)
    make_entry(country="TN")
    assert counted() == (2, 1)


def test_counts_hold_when_postgresql_answers_the_parts_in_parallel():
    for number in range(60):
        make_entry(name=f"Salma {number}", country="MA" if number % 3 else "FR", goals=["6" if number % 2 else "8"])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL min_parallel_table_scan_size = 0; SET LOCAL parallel_setup_cost = 0")
        cursor.execute("SET LOCAL parallel_tuple_cost = 0; SET LOCAL max_parallel_workers_per_gather = 4")
    for _ in range(10):
        answer = search.Answer(search.Query(kind="expert", chosen={"country": ["MA"], "goal": ["6"]}))
        assert answer.count == 20
        assert answer.counts["country"] == {"MA": 20, "FR": 10}
        assert answer.counts["goal"] == {"6": 20, "8": 20}
