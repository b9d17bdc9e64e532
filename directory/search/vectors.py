"""The vectors of what a stranger reads, beside the lexemes: one for each passage of an entry.

They need the extension `vector`, which not every server has and not every role may create: the table is made by
`rebuild_search --vectors` and by no migration, backups leave it out, and whoever finds it absent searches without it. A
publication takes out what no longer reads the same; what is missing is written by `bring_up_to_date`, within a minute.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy
from django.db import DatabaseError, connection, transaction

from directory.kinds import schema_of
from directory.models import Entry
from directory.search import revision
from directory.search.passages import Passage, passages
from text.encoder import Encoder, encoder

TABLE = "directory_searchvector"
TABLES = (TABLE, f"{TABLE}_read")
BATCH = 100
# Sentences are kept as whole numbers, a byte each: they only choose which one to show.
SCALE = 400

MAKE = f"""
    CREATE TABLE {TABLE} (
        entry_id bigint NOT NULL REFERENCES directory_entry ON DELETE CASCADE,
        place smallint NOT NULL,
        kind smallint NOT NULL,
        digest text NOT NULL,
        encoder text NOT NULL CONSTRAINT one_encoder CHECK (encoder = %s),
        vector halfvec({{size}}) NOT NULL,
        sentences bytea NOT NULL,
        PRIMARY KEY (entry_id, place)
    );
    ALTER TABLE {TABLE} ALTER COLUMN sentences SET STORAGE EXTERNAL;
    CREATE TABLE {TABLE}_read (
        entry_id bigint PRIMARY KEY REFERENCES directory_entry ON DELETE CASCADE,
        version integer NOT NULL
    );
    CREATE INDEX {TABLE}_near ON {TABLE} USING hnsw (vector halfvec_ip_ops);
"""

_ready: revision.Kept[bool] = revision.Kept()


def is_ready(at: int) -> bool:
    """Whether entries can be compared by meaning: an encoder here, and its vectors in the database. `at`: the revision."""
    known = encoder()
    return known is not None and _ready.get("ready", lambda: made_by() == known.version, at)


def made_by() -> str | None:
    """The encoder for whose vectors the table was made; None where there is no table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT substring(pg_get_constraintdef(oid) FROM '''(.*)''') FROM pg_constraint"
            " WHERE conname = 'one_encoder' AND conrelid = to_regclass(%s)",
            [TABLE],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def can_write() -> bool:
    """Whether this process can encode, and the table is for what it encodes."""
    known = encoder() if made_by() else None
    return known is not None and made_by() == known.version


def make() -> str:
    """Make the table for the encoder that is installed, empty, unless it is there; returns why not, or ""."""
    known = encoder()
    if known is None:
        return "no encoder is installed"
    if made_by() == known.version:
        return ""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS vector")
            cursor.execute(f"DROP TABLE IF EXISTS {', '.join(TABLES)}")
            cursor.execute(MAKE.format(size=known.size), [known.version])
    except DatabaseError as error:
        return f"this server has no extension vector, or this role may not create it ({str(error).splitlines()[0]})"
    revision.changed()
    return ""


def forget_changed(entries: Sequence[Entry]) -> None:
    """Take out the vectors of what an entry no longer says in public: in the transaction that publishes or hides it."""
    if made_by() is None:
        return
    with connection.cursor() as cursor:
        for entry in entries:
            digests = [passage.digest for passage in passages(entry)]
            cursor.execute(f"DELETE FROM {TABLE} WHERE entry_id = %s AND digest <> ALL(%s)", [entry.pk, digests])


def forget_all() -> None:
    """Ask for every entry to be looked at again; what reads the same keeps its vector."""
    if made_by() is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}_read")


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({_UNREAD}) unread", [0])
        return cursor.fetchone()[0]


def bring_up_to_date(progress: Callable[[int], None] = lambda done: None) -> int:
    """Encode what was published since, where `can_write`; returns how many entries. Interrupted, the next run continues."""
    known = encoder()
    done = last = 0
    while batch := _next_batch(after=last):
        last = batch[-1]
        with transaction.atomic():
            _write(list(Entry.objects.published().select_for_update().filter(pk__in=batch).order_by("pk")), known)
        done += len(batch)
        progress(done)
    return done


