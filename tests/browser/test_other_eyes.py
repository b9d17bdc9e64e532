"""A page on paper, in the colours of the reader's system, and on the narrowest telephone."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.languages import LANGUAGES
from directory.facts import readable_date
from tests.browser import checks, pages
from tests.browser.conftest import NARROW

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PROFILE = pages.Page("experts:detail", args={"slug": "expert"})
TELEPHONE = {"width": 390, "height": 844}
PAPER = {"width": 794, "height": 1123}
WITH_SHORT_WORDS = [
    pages.Page("home"),
    pages.Page("about"),
    pages.Page("experts:list"),
    PROFILE,
    pages.Page("taxonomy:goals"),
    pages.Page("account_signup"),
    pages.Page("my_space", "expert"),
    pages.Page("experts:edit", "expert", args={"step": "identity"}),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_profile_on_paper_says_where_it_is_from_and_where_its_links_lead(readers, filled, language):
    page = readers.tab()
    page.set_viewport_size(PAPER)
    page.goto(PROFILE.address(filled, language))
    page.emulate_media(media="print")
    try:
        expect(page.locator(".printed")).to_contain_text(page.url.partition("://")[2].partition("/")[2])
        expect(page.locator(".printed")).to_contain_text(readable_date(timezone.localdate().isoformat(), language))
        for hook in ("nav", ".share", ".entry-report", ".read-in", ".close-in-meaning", ".btn", ".site-footer"):
            assert not [found for found in page.locator(hook).all() if found.is_visible()], hook
        told = "link => getComputedStyle(link, '::after').content"
        for link in page.locator("main a[href^='http']").all():
            assert not link.is_visible() or link.get_attribute("href") in link.evaluate(told)
        goal = page.locator(".entry-header .goal-stone .visually-hidden").first
        assert goal.bounding_box()["width"] > 60
        assert not checks.overflow(page)
    finally:
        page.emulate_media(media="screen")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_colours_of_the_system_show_which_page_is_open(readers, filled, language):
    page = readers(language).new_page()
    page.emulate_media(forced_colors="active")
    page.goto(pages.Page("experts:list").address(filled, language))
    bar = "link => getComputedStyle(link).borderBlockEndColor"
    links = page.locator("nav.wide-only .site-nav a")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    shown = [link.get_attribute("aria-current") for link in links.all() if link.evaluate(bar) != background]
    assert links.count() > 3
    assert shown == ["true"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_comes_by_telephone_sees_how_to_join(readers, filled, language):
    page = readers.tab()
    page.set_viewport_size(TELEPHONE)
    page.goto(pages.Page("home").address(filled, language))
    box = page.locator(".hero a[href$='/accounts/signup/']").bounding_box()
    assert box["y"] + box["height"] <= TELEPHONE["height"]
    page.locator("details.narrow-only > summary").click()
    expect(page.locator("details.narrow-only a[href$='/accounts/signup/']")).to_be_in_viewport()
    # What is in another language says so.
    for text in page.locator(".cards .prose[lang]").all():
        expect(text.locator("xpath=preceding-sibling::*[1]")).to_have_class("text-note")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_broken_on_a_narrow_telephone(readers, filled, language):
    faults = []
    for listed in WITH_SHORT_WORDS:
        page = readers.tab(filled.sessions.get(listed.who, ""))
        page.set_viewport_size(NARROW)
        page.goto(listed.address(filled, language))
        faults += [f"{listed}: {word}" for word in checks.broken_words(page)]
    assert not faults, "\n".join(faults)
