"""The list of meanings is well-formed, and carries words across the three languages."""

import csv

import pytest

from core.languages import LANGUAGES
from text.analyser import analyse
from text.concepts import is_abbreviation
from text.meanings import FILE, meanings, rows


def codes(text: str, language: str | None = None) -> set[str]:
    return {code for match in meanings().find_all(analyse(text, language), language) for code in match.codes}


def test_every_row_has_words_in_each_language_and_a_name_of_its_own():
    found = list(rows())
    assert len(found) > 2000
    assert len({code for code, _words in found}) == len(found)
    assert [
        code for code, words in found if not all(word.strip() == word != "" for cell in words.values() for word in cell)
    ] == []


def test_the_file_is_sorted_and_has_its_columns():
    with FILE.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        assert next(reader) == ["id", "theme", *LANGUAGES]
        names = [row[0] for row in reader]
    assert names == sorted(names)


@pytest.mark.parametrize("code", [code for code, _words in rows()][::97])
def test_each_word_of_a_row_means_it(code):
    words = dict(rows())[code]
    missed = [word for language in LANGUAGES for word in words[language] if code not in codes(word, language)]
    assert missed == []


def test_an_abbreviation_is_met_in_its_own_case_only():
    abbreviations = [
        (code, word) for code, cells in rows() for words in cells.values() for word in words if is_abbreviation(word)
    ]
    assert len(abbreviations) > 100
    assert [word for code, word in abbreviations if code not in codes(f"un {word} local")] == []
    assert [word for code, word in abbreviations if code in codes(word.lower())] == []
