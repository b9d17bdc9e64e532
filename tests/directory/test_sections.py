"""Pages of goals, themes and territories show who is there; a profile leads back to the question."""

import pytest

from directory import search
from directory.kinds import kinds
from tests.factories.directory import make_entry

pytestmark = pytest.mark.django_db

PAGES = ["/fr/goals/6/", "/ar/themes/ESS/", "/en/territories/MA/", "/fr/territories/MA-03/"]


def fill(number: int) -> None:
    place = {"country": "MA", "region": "MA-03", "goals": ["6"], "themes": ["ESS-01"]}
    for each in range(number):
        make_entry(name=f"Salma {each}", **place)
        make_entry("organization", name={"fr": f"Coopérative {each}"}, type="association", **place)
        make_entry("project", name={"fr": f"Projet {each}"}, countries=["MA"], goals=["6"], themes=["ESS-01"])


@pytest.mark.parametrize("page", PAGES)
def test_people_organisations_and_projects_with_their_numbers(client, page):
    fill(5)
    found = client.get(page).context["sections"]
    assert {section.count for section in found} == {5}
    assert {"expert", "organization"} <= {section.kind.kind for section in found}
    for section in found:
        assert len(section.entries) == 3
        assert client.get(section.url).context["listing"].count == 5


@pytest.mark.parametrize("page", PAGES)
def test_the_cost_does_not_grow_with_the_number(client, page, django_assert_max_num_queries):
    for number in (1, 30):
        fill(number)
        client.get(page)
        with django_assert_max_num_queries(5 * len(kinds())):
            client.get(page)


@pytest.mark.parametrize("page", ["/fr/goals/6/", "/ar/themes/ESS/", "/en/territories/MA/", "/fr/territories/FR-BRE/"])
def test_where_nobody_is_the_page_says_so(client, page):
    assert client.get(page).context["sections"] == []


def test_who_is_hidden_from_the_public_is_counted_nowhere(client):
    make_entry(name="Salma", country="MA", audiences={"places": "members"})
    assert client.get("/fr/territories/MA/").context["sections"] == []


def test_a_place_of_no_list_has_no_page(client):
    assert client.get("/fr/territories/XX/").status_code == 404


@pytest.mark.parametrize(
    ("came_from", "leads_back"),
    [
        ("http://testserver/fr/experts/?q=eau&country=MA", True),
        ("http://testserver/fr/organizations/?page=2", True),
        ("http://testserver/fr/about/", False),
        ("http://testserver/fr/nowhere/?q=x", False),
        ("https://elsewhere.example/fr/experts/?q=eau", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_the_way_back_to_the_results(client, came_from, leads_back):
    entry = make_entry(name="Salma Alaoui")
    html = client.get(entry.get_absolute_url(), headers={"referer": came_from}).content.decode()
    assert ('class="container way-back"' in html) is leads_back
    assert "elsewhere.example" not in html


def test_the_question_stands_in_the_title_of_its_page(client):
    html = client.get("/fr/experts/", {"q": "eau <b>"}).content.decode()
    assert "<title>“eau &lt;b&gt;” – " in html


def test_reasons_quote_the_language_of_the_reader_where_the_page_has_it():
    make_entry(
        headline={"ar": "خبيرة في الماء", "fr": "Experte", "en": "Expert"},
        biography={"fr": "Elle travaille sur l’eau.", "ar": "الماء."},
    )
    for language in ("fr", "ar"):
        (hit,) = search.search(search.Query(text="eau", kind="expert", language=language)).hits
        assert hit.reasons[0].language == language
