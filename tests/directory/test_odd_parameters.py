"""Every parameter of every page that lists, with odd values: never an error of ours."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.kinds import facets
from tests.factories.directory import make_entry

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
