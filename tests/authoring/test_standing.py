"""Where a draft stands: what its author and the desk are told when the public page says something else."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from authoring.state import AuthorState, Standing
from experts.models import Expert
from moderation import actions as moderation
from notifications.models import Mail
from tests.factories.accounts import make_admin
from tests.factories.moderation import change, make_edit, make_moderator, make_published

pytestmark = pytest.mark.django_db
REASON = "Une tierce personne le demande."


def rolled_back() -> Expert:
    draft = make_published(headline_fr="Hydrologue")
    entry = moderation.approve(make_edit(draft, headline_fr="Hydrologue en oasis"), by=make_moderator())
    moderation.roll_back(entry, entry.versions.get(version=1), by=make_moderator(), reason=REASON)
    return Expert.objects.get(pk=draft.pk)


def as_author(draft: Expert) -> str:
    client = Client()
    client.force_login(draft.user)
    return client.get(reverse("experts:overview")).content.decode()


def test_whoever_is_rolled_back_is_told_by_mail_with_the_reason_and_the_way_to_the_difference():
    draft = rolled_back()
    mail = Mail.objects.get(kind="entry_rolled_back")
    assert mail.address == draft.user.email
    assert REASON in mail.text
    assert reverse("experts:overview") in mail.text


def test_a_draft_that_says_more_than_the_page_does_not_stand_as_published():
    draft = make_published()
    assert AuthorState(draft).standing is Standing.PUBLISHED
    assert AuthorState(change(draft, headline_fr="Une autre accroche")).standing is Standing.DIFFERS


def test_the_overview_says_that_the_team_went_back_and_shows_both_texts():
    page = as_author(rolled_back())
    assert REASON in page
    assert f"v1: {REASON}" not in page
    assert 'id="differences"' in page
    assert "oasis" in page


def test_an_edit_of_ones_own_is_no_deed_of_the_team():
    draft = change(make_published(), headline_fr="Une autre accroche")
    assert AuthorState(draft).returned is None


@pytest.mark.parametrize("address", ["admin:experts_expert_change", "admin:directory_entry_change"])
def test_the_desk_shows_where_draft_and_page_differ(address):
    draft = rolled_back()
    client = Client()
    client.force_login(make_admin())
    with override("fr"):
        page = client.get(reverse(address, args=[draft.pk if "expert" in address else draft.entry_id])).content.decode()
        label = str(Standing.DIFFERS.label)
    if "expert" in address:
        assert label in page
        assert f"{reverse('admin:directory_entry_change', args=[draft.entry_id])}#draft" in page
    else:
        assert 'id="draft"' in page
        assert "oasis" in page
