import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import IntegrityError
from django.test import Client

from accounts.models import Consent, User
from notifications.models import Mail
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def sign_up(client, address, *, language="fr", **changes):
    data = {"email": address, "password1": PASSWORD, "purpose": "expert", "privacy": "on", "website": "", **changes}
    return client.post(f"/{language}/accounts/signup/", data, follow=True)


def without_tokens(response, email):
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return page.replace(email, "ADDRESS")


def test_somebody_registers_in_arabic_and_every_mail_is_arabic(client, link_of):
    response = sign_up(client, "amina@example.org", language="ar", purpose="organization")
    assert '<html lang="ar" dir="rtl">' in response.content.decode()
    user = User.objects.get(email="amina@example.org")
    assert (user.language, user.purpose) == ("ar", "organization")
    mail = Mail.objects.get()
    assert mail.kind == "email_confirmation_signup"
    assert mail.recipient == user
    assert mail.confidential
    assert mail.language == "ar"
    assert 'dir="rtl"' in mail.html
    assert "مرحبا بكم" in mail.subject
    client.post(link_of("email_confirmation_signup"))
    assert client.session["_auth_user_id"] == str(user.pk)
    Client().post("/en/accounts/password/reset/", {"email": user.email})
    assert {mail.language for mail in Mail.objects.all()} == {"ar"}


def test_nobody_logs_in_before_the_address_is_confirmed(client):
    sign_up(client, "amina@example.org")
    response = Client().post("/fr/accounts/login/", {"login": "amina@example.org", "password": PASSWORD}, follow=True)
    assert response.redirect_chain[-1][0] == "/fr/accounts/confirm-email/"
    assert not response.context["user"].is_authenticated


def test_opening_the_link_changes_nothing_and_it_works_once(client, link_of):
    sign_up(client, "amina@example.org")
    link = link_of("email_confirmation_signup")
    scanner = Client()
    for _ in range(3):
        assert scanner.get(link).status_code == 200
    assert not EmailAddress.objects.get().verified
    Client().post(link)
    assert EmailAddress.objects.get().verified
    assert Client().post(link).status_code == 404
    assert 'href="/fr/accounts/login/"' in Client().get(link).content.decode().split("<main")[1], "a used link shows the way on"


def test_the_consent_is_kept_with_its_text_version_and_date(client, settings):
    settings.PRIVACY_NOTICE_VERSION = "2031-05"
    sign_up(client, "amina@example.org")
    consent = Consent.objects.get(user__email="amina@example.org")
    assert (consent.purpose, consent.text_version, consent.withdrawn_at) == ("privacy", "2031-05", None)


@pytest.mark.parametrize("missing", ["privacy", "purpose", "email", "password1"])
def test_an_incomplete_form_makes_no_account(client, missing):
    response = sign_up(client, "amina@example.org", **{missing: ""})
    assert response.status_code == 200
    assert response.context["form"].errors[missing]
    assert not User.objects.exists()
    assert not Mail.objects.exists()


def test_fields_the_form_does_not_show_are_ignored(client):
    sign_up(client, "amina@example.org", is_staff="on", is_superuser="on", language_code="en", is_active="")
    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.is_active) == (False, False, True)


def test_a_robot_in_the_trap_sees_success_and_has_no_account(client):
    response = sign_up(client, "amina@example.org", website="https://spam.example")
    assert response.redirect_chain[-1][0] == "/fr/accounts/confirm-email/"
    assert not User.objects.exists()
    assert not Mail.objects.exists()


def test_the_trap_is_hidden_without_an_inline_style(client):
    page = client.get("/fr/accounts/signup/").content.decode()
    assert 'name="website"' in page
    assert "style=" not in page


