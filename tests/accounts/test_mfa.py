import pytest
from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from django.test import Client
from django.urls import reverse

from accounts.mfa import MFAAdapter
from notifications.models import Mail
from tests.factories.accounts import (
    PASSWORD,
    TOTP_SECRET,
    add_recovery_codes,
    add_totp,
    make_admin,
    make_staff,
    make_user,
    totp_code,
)

pytestmark = pytest.mark.django_db


def give_password(client, user):
    return client.post("/fr/accounts/login/", {"login": user.email, "password": PASSWORD})


@pytest.fixture
def _mfa_required(settings):
    settings.STAFF_MFA_REQUIRED = True


def test_secrets_rest_encrypted():
    user = make_user()
    add_totp(user)
    codes = add_recovery_codes(user)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert TOTP_SECRET not in stored
    assert not any(code in stored for code in codes)
    assert Authenticator.objects.get(type="totp").wrap().validate_code(totp_code())


def test_the_same_secret_never_looks_the_same_and_a_changed_one_is_refused():
    adapter = MFAAdapter()
    first, second = adapter.encrypt("secret"), adapter.encrypt("secret")
    assert first != second
    assert adapter.decrypt(first) == adapter.decrypt(second) == "secret"
    forged = ("A" if first[20] != "A" else "B").join([first[:20], first[21:]])
    with pytest.raises(InvalidTag):
        adapter.decrypt(forged)


def test_secrets_survive_a_new_secret_key(settings):
    sealed = MFAAdapter().encrypt("secret")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-another-key-another-key-another-key-another"
    assert MFAAdapter().decrypt(sealed) == "secret"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidTag):
        MFAAdapter().decrypt(sealed)


def test_the_password_alone_does_not_log_in_and_a_code_works_once(client):
    user = make_user(password=PASSWORD)
    add_totp(user)
    assert give_password(client, user)["Location"] == "/fr/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    code = totp_code()
    client.post("/fr/accounts/2fa/authenticate/", {"code": code})
    assert client.session["_auth_user_id"] == str(user.pk)
    second = Client()
    give_password(second, user)
    second.post("/fr/accounts/2fa/authenticate/", {"code": code})
    assert "_auth_user_id" not in second.session


def test_a_recovery_code_works_once_and_its_use_is_told(client):
    user = make_user(password=PASSWORD, language="ar")
    add_totp(user)
    code = add_recovery_codes(user)[0]
    give_password(client, user)
    client.post("/fr/accounts/2fa/authenticate/", {"code": code})
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Mail.objects.get(kind="recovery_code_used").language == "ar"
    second = Client()
    give_password(second, user)
    second.post("/fr/accounts/2fa/authenticate/", {"code": code})
    assert "_auth_user_id" not in second.session


def test_codes_cannot_be_guessed(client):
    user = make_user(password=PASSWORD)
    add_totp(user)
    give_password(client, user)
    for _ in range(5):
        client.post("/fr/accounts/2fa/authenticate/", {"code": "000000"})
    client.post("/fr/accounts/2fa/authenticate/", {"code": totp_code()})
    assert "_auth_user_id" not in client.session


def test_a_second_factor_is_set_up_from_its_page_and_mailed(client, django_capture_on_commit_callbacks):
    user = make_user(password=PASSWORD, language="fr")
    give_password(client, user)
    client.post("/fr/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/fr/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    code = totp_code(secret)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/fr/accounts/2fa/totp/activate/", {"code": code})
    assert Mail.objects.filter(kind="totp_activated", recipient=user).exists()
    assert secret not in str(Authenticator.objects.get(type="totp").data)


@pytest.mark.usefixtures("_mfa_required")
def test_staff_without_a_second_factor_is_led_to_set_it_up(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    for name in ("admin:index", "admin:accounts_user_changelist"):
        response = client.get(reverse(name))
        assert (response.status_code, response["Location"]) == (302, reverse("mfa_index"))


@pytest.mark.usefixtures("_mfa_required")
def test_staff_with_a_second_factor_opens_the_admin_until_it_is_removed(client):
    user = make_admin()
    client.force_login(user)
    assert client.get(reverse("admin:index")).status_code == 200
    Authenticator.objects.filter(user=user).delete()
    assert client.get(reverse("admin:index")).status_code == 302


@pytest.mark.usefixtures("_mfa_required")
def test_rights_taken_away_count_at_once(client):
    user = make_staff()
    client.force_login(user)
    assert client.get(reverse("admin:index")).status_code == 200
    user.is_staff = False
    user.save()
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


def test_the_demo_lets_staff_in_and_says_so(client, settings):
    settings.STAFF_MFA_REQUIRED, settings.DEMO = False, True
    client.force_login(make_user(is_staff=True))
    assert client.get(reverse("admin:index")).status_code == 200
    assert client.get("/en/dev/mail/").context["staff_mfa_required"] is False


def test_the_admin_has_the_site_s_login(client):
    response = client.post("/fr/admin/login/", {"username": make_admin(password=PASSWORD).email, "password": PASSWORD})
    assert response.status_code == 302
    assert response["Location"].startswith("/fr/accounts/login/?next=")
    assert "_auth_user_id" not in client.session
