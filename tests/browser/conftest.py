"""A real browser before a real server. Whatever page a test opens, the console stays silent and nothing leaves the site."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.browser import sample, unanswered
from tests.browser.sessions import session_of
from tests.browser.watch import Watch
from tests.patience import PATIENCE

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


class Visitors:
    """Opens browser contexts of one site: one for each person who takes part in a test."""

    def __init__(self, browser: Browser, base_url: str):
        self.browser = browser
        self.base_url = base_url
        self.watch = Watch(base_url)
        self.contexts: list[BrowserContext] = []
        self.shared: Page | None = None

    def __call__(
        self, language: str = "fr", *, user: User | None = None, session: str = "", javascript: bool = True
    ) -> BrowserContext:
        context = self._open(language, javascript)
        self.contexts.append(context)
        if user or session:
            context.add_cookies([self.cookie(session or session_of(user))])
        return context

    def tab(self, session: str = "") -> Page:
        """One tab for whoever looks at a page and no more: a new one costs more than most pages. It outlives the test."""
        if not self.shared:
            self.shared = self._open("fr").new_page()
        self.shared.context.clear_cookies()
        if session:
            self.shared.context.add_cookies([self.cookie(session)])
        self.shared.set_viewport_size(WIDE)
        return self.shared

    def say_goodbye(self) -> None:
        """The end of one test: its contexts are closed, and nothing that its pages should not do has been seen."""
        while self.contexts:
            self.contexts.pop().close()
        unanswered.wait_for_the_last()
        faults, self.watch.faults, self.watch.expected = self.watch.faults, [], set()
        assert not faults, "\n".join(faults)

    def leave(self) -> None:
        if self.shared:
            self.shared.context.close()
        unanswered.wait_for_the_last()

    def _open(self, language: str, javascript: bool = True) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.base_url, locale=language, viewport=WIDE, java_script_enabled=javascript, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE * 1000)
        self.watch.follow(context)
        return context

    def cookie(self, session: str) -> dict[str, str]:
        return {"name": "sessionid", "value": session, "url": self.base_url}


@pytest.fixture
def visitors(browser, live_server, settings) -> Iterator[Visitors]:
    """For journeys: an empty directory that the test fills."""
    settings.SITE_URL = live_server.url
    settings.MFA_TOTP_TOLERANCE = 20  # a code may be some minutes old when a slow machine sends it
    opened = Visitors(browser, live_server.url)
    yield opened
    opened.say_goodbye()


@contextmanager
def make_sample_site() -> Iterator[tuple[str, sample.Sample]]:
    server = LiveServer("localhost")
    try:
        yield server.url, sample.make()
    finally:
        server.stop()


@pytest.fixture(scope="module")
def sample_site(shelf) -> tuple[str, sample.Sample]:
    """For sweeps that only read: one filled directory."""
    return shelf.get(make_sample_site)


@pytest.fixture(scope="module")
def readers_of_the_sample(browser, sample_site) -> Iterator[Visitors]:
    opened = Visitors(browser, sample_site[0])
    yield opened
    opened.leave()


@pytest.fixture
def readers(readers_of_the_sample) -> Iterator[Visitors]:
    yield readers_of_the_sample
    readers_of_the_sample.say_goodbye()


@pytest.fixture
def filled(sample_site) -> sample.Sample:
    return sample_site[1]