def test_the_answer_does_not_tell_who_has_an_account(link_of):
    make_user(email="known@example.org", language="en")
    known, unknown = sign_up(Client(), "KNOWN@example.org"), sign_up(Client(), "unknown@example.org")
    assert known.redirect_chain == unknown.redirect_chain
    assert without_tokens(known, "known@example.org") == without_tokens(unknown, "unknown@example.org")
    assert User.objects.filter(email__iexact="known@example.org").count() == 1
    mail = Mail.objects.get(address="known@example.org")
    assert mail.kind == "account_already_exists"
    assert mail.language == "en"
    assert link_of("account_already_exists") == "/en/accounts/password/reset/"


def test_the_work_is_the_same_whether_the_account_exists(monkeypatch):
    make_user(email="known@example.org")
    hashed = []
    encode = Argon2PasswordHasher.encode

    def counting(self, password, salt):
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(Argon2PasswordHasher, "encode", counting)
    counts = []
    for email in ("known@example.org", "unknown@example.org"):
        hashed.clear()
        sign_up(Client(), email)
        counts.append(len(hashed))
    assert counts == [1, 1]


def test_the_same_sign_up_twice_at_once_makes_one_account(client, monkeypatch):
    make_user(email="known@example.org")
    monkeypatch.setattr("allauth.account.forms.BaseSignupForm.validate_unique_email", lambda form, value: value)
    response = sign_up(client, "known@example.org")
    assert response.redirect_chain[-1][0] == "/fr/accounts/confirm-email/"
    assert User.objects.count() == 1
    assert Mail.objects.get().kind == "account_already_exists"


def test_addresses_are_unique_whatever_their_case():
    make_user(email="amina@example.org")
    with pytest.raises(IntegrityError):
        User.objects.create_user(email="AMINA@example.org")


FIRST_STEPS = {"expert": "/fr/experts/edit/identity/", "organization": "/fr/organizations/new/", "project": "/fr/projects/new/"}


@pytest.mark.parametrize(("purpose", "first_step"), FIRST_STEPS.items())
def test_confirming_leads_straight_to_the_first_step_of_what_was_asked_for(client, link_of, purpose, first_step):
    sign_up(client, "amina@example.org", purpose=purpose, name="Amina Idrissi")
    answer = client.post(link_of("email_confirmation_signup"))
    assert answer.url == first_step
    assert client.get(answer.url).status_code == 200
    assert User.objects.get().name == "Amina Idrissi"


def test_signing_in_later_leads_to_my_space(client, link_of):
    sign_up(client, "amina@example.org")
    Client().post(link_of("email_confirmation_signup"))
    login = Client().post("/fr/accounts/login/", {"login": "amina@example.org", "password": PASSWORD})
    assert login.url == "/fr/me/"


@pytest.mark.parametrize("name", ["x" * 151, "Amina\u202e", "a\nb"])
def test_a_name_that_is_none_is_refused_kindly(client, name):
    response = sign_up(client, "amina@example.org", name=name)
    assert response.context["form"].errors["name"]
    assert response.context["form"]["email"].value() == "amina@example.org"
    assert not User.objects.exists()


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u202c", "\u00ad", "\ufeff"])
def test_an_address_pasted_with_an_invisible_mark_is_the_address(client, mark):
    sign_up(client, f"{mark}amina@example.org{mark}")
    assert User.objects.get().email == "amina@example.org"


PAGES = ["accounts/signup/", "accounts/login/", "accounts/login/code/", "accounts/password/reset/"]


@pytest.mark.parametrize("page", PAGES)
def test_no_browser_refuses_a_mark_that_nobody_sees(client, page):
    """A field of the type email is refused by Chromium before it is sent; ours only asks for the keyboard of addresses."""
    text = client.get(f"/ar/{page}").content.decode()
    assert 'type="email"' not in text
    assert 'inputmode="email"' in text


def test_an_address_with_a_mark_signs_in_and_asks_for_a_new_password(client):
    user = make_user(email="amina@example.org", password=PASSWORD)
    client.post("/fr/accounts/password/reset/", {"email": "amina@example.org\u200f"})
    assert Mail.objects.get().recipient == user
    client.post("/fr/accounts/login/", {"login": "\u202aamina@example.org\u202c", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)
