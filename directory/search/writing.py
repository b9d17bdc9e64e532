"""Writing the index. `index` runs in the transaction of the publication, so that a page and its search columns are one."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from django.db import connection, transaction
from django.db.models import Q

from directory.kinds import schema_of
from directory.models import Entry, SearchCard, SearchDocument, SearchSuggestion, SearchWord
from directory.search import facets, revision, vectors
from directory.search.reading import Reading, read
from text.analyser import ANALYSER_VERSION
from text.spelling import deletions

BATCH = 100
MOST_REMEMBERED = 100_000
TO_READ_AGAIN = 0

# All that is stored of some entries, in one statement: a publication waits for one answer instead of seven. What stands there
# already is left alone, for lexemes and names are costly to index and seldom change. It answers with the words never met before;
# they are added apart, so that nothing is locked for those known, and nearly all are.
ROW = {
    "entry_id": "bigint",
    "kind": "smallint",
    "first_published_at": "timestamptz",
    "confirmed_at": "timestamptz",
    "quality": "smallint",
    "strip": "bytea",
    "lexemes": "text",
    "latin": "text",
    "arabic": "text",
    "sort_latin": "text",
    "sort_ar": "text",
}
STORE = f"""
    WITH entries AS MATERIALIZED (
        SELECT * FROM unnest({", ".join(f"%s::{type}[]" for type in ROW.values())}) AS entry({", ".join(ROW)})
    ), documents AS (
        INSERT INTO directory_searchdocument AS stored
            (entry_id, kind, first_published_at, confirmed_at, quality, strip, lexemes)
        SELECT entry_id, kind, first_published_at, confirmed_at, quality, strip, lexemes::tsvector FROM entries
        ON CONFLICT (entry_id) DO UPDATE SET
            (kind, first_published_at, confirmed_at, quality, strip, lexemes) = (
                excluded.kind, excluded.first_published_at, excluded.confirmed_at, excluded.quality, excluded.strip,
                CASE WHEN stored.lexemes = excluded.lexemes THEN stored.lexemes ELSE excluded.lexemes END
            )
    ), cards AS (
        INSERT INTO directory_searchcard (entry_id, kind, latin, arabic, sort_latin, sort_ar, analyser)
        SELECT entry_id, kind, latin, arabic, sort_latin, sort_ar, {ANALYSER_VERSION} FROM entries
        ON CONFLICT (entry_id) DO UPDATE SET
            (kind, latin, arabic, sort_latin, sort_ar, analyser) = (
                excluded.kind, excluded.latin, excluded.arabic, excluded.sort_latin, excluded.sort_ar, excluded.analyser
            )
    ), keys AS MATERIALIZED (
        SELECT * FROM unnest(%s::bigint[], %s::smallint[], %s::text[]) AS name(entry_id, kind, key)
    ), present AS MATERIALIZED (
        SELECT id, entry_id, kind, key FROM directory_searchsuggestion WHERE entry_id IN (SELECT entry_id FROM entries)
    ), gone AS (
        DELETE FROM directory_searchsuggestion WHERE id IN (
            SELECT id FROM present WHERE (entry_id, kind, key) NOT IN (SELECT entry_id, kind, key FROM keys)
        )
    ), added AS (
        INSERT INTO directory_searchsuggestion (entry_id, kind, key)
        SELECT entry_id, kind, key FROM keys WHERE (entry_id, kind, key) NOT IN (SELECT entry_id, kind, key FROM present)
    )
    SELECT word FROM unnest(%s::text[]) AS words(word)
    WHERE NOT EXISTS (SELECT FROM directory_searchword known WHERE known.word = words.word)
"""

_stored_words: set[str] = set()
revision.when_forgotten(_stored_words.clear)


def index(entry: Entry) -> None:
    """Write what the index holds of an entry, or take it out when it is hidden."""
    if entry.is_published:
        _write([(entry, read(entry))])
        revision.changed()
    else:
        unindex(entry)


def unindex(entry: Entry) -> None:
    for table in (SearchSuggestion, SearchCard, SearchDocument):
        table.objects.filter(entry=entry).delete()
    vectors.forget_changed([entry])
    revision.changed()


def forget_all() -> None:
    """Ask for every entry to be read again by `bring_up_to_date`; meanwhile the index goes on answering."""
    SearchCard.objects.exclude(analyser=TO_READ_AGAIN).update(analyser=TO_READ_AGAIN)


def mark(entry_ids: Iterable[int]) -> int:
    """Ask for these entries to be read again; returns how many there are."""
    return SearchCard.objects.filter(entry__in=entry_ids).update(analyser=TO_READ_AGAIN)


def waiting() -> int:
    return _unread().count()


def bring_up_to_date(progress: Callable[[int], None] = lambda done: None) -> int:
    """Index every entry that the index lacks, or that was read by another analyser; returns how many.

    In batches under the lock that publication takes: what was interrupted goes on where it stopped, and nothing written
    meanwhile is lost.
    """
    done = last = 0
    _drop_hidden()
    while batch := _next_batch(after=last):
        last = batch[-1]
        with transaction.atomic():
            entries = Entry.objects.published().select_for_update().filter(pk__in=batch).order_by("pk")
            _write([(entry, read(entry)) for entry in entries])
            revision.changed()
        done += len(batch)
        progress(done)
    return done


def rebuild() -> int:
    """Read every published entry again; returns how many."""
    forget_all()
    return bring_up_to_date()


def _unread():
    return Entry.objects.published().filter(Q(search_card=None) | Q(search=None) | ~Q(search_card__analyser=ANALYSER_VERSION))


def _next_batch(after: int) -> list[int]:
    return list(_unread().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH])


def _drop_hidden() -> None:
    hidden = Entry.objects.exclude(status=Entry.Status.PUBLISHED).filter(search_card__isnull=False)
    for entry in hidden.iterator():
        unindex(entry)


def _write(read_entries: Sequence[tuple[Entry, Reading]]) -> None:
    codes = facets.codes_for({value for _entry, reading in read_entries for value in reading.facet_values})
    rows = [_row(entry, reading, codes) for entry, reading in read_entries]
    keys = [
        (entry.pk, schema_of(entry.kind).number, key) for entry, reading in read_entries for key in sorted(reading.suggestions)
    ]
    words = {word for _entry, reading in read_entries for word in reading.words}
    with connection.cursor() as cursor:
        cursor.execute(STORE, [*_columns(rows, len(ROW)), *_columns(keys, 3), sorted(words - _stored_words)])
        new = [word for (word,) in cursor]
    SearchWord.objects.bulk_create(
        (SearchWord(word=word, shortened=sorted(deletions(word))) for word in new), ignore_conflicts=True
    )
    vectors.forget_changed([entry for entry, _reading in read_entries])
    transaction.on_commit(partial(_remember, words), robust=True)


def _remember(words: set[str]) -> None:
    """They are stored: this process need not ask for them again."""
    if len(_stored_words) > MOST_REMEMBERED:
        _stored_words.clear()
    _stored_words.update(words)


def _row(entry: Entry, reading: Reading, codes: dict[tuple[str, str], int]) -> tuple:
    return (
        entry.pk,
        schema_of(entry.kind).number,
        entry.first_published_at,
        entry.confirmed_at,
        reading.quality,
        facets.strip(codes[value] for value in reading.facet_values),
        reading.lexemes.tsvector(),
        reading.latin,
        reading.arabic,
        reading.sort_latin,
        reading.sort_ar,
    )


def _columns(rows: Sequence[tuple], width: int) -> list[list]:
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]
