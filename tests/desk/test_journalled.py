"""The journal stands on the admin page of each row, and what is typed in the admin is in it."""

import pytest

from journal.actions import record
from journal.models import Record
from journal.verbs import Verb
from organizations import actions as organizations
from tests.factories.accounts import make_admin, make_user
from tests.factories.moderation import make_moderator
from tests.factories.organizations import make_organization, owner_of

pytestmark = pytest.mark.django_db


def test_the_history_of_a_row_is_its_journal(client):
    organization, moderator = make_organization(), make_moderator(name="Karim Idrissi")
    organizations.verify(organization, method="document", by=moderator)
    client.force_login(make_admin())
    page = client.get(f"/en/admin/organizations/organization/{organization.pk}/history/").content.decode()
    for text in ("Verified", "Karim Idrissi", "Organisation registered", str(owner_of(organization))):
        assert text in page


def test_a_long_history_has_pages(client):
    person = make_user()
    for _ in range(51):
        record(Verb.SETTINGS_CHANGED, person, by=person)
    client.force_login(make_admin())
    address = f"/en/admin/accounts/user/{person.pk}/history/"
    assert "?page=2" in client.get(address).content.decode()
    assert client.get(f"{address}?page=2").content.decode().count("Settings changed") == 1


def test_a_change_typed_in_the_admin_is_in_the_journal_with_the_names_of_its_fields(client):
    admin, person = make_admin(), make_user()
    client.force_login(admin)
    address = f"/en/admin/accounts/user/{person.pk}/change/"
    form = client.get(address).context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value not in (None, "", False, [])} | {"name": "Zineb"}
    data |= {"consents-TOTAL_FORMS": 0, "consents-INITIAL_FORMS": 0}
    known = set(Record.objects.values_list("pk", flat=True))
    assert client.post(address, data).status_code == 302
    row = Record.objects.exclude(pk__in=known).get()
    assert (row.verb, row.subject_id, row.by, row.facts) == ("row_changed", str(person.pk), admin, {"fields": ["name"]})


def test_the_history_is_for_whoever_may_see_the_row(client):
    address = f"/en/admin/accounts/user/{make_user().pk}/history/"
    client.force_login(make_user(is_staff=True))
    assert client.get(address).status_code == 403
    client.force_login(make_moderator())
    assert client.get(address).status_code == 200
    client.force_login(make_admin())
    assert client.get("/en/admin/accounts/user/999999/history/").status_code == 404
