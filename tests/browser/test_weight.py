"""What the first page costs to fetch: what Chromium asks for, compressed as WhiteNoise and nginx serve it in production."""

import gzip
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import brotli
import pytest
from playwright.sync_api import Response

from tests.browser.conftest import NARROW
from tests.browser.pages import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

KILOBYTE = 1024
# In kilobytes: of a page in the directory, of the home page.
LIMITS = {"fr": (120, 100), "en": (120, 100), "ar": (190, 190)}
MOST_REQUESTS = 16
FIRST_PAGES = [Page("home"), Page("experts:list"), Page("experts:detail", args={"slug": "expert"})]
OTHER_PAGES = [
    Page("organizations:list"),
    Page("projects:detail", args={"slug": "project"}),
    Page("taxonomy:themes"),
    Page("about"),
]
MOST_SHIFT = 0.05
STANDS_AFTER = 300  # milliseconds
SUM_OF_SHIFTS = """window.shifts = 0;
new PerformanceObserver(list => list.getEntries().forEach(shift => { window.shifts += shift.value; }))
  .observe({type: "layout-shift", buffered: true});"""
MAIL_PAGE_LIMIT = 60
COMPRESSED_ALREADY = {".woff2", ".png", ".webp"}


def transferred(response: Response) -> int:
    """Static files in Brotli, pages in gzip."""
    path = PurePosixPath(urlsplit(response.url).path)
    if path.suffix in COMPRESSED_ALREADY:
        return len(response.body())
    return len(brotli.compress(response.body()) if path.suffix else gzip.compress(response.body()))


def weights_of(page, address: str) -> dict[str, int]:
    """{path: bytes} of everything that is fetched for a first visit."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    return {urlsplit(answer.url).path: transferred(answer) for answer in answers}


@pytest.mark.parametrize("language", LIMITS)
@pytest.mark.parametrize("listed", FIRST_PAGES, ids=str)
def test_whichever_page_is_the_first_it_is_light_and_asks_for_one_sheet(readers, filled, listed, language):
    page = readers(language).new_page()
    page.set_viewport_size(NARROW)
    weights = weights_of(page, listed.address(filled, language))
    assert sum(weights.values()) <= LIMITS[language][listed.name == "home"] * KILOBYTE, weights
    assert len([path for path in weights if path.endswith(".css")]) == 1
    assert len(weights) <= MOST_REQUESTS, weights


@pytest.mark.parametrize("language", LIMITS)
@pytest.mark.parametrize("listed", [*FIRST_PAGES, *OTHER_PAGES], ids=str)
def test_nothing_moves_when_the_letters_arrive(readers, filled, listed, language):
    """The fonts are held back until the page stands: on a slow line they come that late."""
    page = readers(language).new_page()
    page.set_viewport_size(NARROW)
    page.add_init_script(SUM_OF_SHIFTS)
    held = []
    page.route("**/*.woff2", lambda route: held.append(route))
    page.goto(listed.address(filled, language), wait_until="domcontentloaded")
    page.wait_for_timeout(STANDS_AFTER)
    assert held
    for route in held:
        route.continue_()
    page.unroute("**/*.woff2")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(STANDS_AFTER)
    assert page.evaluate("document.fonts.size > 0 && [...document.fonts].some(font => font.status === 'loaded')")
    assert page.evaluate("window.shifts") <= MOST_SHIFT


@pytest.mark.parametrize("language", LIMITS)
def test_a_page_behind_a_link_in_a_mail_is_lighter_and_runs_no_script(readers, filled, language):
    invitation = Page("organizations:invitation", args={"token": "invitation"})
    weights = weights_of(readers(language).new_page(), invitation.address(filled, language))
    assert sum(weights.values()) <= MAIL_PAGE_LIMIT * KILOBYTE, weights
    assert not [path for path in weights if path.endswith(".js")]
