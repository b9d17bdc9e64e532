import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from notifications.models import Mail
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def log_in(client, email, password=PASSWORD, **data):
    return client.post("/fr/accounts/login/", {"login": email, "password": password, **data})


@pytest.fixture
def user():
    return make_user(email="amina@example.org", password=PASSWORD, language="ar")


def test_after_five_wrong_passwords_even_the_right_one_waits(client, user):
    for _ in range(5):
        assert log_in(client, user.email, "wrong").status_code == 200
    response = log_in(client, user.email)
    assert response.status_code == 429
    assert int(response["Retry-After"]) == 300
    assert "_auth_user_id" not in client.session


def test_whoever_is_locked_out_by_another_is_offered_a_code_and_gets_in_by_it(client, user):
    for _ in range(6):
        refused = log_in(Client(), user.email, "wrong")
    assert refused.status_code == 429
    address = reverse("account_request_login_code")
    assert address in refused.content.decode()
    client.post(address, {"email": user.email})
    code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", Mail.objects.get(kind="login_code").text)[0]
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_limit_of_one_account_does_not_lock_out_another(client, user):
    other = make_user(password=PASSWORD)
    for _ in range(6):
        log_in(client, user.email, "wrong")
    assert log_in(client, other.email).status_code == 302


@pytest.mark.parametrize("count", [0, 1])
def test_a_forged_forwarded_address_does_not_renew_the_tries(user, settings, count):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = count
    answers = [
        Client(headers={"X-Forwarded-For": f"198.51.100.{number}"})
        .post("/fr/accounts/login/", {"login": user.email, "password": "wrong"})
        .status_code
        for number in range(6)
    ]
    assert answers == [200] * 5 + [429]


def test_ten_thousand_other_tries_do_not_free_an_account(client, user):
    """A cache with Django's own size deletes the lowest third by key at three hundred: allauth's counters stand there."""
    for _ in range(5):
        log_in(client, user.email, "wrong")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO shared_cache (cache_key, value, expires)"
            " SELECT ':1:other:' || n, 'gAWVAgAAAAAAAABLAS4=', now() + interval '1 hour' FROM generate_series(1, 10000) AS n"
        )
    for number in range(20):
        cache.set(f"tries:{number}", 1, 60)
    assert log_in(client, user.email).status_code == 429


@pytest.mark.parametrize("forwarded", [None, "", "no address"])
def test_a_request_past_the_proxy_is_answered_and_has_a_limit(user, settings, forwarded):
    """Monitoring asks from inside; a proxy may be misconfigured. Neither is a reason to refuse the right password."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client = Client(headers={} if forwarded is None else {"X-Forwarded-For": forwarded})
    assert client.get("/api/v1/search?q=eau").status_code == 200
    assert log_in(client, user.email).status_code == 302


def test_a_wrong_password_and_an_unknown_address_answer_alike(user):
    wrong = log_in(Client(), user.email, "wrong").context["form"].errors
    unknown = log_in(Client(), "nobody@example.org", "wrong").context["form"].errors
    assert wrong == unknown


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "///evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "http:///evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        "//evil.example\u3002com",
        "https://testserver@evil.example/",
    ],
)
def test_next_stays_on_the_site(client, user, target):
    response = log_in(client, user.email, next=target)
    assert response.status_code == 302
    assert response["Location"].startswith("/fr/")


def test_next_is_followed_on_the_site(client, user):
    assert log_in(client, user.email, next="/en/accounts/email/")["Location"] == "/en/accounts/email/"


def test_a_code_logs_in_once(user):
    client = Client()
    client.post("/fr/accounts/login/code/", {"email": user.email})
    mail = Mail.objects.get(kind="login_code")
    assert mail.language == "ar"
    assert mail.confidential
    code = next(line for line in mail.text.splitlines() if "-" in line and line.isascii() and "http" not in line)
    assert client.post("/fr/accounts/login/code/confirm/", {"code": code}).status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    thief = Client()
    thief.post("/fr/accounts/login/code/confirm/", {"code": code})
    assert "_auth_user_id" not in thief.session


def test_a_code_for_an_unknown_address_looks_the_same():
    known = Client().post("/fr/accounts/login/code/", {"email": make_user().email})
    unknown = Client().post("/fr/accounts/login/code/", {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert Mail.objects.get(address="nobody@example.org").kind == "unknown_account"


def test_an_inactive_account_is_told_so_and_stays_outside(client, user):
    user.is_active = False
    user.save()
    assert log_in(client, user.email)["Location"] == "/fr/accounts/inactive/"
    assert "_auth_user_id" not in client.session


def test_what_a_member_sees_is_kept_by_no_cache(client, user):
    client.force_login(user)
    response = client.get("/fr/accounts/settings/")
    assert {"private", "no-store"} <= {part.strip() for part in response["Cache-Control"].split(",")}
