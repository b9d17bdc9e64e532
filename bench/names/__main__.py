"""Prints recall@1 and recall@10 of name search; see bench/names/__init__.py."""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.names.data import Names, Pair, is_tuning, person_names, place_names
from text.namekey import index_keys, query_keys
from text.namerank import rank

ENOUGH = 10  # with fewer complete matches, names that lack one unit are ranked with them


class NameIndex:
    """An inverted index in memory, queried as the search does it in PostgreSQL."""

    def __init__(self, names: Iterable[str]):
        self._names_by_key: defaultdict[str, set[str]] = defaultdict(set)
        for name in names:
            for key in index_keys(name):
                self._names_by_key[key].add(name)

    def candidates(self, query: str) -> tuple[set[str], set[str]]:
        """Names that have every unit, and those that have all but one (only when the first are few)."""
        units = [set().union(*(self._names_by_key.get(key, ()) for key in unit)) for unit in query_keys(query)]
        if not units:
            return set(), set()
        complete = set.intersection(*units)
        if len(complete) >= ENOUGH or len(units) == 1:
            return complete, set()
        partial = (set.intersection(*units[:skip], *units[skip + 1 :]) for skip in range(len(units)))
        return complete, set().union(*partial) - complete


@dataclass
class Score:
    queries: int = 0
    first: int = 0
    tenth: int = 0
    complete: int = 0
    complete_size: int = 0
    misses: list[tuple[Pair, list[str]]] = field(default_factory=list)

    def add(self, pair: Pair, complete: set[str], best: list[str]) -> None:
        wanted = pair[1]
        self.queries += 1
        self.complete += wanted in complete
        self.complete_size += len(complete)
        self.tenth += wanted in best
        if best[:1] == [wanted]:
            self.first += 1
        else:
            self.misses.append((pair, best[:3]))


def evaluate(names: Names, pairs: list[Pair], title: str) -> Score:
    started = time.perf_counter()
    index = NameIndex(names.arabic)
    built = time.perf_counter()
    score = Score()
    for pair in pairs:
        complete, partial = index.candidates(pair[0])
        score.add(pair, complete, [name for _, name in rank(pair[0], complete, partial)])
    asked = time.perf_counter()
    count = score.queries
    print(
        f"{title}: {count:,} Latin queries among {len(names.arabic):,} Arabic names: "
        f"R@1 {score.first / count:.3f}  R@10 {score.tenth / count:.3f}  "
        f"(keys alone find {score.complete / count:.3f}, {score.complete_size / count:.1f} names each)  "
        f"{(built - started) / len(names.arabic) * 1e6:.0f} µs per name indexed, {(asked - built) / count * 1e3:.1f} ms per query"
    )
    return score


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench names", description=__doc__)
    parser.add_argument("--tuning", action="store_true", help="the tuning part instead of the held-out part")
    parser.add_argument("--misses", type=int, default=0, help="print so many misses (tuning part only)")
    options = parser.parse_args(arguments)
    if options.misses and not options.tuning:
        parser.error("misses of the held-out part are not for reading")
    persons = person_names()
    part = [pair for pair in persons.pairs if is_tuning(pair) == options.tuning]
    score = evaluate(persons, part, "persons, tuning" if options.tuning else "persons, held out")
    for (latin, arabic), best in score.misses[: options.misses]:
        print(f"  {latin} → {arabic}; found {', '.join(best) or 'nothing'}")
    if not options.tuning:
        places = place_names()
        evaluate(places, places.pairs, "communes of Algeria and Morocco")


if __name__ == "__main__":
    main(sys.argv[1:])
