"""A person has a name, which stands in the place of the address for those one deals with."""

import pytest
from django.test import Client

from notifications.models import Mail
from organizations import actions as organizations
from organizations.models import Invitation, JoinRequest, Role
from tests.factories.accounts import make_user
from tests.factories.organizations import make_member, make_organization, owner_of

pytestmark = pytest.mark.django_db
NAME = "/fr/accounts/name/"


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_name_is_asked_before_the_first_act_for_others_and_leads_back():
    organization, person = make_organization(published=True), make_user(name="")
    client, join = logged_in(person), f"{organization.entry.get_absolute_url()}join/"
    asked = client.get(join)
    assert asked.url.startswith(NAME)
    page = client.get(asked.url)
    assert page.context["next"] == join
    assert client.post(NAME, {"name": "Zineb Alaoui", "next": join}).url == join
    client.post(join, {"message": "Bonjour"})
    assert JoinRequest.objects.get().asked_by.name == "Zineb Alaoui"
    assert "Zineb Alaoui" in Mail.objects.get(kind="join_request").text
    assert person.email not in Mail.objects.get(kind="join_request").text


def test_an_invitation_sent_without_a_name_waits_for_it():
    organization = make_organization(owner=make_user(name=""))
    people = f"/fr/organizations/mine/{organization.public_id}/people/"
    client = logged_in(owner_of(organization))
    answer = client.post(
        f"{people}invite/", {"email": "a@example.org", "role": "editor"}, headers={"referer": f"http://testserver{people}"}
    )
    assert not Invitation.objects.exists()
    assert client.post(NAME, {"name": "Karim", "next": client.get(answer.url).context["next"]}).url == people


@pytest.mark.parametrize("name", ["", "  ", "x" * 151, "a\u202eb"])
def test_what_is_no_name_is_refused(name):
    person = make_user(name="")
    answer = logged_in(person).post(NAME, {"name": name, "next": "/fr/me/"})
    assert answer.status_code == 200
    assert answer.context["form"].errors["name"]
    person.refresh_from_db()
    assert person.name == ""


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "me"])
def test_the_way_back_leads_nowhere_else(address):
    assert logged_in(make_user(name="")).post(NAME, {"name": "Zineb", "next": address}).url == "/fr/me/"


def test_the_people_of_an_organisation_see_names_and_no_addresses():
    organization = make_organization(owner=make_user(name="Karim Idrissi", email="karim@example.org"))
    reader = make_member(organization, Role.READER, make_user(name="Zineb Alaoui", email="zineb@example.org"))
    page = logged_in(reader.user).get(f"/fr/organizations/mine/{organization.public_id}/people/").content.decode()
    assert "Karim Idrissi" in page
    assert "karim@example.org" not in page


def test_an_invitation_says_who_invites():
    organization = make_organization(owner=make_user(name="Karim Idrissi", email="karim@example.org"))
    invitation = organizations.invite(organization, email="a@example.org", role=Role.EDITOR, by=owner_of(organization))
    for text in (Mail.objects.get(kind="organization_invitation").text, Client().get(invitation.answer_url).content.decode()):
        assert "Karim Idrissi" in text
        assert "karim@example.org" not in text
