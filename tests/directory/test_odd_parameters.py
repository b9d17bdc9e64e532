"""Every parameter of every page that lists, with odd values, and the addresses of all public pages: never an error of ours."""

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.languages import LANGUAGES
from directory.kinds import facets
from tests.browser import pages
from tests.factories.directory import make_entry
from tests.rotation import turn_of

pytestmark = pytest.mark.django_db

PAGES = [
    "/fr/experts/",
    "/ar/organizations/",
    "/en/projects/",
    "/fr/territories/",
    "/ar/goals/",
    "/fr/goals/6/",
    "/en/themes/",
    "/fr/themes/ESS/",
    "/fr/suggest/",
    "/api/v1/search",
    "/api/v1/vocabulary",
    "/api/v1/entries/expert/nobody",
    "/fr/",
]
OTHERS = ["q", "literal", "sort", "page", "kind", "limit", "lang", "type[]", "next", "format", "from", "unknown"]
ODD = [
    "",
    "a",
    "0",
    "-1",
    "association",
    "now",
    "2027-02-28",
    "2027-02-30",
    "9" * 30,
    "%00",
    "\x00",
    "é" * 300,
    "١",
    "'\"<>&;|!()*:\\",
    "expert",
    "MA",
    "None",
    "../../etc",
    "🌿",
]


@pytest.fixture
def directory():
    make_entry(name="Salma", availability={"state": "from", "date": "2027-01-01"}, languages=["zgh"], country="MA", goals=["6"])
    make_entry("organization", name={"fr": "Coopérative"}, type="association")


@pytest.mark.parametrize("page", PAGES)
def test_each_parameter_and_each_odd_value(directory, client, page):
    for parameter in [*facets(), *OTHERS]:
        for value in ("", "a", "\x00"):
            assert client.get(page, {parameter: value}).status_code < 500, (parameter, value)
    for value in ODD:
        for parameters in ([*facets()], ["q"], ["literal"], ["sort", "page", "kind", "limit"]):
            assert client.get(page, dict.fromkeys(parameters, value)).status_code < 500, (parameters, value)


@pytest.mark.parametrize("page", PAGES)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*facets(), *OTHERS]), st.lists(st.sampled_from(ODD) | st.text(max_size=20), max_size=3)))
def test_several_together(directory, client, page, parameters):
    assert client.get(page, parameters).status_code < 500


def odd_addresses(name: str, words: dict) -> list[str]:
    """An address of this name with each odd value in the place of its words, where it can be written at all."""
    found = []
    with override(turn_of(name, list(LANGUAGES))):
        for value in ODD if words else [""]:
            try:
                found.append(reverse(name, kwargs=dict.fromkeys(words, value)))
            except NoReverseMatch:
                continue
    return found


@pytest.mark.parametrize("name", sorted({page.name for page in pages.VISITOR_PAGES if page.name != "demo:look"}))
def test_every_public_page_at_odd_addresses(directory, client, name):
    words = next(page.args for page in pages.VISITOR_PAGES if page.name == name)
    for address in odd_addresses(name, words):
        for value in ODD if not words else ["", "\x00", "9" * 30]:
            assert client.get(address, dict.fromkeys([*facets(), *OTHERS], value)).status_code < 500, (address, value)
        assert client.post(address, dict.fromkeys([*OTHERS, "message", "email", "answer"], ODD[-1] * 9)).status_code < 500
