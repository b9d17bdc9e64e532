"""Every page of the site in three languages, wide and narrow: accessible, reflowing, in the right direction."""

import pytest

from core.languages import LANGUAGES, text_direction
from tests.browser import checks, pages
from tests.browser.conftest import NARROW, WIDE
from tests.test_access import SITE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SMALLEST = {"width": 320, "height": 640}
STEPS = {"visitor": pages.VISITOR_PAGES, "member": pages.MEMBER_PAGES, "author": pages.AUTHOR_PAGES, "desk": pages.DESK_PAGES}


def test_every_address_is_a_page_that_is_looked_at_or_none():
    listed = {page.name for page in pages.OUR_PAGES} | set().union(*pages.NO_PAGES.values()) | pages.names_of_stock_pages()
    named = {name for name, pattern in SITE if pattern.name}

    assert named - listed == set()
    assert {page.name for page in pages.OUR_PAGES} - named == set()


def faults_at(page, label: str, *, reflows: bool = True) -> list[str]:
    """Both sizes without loading twice; then the smallest, where nothing may scroll sideways."""
    found = []
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        found += [f"{label} at {size['width']} px: {rule}: {places}" for rule, places in checks.axe(page).items()]
    if reflows:
        page.set_viewport_size(SMALLEST)
        found += [f"{label} scrolls sideways: {place}" for place in checks.overflow(page)]
    return found


def send_broken(page, button: str) -> None:
    """As a browser that checks nothing would."""
    page.set_viewport_size(WIDE)
    page.evaluate("document.querySelectorAll('form').forEach(form => { form.noValidate = true })")
    with page.expect_navigation():
        page.locator(button).first.click()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", STEPS)
def test_every_page_is_accessible_and_fits(readers, filled, part, language):
    readers.watch.expect(400, 404)
    tabs = {}
    faults = []
    for listed in STEPS[part]:
        if listed.who not in tabs:
            tabs[listed.who] = readers(language, session=filled.sessions.get(listed.who, "")).new_page()
        page = tabs[listed.who]
        response = page.goto(listed.address(filled, language))
        if response.status != listed.status:
            faults.append(f"{listed}: {response.status}")
            continue
        if page.evaluate("[document.documentElement.lang, document.documentElement.dir]") != [language, text_direction(language)]:
            faults.append(f"{listed}: lang and dir")
        faults += faults_at(page, str(listed))
        if listed.send:
            send_broken(page, listed.send)
            faults += faults_at(page, f"{listed}, sent empty")
    assert not faults, "\n".join(faults)
