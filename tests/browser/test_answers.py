"""Every page of the site as the client of the tests reads it, in all languages: no browser, so that it costs little."""

import re
from html.parser import HTMLParser

import pytest
from django.template.loader import get_template

from core.languages import LANGUAGES, text_direction
from tests.browser import pages
from tests.browser.watch import keep
from tests.test_templates import TEMPLATES

pytestmark = pytest.mark.django_db


def attributes_of_html(response) -> dict[str, str]:
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    parser.feed(response.content.decode())
    return dict(found)["html"]


@pytest.fixture
def open_page(client, filled):
    def look(listed: pages.Page, language: str):
        client.cookies.clear()
        if listed.who in filled.sessions:
            client.cookies["sessionid"] = filled.sessions[listed.who]
        return client.get(listed.address(filled, language), follow=True)

    return look


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_answers_in_the_language_of_its_address(open_page, language):
    """And every template of a page is shown by one of them, so that a new one is looked at too."""
    wrong, shown = [], set()
    for listed in pages.OUR_PAGES:
        response = open_page(listed, language)
        shown |= {template.name for template in response.templates}
        keep(f"{language} {listed}", response.content.decode())
        html = attributes_of_html(response)
        found = response.status_code, html["lang"], html["dir"], bool(response.redirect_chain)
        if found != (listed.status, language, text_direction(language), listed.leads_on):
            wrong.append(f"{listed}: {found}")
    assert not wrong, "\n".join(wrong)

    whole_pages = {name for name in TEMPLATES if re.match(r"{% extends", get_template(name).template.source)}
    assert whole_pages - shown - {*pages.ERRORS, *pages.BEHIND_A_FORM} == set()
