"""The search box while somebody types: a combobox for keyboard and screen reader, and a plain form without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import checks

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.mark.parametrize(("language", "typed"), [("fr", "coop"), ("ar", "تعاون")])
def test_suggestions_are_reached_and_chosen_with_the_keyboard(readers, filled, language, typed):
    page = readers(language).new_page()
    page.goto(f"/{language}/experts/")
    box, options = page.locator("#q"), page.locator("[role=option]")
    expect(box).to_have_attribute("aria-expanded", "false")

    box.press_sequentially(typed)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".search-box [role=status]")).not_to_be_empty()
    assert not checks.axe(page)

    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value(typed)
    expect(box).to_be_focused()

    theme = page.locator("[role=option]:not([data-url^='/'])").last
    label = theme.text_content()
    box.press("ArrowUp")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    with page.expect_response(re.compile(r"/experts/\?.*q=")):
        theme.dispatch_event("click")
    expect(page.locator("#q")).to_have_value(label)


def test_a_name_leads_to_its_page(readers, filled):
    page = readers("ar").new_page()
    page.goto("/ar/")
    box = page.locator("#home-q")
    box.press_sequentially("نجاة الو")
    expect(page.locator("[role=option]").first).to_be_visible()
    box.press("ArrowDown")
    with page.expect_navigation():
        box.press("Enter")
    assert page.url.endswith(f"/ar/experts/{filled.known['arabic_expert']}/")


def test_the_box_searches_without_scripts(readers, filled):
    page = readers("en", javascript=False).new_page()
    page.goto("/en/experts/")
    page.locator("#q").fill("oases")
    with page.expect_navigation():
        page.locator(".search-box button").click()
    assert "q=oases" in page.url
    expect(page.locator(".rows mark").first).to_be_visible()
