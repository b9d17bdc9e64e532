import pytest
from django.utils.translation import override

from core.languages import AuthoredText, best_text, in_a_row, language_name, languages_present, text_direction


@pytest.mark.parametrize(("code", "direction"), [("ar", "rtl"), ("ar-ma", "rtl"), ("AR", "rtl"), ("fr", "ltr"), ("en-gb", "ltr")])
def test_direction_follows_the_language(code, direction):
    assert text_direction(code) == direction


def test_a_text_in_the_language_of_the_page_is_preferred():
    assert best_text({"ar": "نص", "fr": "texte", "source": "ar"}, "fr") == AuthoredText("texte", "fr")


def test_without_it_the_language_the_text_was_written_in_is_shown():
    assert best_text({"ar": "نص", "en": "text", "source": "en"}, "fr") == AuthoredText("text", "en")


def test_without_both_the_language_most_readers_share_is_shown():
    assert best_text({"en": "text", "fr": "texte", "source": "ar"}, "ar") == AuthoredText("texte", "fr")


@pytest.mark.parametrize("nothing", [None, {}, {"source": "fr"}, {"fr": "  ", "source": "fr"}])
def test_no_text_is_none(nothing):
    assert best_text(nothing, "fr") is None


def test_only_languages_with_text_are_present():
    assert languages_present({"fr": "texte", "ar": "نص", "en": " ", "source": "fr"}) == ("ar", "fr")


def test_a_foreign_text_knows_its_direction():
    text = AuthoredText("نص", "ar")
    assert text.is_foreign("fr")
    assert not text.is_foreign("ar")
    assert text.direction == "rtl"
    assert str(text) == "نص"


@pytest.mark.parametrize(("code", "language", "name"), [("ar", "fr", "arabe"), ("fr", "ar", "الفرنسية"), ("zz", "en", "zz")])
def test_languages_are_named_in_the_language_of_the_page(code, language, name):
    assert language_name(code, language) == name


@pytest.mark.parametrize(("language", "written"), [("en", "8, 12 and 13"), ("fr", "8, 12 et 13"), ("ar", "8 و12 و13")])
def test_what_stands_in_a_row_is_joined_as_readers_join_it(language, written):
    with override(language):
        assert in_a_row([8, 12, 13]) == written
