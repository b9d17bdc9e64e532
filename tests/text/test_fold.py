import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.fold import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("مُسْتَدَامَة", "مستدامه"),
        ("الـــتنمية", "التنميه"),
        ("أإآٱا", "ااااا"),
        ("على", "علي"),
        ("شئون", fold("شؤون")),
        ("مسئولية", fold("مسؤولية")),
        ("ڭلميم", "كلميم"),
        ("گلميم", "كلميم"),
        ("ڨفصة", fold("قفصة")),
        ("ڤيديو", "فيديو"),
        ("پاریس", "باريس"),
        ("چاد", "جاد"),
        ("٢٠٢٣ ۱۴", "2023 14"),
        ("ﻻ", "لا"),
        ("\u202bاقتصاد\u200f\u202c", "اقتصاد"),
        ("ÉCONOMIE", "economie"),
        ("e\u0301conomie", "economie"),
        ("Œuvre æquo", "oeuvre aequo"),
        ("Straße", "strasse"),
        ("Łódź Đorđe Ørsted", "lodz dorde orsted"),
        ("İzmir ılık", "izmir ilik"),
        ("l’eau", "l'eau"),
        ("ＡＢＣ", "abc"),
    ],
)
def test_what_readers_take_as_one_letter_becomes_one(written, folded):
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text("أإآةىئؤيوكéèçœàüñ اب"))
def test_composed_and_decomposed_text_fold_alike(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
