import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from accounts.models import Consent, User
from tests.factories.accounts import PASSWORD, make_admin, make_user

pytestmark = pytest.mark.django_db


def test_the_address_is_the_login_name_whatever_its_case():
    make_user(email="amina@example.org", password=PASSWORD)
    assert User.objects.get_by_natural_key("AMINA@example.org") == authenticate(
        None, email="Amina@Example.org", password=PASSWORD
    )


@pytest.mark.parametrize("fields", [{"language": "de"}, {"purpose": "spy"}])
def test_the_database_refuses_unknown_choices(fields):
    with pytest.raises(IntegrityError):
        make_user(**fields)


def test_one_current_consent_per_purpose():
    user = make_user()
    first = Consent.objects.create(user=user, purpose="privacy", text_version="2026-11")
    Consent.objects.filter(pk=first.pk).update(withdrawn_at=timezone.now())
    Consent.objects.create(user=user, purpose="privacy", text_version="2027-01")
    with pytest.raises(IntegrityError):
        Consent.objects.create(user=user, purpose="privacy", text_version="2027-02")


def test_the_admin_shows_and_creates_accounts(client):
    user = make_user()
    client.force_login(make_admin())
    page = client.get(reverse("admin:accounts_user_change", args=[user.pk]))
    assert page.status_code == 200
    assert 'name="password"' not in page.content.decode()
    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 200
    client.post(
        reverse("admin:accounts_user_add"),
        {"email": "new@example.org", "language": "ar", "usable_password": "false"},
    )
    assert not User.objects.get(email="new@example.org", language="ar").has_usable_password()
