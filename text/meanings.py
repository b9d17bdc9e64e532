"""Words that mean the same in Arabic, French and English, whatever the words: ordures, garbage, أزبال.

Themes say what a text is about; meanings only carry single words across languages and synonyms, so that a question finds a text
that says the same otherwise. data/meanings.csv has a row for each: `id,theme,ar,fr,en`, words and short expressions separated by
`|`. Where most of the row names a theme, `theme` has its code: whoever asks for the meaning asks for the theme. The file was
written for this network (CC0 1.0). Whoever changes it raises ANALYSER_VERSION, and every entry is read again.
"""

import csv
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

from core.languages import LANGUAGES
from text.concepts import ConceptIndex, Wording, is_abbreviation

FILE = Path(__file__).parent / "data" / "meanings.csv"


def rows() -> Iterator[tuple[str, dict[str, list[str]]]]:
    """(id, {language: words}) of the file."""
    for line in _lines():
        yield line["id"], {language: line[language].split("|") for language in LANGUAGES}


def _lines() -> Iterator[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def themes(codes: Iterable[str]) -> dict[str, str]:
    """{meaning: code of the theme that it is} of those that are one."""
    return {code: _themes()[code] for code in codes if code in _themes()}


@cache
def _themes() -> dict[str, str]:
    return {line["id"]: line["theme"] for line in _lines() if line["theme"]}


@cache
def meanings() -> ConceptIndex:
    """Recognises meanings in texts and questions. Their words are met by stem: restaurer is restauration."""
    return ConceptIndex(
        (
            Wording(code, language, word, is_abbreviation(word))
            for code, words in rows()
            for language in LANGUAGES
            for word in words[language]
        ),
        single_stems=True,
    )


def narrowest(codes: Collection[str]) -> tuple[str, ...]:
    """Of the meanings of one expression those that say no less: a participatory budget is not any budget."""
    length = _shortest_names()
    longest = max(map(length.__getitem__, codes), default=0)
    return tuple(code for code in codes if length[code] == longest)


@cache
def _shortest_names() -> dict[str, int]:
    """{id: words of its shortest name}"""
    return {code: min(len(word.split()) for of_language in cells.values() for word in of_language) for code, cells in rows()}


@cache
def words() -> frozenset[str]:
    """Everything listed, for corrections."""
    return frozenset(word for _code, cells in rows() for of_language in cells.values() for word in of_language)
