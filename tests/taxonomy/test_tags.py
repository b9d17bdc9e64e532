import pytest
from django.template import Context, Template
from django.utils.translation import override

pytestmark = pytest.mark.django_db


def render(text: str, **context) -> str:
    return Template("{% load vocabulary ui %}" + text).render(Context(context))


@pytest.mark.parametrize(("language", "label"), [("ar", "المغرب"), ("fr", "Maroc"), ("en", "Morocco")])
def test_label_follows_the_language_of_the_page(language, label):
    with override(language):
        assert render('{{ code|label:"country" }}', code="MA") == label


@pytest.mark.parametrize("code", ["", None])
def test_no_code_has_no_label(code):
    with override("fr"):
        assert render('{{ code|label:"country" }}', code=code) == ""


def test_label_is_escaped():
    with override("fr"):
        assert render('{{ code|label:"country" }}', code="<b>") == "&lt;b&gt;"


def test_goals_are_drawn_from_numbers_in_their_order():
    with override("en"):
        text = render("{% goal_stones numbers|as_goals %}", numbers=["13", 4, 99])
    assert text.index("Quality education") < text.index("Climate action")
    assert text.count("<li") == 2
