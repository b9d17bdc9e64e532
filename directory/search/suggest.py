"""Completing what somebody types: names in either script, themes, places, organisations. Only what everybody may see."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.utils.translation import override

from directory.kinds import Kind, kinds
from directory.search.concepts import Concept, concepts
from text.fold import fold
from text.namekey import unit_keys
from text.nameparts import split_units

SHORTEST, LONGEST = 2, 60
MOST_OF_A_GROUP = 5
LOOKED_AT = 40
MOST_WORDS = 8
LATIN, ARABIC = 3, 4  # places of the names in a row of BY_KEY
LAST_CHARACTER = "\U0010ffff"
SOUND = "~"  # begins a key that holds the consonants of a name, for the other script

# Of each kind the best of the first keys in range; each kind is a walk of its own along the index.
BY_KEY = """
    SELECT kind.number, entry.id, entry.slug, card.latin, card.arabic
    FROM unnest(%(kinds)s) AS kind(number), LATERAL (
        SELECT entry_id, quality FROM (
            SELECT DISTINCT entry_id FROM (
                SELECT entry_id FROM directory_searchsuggestion suggestion
                WHERE suggestion.kind = kind.number AND key >= %(from)s AND key < %(to)s ORDER BY key LIMIT %(looked_at)s
            ) first
        ) near JOIN directory_searchdocument document USING (entry_id)
        ORDER BY quality DESC, entry_id LIMIT %(most)s
    ) best
    JOIN directory_searchcard card USING (entry_id)
    JOIN directory_entry entry ON entry.id = best.entry_id
    ORDER BY kind.number, best.quality DESC, best.entry_id
"""


@dataclass(frozen=True)
class Suggestion:
    group: str
    text: str
    language: str
    url: str


def suggestions(text: str, language: str) -> list[Suggestion]:
    """At most five of each group: the kinds, themes, places."""
    typed = " ".join(fold(text[:LONGEST]).split())
    if len(typed) < SHORTEST:
        return []
    return [*_entries(typed, text, language), *_concepts(typed, language)]


def beginnings(name: str) -> set[str]:
    """The keys of a name: from each of its words on, with the words before behind, and likewise in consonants.

    Whoever types a family name first is helped too, and so is whoever types it in the other script.
    """
    words, heard = fold(name).split()[:MOST_WORDS], sounds(name).split()[:MOST_WORDS]
    return {
        prefix + " ".join([*parts[start:], *parts[:start]])[: LONGEST - 1]
        for prefix, parts in (("", words), (SOUND, heard))
        for start in range(len(parts))
    }


def _entries(typed: str, text: str, language: str) -> Iterator[Suggestion]:
    """Names that begin so; of kinds without any, those that sound so and are written in the other script only."""
    by_number = {kind.number: kind for kind in kinds().values()}
    rows = _starting_with(typed, list(by_number.values()))
    missing = [kind for number, kind in by_number.items() if number not in {row[0] for row in rows}]
    if missing and (sound := sounds(text)):
        own = ARABIC if split_units(text)[0].is_arabic else LATIN
        rows += [row for row in _starting_with(SOUND + sound, missing) if not row[own]]
    for number, _entry, slug, latin, arabic in sorted(rows, key=lambda row: row[0]):
        kind = by_number[number]
        is_arabic = bool(arabic) and (language == "ar" or not latin)
        # The language of a Latin name is nobody's to guess: on an Arabic page it only must not be read as Arabic.
        written_in = "ar" if is_arabic else "fr" if language == "ar" else language
        yield Suggestion(kind.kind, arabic if is_arabic else latin, written_in, entry_url(kind, slug, language))


def entries_named(text: str, kind: Kind, most: int) -> list[int]:
    """The entries of a kind whose name, or a word of it, begins so."""
    typed = " ".join(fold(text[:LONGEST]).split())
    return [row[1] for row in _starting_with(typed, [kind], most)] if len(typed) >= SHORTEST else []


def _starting_with(key: str, kinds: Sequence[Kind], most: int = MOST_OF_A_GROUP) -> list[tuple]:
    bounds = {"from": key, "to": key + LAST_CHARACTER}
    limits = {"looked_at": LOOKED_AT, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(BY_KEY, {"kinds": [kind.number for kind in kinds], **bounds, **limits})
        return cursor.fetchall()


def entry_url(kind: Kind, slug: str, language: str) -> str:
    with override(language):
        return kind.page_url(slug)


def sounds(name: str) -> str:
    """The consonants of a name, in which both scripts are alike; "" where there are too few to tell names apart."""
    keys = [unit_keys(unit)[0] for unit in split_units(name)]
    joined = " ".join(key for key in keys if key != "-")
    return joined if len(joined) >= SHORTEST else ""


def _concepts(typed: str, language: str) -> Iterator[Suggestion]:
    keys, found = _names(concepts().revision)
    shown: dict[str, list[str]] = {"theme": [], "place": []}
    for place in range(bisect_left(keys, typed), len(keys)):
        if not keys[place].startswith(typed):
            break
        concept = Concept.parse(found[place])
        group = "place" if concept.is_place else "theme"
        label = concept.label(language)
        if label not in shown[group] and len(shown[group]) < MOST_OF_A_GROUP:
            shown[group].append(label)
    for group, labels in shown.items():
        yield from (Suggestion(group, label, language, "") for label in labels)


@lru_cache(maxsize=1)
def _names(revision: str) -> tuple[list[str], list[str]]:
    """All names of concepts from each of their words on, sorted, and the concept of each."""
    pairs = sorted(
        (" ".join(words[start:]), concept)
        for concept, names in concepts().names.items()
        for of_language in names.values()
        for name in of_language
        for words in [fold(name).split()]
        for start in range(len(words))
    )
    return [key for key, _concept in pairs], [concept for _key, concept in pairs]
