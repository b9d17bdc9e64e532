"""Do the two commands put the right people first, beside BM25 over the same texts? See bench/README.md."""

import argparse
import csv
import io
import json
import math
import re
import tempfile
from collections import Counter
from pathlib import Path
from statistics import fmean

from django.core.management import call_command
from django.db import connection

from accounts.models import User
from bench.matching.needs import LabelledNeed, labelled_needs
from bench.quality import metrics
from bench.quality.database import own_database
from bench.quality.people import Person
from bench.quality.publishing import publish_people
from bench.quality.sets import NAMES, LabelledSet, labelled_set
from directory.search import vectors
from needs.importing import HEADER
from text.fold import fold

PAGE, TOP = 20, 10
K1, B = 1.2, 0.75


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench matching_quality", description=__doc__)
    parser.add_argument("--set", choices=NAMES, default="sentences")
    options = parser.parse_args(arguments)
    print("\n".join(run(f"{connection.settings_dict['NAME']}_bench", labelled_set(options.set))))


def run(database: str, labelled: LabelledSet) -> list[str]:
    """Publish people and needs into a database of this name, ask the commands, drop the database."""
    needs = labelled_needs(labelled)
    with own_database(database):
        publish_people(labelled.people)
        if missing := vectors.make():
            print(f"(no matching by meaning: {missing})")
        else:
            vectors.bring_up_to_date()
        told = _matched(needs)
    countries = {person.id: person.place.country for person in labelled.people}
    failing = sum(
        countries[who] != need.row["country"] for need in needs if need.row["must"] for who in told[need.row["external_id"]]
    )
    keyword = Bm25(labelled.people)
    rankings = {"matching": lambda need: told[need.row["external_id"]], "BM25": lambda need: keyword.ranking(need, countries)}
    lines = [f"{len(labelled.people)} people, {len(needs)} needs; {failing} people ranked who fail a must", ""]
    lines.append(f"{'':12}{'nDCG@10':>9}{'recall@20':>11}")
    for name, ranking in rankings.items():
        scores = [_score(need, ranking(need)) for need in needs]
        lines.append(f"{name:12}{fmean(ndcg for ndcg, _ in scores):9.3f}{fmean(recall for _, recall in scores):11.3f}")
    return lines


def _matched(needs: list[LabelledNeed]) -> dict[str, list[str]]:
    """{need: people, best first} through `import_needs` and `match_needs`."""
    User.objects.create_superuser(email="bench@example.org")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "needs.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HEADER)
            writer.writeheader()
            writer.writerows(need.row for need in needs)
        call_command("import_needs", path, "--publish")
    out = io.StringIO()
    call_command("match_needs", stdout=out)
    return {row["external_id"]: [one["external_id"] for one in row["ranked"]] for row in json.loads(out.getvalue())}


def _score(need: LabelledNeed, ranking: list[str]) -> tuple[float, float]:
    judged = metrics.judged(ranking, need.ignored)
    return metrics.ndcg(judged, need.relevant, TOP), metrics.recall(judged, need.relevant, PAGE)


class Bm25:
    """Robertson's formula over folded words, all languages together."""

    def __init__(self, people: tuple[Person, ...]):
        texts = {person.id: " ".join([*person.headline.values(), *person.biography.values()]) for person in people}
        self.words = {who: Counter(_words(text)) for who, text in texts.items()}
        self.length = {who: sum(words.values()) for who, words in self.words.items()}
        self.mean = fmean(self.length.values())
        self.spread = Counter(word for words in self.words.values() for word in words)

    def ranking(self, need: LabelledNeed, countries: dict[str, str]) -> list[str]:
        asked = set(_words(" ".join(need.row[f"{name}_{code}"] for name in ("title", "text") for code in ("ar", "fr", "en"))))
        passing = [who for who in self.words if not need.row["must"] or countries[who] == need.row["country"]]
        scores = {who: sum(self._weight(word, who) for word in asked) for who in passing}
        return sorted((who for who in passing if scores[who] > 0), key=lambda who: (-scores[who], who))

    def _weight(self, word: str, who: str) -> float:
        times, pages = self.words[who][word], len(self.words)
        rarity = math.log(1 + (pages - self.spread[word] + 0.5) / (self.spread[word] + 0.5))
        return rarity * times * (K1 + 1) / (times + K1 * (1 - B + B * self.length[who] / self.mean))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", fold(text))
