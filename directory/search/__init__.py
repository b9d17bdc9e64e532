"""Finding published entries. The rest of the portal knows only the names below; docs/search.md says how it works.

reading     a public page -> lexemes, facet values, names     writing   writes them, in the transaction of the publication
                                                              forgetting   takes an entry out for good
conditions  what a question says of days and languages
question    typed words -> units                   interpretation  units -> the reading that somebody answers
names, spelling, counting                                     query     results, counts and order of a reading
reasons     why an entry answers
facets      values as small numbers, exact counts             suggest   names and themes while somebody types
passages    what a stranger reads of an entry, in pieces      vectors  their meanings, stored      meaning  who comes close in it
proposals   the themes that a text tells of
concepts    the vocabulary by all its names                   signs     what tells of a theme without naming it
insight     what was searched, without persons
"""

from dataclasses import dataclass
from typing import Any

import numpy

from directory.kinds import schema_of
from directory.models import Entry
from directory.search import meaning, passages, revision, vectors
from directory.search.concepts import Concept
from directory.search.concepts import warm_up as read_vocabulary
from directory.search.conditions import Read, read_conditions
from directory.search.facets import Counts
from directory.search.forgetting import forget
from directory.search.interpretation import Tier
from directory.search.proposals import ProposedTheme, proposed_themes
from directory.search.query import CONFIRMED, MOST_RESULTS, NAME, NEWEST, RELEVANCE, Answer, Query
from directory.search.reasons import Reason, reasons
from directory.search.suggest import entries_named
from directory.search.writing import index, rebuild, unindex
from directory.visibility import ANONYMOUS, visible_to
from text.encoder import encoder
from text.highlight import Segment

__all__ = [
    "CONFIRMED",
    "MOST_RESULTS",
    "NAME",
    "NEWEST",
    "RELEVANCE",
    "Answer",
    "Counts",
    "Hit",
    "ProposedTheme",
    "Query",
    "Read",
    "Reason",
    "Results",
    "Tier",
    "close_hits",
    "concept_label",
    "forget",
    "hits",
    "index",
    "named",
    "proposed_themes",
    "read_conditions",
    "reasons",
    "rebuild",
    "search",
    "similar_hits",
    "unindex",
    "warm_up",
]


@dataclass(frozen=True)
class Hit:
    """An entry that answers, what everybody may read of it, and why it answers."""

    entry: Entry
    fields: dict[str, Any]
    reasons: list[Reason]


@dataclass(frozen=True)
class Results:
    """A page of answers, all at once: for the API, measurements and whoever needs no more."""

    count: int
    hits: list[Hit]
    counts: Counts
    tier: Tier
    corrected: str


def search(query: Query) -> Results:
    answer = Answer(query)
    return Results(answer.count, hits(answer, query.offset, query.limit), answer.counts, answer.match.tier, answer.match.text)


def hits(answer: Answer, offset: int, limit: int) -> list[Hit]:
    """The entries of a page with what makes them answers."""
    ids = answer.ids(offset, min(limit, MOST_RESULTS))
    entries = Entry.objects.published().in_bulk(ids)
    return [_hit(entries[entry], answer) for entry in ids if entry in entries]


def _hit(entry: Entry, answer: Answer) -> Hit:
    fields = visible_to(entry, ANONYMOUS)
    return Hit(entry, fields, reasons(entry, fields, answer.match, answer.query.language))


def close_hits(answer: Answer) -> list[Hit]:
    """Who comes close in meaning without answering, each with the sentence that is nearest to the question."""
    return _near_hits(answer.close, answer.vector[None]) if answer.close else []


def similar_hits(entry: Entry) -> list[Hit]:
    """The entries of the same kind that are most alike, each with its sentence that is nearest to what this entry says."""
    if not vectors.is_ready(revision.current()):
        return []
    near = meaning.alike(entry)
    return _near_hits(near, meaning.vectors_of(entry)) if near else []


def _near_hits(near: list[meaning.Near], said: numpy.ndarray) -> list[Hit]:
    entries = Entry.objects.published().in_bulk([one.entry for one in near])
    told = meaning.nearest_sentences(said, entries.values())
    found = [(entries[one.entry], told[one.entry]) for one in near if one.entry in told]
    return [Hit(entry, visible_to(entry, ANONYMOUS), [_said(*sentence)]) for entry, sentence in found]


def _said(sentence: passages.Sentence, language: str) -> Reason:
    return Reason("meaning", sentence.item, (Segment(sentence.text, False),), language)


def concept_label(concept: str, language: str) -> str:
    return Concept.parse(concept).label(language)


def named(kind: str, text: str, limit: int = 20) -> list[Entry]:
    """The published entries of a kind that may be meant, those whose name begins so first: for choosing one."""
    ids = dict.fromkeys([*entries_named(text, schema_of(kind), limit), *Answer(Query(text=text, kind=kind)).ids(0, limit)])
    entries = Entry.objects.published().in_bulk(list(ids)[:limit])
    return [entries[entry] for entry in ids if entry in entries]


def warm_up() -> None:
    """Before the workers are forked, so that they share it: all names and meanings, and the encoder."""
    read_vocabulary()
    encoder()
