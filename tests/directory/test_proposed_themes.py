"""Themes proposed to an author from what they wrote, each with the sentence that told it."""

import pytest

from directory import search
from taxonomy.models import Theme
from taxonomy.vocabulary import mark_changed
from tests.directory.meaning import BrokenEncoder, use

pytestmark = pytest.mark.django_db

TEXT = "J’ai grandi à Fès. J’accompagne la création de coopératives. Je dors peu."


def proposed(*texts: tuple[str, str], known=()) -> dict[str, str]:
    return {one.code: one.sentence for one in search.proposed_themes(texts, known)}


@pytest.fixture
def no_encoder(monkeypatch):
    use(monkeypatch, None)


def test_a_theme_that_a_sentence_names_stands_with_that_sentence(no_encoder):
    found = proposed(("fr", TEXT))
    assert found["ESS-13"] == "J’accompagne la création de coopératives."
    assert {code.partition("-")[0] for code in found} <= {"ESS", "ENT"}


def test_a_theme_that_is_declared_already_is_not_proposed_again(no_encoder):
    assert "ESS-13" not in proposed(("fr", TEXT), known={"ESS-13"})


def test_a_retired_theme_is_not_proposed(no_encoder):
    Theme.objects.filter(code="ESS-13").update(retired=True)
    mark_changed()
    assert "ESS-13" not in proposed(("fr", TEXT))


@pytest.mark.parametrize("text", ["", "   ", "?!", "x" * 5000, "\n\n\n", "1 2 3"])
def test_a_text_that_says_nothing_proposes_nothing(no_encoder, text):
    assert proposed(("fr", text), ("ar", text)) == {}


def test_an_encoder_that_fails_leaves_what_is_named(monkeypatch):
    use(monkeypatch, BrokenEncoder())
    assert "ESS-13" in proposed(("fr", TEXT))


@pytest.mark.parametrize(
    ("language", "sentence", "domain"),
    [
        ("en", "I carry drinking water to hamlets that have no tap.", "EAU"),
        ("fr", "Je soigne les abeilles et je montre comment récolter leur miel.", "AGR"),
        ("ar", "أساعد القرى التي بلا ماء على حفر الآبار وإصلاح المضخات.", "EAU"),
    ],
)
def test_what_is_said_in_other_words_is_met_by_its_meaning(language, sentence, domain):
    """With the encoder that is installed."""
    found = search.proposed_themes([(language, sentence)])
    assert domain in {one.code.partition("-")[0] for one in found}
    assert {one.sentence for one in found} == {sentence}
