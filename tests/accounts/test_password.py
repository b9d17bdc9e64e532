from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from accounts.models import User
from notifications.models import Mail
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "un-autre-mot-tres-long"


def ask_for_reset(email, **headers):
    return Client(headers=headers).post("/fr/accounts/password/reset/", {"email": email}, follow=True)


def choose(link, password=NEW_PASSWORD):
    client = Client()
    page = client.get(link, follow=True)
    return (
        client.post(page.redirect_chain[-1][0], {"password1": password, "password2": password}) if page.redirect_chain else page
    )


def test_a_reset_link_works_once(link_of):
    user = make_user(password=PASSWORD, language="ar")
    ask_for_reset(user.email)
    link = link_of("password_reset_key")
    assert link.startswith("/ar/")
    for _ in range(2):
        Client().get(link)
    assert choose(link).status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)
    choose(link, "encore-un-autre-mot")
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)
    assert Mail.objects.filter(kind="password_reset", language="ar").count() == 1


def test_a_reset_link_dies_after_a_day(link_of):
    user = make_user(password=PASSWORD)
    ask_for_reset(user.email)
    with time_machine.travel(timezone.now() + timedelta(days=1, hours=2)):
        choose(link_of("password_reset_key"))
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_the_reset_page_does_not_tell_who_has_an_account():
    user = make_user()
    known, unknown = ask_for_reset(user.email), ask_for_reset("nobody@example.org")
    assert known.redirect_chain == unknown.redirect_chain
    assert known.content == unknown.content
    assert Mail.objects.get(address="nobody@example.org").kind == "unknown_account"


def test_a_forged_host_is_refused_and_never_mailed(settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    user = make_user()
    assert ask_for_reset(user.email, host="evil.example").status_code == 400
    ask_for_reset(user.email, host="other.example", x_forwarded_host="evil.example")
    text = Mail.objects.get().text
    assert settings.SITE_URL in text
    assert ".example/" not in text


def test_an_imported_person_claims_the_account_by_the_reset_mail(link_of):
    user = User.objects.create_user(email="imported@example.org", language="ar")
    assert not user.has_usable_password()
    ask_for_reset(user.email)
    choose(link_of("password_reset_key"))
    assert EmailAddress.objects.get(user=user).verified
    client = Client()
    client.post("/fr/accounts/login/", {"login": user.email, "password": NEW_PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_weak_passwords_are_refused(link_of):
    user = make_user(password=PASSWORD)
    ask_for_reset(user.email)
    assert choose(link_of("password_reset_key"), "password123").context["form"].errors
