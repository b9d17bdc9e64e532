"""How fast are full pages, suggestions and publication, on a directory of any size? See bench/README.md."""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from bench.quality.database import own_database
from bench.speed.filling import fill
from directory import publication, search
from directory.models import Entry, EntryVersion
from directory.search import suggest


@dataclass(frozen=True)
class Case:
    name: str
    query: search.Query


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench search_speed", description=__doc__)
    parser.add_argument("--experts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--without-rivals", action="store_true", help="leave out tantivy and the plain ORM")
    options = parser.parse_args(arguments)
    with own_database(f"{connection.settings_dict['NAME']}_speed"):
        fill(options.experts, print)
        print("\n".join(sizes()))
        cases = make_cases()
        rivals = {} if options.without_rivals else make_rivals(options.experts)
        print("\n".join(measure_pages(cases, rivals, options.rounds)))
        print("\n".join(measure_rest(options.rounds)))


def make_cases() -> list[Case]:
    broad = frequent_word(0.2)
    two = {"country": ("MA",), "goal": ("6",)}
    return [
        Case("selective", ask("apiculture Meknès")),
        Case("name", ask("Fatima Benali")),
        Case("concept", ask("économie circulaire")),
        Case("broad", ask(broad)),
        Case("broad + 2 filters", ask(broad, chosen=two)),
        Case("typo", ask("apiculturre")),
        Case("sentence", ask("je cherche une personne pour aider des coopératives à exporter")),
        Case("browse all", ask("", sort=search.CONFIRMED)),
        Case("browse + 2 filters", ask("", sort=search.CONFIRMED, chosen=two)),
        Case("by name, page 50", ask("", sort=search.NAME, offset=980)),
        Case("broad, page 50", ask(broad, offset=980)),
    ]


def ask(text: str, **options) -> search.Query:
    return search.Query(text=text, kind="expert", **({"sort": search.RELEVANCE} | options))


def frequent_word(share: float) -> str:
    """The filler word whose share of entries comes nearest."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT word FROM (SELECT unnest(most_common_elems::text::text[]) AS word, unnest(most_common_elem_freqs) AS share
               FROM pg_stats WHERE tablename = 'directory_searchdocument' AND attname = 'lexemes') common
               WHERE word ~ '^[a-z]{4,}$' ORDER BY abs(share - %s) LIMIT 1""",
            [share],
        )
        return cursor.fetchone()[0]


def make_rivals(experts: int) -> dict[str, Callable[[search.Query], int]]:
    from bench.speed import rivals

    return {"tantivy": rivals.Tantivy().page, "plain ORM": rivals.plain_page}


def measure_pages(cases: Sequence[Case], rivals: dict, rounds: int) -> list[str]:
    """Interleaved: each round asks every system every question once."""
    systems = {"portal": lambda query: search.search(query).count, **rivals}
    times: dict[tuple[str, str], list[float]] = {}
    counts: dict[tuple[str, str], int] = {}
    for _ in range(rounds):
        for case in cases:
            for name, page in systems.items():
                if name == "plain ORM" and len(times.get((case.name, name), ())) >= 5:
                    continue
                started = time.perf_counter()
                counts[case.name, name] = page(case.query)
                times.setdefault((case.name, name), []).append(time.perf_counter() - started)
    lines = [
        "",
        "full page (20 results with reasons, exact count, all facets), ms",
        f"{'case':20} {'results':>8} " + " ".join(f"{name:>17}" for name in systems),
    ]
    for case in cases:
        cells = " ".join(f"{spread(times[case.name, name]):>17}" for name in systems)
        lines.append(f"{case.name:20} {counts[case.name, 'portal']:8} {cells}")
    return lines


def measure_rest(rounds: int) -> list[str]:
    typed = ["be", "ben", "bena", "fat", "fatima b", "cha", "coop", "eco", "circ", "بن", "بنع", "فاط", "هد", "mekn", "xyz"]
    suggesting = timed([lambda text=text: suggest.suggestions(text, "fr") for text in typed * rounds])
    entries = [Entry.objects.get(pk=number) for number in range(1, rounds + 1)]
    publishing = timed([lambda entry=entry: publish_again(entry) for entry in entries])
    indexing = timed([lambda entry=entry: index(entry) for entry in entries])
    return [
        "",
        f"autocomplete: {spread(suggesting)} ms (p50 / p95)",
        f"publish one entry: {spread(publishing)} ms, of which its index: {spread(indexing)} ms",
    ]


@transaction.atomic
def publish_again(entry: Entry) -> None:
    publication.publish(publication.lock(entry.pk), entry.document, by=None, action=EntryVersion.Action.FREE_CHANGE)


@transaction.atomic
def index(entry: Entry) -> None:
    search.index(entry)


def timed(calls: Sequence[Callable[[], object]]) -> list[float]:
    times = []
    for call in calls:
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    return times


def spread(times: Sequence[float]) -> str:
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return f"{1000 * statistics.median(ordered):.1f} / {1000 * p95:.1f}"


def sizes() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT relname, pg_size_pretty(pg_relation_size(oid)), pg_size_pretty(pg_total_relation_size(oid))
               FROM pg_class WHERE relname IN ('directory_searchdocument', 'search_lexemes', 'directory_searchcard',
               'directory_searchsuggestion', 'directory_entry') ORDER BY relname"""
        )
        return [f"{name}: {own}, with all that belongs to it {total}" for name, own, total in cursor]
