"""Invisible characters: those of honest texts are cleaned, those that deceive are left to be refused."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from core.characters import cleaned, cleaned_identifier, deceptive
from core.fields import AddressField, NameField, OrcidField, PlainCharField, PlainTextField, PublicURLField

CLEANED = {
    "byte order mark": ("\ufeffBonjour", "Bonjour"),
    "zero-width space": ("eau\u200bpotable", "eaupotable"),
    "word joiner": ("a\u2060b", "ab"),
    "soft hyphen": ("tourbi\u00adères", "tourbières"),
    "embedding around an Arabic text": ("\u202bالماء\u202c", "الماء"),
    "isolates": ("\u2067الماء\u2069", "الماء"),
    "line separator": ("un\u2028deux", "un\ndeux"),
    "vertical tab of Word": ("un\x0bdeux", "un\ndeux"),
    "next line": ("un\x85deux", "un\ndeux"),
    "Windows line break": ("un\r\ndeux", "un\ndeux"),
    "grapheme joiner": ("A\u034fmina", "Amina"),
    "variation selector before everything": ("\ufe0fAmina", "Amina"),
    "variation selector on a letter": ("A\ufe0fmina", "Amina"),
    "letters in their shapes": ("ﺑﺸﺮﻯ ﺍﻟﺘﺠﺮﻳﺒﻲ ﻻ", "بشرى التجريبي لا"),
    "vowel sign as a shape": ("ﹱ", "ـً"),
    "bullet of Word": ("\uf0b7 un point", "• un point"),
}
KEPT = [
    "👩\u200d🌾 paysanne",
    "👨\u200d👩\u200d👧",
    "❤\ufe0f",
    "1\ufe0f\u20e3",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "می\u200cخواهم",
    "क्\u200dष",
    "الرسول ﷺ",
    "هذا اسم لاتيني\u200e (UNESCO)\u200f",
]
DECEPTIVE = ["cv\u202egpj.exe", "pay\u200dpal", "a\U000e0041b", "\u3164", "Ing\ufffdnieure", "a\x1bb", "a\ud800b"]


@pytest.mark.parametrize(("typed", "stored"), CLEANED.values(), ids=CLEANED)
def test_what_hides_nothing_is_cleaned(typed, stored):
    assert PlainTextField().clean(typed, None) == stored


@pytest.mark.parametrize("text", KEPT)
def test_what_means_something_is_kept(text):
    assert PlainTextField().clean(text, None) == text


@pytest.mark.parametrize("text", DECEPTIVE)
def test_what_deceives_is_refused_with_the_words_around_it(text):
    with pytest.raises(ValidationError) as refused:
        PlainTextField().clean(f"Elle conseille {text} depuis dix ans", None)
    assert "U+" in str(refused.value)
    assert "conseille" in str(refused.value)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_cleaning_twice_changes_nothing_and_leaves_no_invisible_character_unnamed(text):
    once = cleaned(text)
    assert cleaned(once) == once
    if not list(deceptive(once)):
        assert not set(once) & set("\u200b\u2060\ufeff\u00ad\u202a\u202b\u202c\u2066\u2067\u2068\u2069\u202d\u202e")


def test_two_names_that_look_the_same_are_the_same():
    assert NameField(max_length=40).clean("Salma\u200f Ben\u00adjelloun", None) == "Salma Benjelloun"


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u202c", "\u200b", "\u00ad", "\ufeff", "\u00a0"])
def test_an_identifier_pasted_from_a_text_in_both_directions_loses_its_marks(mark):
    assert cleaned_identifier(f"{mark}MA{mark} ") == "MA"
    assert AddressField().clean(f"karima@example.org{mark}", None) == "karima@example.org"
    assert AddressField().formfield().clean(f"{mark}karima@example.org") == "karima@example.org"
    assert PublicURLField().clean(f"https://www.example.org/{mark}", None) == "https://www.example.org/"
    assert OrcidField().clean(f"0000-0002-1825-0097{mark}", None) == "0000-0002-1825-0097"


@pytest.mark.parametrize(
    "typed",
    [
        "https://orcid.org/0000-0002-1825-0097/",
        "ORCID: 0000-0002-1825-0097",
        "ORCID iD 0000 0002 1825 0097",
        "https://orcid.org/my-orcid?orcid=0000-0002-1825-0097",
        "https://orcid.org/0000-0002-1825-0097?lang=fr",
    ],
)
def test_an_orcid_is_found_in_what_is_copied_from_its_site(typed):
    assert OrcidField().clean(typed, None) == "0000-0002-1825-0097"


def test_a_headline_stays_on_one_line():
    with pytest.raises(ValidationError):
        PlainCharField(max_length=80).clean("un\u2028deux", None)
