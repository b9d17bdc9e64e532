"""What axe cannot see: the keyboard, the mirror of a page from right to left, the language of foreign parts."""

import re

import pytest
from playwright.sync_api import Page

from core.languages import LANGUAGES
from tests.browser import checks
from tests.browser.conftest import WIDE
from tests.browser.pages import Page as Listed

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WITH_A_KEYBOARD = [
    Listed("home"),
    Listed("experts:list"),
    Listed("experts:detail", args={"slug": "expert"}),
    Listed("account_login"),
    Listed("account_signup"),
    Listed("my_space", "expert"),
    Listed("experts:edit", "expert", args={"step": "identity"}),
    Listed("experts:edit", "expert", args={"step": "expertise"}),
    Listed("organizations:people", "owner", args={"public_id": "organization_id"}),
    Listed("admin:moderation_submission_review", "admin", args={"pk": "new"}),
]
# The first and the last of these stand on opposite sides, which change with the direction.
SIDES = {
    "home": (".site-name", ".site-languages"),
    "experts:list": ("#filters", "#listing > section"),
    "experts:detail": (".entry-columns > :first-child", ".entry-columns > :last-child"),
    "experts:edit": (".editor-layout > :first-child", ".editor-layout > :last-child"),
    "admin:moderation_submission_changelist": ("#result_list th:first-child", "#result_list th:last-child"),
}


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_tab_reaches_every_control_and_shows_where_it_is(readers, filled, language):
    faults = []
    for listed in WITH_A_KEYBOARD:
        page = readers.tab(filled.sessions.get(listed.who, ""))
        page.goto(listed.address(filled, language))
        reached, invisible = checks.tab_through(page)
        faults += [f"{listed}: not reached: {control}" for control in checks.controls(page) if control not in reached]
        faults += [f"{listed}: no visible focus: {control}" for control in invisible]
    assert not faults, "\n".join(faults)


def sides(page: Page, hooks: tuple[str, str]) -> tuple[float, float]:
    """The middles of both, from the left edge of the page."""
    boxes = [page.locator(hook).first.bounding_box() for hook in hooks]
    return tuple(box["x"] + box["width"] / 2 for box in boxes)


@pytest.mark.parametrize("name", SIDES)
def test_an_arabic_page_is_the_mirror_of_the_french_one(readers, filled, name):
    listed = Listed(
        name,
        "admin" if name.startswith("admin:") else "expert" if name == "experts:edit" else "visitor",
        args={"slug": "expert"} if name == "experts:detail" else {"step": "texts"} if name == "experts:edit" else {},
    )
    seen = {}
    for language in ("fr", "ar"):
        page = readers.tab(filled.sessions.get(listed.who, ""))
        page.goto(listed.address(filled, language))
        seen[language] = sides(page, SIDES[name])

    first, last = seen["fr"]
    assert first < last
    mirrored = [WIDE["width"] - middle for middle in seen["ar"]]
    assert mirrored[0] < mirrored[1]
    # Words differ in width, the columns do not.
    assert abs(mirrored[0] - first) < 120
    assert abs(mirrored[1] - last) < 120


def test_arrows_point_where_reading_goes(readers, filled):
    directions = {}
    for language in ("fr", "ar"):
        page = readers.tab()
        page.goto(f"/{language}/experts/")
        directions[language] = page.locator(".arrow-on").first.evaluate("arrow => getComputedStyle(arrow).rotate")

    assert directions["fr"] != directions["ar"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_in_another_script_says_its_language_and_runs_its_way(readers, filled, language):
    page = readers.tab()
    faults = []
    for word in ("expert", "arabic_expert", "cooperative"):
        name = "organizations:detail" if word == "cooperative" else "experts:detail"
        page.goto(Listed(name, args={"slug": word}).address(filled, language))
        faults += [f"{word}: {part}" for part in checks.unmarked_arabic(page)]
    page.goto(f"/{language}/experts/")
    faults += checks.unmarked_arabic(page)
    assert not faults, "\n".join(faults)


def test_french_on_an_arabic_page_runs_from_left_to_right(readers, filled):
    page = readers.tab()
    page.goto(Listed("projects:detail", args={"slug": "project"}).address(filled, "ar"))
    text = page.locator("main [lang=fr]", has_text=re.compile("Trois ans")).first

    assert text.evaluate("element => getComputedStyle(element).direction") == "ltr"