_UNREAD = f"""
    SELECT id FROM directory_entry LEFT JOIN {TABLE}_read ON entry_id = id
    WHERE status = 'published' AND {TABLE}_read.version IS DISTINCT FROM directory_entry.version AND id > %s
"""


def _next_batch(after: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_UNREAD} ORDER BY id LIMIT {BATCH}", [after])
        return [entry for (entry,) in cursor]


def _write(entries: Sequence[Entry], known: Encoder) -> None:
    """Only passages that are new are encoded; the others keep their vector, and may get another place."""
    told = {entry.pk: passages(entry) for entry in entries}
    kept = _stored_digests(list(told))
    rows = [
        (entry, place, passage)
        for entry in entries
        for place, passage in enumerate(told[entry.pk])
        if (entry.pk, passage.digest) not in kept
    ]
    vectors = encoded([passage for _entry, _place, passage in rows], known)
    with connection.cursor() as cursor:
        _tidy(cursor, told)
        cursor.executemany(
            f"INSERT INTO {TABLE} (entry_id, place, kind, digest, encoder, vector, sentences)"
            " VALUES (%s, %s, %s, %s, %s, %s::halfvec, %s)",
            [
                (entry.pk, place, schema_of(entry.kind).number, passage.digest, known.version, literal(vector), packed(sentences))
                for (entry, place, passage), (vector, sentences) in zip(rows, vectors, strict=True)
            ],
        )
        cursor.execute(
            f"INSERT INTO {TABLE}_read (entry_id, version) SELECT * FROM unnest(%s::bigint[], %s::integer[])"
            " ON CONFLICT (entry_id) DO UPDATE SET version = excluded.version",
            [[entry.pk for entry in entries], [entry.version for entry in entries]],
        )


def _stored_digests(entries: list[int]) -> set[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT entry_id, digest FROM {TABLE} WHERE entry_id = ANY(%s)", [entries])
        return set(cursor.fetchall())


def _tidy(cursor, told: dict[int, list[Passage]]) -> None:
    """Take out what is no longer said, and move what stays to its place of today."""
    for entry, of_entry in told.items():
        digests = [passage.digest for passage in of_entry]
        cursor.execute(f"DELETE FROM {TABLE} WHERE entry_id = %s AND digest <> ALL(%s)", [entry, digests])
        cursor.execute(
            f"UPDATE {TABLE} SET place = -array_position(%(said)s::text[], digest)"
            " WHERE entry_id = %(entry)s AND place <> array_position(%(said)s::text[], digest) - 1",
            {"said": digests, "entry": entry},
        )
        cursor.execute(f"UPDATE {TABLE} SET place = -place - 1 WHERE entry_id = %s AND place < 0", [entry])


def encoded(of: Sequence[Passage], known: Encoder) -> Iterator[tuple[numpy.ndarray, numpy.ndarray]]:
    """(vector of the passage, vectors of its sentences) of each."""
    texts = [text for passage in of for text in (passage.text, *(sentence.text for sentence in passage.sentences))]
    languages = [passage.language for passage in of for _ in range(1 + len(passage.sentences))]
    if not texts:
        return
    vectors = known.encode(texts, languages)
    start = 0
    for passage in of:
        end = start + 1 + len(passage.sentences)
        yield vectors[start], vectors[start + 1 : end]
        start = end


def literal(vector: numpy.ndarray) -> str:
    return "[" + ",".join(f"{number:.5f}" for number in vector.tolist()) + "]"


def packed(vectors: numpy.ndarray) -> bytes:
    return numpy.clip(numpy.rint(vectors * SCALE), -127, 127).astype(numpy.int8).tobytes()


def unpacked(stored: bytes | memoryview, size: int) -> numpy.ndarray:
    return numpy.frombuffer(stored, numpy.int8).reshape(-1, size).astype(numpy.float32) / SCALE
