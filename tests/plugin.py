"""Loaded by `-p tests.plugin` (pyproject.toml), before pytest-django reads the settings: a conftest would be too late.

Starts a throw-away PostgreSQL for the run unless DATABASE_URL names a server, and decides which browser tests run.
"""

import atexit
import contextlib
import os
import secrets
from collections.abc import Iterator

import pytest
from django.conf import settings

from devtools import chromium, postgres
from tests.patience import PATIENCE
from tests.rotation import in_turn


def prepare_environment() -> None:
    os.environ["VOLUBILIS_TEST"] = "1"
    os.environ.setdefault("VOLUBILIS_DEMO", "1")
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(64))
    # Playwright's synchronous interface runs an event loop in the thread in which the tests use the ORM.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    # Production breaks slow statements off; here slow is the machine.
    os.environ["DATABASE_STATEMENT_TIMEOUT_MS"] = str(PATIENCE * 1000)
    if not os.environ.get("DATABASE_URL"):
        stack = contextlib.ExitStack()
        atexit.register(stack.close)
        os.environ["DATABASE_URL"] = stack.enter_context(postgres.throw_away_server()).url


# At import: there is no hook of pytest between loading this plugin and pytest-django's first look at the settings.
# The workers of pytest-xdist inherit the environment and with it the server.
prepare_environment()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="browser tests in every language and width, and the large numbers")


def pytest_report_header(config: pytest.Config) -> list[str]:
    server = "throw-away PostgreSQL" if settings.EMBEDDED else "PostgreSQL of DATABASE_URL"
    extent = (
        "full: every language and width"
        if config.getoption("full")
        else "plain: each browser test in one language and width, in turn; --full for all"
    )
    return [f"database: {server}", f"browser: {chromium.find() or 'none'}", f"extent: {extent}"]


@pytest.hookimpl(trylast=True)  # after -k has chosen, and after the order was shuffled
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("full"):
        kept = in_turn(items)
        config.hook.pytest_deselected(items=list(set(items).difference(kept)))
        items[:] = kept
    # Those that share one filled site come last, so that it is made once.
    items.sort(key=lambda item: "shelf" in item.fixturenames)
    skip_without_browser(items)


def skip_without_browser(items: list[pytest.Item]) -> None:
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
    from playwright.sync_api import expect, sync_playwright

    executable = chromium.find()
    if not executable:
        pytest.fail("No Chromium on this machine; set CHROMIUM=<path>.")
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=list(chromium.FLAGS))
        yield started
        started.close()
