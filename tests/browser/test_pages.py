"""Every page of the site, wide and narrow: accessible, reflowing, in the right direction."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils.translation import override

from core.languages import LANGUAGES, text_direction
from tests import markup
from tests.browser import checks, pages
from tests.browser.conftest import NARROW, WIDE
from tests.browser.watch import keep
from tests.rotation import turn_of
from tests.test_access import SITE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SMALLEST = {"width": 320, "height": 640}
# Rules that templates and widgets of Django break.
KNOWN_STOCK_FAULTS = {
    "aria-prohibited-attr": {"admin:accounts_user_change", "admin:auth_group_change"},
    "aria-input-field-name": {
        "admin:taxonomy_subdivision_change",
        "admin:taxonomy_theme_change",
    },
    "label": {
        "admin:mfa_authenticator_change",
        "admin:taxonomy_country_change",
        "admin:taxonomy_theme_change",
        "admin:usersessions_usersession_change",
    },
    "list": {"admin:taxonomy_theme_change"},
}


def test_every_address_is_a_page_that_is_looked_at_or_none():
    listed = {page.name for page in pages.OUR_PAGES} | set().union(*pages.NO_PAGES.values()) | pages.names_of_stock_pages()
    named = {name for name, pattern in SITE if pattern.name}

    assert named - listed == set()
    assert {page.name for page in pages.OUR_PAGES} - named == set()


@pytest.fixture
def widths(request) -> list[dict[str, int]]:
    """Both in a full run; otherwise one, in turn."""
    both = [WIDE, NARROW]
    return both if request.config.getoption("full") else [turn_of(request.node.name, both)]


def faults_at(page, label: str, widths: list[dict[str, int]]) -> list[str]:
    """All widths without loading twice; then the smallest, where nothing may scroll sideways."""
    found = []
    for size in widths:
        page.set_viewport_size(size)
        found += [f"{label} at {size['width']} px: {rule}: {places}" for rule, places in checks.axe(page).items()]
    page.set_viewport_size(SMALLEST)
    return found + [f"{label} scrolls sideways: {place}" for place in checks.overflow(page)]


def send_broken(page, button: str) -> str:
    """As a browser that checks nothing would."""
    page.set_viewport_size(WIDE)
    page.evaluate("document.querySelectorAll('form').forEach(form => { form.noValidate = true })")
    with page.expect_navigation() as sent:
        page.locator(button).first.click()
    return sent.value.text()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("listed", pages.OUR_PAGES, ids=lambda listed: str(listed)[:70])
def test_every_page_is_accessible_and_fits(readers, filled, widths, listed, language):
    readers.watch.expect(400, 404)
    page = readers.tab(filled.sessions.get(listed.who, ""))
    response = page.goto(listed.address(filled, language))
    assert response.status == listed.status
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [language, text_direction(language)]

    faults = [f"{listed} is no valid HTML: {fault}" for fault in markup.faults(response.text())]
    # The sample of all components is read by axe on the smallest screen too.
    faults += faults_at(page, str(listed), [*widths, SMALLEST] if listed.name == "demo:look" else widths)
    if listed.send:
        answer = send_broken(page, listed.send)
        keep(f"sent {language} {listed}", answer)
        faults += [f"{listed}, sent empty, is no valid HTML: {fault}" for fault in markup.faults(answer)]
        faults += faults_at(page, f"{listed}, sent empty", widths)
    assert not faults, "\n".join(faults)


def answering(body: str):
    return lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", pages.ERRORS)
def test_the_pages_of_errors_are_accessible(readers, widths, rf, template, language):
    """Laid over an address of the site, because nothing of ours fails on demand."""
    request = rf.get(f"/{language}/")
    request.user = AnonymousUser()
    with override(language):
        body = render_to_string(template, {"minutes": 5}, request=request)
    keep(f"{language} {template}", body)
    page = readers.tab()
    page.route("**/broken/", answering(body))
    page.goto(f"/{language}/broken/")
    page.unroute("**/broken/")
    faults = faults_at(page, template, widths)
    assert not faults, "\n".join(faults)


@pytest.mark.only_in_full
def test_the_stock_pages_of_the_admin_have_no_new_faults(readers, filled):
    """Django's own templates: what is known to fail them may only shrink."""
    readers.watch.expect(403)
    page = readers.tab(filled.sessions["admin"])
    found: dict[str, set[str]] = {}
    for listed in pages.stock_pages():
        if page.goto(listed.address(filled, "ar")).status == 200:
            for rule in checks.axe(page):
                found.setdefault(rule, set()).add(listed.name)
    new = {rule: names - KNOWN_STOCK_FAULTS.get(rule, set()) for rule, names in found.items()}
    assert {rule: names for rule, names in new.items() if names} == {}
