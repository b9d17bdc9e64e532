"""Before anybody is published: nothing to list, nothing to do."""

import pytest

from tests.browser import checks
from tests.factories.accounts import make_admin

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

ROOMS = ("", "experts/", "organizations/", "projects/")
OFFICES = ("admin/", "admin/moderation/submission/", "me/")


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_pages_of_an_empty_site_are_accessible(visitors, language):
    anybody, desk = visitors(language).new_page(), visitors(language, user=make_admin()).new_page()
    faults = {}
    for page, addresses in ((anybody, ROOMS), (desk, OFFICES)):
        for address in addresses:
            page.goto(f"/{language}/{address}")
            faults[address] = checks.axe(page), checks.overflow(page)
    assert {address: found for address, found in faults.items() if any(found)} == {}
