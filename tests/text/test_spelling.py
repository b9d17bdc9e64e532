import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.spelling import SpellingIndex, deletions, one_edit_apart

ALPHABETS = st.sampled_from(["abcdefghijklmnopqrstuvwxyz", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"])


@st.composite
def word_and_slip(draw):
    alphabet = draw(ALPHABETS)
    word = draw(st.text(alphabet, min_size=5, max_size=14))
    place = draw(st.integers(0, len(word) - 2))
    letter = draw(st.sampled_from(alphabet))
    slip = draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place:],
                word[:place] + letter + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            ]
        )
    )
    return word, slip


@given(word_and_slip())
def test_every_single_slip_is_corrected(pair):
    word, slip = pair
    index = SpellingIndex([(word, 1)])
    if slip != word:
        assert [correction.word for correction in index.corrections(slip)] == [word]
    assert not deletions(word).isdisjoint(deletions(slip))


@given(st.text("ab", max_size=6), st.text("ab", max_size=6))
def test_one_edit_is_symmetrical(first, second):
    assert one_edit_apart(first, second) == one_edit_apart(second, first)


def test_two_edits_are_too_many():
    assert SpellingIndex([("economie", 1)]).corrections("ecnomei") == []


def test_the_frequent_word_comes_first():
    index = SpellingIndex([("تعاون", 3), ("تعاونت", 9), ("economie", 1)])
    assert [correction.word for correction in index.corrections("تعاوني")] == ["تعاونت", "تعاون"]


@pytest.mark.parametrize("word", ["", "eau", "x" * 200])
def test_very_short_and_very_long_words_are_left_alone(word):
    assert SpellingIndex([("eaux", 1)]).corrections(word) == []


def test_accents_do_not_count_as_slips():
    assert "Économie" in SpellingIndex([("economie", 1)])
