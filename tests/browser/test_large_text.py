"""Text enlarged to 200 % in the settings of the browser: nothing is cut off at the side, on a desk or on a telephone."""

import pytest

from core.languages import LANGUAGES
from tests.browser import checks, pages
from tests.browser.conftest import WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

TELEPHONE = {"width": 390, "height": 844}
TWICE = {"fontSizes": {"standard": 32, "fixed": 26}}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "listed",
    [
        pages.VISITOR_PAGES,
        pytest.param(pages.MEMBER_PAGES, marks=pytest.mark.only_in_full),
        pytest.param(pages.AUTHOR_PAGES, marks=pytest.mark.only_in_full),
    ],
    ids=["visitor", "member", "author"],
)
def test_enlarged_text_stays_on_the_page(readers, filled, language, listed):
    readers.watch.expect(400, 404)
    page = readers(language).new_page()
    page.context.new_cdp_session(page).send("Page.setFontSizes", TWICE)
    faults = []
    for each in listed:
        page.context.clear_cookies()
        if each.who in filled.sessions:
            page.context.add_cookies([readers.cookie(filled.sessions[each.who])])
        page.goto(each.address(filled, language))
        for size in (WIDE, TELEPHONE):
            page.set_viewport_size(size)
            faults += [f"{each} at {size['width']} px: {' '.join(place.split())[:90]}" for place in checks.overflow(page)]
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert not faults, "\n".join(faults)
