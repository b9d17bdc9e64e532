"""A real browser before a real server. Whatever page a test opens, the console stays silent and nothing leaves the site."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.browser import sample
from tests.browser.sessions import session_of
from tests.browser.watch import Watch
from tests.committed import committed_data

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


class Visitors:
    """Opens browser contexts of one site: one for each person who takes part in a test."""

    def __init__(self, browser: Browser, base_url: str):
        self.browser = browser
        self.base_url = base_url
        self.watch = Watch(base_url)
        self.contexts: list[BrowserContext] = []

    def __call__(
        self, language: str = "fr", *, user: User | None = None, session: str = "", javascript: bool = True
    ) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.base_url, locale=language, viewport=WIDE, java_script_enabled=javascript, reduced_motion="reduce"
        )
        context.set_default_timeout(10_000)
        self.watch.follow(context)
        self.contexts.append(context)
        if user or session:
            context.add_cookies([{"name": "sessionid", "value": session or session_of(user), "url": self.base_url}])
        return context

    def leave(self) -> None:
        for context in self.contexts:
            context.close()


@contextmanager
def visitors_of(browser: Browser, base_url: str) -> Iterator[Visitors]:
    visitors = Visitors(browser, base_url)
    yield visitors
    visitors.leave()
    assert not visitors.watch.faults, "\n".join(visitors.watch.faults)


@pytest.fixture
def visitors(browser, live_server, settings) -> Iterator[Visitors]:
    """For journeys: an empty directory that the test fills."""
    settings.SITE_URL = live_server.url
    cache.clear()  # a table of its own, which no end of a test empties: limits would count on
    with visitors_of(browser, live_server.url) as opened:
        yield opened


@pytest.fixture(scope="module")
def sample_site(django_db_setup, django_db_blocker) -> Iterator[tuple[str, sample.Sample]]:
    """For sweeps that only read: one filled directory for all tests of a module."""
    with committed_data(django_db_blocker):
        server = LiveServer("localhost")
        try:
            yield server.url, sample.make()
        finally:
            server.stop()


@pytest.fixture
def readers(browser, sample_site) -> Iterator[Visitors]:
    with visitors_of(browser, sample_site[0]) as opened:
        yield opened


@pytest.fixture
def filled(sample_site) -> sample.Sample:
    return sample_site[1]
