import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from core import validators

HIDDEN = {
    "NUL": "a\0b",
    "escape": "a\x1b[31mb",
    "right-to-left override": "cv\u202egpj.exe",
    "isolate": "a\u2067b\u2069",
    "zero-width space": "ad\u200bmin",
    "word joiner": "a\u2060b",
    "byte order mark": "\ufeffab",
    "joiner among Latin letters": "a\u200db",
    "joiner at the end of an Arabic word": "بيت\u200c",
    "tag characters": "a\U000e0041b",
    "lone surrogate": "a\ud800b",
    "noncharacter": "a\ufffeb",
    "line separator": "a\u2028b",
    "Hangul filler": "\u3164",
}

HONEST = [
    "Développement durable : l’eau, les sols & l’énergie (2024–2026) — 100 %",
    "خبيرة في الاقتصاد الاجتماعي والتضامني، الرباط",
    "مُحَمَّدٌ رَّسُولٌ",
    "هذا اسم لاتيني\u200e (UNESCO)\u200f في نص عربي",
    "می\u200cخواهم",
    "Two\nlines\r\nand a\ttab",
    "Tiếng Việt, ⴰⵎⴰⵣⵉⵖ, 中文",
    "👍🏽",
    "",
]


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_hidden_characters_are_refused(text):
    with pytest.raises(ValidationError) as refused:
        validators.validate_plain_text(text)
    assert refused.value.code == "hidden_characters"
    assert "U+" in str(refused.value.messages)


@pytest.mark.parametrize("text", HONEST)
def test_honest_text_is_accepted(text):
    validators.validate_plain_text(text)


def test_stacked_marks_are_refused():
    with pytest.raises(ValidationError, match="accents"):
        validators.validate_plain_text("Z\u0351\u0352\u0357\u035ballo")


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_what_is_accepted_holds_nothing_that_reorders_or_hides(text):
    try:
        validators.validate_plain_text(text)
    except ValidationError:
        return
    assert not set(text) & set("\0\x1b\u200b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
    text.encode("utf-8")


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي أإآؤئىة،؟", max_size=200))
def test_arabic_text_is_never_refused(text):
    validators.validate_plain_text(text)


@pytest.mark.parametrize("text", ["Subject: hello\nBcc: all@example.org", "a\rb", "a\tb"])
def test_a_single_line_has_no_line_break(text):
    with override("en"), pytest.raises(ValidationError, match="one line"):
        validators.validate_single_line(text)


@pytest.mark.parametrize(
    "name",
    [
        "Salma Benjelloun",
        "سلمى بنجلون",
        "Aït-Ben Haddou",
        "D’Angelo",
        "3A Conseil",
        "O.C.P.",
        "جمعية AGIR",
        "Ærø",
        "Ελένη",
        "Maʿmūn",
        "ʿAbd al-Raḥmān",
        "OʼNeil",
        "Hawaiʻi",
        "Ɛli Aɣbalu",
    ],
)
def test_names_as_people_bear_them_are_accepted(name):
    validators.validate_name(name)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("S\u0430lma", "mixed_scripts"),
        ("Benj\u03bfun", "mixed_scripts"),
        ("\U0001d412alma", "mixed_scripts"),
        ("\uff33alma", "mixed_scripts"),
        ("123", "no_letter"),
        ("—", "no_letter"),
        ("Ⓐmina", "mixed_scripts"),
        ("ᴀmina", "mixed_scripts"),
        ("Amɩna", "mixed_scripts"),
        ("\ufffdmina", "hidden_characters"),
        ("A\u034fmina", "hidden_characters"),
        ("Salma\nBenjelloun", "line_break"),
    ],
)
def test_names_in_disguise_are_refused(name, code):
    with pytest.raises(ValidationError) as refused:
        validators.validate_name(name)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org",
        "http://example.ma/تقرير?x=1#y",
        "https://xn--mgbab2bd.example.org/",
        "https://موقع.المغرب/",
        "https://réseau.example.fr:8443/a",
        "https://example.org/a%20b",
    ],
)
def test_public_addresses_are_accepted(url):
    validators.validate_public_url(url)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://example.org", "invalid_url"),
        ("javascript:alert(1)", "invalid_url"),
        ("//example.org", "invalid_url"),
        ("https://", "invalid_url"),
        ("https://exa mple.org", "invalid_url"),
        ("https://example.org\\@evil.org", "invalid_url"),
        ("https://example.org/%00", "invalid_url"),
        ("https://example.org/%E2%80%AEgpj.exe", "invalid_url"),
        ("https://example.org:99999/", "invalid_url"),
        ("https://[::1", "invalid_url"),
        ("https://xn--a.example.org.xn--/", "invalid_url"),
        ("https://user:secret@example.org", "userinfo"),
        ("http://localhost/", "private_host"),
        ("http://127.0.0.1/", "private_host"),
        ("http://8.8.8.8/", "private_host"),
        ("http://169.254.169.254/latest", "private_host"),
        ("http://[::1]/", "private_host"),
        ("http://printer.local/", "private_host"),
        ("http://db.internal./", "private_host"),
        ("https://ex\u0430mple.org", "mixed_scripts"),
        ("https://xn--exmple-4nf.org", "mixed_scripts"),
        ("https://example.org/" + "a" * 500, "too_long"),
    ],
)
def test_addresses_that_lead_elsewhere_are_refused(url, code):
    with pytest.raises(ValidationError) as refused:
        validators.validate_public_url(url)
    assert refused.value.code == code


@given(st.text())
def test_any_text_as_address_is_accepted_or_refused_but_never_an_error(text):
    for candidate in (text, f"https://{text}"):
        try:
            validators.validate_public_url(candidate)
        except ValidationError:
            continue


@pytest.mark.parametrize(
    "value", ["0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097", "orcid.org/0000000218250097", "0000 0002 1825 0097"]
)
def test_orcid_is_read_in_every_usual_form(value):
    validators.validate_orcid(value)
    assert validators.normalise_orcid(value) == "0000-0002-1825-0097"


def test_orcid_may_end_in_x():
    assert validators.normalise_orcid("0000-0002-9079-593x") == "0000-0002-9079-593X"
    validators.validate_orcid("0000-0002-9079-593X")


@pytest.mark.parametrize(
    "value", ["0000-0002-1825-0098", "0000-0002-1825-009", "0000-0002-1825-0097-1", "x", "٠٠٠٠-٠٠٠٢-١٨٢٥-٠٠٩٧"]
)
def test_a_wrong_orcid_is_refused(value):
    with pytest.raises(ValidationError):
        validators.validate_orcid(value)


@given(st.integers(0, 10**15 - 1), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_never_passes_as_an_orcid(number, position, shift):
    digits = f"{number:015}"
    wrong = digits[:position] + str((int(digits[position]) + shift) % 10) + digits[position + 1 :]
    validators.validate_orcid(digits + validators.orcid_check_character(digits))
    with pytest.raises(ValidationError):
        validators.validate_orcid(wrong + validators.orcid_check_character(digits))


def test_the_hidden_examples_are_what_they_claim():
    assert unicodedata.name("\u0430") == "CYRILLIC SMALL LETTER A"
