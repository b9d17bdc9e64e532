"""Every page of django-allauth in three languages: it renders, in the right direction, without its own English."""

from pathlib import Path

import allauth
import html5lib
import polib
import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from tests.factories.accounts import PASSWORD, add_recovery_codes, add_totp, log_in, make_user

pytestmark = pytest.mark.django_db
LANGUAGES = ("ar", "fr", "en")

PUBLIC_PAGES = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_request_login_code",
    "account_email_verification_sent",
    "account_inactive",
]
MEMBER_PAGES = [
    "accounts:settings",
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "usersessions_list",
]
PROTECTED_MEMBER_PAGES = [
    "mfa_index",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
]


def english_of_allauth(language):
    catalogue = polib.pofile(str(Path(allauth.__file__).parent / "locale" / language / "LC_MESSAGES" / "django.po"))
    return {entry.msgid.strip() for entry in catalogue.translated_entries() if entry.msgstr != entry.msgid}


def check(client, name, language, args=()):
    with override(language):
        address = reverse(name, args=args)
    response = client.get(address)
    assert response.status_code == 200, address
    page = response.content.decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    assert "style=" not in page
    assert "onclick=" not in page
    if language != "en":
        texts = {text.strip() for text in html5lib.parse(page).itertext()}
        assert not texts & english_of_allauth(language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_pages_for_everybody(client, name, language):
    check(client, name, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_behind_links(client, language):
    check(client, "account_confirm_email", language, ["stale-key"])
    check(client, "account_reset_password_from_key", language, ["1", "set-password"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_for_members(client, language):
    log_in(client, make_user(password=PASSWORD))
    for name in MEMBER_PAGES:
        check(client, name, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_for_members_with_a_second_factor(client, language):
    user = make_user(password=PASSWORD)
    log_in(client, user)
    add_totp(user)
    add_recovery_codes(user)
    for name in PROTECTED_MEMBER_PAGES:
        check(client, name, language)


def test_the_language_of_mails_is_chosen_in_the_settings(client):
    user = make_user(language="fr")
    client.force_login(user)
    client.post("/fr/accounts/settings/", {"language": "ar", "is_staff": "on", "email": "other@example.org"})
    user.refresh_from_db()
    assert (user.language, user.is_staff) == ("ar", False)
    assert user.email != "other@example.org"
    assert client.post("/fr/accounts/settings/", {"language": "de"}).context["form"].errors
    assert User.objects.get(pk=user.pk).language == "ar"


def test_settings_are_for_members(client):
    assert client.get("/fr/accounts/settings/")["Location"].startswith("/fr/accounts/login/")
