import csv
from pathlib import Path

import pytest

from text.latin_spelling import latin_spelling
from text.namerank import similarity

NAMES = Path(__file__).resolve().parents[2] / "demo" / "data" / "names.csv"


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("محمد الفاسي", "Mohamed El Fassi"),
        ("مُحمّد الفاسي", "Mohamed El Fassi"),
        ("عبد الرحمان بنعلي", "Abdelrahman Benali"),
        ("عبد الحق الناصري", "Abdelhak Naciri"),
        ("Salma الإدريسي", "Salma El Idrissi"),
        ("", ""),
    ],
)
def test_a_name_is_spelled_as_registers_do(arabic, latin):
    assert latin_spelling(arabic) == latin


def test_most_names_sound_like_what_their_bearers_write():
    with NAMES.open(encoding="utf-8") as file:
        pairs = [(row["arabic"], row["latin"]) for row in csv.DictReader(file) if row["group"] == "maghreb"]
    close = [similarity(latin_spelling(arabic), latin) > 0.85 for arabic, latin in pairs]
    assert sum(close) / len(close) > 0.95


@pytest.mark.parametrize("word", ["گنون", "ڤيكيك", "ء", "وو", "يي", "٣"])
def test_any_letter_is_answered_with_latin_ones_or_nothing(word):
    assert latin_spelling(word) == word or latin_spelling(word).isascii()
