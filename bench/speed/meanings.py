"""Vectors for the directory of the bench: one a person, that of the first passage with some noise: no two are the same."""

import time
from collections.abc import Callable, Iterator

import numpy
from django.db import connection

from bench.speed.filling import NUMBER, SEED, copy
from directory.models import Entry
from directory.search import vectors
from directory.search.passages import passages
from text.encoder import encoder, unit

NOISE = 0.02  # of each of the 512 numbers, whose mean size is 0.044
AT_ONCE = 5000
COLUMNS = "entry_id, place, kind, digest, encoder, vector, sentences"


def fill_vectors(say: Callable[[str], None]) -> bool:
    """Whether there are any: the server may have no extension, this machine no encoder."""
    if missing := vectors.make():
        say(f"no search by meaning: {missing}")
        return False
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = 0; SET synchronous_commit = off; DROP INDEX {vectors.TABLE}_near")
    dice, known = numpy.random.default_rng(SEED), {}
    last = 0
    while entries := list(Entry.objects.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        last = entries[-1].pk
        copy(vectors.TABLE, COLUMNS, _rows(entries, known, dice))
    say(f"vectors copied in {time.perf_counter() - started:.0f} s")
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute(f"CREATE INDEX {vectors.TABLE}_near ON {vectors.TABLE} USING hnsw (vector halfvec_ip_ops)")
        cursor.execute(f"INSERT INTO {vectors.TABLE}_read SELECT id, version FROM directory_entry")  # noqa: S608 a constant
        cursor.execute(f"VACUUM ANALYZE {vectors.TABLE}")
        cursor.execute(
            f"SELECT pg_size_pretty(pg_relation_size('{vectors.TABLE}_near')), pg_size_pretty(pg_table_size('{vectors.TABLE}'))"
        )
        index, table = cursor.fetchone()
    say(f"HNSW index built in {time.perf_counter() - started:.0f} s: {index}; the table {table}")
    connection.close()  # with the settings for filling
    return True


def _rows(entries: list[Entry], known: dict, dice: numpy.random.Generator) -> Iterator[tuple]:
    for entry in entries:
        said = str(entry.document["fields"]["biography"])
        if said not in known:
            first = passages(entry)[0]
            [(vector, sentences)] = vectors.encoded([first], encoder())
            known[said] = first.digest, vector, vectors.packed(sentences).hex()
        digest, vector, sentences = known[said]
        near = unit(vector + dice.normal(0, NOISE, vector.shape))
        yield entry.pk, 0, NUMBER, digest, encoder().version, vectors.literal(near), rf"\x{sentences}"
