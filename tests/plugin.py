"""Loaded by `-p tests.plugin` (pyproject.toml), before pytest-django reads the settings: a conftest would be too late.

Starts a throw-away PostgreSQL for the run unless DATABASE_URL names a server, and decides what happens without a browser.
"""

import atexit
import contextlib
import os
import secrets
from collections.abc import Iterator

import pytest
from django.conf import settings

from devtools import chromium, postgres


def prepare_environment() -> None:
    os.environ["VOLUBILIS_TEST"] = "1"
    os.environ.setdefault("VOLUBILIS_DEMO", "1")
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(64))
    # Playwright's synchronous interface runs an event loop in the thread in which the tests use the ORM.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    if not os.environ.get("DATABASE_URL"):
        stack = contextlib.ExitStack()
        atexit.register(stack.close)
        os.environ["DATABASE_URL"] = stack.enter_context(postgres.throw_away_server()).url


# At import: there is no hook of pytest between loading this plugin and pytest-django's first look at the settings.
# The workers of pytest-xdist inherit the environment and with it the server.
prepare_environment()


def pytest_report_header() -> list[str]:
    server = "throw-away PostgreSQL" if settings.EMBEDDED else "PostgreSQL of DATABASE_URL"
    return [f"database: {server}", f"browser: {chromium.find() or 'none'}"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Chromium the browser tests are skipped on a desk and fail in continuous integration."""
    if chromium.find() or os.environ.get("CI") == "true":
        return
    skip = pytest.mark.skip(reason="no Chromium on this machine; set CHROMIUM=<path>")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """One Chromium per process; a test opens a context of its own: `browser.new_context(locale="ar")`."""
    from playwright.sync_api import sync_playwright

    executable = chromium.find()
    if not executable:
        pytest.fail("No Chromium on this machine; set CHROMIUM=<path>.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=list(chromium.FLAGS))
        yield started
        started.close()
