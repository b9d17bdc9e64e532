"""What visitors read of organisations, in three languages; and what they never read."""

import json
import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moderation import actions as moderation_actions
from moderation.publishing import publish_free_changes
from organizations import actions
from tests.factories.accounts import make_user
from tests.factories.moderation import make_moderator
from tests.factories.organizations import make_organization, owner_of
from tests.factories.projects import make_project, name_somebody

pytestmark = pytest.mark.django_db
LIST = "/fr/organizations/"
WRITES = re.compile(r"^(INSERT|UPDATE|DELETE)", re.IGNORECASE)
CANARY = "+212537000111"


def page_of(organization, language: str = "fr") -> str:
    return f"/{language}/organizations/{organization.entry.slug}/"


def text_of(response) -> str:
    return response.content.decode()


def names(response) -> list[str]:
    return [str(entry.name) for entry in response.context["listing"].entries]


def linked_data(response) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text_of(response), re.DOTALL)[1])


@pytest.mark.parametrize("count", [1, 8])
def test_list_and_page_ask_the_database_the_same_few_questions(client, count):
    for number in range(count):
        organization = make_organization(published=True, name=f"Coopérative {number}")
    for number in range(count):
        project = make_project(published=True, name=f"Projet {number}")
        name_somebody(project, organization=organization, confirmed_by=owner_of(organization))
    for url, limit in {
        LIST: 8,
        f"{LIST}?q=olive&goal=8&country=MA&type=cooperative&sort=name": 8,
        page_of(organization): 6,
    }.items():
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        assert len(queries) <= limit
        assert not [query["sql"] for query in queries if WRITES.match(query["sql"])]


def test_drafts_hidden_and_absent_pages_answer_the_same_404(client):
    draft, hidden = make_organization(name="Brouillon"), make_organization(published=True, name="Cachée")
    moderation_actions.hide(hidden.entry, by=make_moderator(), reason="Vérification")
    answers = {client.get(f"{LIST}{slug}/") for slug in ("brouillon", hidden.entry.slug, "nobody", draft.public_id)}
    assert {response.status_code for response in answers} == {404}
    assert len({re.sub(r"/organizations/[^\"?]*", "", text_of(response)) for response in answers}) == 1
    assert names(client.get(LIST)) == []


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_page_only_in_arabic_is_found_readable_and_marked(client, language):
    organization = make_organization(
        published=True, name="", name_ar="جمعية زيتون سايس", description="", description_ar="تجمع منتجي زيت الزيتون."
    )
    assert names(client.get(f"/{language}/organizations/", {"q": "زيتون"})) == ["جمعية زيتون سايس"]
    html = text_of(client.get(page_of(organization, language)))
    assert 'lang="ar">جمعية زيتون سايس' in html
    assert "تجمع منتجي زيت الزيتون." in html


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("type=cooperative", 1),
        ("type=university", 0),
        ("country=MA&region=MA-03", 0),
        ("theme=ESS&goal=12", 1),
        ("q=Marrakech", 0),
    ],
)
def test_the_list_is_cut_down_by_its_facets(client, question, found):
    make_organization(published=True)
    assert client.get(f"{LIST}?{question}").context["listing"].count == found


@pytest.mark.parametrize(
    "question", ["q=%00", "type=" + "x" * 500, "page=99999999999999999999", "goal=1&goal=2&goal=x'", "q=%FF%FE", "sort=none"]
)
def test_odd_questions_never_break_the_list(client, question):
    make_organization(published=True)
    assert client.get(f"{LIST}?{question}").status_code in {200, 400, 404}


def test_the_badge_says_since_when_and_turns_grey_after_its_term(client):
    organization = make_organization(published=True)
    assert "badge-status" not in text_of(client.get(page_of(organization, "en")))
    actions.verify(organization, method="document", by=make_moderator(), on=date(2026, 5, 4))
    with time_machine.travel("2028-05-03 12:00Z"):
        html = text_of(client.get(page_of(organization, "en")))
        assert "Verified in May 2026 by the coordination team" in html
        assert "badge-status-published" in html
    with time_machine.travel("2028-05-04 12:00Z"):
        html = text_of(client.get(page_of(organization, "en")))
        assert "Verification expired" in html
        assert "badge-status-draft" in html
        assert "May 2026 by" not in html


def test_only_published_projects_in_which_it_confirmed_its_part_stand_on_its_page(client):
    organization = make_organization(published=True)
    owner = owner_of(organization)
    confirmed, asked = make_project(published=True, name="Confirmé"), make_project(published=True, name="Demandé")
    hidden, draft = make_project(published=True, name="Caché"), make_project(name="Brouillon")
    for project in (confirmed, hidden, draft):
        name_somebody(project, organization=organization, confirmed_by=owner)
    name_somebody(asked, organization=organization)
    moderation_actions.hide(hidden.entry, by=make_moderator(), reason="Vérification")
    assert [str(project.name) for project in client.get(page_of(organization)).context["entry"].projects] == ["Confirmé"]


def test_contact_details_are_for_those_whom_its_people_chose(client):
    organization = make_organization(published=True, phone=CANARY, audiences={"phone": "members"})
    for page in (LIST, page_of(organization)):
        assert CANARY not in text_of(client.get(page))
    member = Client()
    member.force_login(owner_of(make_organization(published=True, name="Autre")))
    assert CANARY in text_of(member.get(page_of(organization)))


def test_a_change_waits_while_the_page_stays_byte_identical(client):
    organization = make_organization(published=True)
    before = client.get(page_of(organization)).content
    organization.description_fr = "Autre texte."
    organization.save()
    publish_free_changes(organization, by=owner_of(organization))
    moderation_actions.submit(organization, by=owner_of(organization))
    assert client.get(page_of(organization)).content == before


def test_the_page_for_machines(client):
    organization = make_organization(
        published=True, name="</script><b>Olive", acronym="OLV", website="https://olive.example/", founded=1998
    )
    data = linked_data(client.get(page_of(organization, "en")))["mainEntity"]
    assert data["@type"] == "Organization"
    assert data["name"] == {"@value": "</script><b>Olive", "@language": "fr"}
    assert (data["alternateName"], data["foundingDate"], data["url"]) == ("OLV", "1998", "https://olive.example/")
    html = text_of(client.get(page_of(organization)))
    assert "<b>Olive" not in html
    for language in ("ar", "fr", "en"):
        assert f'hreflang="{language}" href="http://127.0.0.1:8000{page_of(organization, language)}"' in html


def test_a_name_that_is_an_address_of_ours_gets_another_one():
    organization = make_organization(published=True, name="Invitation")
    assert organization.entry.slug == f"invitation-{organization.public_id}"


def test_a_visitor_is_sent_to_log_in_before_asking_to_join(client):
    organization = make_organization(published=True)
    assert client.get(f"{page_of(organization)}join/").status_code == 302
    client.force_login(make_user())
    assert client.get(f"{page_of(organization)}join/").status_code == 200
    moderation_actions.hide(organization.entry, by=make_moderator(), reason="Vérification")
    assert client.get(f"{page_of(organization)}join/").status_code == 404


def test_a_removal_is_public_at_once(client):
    organization = make_organization(published=True, website="https://olive.example/")
    assert "olive.example" in text_of(client.get(page_of(organization)))
    organization.website = ""
    organization.save()
    publish_free_changes(organization, by=owner_of(organization))
    assert "olive.example" not in text_of(client.get(page_of(organization)))
