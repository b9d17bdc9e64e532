"""What the first page costs to fetch: what Chromium asks for, compressed as WhiteNoise and nginx serve it in production."""

import gzip
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import brotli
import pytest
from playwright.sync_api import Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

KILOBYTE = 1024
LIMITS = {"fr": 100, "en": 100, "ar": 190}
COMPRESSED_ALREADY = {".woff2", ".png", ".webp"}


def transferred(response: Response) -> int:
    """Static files in Brotli, pages in gzip."""
    path = PurePosixPath(urlsplit(response.url).path)
    if path.suffix in COMPRESSED_ALREADY:
        return len(response.body())
    return len(brotli.compress(response.body()) if path.suffix else gzip.compress(response.body()))


@pytest.mark.parametrize("language", LIMITS)
def test_the_first_page_is_light(readers, language):
    page = readers(language).new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"/{language}/", wait_until="networkidle")
    weights = {urlsplit(answer.url).path: transferred(answer) for answer in answers}

    assert sum(weights.values()) <= LIMITS[language] * KILOBYTE, weights
