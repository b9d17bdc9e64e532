"""Every page of the site in three languages, wide and narrow: accessible, reflowing, in the right direction."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import get_template, render_to_string
from django.utils.translation import override

from core.languages import LANGUAGES, text_direction
from tests.browser import checks, pages
from tests.browser.conftest import NARROW, WIDE
from tests.factories.accounts import make_admin
from tests.test_access import SITE
from tests.test_templates import TEMPLATES

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SMALLEST = {"width": 320, "height": 640}
STEPS = {"visitor": pages.VISITOR_PAGES, "member": pages.MEMBER_PAGES, "author": pages.AUTHOR_PAGES, "desk": pages.DESK_PAGES}
# What no address shows: these have a test of their own.
ERRORS = ("400.html", "403.html", "403_csrf.html", "429.html", "500.html", "503.html")
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


def faults_at(page, label: str, *, reflows: bool = True) -> list[str]:
    """Both sizes without loading twice; then the smallest, where nothing may scroll sideways."""
    found = []
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        found += [f"{label} at {size['width']} px: {rule}: {places}" for rule, places in checks.axe(page).items()]
    if reflows:
        page.set_viewport_size(SMALLEST)
        found += [f"{label} scrolls sideways: {place}" for place in checks.overflow(page)]
    return found


def send_broken(page, button: str) -> None:
    """As a browser that checks nothing would."""
    page.set_viewport_size(WIDE)
    page.evaluate("document.querySelectorAll('form').forEach(form => { form.noValidate = true })")
    with page.expect_navigation():
        page.locator(button).first.click()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", STEPS)
def test_every_page_is_accessible_and_fits(readers, filled, part, language):
    readers.watch.expect(400, 404)
    tabs = {}
    faults = []
    for listed in STEPS[part]:
        if listed.who not in tabs:
            tabs[listed.who] = readers(language, session=filled.sessions.get(listed.who, "")).new_page()
        page = tabs[listed.who]
        response = page.goto(listed.address(filled, language))
        if response.status != listed.status:
            faults.append(f"{listed}: {response.status}")
            continue
        if page.evaluate("[document.documentElement.lang, document.documentElement.dir]") != [language, text_direction(language)]:
            faults.append(f"{listed}: lang and dir")
        faults += faults_at(page, str(listed))
        if listed.send:
            send_broken(page, listed.send)
            faults += faults_at(page, f"{listed}, sent empty")
    assert not faults, "\n".join(faults)


def test_every_template_of_a_page_is_shown_by_one_of_them(client, filled):
    """So that a new template is looked at too. Errors that no address shows have tests of their own."""
    shown = set()
    for listed in pages.OUR_PAGES:
        client.cookies.clear()
        if listed.who in filled.sessions:
            client.cookies["sessionid"] = filled.sessions[listed.who]
        response = client.get(listed.address(filled, "fr"), follow=True)
        shown |= {template.name for template in response.templates}
    whole_pages = {name for name in TEMPLATES if re.match(r"{% extends", get_template(name).template.source)}

    assert whole_pages - shown - set(ERRORS) == set()


def answering(body: str):
    return lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8")


@pytest.mark.parametrize("template", ERRORS)
def test_the_pages_of_errors_are_accessible(readers, rf, template):
    """Laid over an address of the site, because nothing of ours fails on demand."""
    faults = []
    for language in LANGUAGES:
        request = rf.get(f"/{language}/")
        request.user = AnonymousUser()
        with override(language):
            body = render_to_string(template, {"minutes": 5}, request=request)
        page = readers(language).new_page()
        page.route("**/broken/", answering(body))
        page.goto(f"/{language}/broken/")
        faults += faults_at(page, f"{template} in {language}")
    assert not faults, "\n".join(faults)


def test_the_pages_of_an_empty_site_are_accessible(visitors):
    """Before anybody is published: nothing to list, nothing to do."""
    admin = make_admin()
    faults = []
    for language in ("ar", "fr"):
        anybody, desk = visitors(language).new_page(), visitors(language, user=admin).new_page()
        for room in ("", "experts/", "organizations/", "projects/"):
            anybody.goto(f"/{language}/{room}")
            faults += faults_at(anybody, f"empty /{language}/{room}")
        for room in ("admin/", "admin/moderation/submission/", "me/"):
            desk.goto(f"/{language}/{room}")
            faults += faults_at(desk, f"empty /{language}/{room}")
    assert not faults, "\n".join(faults)


def test_the_stock_pages_of_the_admin_have_no_new_faults(readers, filled):
    """Django's own templates: what is known to fail them may only shrink."""
    readers.watch.expect(403)
    page = readers("ar", session=filled.sessions["admin"]).new_page()
    page.set_viewport_size(WIDE)
    found: dict[str, set[str]] = {}
    for listed in pages.stock_pages():
        if page.goto(listed.address(filled, "ar")).status == 200:
            for rule in checks.axe(page):
                found.setdefault(rule, set()).add(listed.name)
    new = {rule: names - KNOWN_STOCK_FAULTS.get(rule, set()) for rule, names in found.items()}
    assert {rule: names for rule, names in new.items() if names} == {}
