"""The coordination team's side: find an organisation, see its people, verify it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from organizations import actions
from organizations.models import Verification
from tests.factories.accounts import make_admin, make_staff, make_user
from tests.factories.moderation import make_moderator
from tests.factories.organizations import make_organization, owner_of

pytestmark = pytest.mark.django_db
LIST = "/fr/admin/organizations/organization/"


def page(organization, name: str = "change") -> str:
    return reverse(f"admin:organizations_organization_{name}", args=[organization.pk])


@pytest.fixture
def moderator(client):
    user = make_moderator()
    client.force_login(user)
    return user


def test_a_moderator_verifies_and_ends_it(client, moderator):
    organization = make_organization(published=True)
    client.post(page(organization, "verify"), {"method": "document", "note": "Récépissé vu."})
    verification = Verification.objects.current().get()
    assert (verification.granted_by, verification.note) == (moderator, "Récépissé vu.")
    public = Client().get(organization.entry.get_absolute_url()).content.decode()
    assert "badge-status-published" in public
    assert "Récépissé" not in public
    client.post(page(organization, "end_verification"))
    assert "badge-status" not in Client().get(organization.entry.get_absolute_url()).content.decode()


def test_a_verification_without_method_is_refused(client, moderator):
    response = client.post(page(make_organization(), "verify"), {"method": "", "note": "x"}, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert not Verification.objects.exists()


def test_the_page_shows_people_and_lets_nobody_edit_them(client, moderator):
    organization = make_organization()
    html = client.get(page(organization)).content.decode()
    assert str(owner_of(organization)) in html
    assert 'name="_save"' not in html
    assert client.get(reverse("admin:organizations_organization_add")).status_code == 403
    assert client.post(page(organization), {"name_fr": "Autre"}).status_code == 403
    assert client.post(page(organization, "delete"), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("make", [make_user, make_staff])
def test_without_the_right_nothing_is_verified(make):
    organization = make_organization()
    client = Client()
    client.force_login(make())
    for name in ("verify", "end_verification"):
        assert client.post(page(organization, name), {"method": "manual"}).status_code in {302, 403}
        assert client.get(page(organization, name)).status_code in {302, 405}
    assert not Verification.objects.exists()


def test_expired_ones_are_on_the_work_list_and_found(client, moderator):
    expired, valid = make_organization(name="Expirée"), make_organization(name="Valable")
    make_organization(name="Jamais")
    actions.verify(expired, method="manual", by=moderator, on=date(2020, 1, 1))
    actions.verify(valid, method="manual", by=moderator)
    assert f"{LIST}?verification=expired" in client.get(reverse("admin:index")).content.decode()
    for state, name in {"expired": "Expirée", "valid": "Valable", "none": "Jamais"}.items():
        assert [str(row) for row in client.get(LIST, {"verification": state}).context["cl"].queryset] == [name]
    assert client.get(LIST, {"type": "cooperative", "country": "MA", "q": "Expirée"}).context["cl"].result_count == 1


def test_projects_are_found_by_administrators(client):
    client.force_login(make_admin())
    assert client.get(reverse("admin:projects_project_changelist")).status_code == 200
