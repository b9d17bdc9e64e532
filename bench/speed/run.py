"""How fast are full pages, suggestions and publication, on a directory of any size? See bench/README.md."""

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from django.db import connection, transaction

from bench.quality.bank import topics
from bench.quality.database import own_database
from bench.speed.filling import fill
from bench.speed.meanings import fill_vectors
from directory import publication, search
from directory.models import Entry, EntryVersion, SearchCard
from directory.search import meaning, suggest

WARM_UP, PLAIN_ROUNDS = 1, 3


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
        by_meaning = fill_vectors(print)
        print("\n".join([*sizes(), *memory()]))
        systems = make_systems(rivals=not options.without_rivals, by_meaning=by_meaning)
        print("\n".join(measure_pages(make_cases(), systems, options.rounds)))
        print("\n".join(measure_rest(options.rounds)))


def make_cases() -> list[Case]:
    broad = frequent_word(0.2)
    two = {"country": ("MA",), "goal": ("6",)}
    return [
        Case("selective", ask("apiculture Meknès")),
        Case("name", ask(somebody())),
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


def somebody() -> str:
    """The name of the first person who wrote it in Latin letters."""
    return SearchCard.objects.exclude(latin="").order_by("pk")[0].latin


def ask(text: str, **options) -> search.Query:
    return search.Query(text=text, kind="expert", **({"sort": search.RELEVANCE} | options))


def frequent_word(share: float) -> str:
    """The word whose share of entries comes nearest: PostgreSQL's estimates are too rough, so the likeliest are counted."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT word FROM (SELECT unnest(most_common_elems::text::text[]) AS word, unnest(most_common_elem_freqs) AS share
               FROM pg_stats WHERE tablename = 'directory_searchdocument' AND attname = 'lexemes') common
               WHERE word ~ '^[a-z]{4,}$' ORDER BY abs(share - %s) LIMIT 12""",
            [share],
        )
        words = [word for (word,) in cursor]
    total = Entry.objects.count()
    return min(words, key=lambda word: abs(search.Answer(ask(word)).count / total - share))


def make_systems(rivals: bool, by_meaning: bool) -> dict[str, Callable[[search.Query], int]]:
    """What is compared: a full page is the first 20, the exact count and all facets; with meaning, also who comes close."""
    systems: dict[str, Callable[[search.Query], int]] = {"portal": page, "and reasons": page_with_reasons}
    if by_meaning:
        systems |= {"words only": page_of_words}
    if rivals:
        from bench.speed.rivals import Tantivy, make_tags, plain_page

        started = time.perf_counter()
        systems["tantivy"] = Tantivy().page
        print(f"tantivy index built in {time.perf_counter() - started:.0f} s")
        make_tags()
        systems["plain ORM"] = plain_page
    return systems


def page(query: search.Query) -> int:
    answer = search.Answer(query)
    meaning.forget()  # each question is encoded anew
    answer.ids(query.offset, query.limit)
    answer.counts  # noqa: B018 computed when asked for
    search.close_hits(answer)
    return answer.count


def page_of_words(query: search.Query) -> int:
    return page(replace(query, by_meaning=False))


def page_with_reasons(query: search.Query) -> int:
    answer = search.Answer(query)
    meaning.forget()
    search.hits(answer, query.offset, query.limit)
    answer.counts  # noqa: B018 computed when asked for
    search.close_hits(answer)
    return answer.count


def memory() -> list[str]:
    """Of a process of its own that has read what workers share when it forks them."""
    probe = "import volubilis.wsgi; from bench.speed.run import resident; print(round(resident()))"
    told = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return [f"memory of the process that forks the workers, shared by them: {told.stdout.strip()} MB"]


def resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def measure_pages(cases: Sequence[Case], systems: dict[str, Callable[[search.Query], int]], rounds: int) -> list[str]:
    """Interleaved: each round asks every system every question once; the ORM is asked less often, for it takes long."""
    times: dict[tuple[str, str], list[float]] = {}
    counts: dict[tuple[str, str], int] = {}
    for number in range(-WARM_UP, rounds):
        for case in cases:
            for name, ask_page in systems.items():
                if name == "plain ORM" and number >= PLAIN_ROUNDS:
                    continue
                started = time.perf_counter()
                counts[case.name, name] = ask_page(case.query)
                if number >= 0:
                    times.setdefault((case.name, name), []).append(time.perf_counter() - started)
    lines = [
        "",
        "full page (first 20, exact count, all facets), ms, p50 / p95; x: tantivy's and the ORM's p50 in terms of the portal's",
        f"{'case':20} {'results':>8} " + " ".join(f"{name:>17}" for name in systems) + f" {'x tantivy':>10} {'ORM x':>7}",
    ]
    for case in cases:
        cells = " ".join(f"{spread(times[case.name, name]):>17}" for name in systems)
        lines.append(f"{case.name:20} {counts[case.name, 'portal']:8} {cells}{ratios(case, times)}")
        if differing := {
            name: count for (asked, name), count in counts.items() if asked == case.name and count != counts[case.name, "portal"]
        }:
            lines.append(f"{'':20} other counts: {differing}")
    return lines


def ratios(case: Case, times: dict[tuple[str, str], list[float]]) -> str:
    """How many times longer than tantivy, how many times shorter than the ORM."""
    if (case.name, "tantivy") not in times:
        return ""
    portal, tantivy, plain = (statistics.median(times[case.name, name]) for name in ("portal", "tantivy", "plain ORM"))
    return f" {portal / tantivy:10.1f} {plain / portal:7.1f}"


def measure_rest(rounds: int) -> list[str]:
    typed = ["be", "ben", "bena", "fat", "fatima b", "cha", "coop", "eco", "circ", "بن", "بنع", "فاط", "هد", "mekn", "xyz"]
    suggesting = timed([lambda text=text: suggest.suggestions(text, "fr") for text in typed * rounds])
    entries = [Entry.objects.get(pk=number) for number in range(1, rounds + WARM_UP + 1)]
    edited = [(entry, with_another_sentence(entry)) for entry in entries]
    editing, confirming = (timed([partial(publish, *pair) for pair in edited])[WARM_UP:] for _ in range(2))
    indexing = timed([partial(index, Entry.objects.get(pk=entry.pk)) for entry in entries])[WARM_UP:]
    return [
        "",
        f"autocomplete: {spread(suggesting)} ms (p50 / p95)",
        f"publish an edited entry: {spread(editing)} ms; one confirmed as it was: {spread(confirming)} ms",
        f"index alone, of one as it was: {spread(indexing)} ms",
    ]


def with_another_sentence(entry: Entry) -> dict:
    """The document of an entry whose author tells one thing more."""
    document = deepcopy(entry.document)
    biography = document["fields"]["biography"]
    language = biography["source"]
    biography[language] += f" {topics()['women_coops'][language].texts[0].said_by('f')}"
    return document


@transaction.atomic
def publish(entry: Entry, document: dict) -> None:
    publication.publish(publication.lock(entry.pk), document, by=None, action=EntryVersion.Action.FREE_CHANGE)


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
