import pytest

from taxonomy.models import Theme
from taxonomy.vocabulary import vocabulary
from tests.factories.taxonomy import change

pytestmark = pytest.mark.django_db
LANGUAGES = ("ar", "fr", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["goals/", "themes/", "credits/"])
def test_page_opens_for_everybody_without_a_query(client, django_assert_num_queries, language, path):
    vocabulary()
    with django_assert_num_queries(0):
        response = client.get(f"/{language}/{path}")
    assert response.status_code == 200


@pytest.mark.parametrize("path", ["goals/1/", "goals/17/", "themes/ESS/", "themes/AGR-10/"])
def test_the_page_of_a_goal_or_a_theme_opens_for_everybody(client, path):
    assert client.get(f"/ar/{path}").status_code == 200


@pytest.mark.parametrize(
    "path", ["goals/0/", "goals/18/", f"goals/{'9' * 400}/", "themes/NOPE/", "themes/%ff/", "themes/ess-01/"]
)
def test_what_does_not_exist_is_not_found(client, path):
    assert client.get(f"/fr/{path}").status_code == 404


def test_goal_page_shows_its_themes_and_no_others(client):
    text = client.get("/en/goals/8/").content.decode()
    assert "/en/themes/ESS-01/" in text
    assert vocabulary().themes["ESS-01"].labels["en"] in text
    elsewhere = next(theme for theme in vocabulary().themes.values() if 8 not in theme.goals and theme.parent)
    assert f"/en/themes/{elsewhere.code}/" not in text


def test_theme_page_leads_to_its_domain_relatives_and_goals(client):
    text = client.get("/fr/themes/ESS-01/").content.decode()
    for path in ("/fr/themes/ESS/", "/fr/themes/AGR-31/", "/fr/goals/8/"):
        assert path in text


def test_retired_theme_stays_readable_but_is_listed_nowhere(client):
    change(Theme.objects.get(code="ESS-01"), retired=True)
    assert client.get("/fr/themes/ESS-01/").status_code == 200
    for path in ("themes/", "themes/ESS/", "themes/AGR-31/", "goals/8/"):
        assert "/themes/ESS-01/" not in client.get(f"/fr/{path}").content.decode()


def test_credits_name_every_source_that_asks_for_it(client):
    text = client.get("/fr/credits/").content.decode()
    for source in ("GeoNames", "Haut-Commissariat au Plan", "Unicode CLDR", "United Nations", "EuroVoc"):
        assert source in text
