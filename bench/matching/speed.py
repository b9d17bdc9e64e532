"""How fast is an explained list of people in a directory of any size, beside a keyword search? See bench/README.md."""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import date

from django.db import connection

from bench.quality.database import own_database
from bench.speed.filling import fill
from bench.speed.meanings import fill_vectors
from directory import matching, search
from directory.matching import Criterion, What
from directory.matching import subject as subjects
from directory.search import meaning

SHOWN = 20
SUBJECTS = {
    "selective": ("Apiculture à Meknès", "fr"),
    "theme": ("Développer l’économie circulaire avec des coopératives", "fr"),
    "sentence": ("We look for somebody who helps women’s cooperatives to export argan oil and to find funding", "en"),
    "arabic": ("نبحث عن خبير في تدبير الماء والسقي بالواحات لتكوين الفلاحين", "ar"),
}
MUSTS = [
    Criterion(What.LANGUAGE, ("ar",), True, "B2"),
    Criterion(What.COUNTRY, ("MA",), True),
    Criterion(What.START, day=date(2099, 1, 1)),
    Criterion(What.THEME, ("CIR",)),
]


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench matching", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args(arguments)
    with own_database(f"{connection.settings_dict['NAME']}_speed"):
        fill(options.people, print)
        fill_vectors(print)
        print("\n".join(measured(options.rounds)))


def measured(rounds: int) -> list[str]:
    lines = [f"{'ms, p50 / p95':14}{'matching':>16}{'keyword search':>18}{'ratio':>8}"]
    for name, (text, language) in SUBJECTS.items():
        asked = [Criterion(What.SUBJECT, (text,), languages=(language,)), *MUSTS]
        matched = times(lambda asked=asked: explained(asked), rounds)
        keyword = times(lambda text=text: search.search(search.Query(text=text, kind="expert")), rounds)
        ratio = statistics.median(matched) / statistics.median(keyword)
        lines.append(f"{name:14}{shown(matched):>16}{shown(keyword):>18}{ratio:8.1f}")
    return lines


def explained(asked: list[Criterion]) -> None:
    """A page of people with every sentence; the subject encoded anew, as for a new need."""
    subjects.forget()
    meaning.forget()
    found = matching.match(asked, quotes=SHOWN)
    for one in found.ranked[:SHOWN]:
        for judgement in one.judgements:
            matching.sentence(judgement)


def times(act: Callable[[], object], rounds: int) -> list[float]:
    act()
    taken = []
    for _round in range(rounds):
        started = time.perf_counter()
        act()
        taken.append(1000 * (time.perf_counter() - started))
    return taken


def shown(taken: list[float]) -> str:
    return f"{statistics.median(taken):.0f} / {sorted(taken)[int(len(taken) * 0.95)]:.0f}"
