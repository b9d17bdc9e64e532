"""The tags behind the components, and the promises of docs/look.md that a machine can keep."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import resolve
from django.utils import translation

from core.languages import AuthoredText
from core.templatetags.ui import initials
from demo.views import look

OWN_STYLE_SHEETS = sorted((settings.BASE_DIR / "static" / "css").glob("*.css"))


def render(source: str, path: str = "/fr/look/", **context: object) -> str:
    request = RequestFactory().get(path)
    request.resolver_match = resolve(request.path)
    return Template("{% load ui %}" + source).render(Context({"request": request, **context}))


@pytest.fixture(autouse=True)
def french():
    with translation.override("fr"):
        yield


def test_language_switch_keeps_the_page_and_its_query():
    assert render("{% translated_url 'ar' %}", "/fr/look/?q=eau&goal=6") == "/ar/look/?q=eau&amp;goal=6"


def test_absolute_address_has_the_site_and_no_query(settings):
    settings.SITE_URL = "https://volubilis.example"
    assert render("{% translated_url 'en' absolute=True %}", "/fr/look/?q=eau") == "https://volubilis.example/en/look/"


def test_language_switch_of_a_page_that_does_not_exist_leads_home():
    request = RequestFactory().get("/fr/nowhere/")
    assert Template("{% load ui %}{% translated_url 'ar' %}").render(Context({"request": request})) == "/ar/"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Salma Benjelloun", "SB"),
        ("يوسف العمراني", "ي ع"),
        ("سلمى بنجلون", "س ب"),
        ("Madonna", "M"),
        ("ال", "ا"),
        ("", ""),
        ("Et après ?", "EA"),
    ],
)
def test_initials_follow_the_script(name, expected):
    assert initials(name) == expected


def test_avatar_is_the_same_for_one_seed_and_another_for_another():
    source = "{% mosaic_avatar 'Salma Benjelloun' seed goals %}"
    first = render(source, seed="a", goals=[8, 12])
    assert first == render(source, seed="a", goals=[8, 12])
    assert first != render(source, seed="b", goals=[8, 12])
    assert set(re.findall(r"goal-\d+", first)) == {"goal-8", "goal-12"}


def test_avatar_without_goals_has_stones_too():
    assert "stone-" in render("{% mosaic_avatar 'Salma' 'a' %}")


def test_foreign_text_carries_its_language_and_direction_and_says_so():
    html = render("{% authored_text text %}", text=AuthoredText("نص", "ar"))
    assert 'lang="ar" dir="rtl"' in html
    assert "text-note" in html


def test_text_in_the_language_of_the_page_carries_nothing():
    html = render("{% authored_text text %}", text=AuthoredText("Un texte", "fr"))
    assert "lang=" not in html
    assert "text-note" not in html


def test_missing_text_shows_nothing():
    assert render("{% authored_text text %}", text=None).strip() == ""


def test_authored_text_is_never_markup():
    assert "<script>" not in render("{% authored_text text %}", text=AuthoredText("<script>x</script>", "fr"))


def test_page_links_keep_the_filters():
    page = Paginator(range(50), 10).get_page(2)
    html = render("{% pagination page %}", "/fr/look/?goal=6&goal=7&page=2", page=page)
    assert 'href="?goal=6&amp;goal=7&amp;page=3"' in html
    assert 'aria-current="page"' in html


def test_style_page_is_absent_outside_the_demo(settings, rf):
    settings.DEMO = False
    with pytest.raises(Http404):
        look(rf.get("/fr/look/"))


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html", "503.html"])
def test_pages_of_last_resort_need_no_context_and_speak_three_languages(name):
    html = render_to_string(name)
    assert re.findall(r'<section lang="(\w\w)"', html) == ["fr", "ar", "en"]


@pytest.mark.parametrize("sheet", OWN_STYLE_SHEETS, ids=lambda path: path.name)
def test_own_style_sheets_know_neither_left_nor_right(sheet: Path):
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    assert re.findall(r"^.*\b(?:left|right)\b.*$", rules, flags=re.MULTILINE) == []
