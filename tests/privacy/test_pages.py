"""The pages on which accounts, people and organisations end."""

import pytest
from django.urls import reverse

from accounts.models import User
from organizations.models import Organization
from tests.factories.accounts import PASSWORD, log_in, make_admin, make_user
from tests.factories.experts import make_expert
from tests.factories.moderation import entry_of, make_moderator
from tests.factories.organizations import make_member, make_organization, owner_of

pytestmark = pytest.mark.django_db
CLOSE = "/fr/accounts/close/"


@pytest.fixture
def owner(client):
    """The last owner of an organisation, with a profile, who has just signed in."""
    user = make_user(password=PASSWORD)
    make_expert(user, published=True)
    make_organization(user, published=True)
    log_in(client, user)
    return user


def test_closing_asks_for_the_password_again(client):
    client.force_login(make_user(password=PASSWORD))
    assert client.get(CLOSE).url.startswith("/fr/accounts/reauthenticate/")


def test_the_page_says_what_will_happen_and_closing_leads_home(client):
    user = make_user(password=PASSWORD)
    expert = make_expert(user, published=True)
    address = entry_of(expert).get_absolute_url()
    organization = make_organization()
    make_member(organization, "owner", user)
    log_in(client, user)

    page = client.get(CLOSE)
    assert {str(expert), str(organization)} <= {str(row) for row in (*page.context["consequences"].ends, organization)}
    assert str(organization) in page.text
    refused = client.post(CLOSE)
    assert User.objects.filter(pk=user.pk).exists()
    assert "Cochez la case" in refused.text
    home = client.post(CLOSE, {"understood": "on"}, follow=True)

    assert home.redirect_chain == [("/fr/", 302)]
    assert "Votre compte est fermé." in home.text
    assert not User.objects.filter(pk=user.pk).exists()
    assert client.get(address).status_code == 404
    assert client.get("/fr/me/").status_code == 302


def test_the_last_owner_reads_what_to_do_first(client, owner):
    page = client.get(CLOSE)
    organization = Organization.objects.get()
    assert reverse("organizations:people", args=[organization.public_id]) in page.text
    assert reverse("privacy:close_organization", args=[organization.public_id]) in page.text

    refused = client.post(CLOSE, {"understood": "on"})

    assert "Rien n’a été supprimé." in refused.text
    assert User.objects.filter(pk=owner.pk).exists()


def test_the_last_owner_closes_the_organisation(client, owner):
    organization = Organization.objects.get()
    address = reverse("privacy:close_organization", args=[organization.public_id])
    assert str(organization) in client.get(address).text
    client.post(address)
    assert Organization.objects.exists()

    done = client.post(address, {"understood": "on"}, follow=True)

    assert done.redirect_chain[0][0] == "/fr/me/"
    assert not Organization.objects.exists()
    assert client.get(address).status_code == 404


def test_an_organisation_with_another_owner_is_not_closed(client, owner):
    organization = Organization.objects.get()
    make_member(organization, "owner")
    assert client.get(reverse("privacy:close_organization", args=[organization.public_id])).status_code == 404
    assert owner_of(organization) == owner


# The team


def page_of(person: User, name: str = "end") -> str:
    return reverse(f"admin:accounts_user_{name}", args=[person.pk])


def test_a_coordinator_deactivates_and_erases_a_person_with_a_reason(client):
    expert = make_expert(published=True)
    address = entry_of(expert).get_absolute_url()
    client.force_login(make_moderator())
    assert page_of(expert.user) in client.get(reverse("admin:accounts_user_change", args=[expert.user.pk])).text
    assert str(expert) in client.get(page_of(expert.user)).text

    client.post(page_of(expert.user, "deactivate"), {"deactivate-reason": "Plaintes."})
    assert client.get(address).status_code == 404
    client.post(page_of(expert.user, "reactivate"))
    assert client.get(address).status_code == 200
    without_reason = client.post(page_of(expert.user, "erase"), {"erase-understood": "on"})
    assert without_reason.status_code == 200
    assert "errorlist" in without_reason.text
    client.post(page_of(expert.user, "erase"), {"erase-understood": "on", "erase-reason": "À sa demande."})

    assert not User.objects.filter(pk=expert.user.pk).exists()
    assert client.get(address).status_code == 404


def test_the_last_coordinator_gets_a_clear_answer(client):
    admin = make_admin()
    client.force_login(admin)
    assert "Personne d’autre ne s’occupe du réseau." in client.get(page_of(admin)).text

    told = client.post(page_of(admin, "erase"), {"erase-understood": "on", "erase-reason": "Assez."}, follow=True)

    assert "Rien n’a été modifié." in told.text
    assert User.objects.filter(pk=admin.pk).exists()


def test_nobody_is_deleted_by_the_stock_page(client):
    client.force_login(make_admin())
    person = make_user()
    assert client.post(reverse("admin:accounts_user_delete", args=[person.pk]), {"post": "yes"}).status_code == 403
    assert client.get(page_of(person)).status_code == 200


def test_the_pages_of_the_team_are_closed_to_others(client):
    person = make_user()
    client.force_login(person)
    for name in ("end", "erase", "deactivate", "reactivate"):
        assert client.get(page_of(person, name)).status_code in {302, 403}
    client.force_login(make_moderator())
    assert client.get(page_of(make_moderator())).status_code == 403
