"""Following the vocabulary: after a change, only the entries that its concepts touch are read again."""

from collections.abc import Iterator, Sequence

from django.db import connection, transaction

from directory.models import ConceptPrint
from directory.search import writing
from directory.search.concepts import concepts
from directory.search.lexemes import concept_lexeme, quoted
from directory.search.question import any_of, token_lexemes
from text.analyser import analyse_query

CONCEPTS_AT_ONCE = 40


def mark_touched() -> int:
    """Ask for the entries to be read again that the changes of the vocabulary touch; returns how many.

    Touched is who mentioned a changed concept, and whoever holds all words of one of its names.
    """
    now = concepts().fingerprints
    before = dict(ConceptPrint.objects.values_list("concept", "fingerprint"))
    changed = sorted(concept for concept in now.keys() | before.keys() if now.get(concept) != before.get(concept))
    if not changed:
        return 0
    with transaction.atomic():
        marked = writing.mark(_touched_by(changed))
        ConceptPrint.objects.filter(concept__in=changed).delete()
        ConceptPrint.objects.bulk_create(
            ConceptPrint(concept=concept, fingerprint=now[concept]) for concept in changed if concept in now
        )
    return marked


def _touched_by(changed: Sequence[str]) -> set[int]:
    entries: set[int] = set()
    for start in range(0, len(changed), CONCEPTS_AT_ONCE):
        some = changed[start : start + CONCEPTS_AT_ONCE]
        condition = " | ".join(condition for concept in some for condition in _conditions(concept))
        with connection.cursor() as cursor:
            cursor.execute("SELECT entry_id FROM directory_searchdocument WHERE lexemes @@ %s::tsquery", [condition])
            entries.update(entry for (entry,) in cursor)
    return entries


def _conditions(concept: str) -> Iterator[str]:
    yield quoted(concept_lexeme(concept))
    for names in concepts().names.get(concept, {}).values():
        for name in names:
            if tokens := analyse_query(name):
                yield "(" + " & ".join(any_of(token_lexemes(token)) for token in tokens) + ")"
