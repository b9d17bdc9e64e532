"""Collects everything that a page should not do, in every browser context of a test."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.text import slugify
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

# The response says the same with its address and status.
SAID_BY_THE_RESPONSE = "Failed to load resource: the server responded with a status of"
# Whoever leaves a page stops what it was still loading.
STOPPED = "net::ERR_ABORTED"
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", event =>
  console.error(`CSP: ${event.effectiveDirective} refused ${event.blockedURI} ${event.sample}`));
"""


class Watch:
    def __init__(self, base_url: str):
        self.host = urlsplit(base_url).netloc
        self.faults: list[str] = []
        self.expected: set[int] = set()

    def follow(self, context: BrowserContext) -> None:
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"{error.page.url}: {error.error}"))
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def expect(self, *statuses: int) -> None:
        """Answers that this test asks for on purpose."""
        self.expected |= set(statuses)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(SAID_BY_THE_RESPONSE):
            self.faults.append(f"{message.page.url if message.page else ''}: {message.type} in the console: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != self.host:
            self.faults.append(f"{request.frame.url} asks {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != STOPPED:
            self.faults.append(f"{request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.url}: {response.status}")


def shoot(page: Page, name: str) -> None:
    """A picture for human eyes, when VOLUBILIS_SCREENSHOTS names a folder."""
    folder = os.environ.get("VOLUBILIS_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def keep(name: str, html: str) -> None:
    """A file for a validator, when VOLUBILIS_PAGES names a folder."""
    folder = os.environ.get("VOLUBILIS_PAGES")
    if folder:
        (Path(folder) / f"{slugify(name)[:120]}.html").write_text(html)
