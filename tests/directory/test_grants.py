"""Who reads what is shown to contacts: whoever was granted it, as long as the grant lasts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from directory.document import Audience
from directory.models import Grant
from directory.visibility import Viewer, visible_to
from tests.experts.forms import form_data
from tests.factories.accounts import make_user
from tests.factories.experts import make_expert
from tests.factories.moderation import change, entry_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def expert():
    return change(make_expert(published=True, contact_email="amina@example.org"), audiences={"email": "contacts"})


def reads(expert, user) -> bool:
    return "contact_email" in visible_to(entry_of(expert), Viewer.of(user))


def test_a_contact_reads_it_and_nobody_else(expert):
    contact = make_user()
    assert not reads(expert, contact)
    Grant.objects.create(entry=entry_of(expert), user=contact)
    assert reads(expert, contact)
    assert not reads(expert, make_user())


def test_a_grant_that_has_ended_or_not_begun_shows_nothing(expert):
    now = timezone.now()
    ended, later = make_user(), make_user()
    Grant.objects.create(entry=entry_of(expert), user=ended, since=now - timedelta(days=2), until=now - timedelta(days=1))
    Grant.objects.create(entry=entry_of(expert), user=later, since=now + timedelta(days=1))
    assert not reads(expert, ended)
    assert not reads(expert, later)


def test_contacts_are_offered_and_the_page_is_seen_with_their_eyes(client, expert):
    client.force_login(expert.user)
    page = client.get("/fr/experts/edit/privacy/")
    assert form_data(page)["audience_email"] == ["contacts"]
    assert Audience.CONTACTS in dict(page.context["form"].fields["audience_phone"].choices)
    seen = {visitor: client.get(f"/fr/experts/mine/see-as/{visitor}/").content.decode() for visitor in ("member", "contact")}
    assert ["amina@example.org" in text for text in seen.values()] == [False, True]
