"""What visitors read of projects, in three languages; and what they never read."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moderation import actions as moderation_actions
from tests.factories.experts import make_expert
from tests.factories.moderation import make_moderator
from tests.factories.organizations import make_organization, owner_of
from tests.factories.projects import make_project, name_somebody

pytestmark = pytest.mark.django_db
LIST = "/fr/projects/"
WRITES = re.compile(r"^(INSERT|UPDATE|DELETE)", re.IGNORECASE)
BUDGET = 4711000


def page_of(project, language: str = "fr") -> str:
    return f"/{language}/projects/{project.entry.slug}/"


def text_of(response) -> str:
    return response.content.decode()


def names(response) -> list[str]:
    return [str(entry.name) for entry in response.context["listing"].entries]


@pytest.mark.parametrize("count", [1, 8])
def test_list_and_page_ask_the_database_the_same_few_questions(client, count):
    for number in range(count):
        project = make_project(published=True, name=f"Projet {number}")
    for number in range(count):
        organization = make_organization(published=True, name=f"Coopérative {number}")
        name_somebody(project, organization=organization, confirmed_by=owner_of(organization))
        expert = make_expert(published=True, family_name=f"Alaoui {number}")
        name_somebody(project, expert=expert, confirmed_by=expert.user)
    for url, limit in {LIST: 8, f"{LIST}?q=eau&goal=6&country=FR&type=ongoing&sort=name": 8, page_of(project): 6}.items():
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        assert len(queries) <= limit
        assert not [query["sql"] for query in queries if WRITES.match(query["sql"])]
    entry = client.get(page_of(project)).context["entry"]
    assert (len(entry.organizations), len(entry.people)) == (count, count)


def test_drafts_hidden_and_absent_pages_answer_404(client):
    draft, hidden = make_project(name="Brouillon"), make_project(published=True, name="Caché")
    moderation_actions.hide(hidden.entry, by=make_moderator(), reason="Vérification")
    assert {client.get(f"{LIST}{slug}/").status_code for slug in ("brouillon", draft.public_id, hidden.entry.slug, "x")} == {404}
    assert names(client.get(LIST)) == []


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_page_only_in_arabic_is_found_readable_and_marked(client, language):
    project = make_project(published=True, name="", name_ar="ماء الواحات", summary="", summary_ar="توفير الماء في ثلاث واحات.")
    assert names(client.get(f"/{language}/projects/", {"q": "الواحات"})) == ["ماء الواحات"]
    html = text_of(client.get(page_of(project, language)))
    assert 'lang="ar">ماء الواحات' in html
    assert "توفير الماء في ثلاث واحات." in html


def test_both_shores_are_told_apart(client):
    project = make_project(published=True, countries=["MA", "TN", "ES", "IT", "BR"])
    shores = client.get(page_of(project)).context["entry"].shores
    assert {shore: {label.code for label in labels} for shore, labels in shores.items()} == {
        "south": {"MA", "TN"},
        "north": {"ES", "IT"},
        "elsewhere": {"BR"},
    }


@pytest.mark.parametrize(
    ("dates", "shown"),
    [
        ({"start": "2024-03-01", "end": "2026-02-28"}, "1 March 2024 – 28 February 2026"),
        ({"start": "2024-03-01"}, "since 1 March 2024"),
        ({"end": "2026-02-28"}, "until 28 February 2026"),
        ({}, ""),
    ],
)
def test_the_dates_are_said_in_words(client, dates, shown):
    project = make_project(published=True, **dates)
    assert client.get(page_of(project, "en")).context["entry"].period == shown


def test_funding_is_for_those_whom_its_authors_chose(client):
    project = make_project(published=True, budget=BUDGET, funders="Fonds bleu", audiences={"funding": "members"})
    for page in (LIST, page_of(project)):
        assert "Fonds bleu" not in text_of(client.get(page))
        assert "711" not in text_of(client.get(page))
    assert client.get(LIST, {"q": "bleu"}).context["listing"].count == 0
    member = Client()
    member.force_login(make_expert(published=True).user)
    assert "Fonds bleu" in text_of(member.get(page_of(project)))
    assert "4 711 000" in text_of(member.get(page_of(project))).replace("\xa0", " ")


@pytest.mark.parametrize("question", ["q=%00", "status=x", "page=-1", "region=" + "x" * 500, "goal=" + "9" * 100])
def test_odd_questions_never_break_the_list(client, question):
    make_project(published=True)
    assert client.get(f"{LIST}?{question}").status_code in {200, 400, 404}


def test_the_page_for_machines_names_who_confirmed(client):
    project = make_project(published=True, name="</script><b>Eau", start="2024-03-01", funders="Fonds bleu، الاتحاد الأوروبي")
    organization, expert = make_organization(published=True), make_expert(published=True, family_name="Alaoui")
    name_somebody(project, organization=organization, confirmed_by=owner_of(organization))
    name_somebody(project, expert=expert)
    html = text_of(client.get(page_of(project)))
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])
    assert data["@type"] == "ProfilePage"
    about = data["mainEntity"]
    assert (about["@type"], about["foundingDate"]) == ("Project", "2024-03-01")
    assert about["funder"] == [
        {"@type": "Organization", "name": "Fonds bleu"},
        {"@type": "Organization", "name": {"@value": "الاتحاد الأوروبي", "@language": "ar"}},
    ]
    assert [member["@type"] for member in about["member"]] == ["Organization"]
    assert about["member"][0]["@id"].endswith(f"{organization.entry.slug}/#organization")
    assert "Alaoui" not in html
    assert "<b>Eau" not in html
    for language in ("ar", "fr", "en"):
        assert f'hreflang="{language}" href="http://127.0.0.1:8000{page_of(project, language)}"' in html
