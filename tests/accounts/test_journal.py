"""What people do with their accounts leaves a row each in the journal."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client, TestCase

from accounts.models import User
from journal.models import Record
from tests.factories.accounts import PASSWORD, add_recovery_codes, add_totp, log_in, make_user

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "huit-collines-et-une-fontaine"


@pytest.fixture
def member(client):
    user = make_user(email="member@example.org", password=PASSWORD)
    log_in(client, user)
    return user


def deeds(user) -> list[str]:
    rows = Record.objects.of(user).order_by("pk")
    assert {row.by_id for row in rows} <= {user.pk}
    return [row.verb for row in rows]


def since(user, action) -> list[str]:
    """What was written down while `action` ran; django-allauth tells of factors once they are committed."""
    before = deeds(user)
    with TestCase.captureOnCommitCallbacks(execute=True):
        action()
    return deeds(user)[len(before) :]


def test_signing_up_and_confirming(client, link_of):
    data = {"email": "new@example.org", "password1": PASSWORD, "purpose": "expert", "privacy": "on", "website": ""}
    client.post("/fr/accounts/signup/", data)
    user = User.objects.get(email="new@example.org")
    assert deeds(user) == ["signed_up"]
    assert since(user, lambda: client.post(link_of("email_confirmation_signup"))) == ["address_confirmed", "logged_in"]


def test_logging_in_and_out(client):
    user = make_user(password=PASSWORD)
    credentials = {"login": user.email, "password": PASSWORD}
    assert since(user, lambda: client.post("/fr/accounts/login/", credentials)) == ["logged_in"]
    assert since(user, lambda: client.post("/fr/accounts/logout/")) == ["logged_out"]
    assert since(user, lambda: client.post("/fr/accounts/logout/")) == []
    wrong = credentials | {"password": "wrong"}
    assert since(user, lambda: client.post("/fr/accounts/login/", wrong)) == []


def test_changing_the_password(client, member):
    data = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert since(member, lambda: client.post("/fr/accounts/password/change/", data)) == ["password_changed"]
    assert since(member, lambda: client.post("/fr/accounts/password/change/", data)) == []


def test_replacing_a_lost_password(client, link_of):
    user = make_user(email="lost@example.org", password=PASSWORD)
    client.post("/fr/accounts/password/reset/", {"email": user.email})
    link = link_of("password_reset_key")

    def replace():
        page = client.get(link, follow=True)
        client.post(page.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert since(user, replace) == ["password_changed"]


def test_changing_the_address(client, member, link_of):
    def change():
        client.post("/fr/accounts/email/", {"email": "other@example.org", "action_add": ""})
        Client().post(link_of("email_confirmation"))

    done = since(member, change)
    assert done.count("address_changed") == 1
    assert set(done) <= {"address_added", "address_confirmed", "address_changed", "address_removed"}


def test_adding_and_removing_a_second_factor(client, member):
    page = client.get("/fr/accounts/2fa/totp/activate/")
    code = format_hotp_value(hotp_value(page.context["form"].secret, int(time.time()) // 30))
    added = since(member, lambda: client.post("/fr/accounts/2fa/totp/activate/", {"code": code}))
    assert added[0] == "factor_added"
    assert set(Record.objects.of(member).filter(verb="factor_added").values_list("facts__factor", flat=True)) == set(
        Authenticator.objects.filter(user=member).values_list("type", flat=True)
    )
    removed = since(member, lambda: client.post("/fr/accounts/2fa/totp/deactivate/"))
    assert set(removed) == {"factor_removed"}


def test_new_recovery_codes(client, member):
    add_totp(member)
    add_recovery_codes(member)
    assert since(member, lambda: client.post("/fr/accounts/2fa/recovery-codes/generate/")) == ["factor_reset"]
