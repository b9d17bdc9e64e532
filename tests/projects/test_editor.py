"""The journey of a project's authors: begin, five steps, send; and what is closed to all others."""

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.models import Submission
from organizations.models import Role
from projects.actions import set_lead
from projects.models import Participation, Project, Step
from tests.experts.forms import form_data, open_and_send
from tests.factories.accounts import make_user
from tests.factories.experts import make_expert
from tests.factories.organizations import make_member, make_organization, owner_of
from tests.factories.projects import make_project, name_somebody

pytestmark = pytest.mark.django_db
FORM_STEPS = [step for step in Step.values if step != Step.PARTNERS]


def mine(project, page: str = "", language: str = "fr") -> str:
    return f"/{language}/projects/mine/{project.public_id}/{page}"


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def project(client):
    """Published, its author logged in."""
    project = make_project(published=True)
    client.force_login(project.created_by)
    return project


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_an_author_writes_in_the_language_of_the_page_and_sends(client, language):
    user = make_user()
    client.force_login(user)
    client.post(f"/{language}/projects/new/", {"name": "ماء الواحات"})
    project = Project.objects.get()
    open_and_send(client, mine(project, "edit/identity/", language), status="ongoing", **{f"summary_{language}": "توفير الماء."})
    open_and_send(client, mine(project, "edit/texts/", language), **{f"description_{language}": "وصف."})
    open_and_send(client, mine(project, "edit/fields/", language), themes=["EAU"], goals=["6", "13"])
    open_and_send(client, mine(project, "edit/places/", language), countries=["MA", "FR"], regions=["MA-03"], budget="120000")
    assert client.get(mine(project, "", language)).context["state"].missing == []
    client.post(mine(project, "submit/", language))
    fields = Submission.objects.waiting().get().document["fields"]
    assert fields["name"] == {language: "ماء الواحات", "source": language}
    assert (fields["countries"], fields["regions"], fields["budget"]) == (["MA", "FR"], ["MA-03"], 120000)


def test_a_project_may_begin_under_an_organisation_of_ones_own_and_of_no_other(client):
    organization, other = make_organization(published=True), make_organization(name="Autre")
    client.force_login(owner_of(organization))
    assert client.post("/fr/projects/new/", {"name": "Eau", "lead": str(other.pk)}).status_code == 200
    assert not Project.objects.exists()
    client.post("/fr/projects/new/", {"name": "Eau", "lead": str(organization.pk)})
    assert Project.objects.get().lead == organization


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("step", FORM_STEPS)
def test_an_untouched_step_saves_and_changes_nothing(client, project, step, language):
    Project.objects.filter(pk=project.pk).update(start="2024-03-01", regions=["MA-03"], budget=1)
    before = Project.objects.get(pk=project.pk).as_document()
    assert open_and_send(client, mine(project, f"edit/{step}/", language)).status_code == 302
    assert Project.objects.get(pk=project.pk).as_document() == before


def test_the_pages_of_a_project_do_not_exist_for_others(project):
    row = name_somebody(project, expert=make_expert(published=True))
    stranger = logged_in(make_user())
    gets = ["", "edit/identity/", "edit/partners/", "see-as/visitor/"]
    posts = ["submit/", "withdraw/", "lead/", "name/", f"remove/{row.pk}/"]
    assert {stranger.get(mine(project, page)).status_code for page in gets} == {404}
    assert {stranger.post(mine(project, page)).status_code for page in posts} == {404}
    assert {Client().get(mine(project, page)).status_code for page in gets} == {302}
    assert Participation.objects.count() == 1


def test_editors_of_the_lead_write_and_its_readers_do_not(client, project):
    organization = make_organization(owner=project.created_by, published=True)
    set_lead(project, organization, by=project.created_by)
    editor, reader = (logged_in(make_member(organization, role).user) for role in (Role.EDITOR, Role.READER))
    assert open_and_send(editor, mine(project, "edit/texts/"), description_fr="Texte.").status_code == 302
    assert reader.get(mine(project, "edit/texts/")).status_code == 404


def test_an_editor_of_the_lead_cannot_leave_the_project_without_one(client, project):
    organization = make_organization(owner=project.created_by, published=True)
    set_lead(project, organization, by=project.created_by)
    logged_in(make_member(organization, Role.EDITOR).user).post(mine(project, "lead/"), {"lead": ""})
    assert Project.objects.get(pk=project.pk).lead == organization
    client.post(mine(project, "lead/"), {"lead": ""})
    assert Project.objects.get(pk=project.pk).lead is None


