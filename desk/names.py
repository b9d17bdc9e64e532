"""Finding rows by name as the public search does: without accents, in either script, with or without the Arabic article."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.db import models

from core.languages import LANGUAGES
from text.analyser import Token, analyse
from text.fold import fold
from text.namekey import index_keys, query_keys
from text.namerank import coverage

# What must be heard of a name that is spelt otherwise (directory/search/names.py): fewer are only near.
HEARD = 0.84
# Names are read once in a process; a network has thousands.
REMEMBERED = 1 << 16
SCRIPTS = ("latin", "arabic")


def named(rows: models.QuerySet, names: Iterable[str], typed: str) -> list[int]:
    """The keys of the rows that have a name that is meant by `typed`.

    Each of `names` is a column, or several that make one name with a space between them; one may hold the names of a document.
    """
    asked = fold(typed).strip()
    if not asked:
        return []
    words, keys, parts = analyse(typed), query_keys(typed), [name.split() for name in names]
    columns = dict.fromkeys(column for part in parts for column in part)
    found = []
    for row in rows.order_by().values("pk", *columns):
        values = (row[part[0]] if len(part) == 1 else " ".join(filter(None, map(row.get, part))) for part in parts)
        if any(asked in fold(name) or _holds_words(words, name) or _is_heard(keys, typed, name) for name in _names(values)):
            found.append(row["pk"])
    return found


def _names(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, dict):
            yield from (value[part] for part in (*SCRIPTS, *LANGUAGES) if value.get(part))
        elif value:
            yield str(value)


def _holds_words(asked: list[Token], name: str) -> bool:
    """Whether each word that was typed stands in the name, as it is or inflected."""
    if not asked:
        return False
    words, lexemes = _words(name)
    return all(
        not lexemes.isdisjoint(token.lexemes) or any(word.startswith(token.word) for word in words if token.word)
        for token in asked
    )


def _is_heard(asked: list[frozenset[str]], typed: str, name: str) -> bool:
    keys = _keys(name)
    return bool(asked) and all(not keys.isdisjoint(unit) for unit in asked) and coverage(typed, name) >= HEARD


@lru_cache(maxsize=REMEMBERED)
def _words(name: str) -> tuple[frozenset[str], frozenset[str]]:
    tokens = analyse(name)
    return frozenset(token.word for token in tokens), frozenset(lexeme for token in tokens for lexeme in token.lexemes)


@lru_cache(maxsize=REMEMBERED)
def _keys(name: str) -> frozenset[str]:
    return index_keys(name)
