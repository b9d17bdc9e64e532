"""Writing the index. `index` runs in the transaction of the publication, so that a page and its search columns are one."""

from collections.abc import Callable, Iterable, Sequence

from django.db import connection, transaction
from django.db.models import Q

from core.text.analyser import ANALYSER_VERSION
from core.text.spelling import deletions
from directory.models import Entry, Kind, SearchCard, SearchDocument, SearchSuggestion, SearchWord
from directory.search import facets, revision
from directory.search.reading import Reading, read

BATCH = 100
TO_READ_AGAIN = 0


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
    SearchDocument.objects.bulk_create(
        [_document(entry, reading, codes) for entry, reading in read_entries],
        update_conflicts=True,
        unique_fields=["entry"],
        update_fields=["first_published_at", "confirmed_at", "kind", "quality", "strip", "lexemes"],
    )
    SearchCard.objects.bulk_create(
        [_card(entry, reading) for entry, reading in read_entries],
        update_conflicts=True,
        unique_fields=["entry"],
        update_fields=["kind", "latin", "arabic", "sort_latin", "sort_ar", "analyser"],
    )
    _write_suggestions(read_entries)
    _add_words(sorted({word for _entry, reading in read_entries for word in reading.words}))


def _write_suggestions(read_entries: Sequence[tuple[Entry, Reading]]) -> None:
    """Names seldom change: what stands there already is left alone."""
    wanted = {(entry.pk, Kind(entry.kind).number, key) for entry, reading in read_entries for key in reading.suggestions}
    stored = {
        (row.entry_id, row.kind, row.key): row.pk
        for row in SearchSuggestion.objects.filter(entry__in=[entry.pk for entry, _reading in read_entries])
    }
    if gone := [pk for key, pk in stored.items() if key not in wanted]:
        SearchSuggestion.objects.filter(pk__in=gone).delete()
    SearchSuggestion.objects.bulk_create(
        SearchSuggestion(entry_id=entry, kind=kind, key=key) for entry, kind, key in sorted(wanted - stored.keys())
    )


def _document(entry: Entry, reading: Reading, codes: dict[tuple[str, str], int]) -> SearchDocument:
    return SearchDocument(
        entry=entry,
        kind=Kind(entry.kind).number,
        quality=reading.quality,
        first_published_at=entry.first_published_at,
        confirmed_at=entry.confirmed_at,
        strip=facets.strip(codes[value] for value in reading.facet_values),
        lexemes=reading.lexemes.tsvector(),
    )


def _card(entry: Entry, reading: Reading) -> SearchCard:
    return SearchCard(
        entry=entry,
        kind=Kind(entry.kind).number,
        latin=reading.latin,
        arabic=reading.arabic,
        sort_latin=reading.sort_latin,
        sort_ar=reading.sort_ar,
        analyser=ANALYSER_VERSION,
    )


def _add_words(words: list[str]) -> None:
    """Remember new words; nothing is locked for those known already, which nearly all are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM unnest(%s::text[]) AS words(word) WHERE NOT EXISTS"
            " (SELECT FROM directory_searchword known WHERE known.word = words.word)",
            [words],
        )
        new = [word for (word,) in cursor]
    SearchWord.objects.bulk_create(
        (SearchWord(word=word, shortened=sorted(deletions(word))) for word in new), ignore_conflicts=True
    )