def test_dates_in_the_wrong_order_and_regions_without_country_are_refused(client, project):
    response = open_and_send(client, mine(project, "edit/identity/"), start="2026-01-01", end="2025-01-01")
    assert response.status_code == 200
    assert "The end comes before" in str(response.context["form"].errors) or "fin" in str(response.context["form"].errors)
    response = open_and_send(client, mine(project, "edit/places/"), countries=["FR"], regions=["MA-03"])
    assert "regions" in response.context["form"].errors


def test_a_stale_form_answers_409_with_both_texts(client, project):
    url = mine(project, "edit/texts/")
    data = form_data(client.get(url)) | {"description_fr": "Ce que j’écris.", "then": "stay"}
    open_and_send(client, url, description_fr="Ce qui est arrivé avant.")
    response = client.post(url, data)
    assert response.status_code == 409
    assert "Ce que j’écris." in response.content.decode()
    assert "Ce qui est arrivé avant." in response.content.decode()


# Organisations and people


def found(client, project, text: str) -> list[str]:
    return [str(entry.name) for entry in client.get(mine(project, "edit/partners/"), {"q": text}).context["found"]]


def test_the_search_finds_by_a_part_of_the_name_and_only_who_is_published(client, project):
    make_organization(published=True, name="Coopérative Oliveraie")
    make_organization(name="Oliveraie secrète")
    make_expert(published=True, given_name="Olivia", family_name="Haddad", given_name_ar="أوليفيا", family_name_ar="حداد")
    assert found(client, project, "OLIV") == ["Coopérative Oliveraie", "Olivia Haddad"]
    assert found(client, project, "حداد") == ["Olivia Haddad"]
    assert found(client, project, "secrète") == []
    assert found(client, project, "' OR 1=1 --\\%_") == []


def test_somebody_found_is_asked_and_no_longer_found(client, project):
    expert = make_expert(published=True, family_name="Haddad")
    client.post(mine(project, "name/"), {"public_id": expert.public_id, "role": "trainer"})
    row = project.participations.get()
    assert (row.expert, row.role, row.status) == (expert, "trainer", Participation.Status.ASKED)
    assert found(client, project, "Haddad") == []
    assert "Haddad" in client.get(mine(project, "edit/partners/")).content.decode()


def test_drafts_and_unknown_identifiers_cannot_be_named(client, project):
    draft = make_expert()
    for public_id in (draft.public_id, "zzzzzzzzzz", project.public_id):
        assert client.post(mine(project, "name/"), {"public_id": public_id, "role": "trainer"}).status_code == 404
    for data in ({"public_id": "x" * 99, "role": "trainer"}, {"public_id": draft.public_id, "role": "king"}, {}):
        assert client.post(mine(project, "name/"), data).status_code == 302
    assert not Participation.objects.exists()


def test_a_participation_of_another_project_cannot_be_removed(client, project):
    other = make_project(name="Autre")
    row = name_somebody(other, expert=make_expert(published=True))
    assert client.post(mine(project, f"remove/{row.pk}/")).status_code == 404
    assert client.post(mine(project, "remove/99999999999999999999999/")).status_code == 404
    assert Participation.objects.get() == row


def test_the_preview_shows_the_draft_on_request(client, project):
    open_and_send(client, mine(project, "edit/texts/"), description_fr="Pas encore lue.")
    assert "Pas encore lue." not in client.get(mine(project, "see-as/visitor/")).content.decode()
    assert "Pas encore lue." in client.get(mine(project, "see-as/visitor/?text=draft")).content.decode()


@settings(max_examples=25)
@given(
    step=st.sampled_from(FORM_STEPS),
    values=st.dictionaries(
        st.sampled_from(["name_fr", "start", "end", "budget", "countries", "regions", "goals", "version", "audience_funding"]),
        st.text(max_size=40) | st.integers().map(str) | st.dates().map(str),
    ),
)
def test_whatever_is_typed_gets_an_answer(client, project, step, values):
    url = mine(project, f"edit/{step}/")
    response = client.post(url, form_data(client.get(url)) | values)
    assert response.status_code in {200, 302, 400, 409}
