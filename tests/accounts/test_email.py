import pytest
from django.test import Client

from notifications.models import Mail
from tests.factories.accounts import PASSWORD, log_in, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    user = make_user(email="old@example.org", password=PASSWORD, language="ar")
    log_in(client, user)
    return user


def ask_for_address(client, address):
    return client.post("/fr/accounts/email/", {"email": address, "action_add": ""}, follow=True)


def test_a_new_address_counts_once_it_is_confirmed_and_the_old_one_is_told(client, member, link_of):
    ask_for_address(client, "new@example.org")
    member.refresh_from_db()
    assert member.email == "old@example.org"
    mail = Mail.objects.get(kind="email_confirmation")
    assert (mail.address, mail.language) == ("new@example.org", "ar")
    Client().post(link_of("email_confirmation"))
    member.refresh_from_db()
    assert member.email == "new@example.org"
    told = Mail.objects.get(kind="email_changed")
    assert (told.address, told.language) == ("old@example.org", "ar")


@pytest.mark.parametrize("verified", [True, False])
def test_another_person_s_address_cannot_be_taken(client, member, link_of, verified):
    make_user(email="taken@example.org", verified=verified)
    response = ask_for_address(client, "taken@example.org")
    assert "taken@example.org" in response.content.decode()
    assert Client().post(link_of("email_confirmation")).status_code in {200, 302}
    member.refresh_from_db()
    assert member.email == "old@example.org"
