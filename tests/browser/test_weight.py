"""What the first page costs to fetch: what Chromium asks for, compressed as WhiteNoise and nginx serve it in production."""

import gzip
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import brotli
import pytest
from playwright.sync_api import Response

from tests.browser.pages import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

KILOBYTE = 1024
LIMITS = {"fr": 100, "en": 100, "ar": 190}
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
def test_the_first_page_is_light(readers, language):
    weights = weights_of(readers(language).new_page(), f"/{language}/")
    assert sum(weights.values()) <= LIMITS[language] * KILOBYTE, weights


@pytest.mark.parametrize("language", LIMITS)
def test_a_page_behind_a_link_in_a_mail_is_lighter_and_runs_no_script(readers, filled, language):
    invitation = Page("organizations:invitation", args={"token": "invitation"})
    weights = weights_of(readers(language).new_page(), invitation.address(filled, language))
    assert sum(weights.values()) <= MAIL_PAGE_LIMIT * KILOBYTE, weights
    assert not [path for path in weights if path.endswith(".js")]
