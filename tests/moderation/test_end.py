"""How a public page ends: taken down by its author, hidden by the team, left by its people."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from directory import search
from directory.models import Entry, EntryVersion
from moderation import actions
from moderation.models import Submission
from moderation.publishing import RequiredFieldEmptied
from notifications.models import Mail
from tests.factories.accounts import make_user
from tests.factories.moderation import change, entry_of, make_edit, make_moderator, make_published

pytestmark = pytest.mark.django_db

Status = Entry.Status


def taken_down(**fields):
    draft = make_published(**fields)
    actions.take_down(draft, by=draft.user)
    draft.refresh_from_db()
    return draft


def answer(client, draft) -> int:
    return client.get(entry_of(draft).get_absolute_url()).status_code


def test_a_page_taken_down_answers_like_one_that_never_was(client):
    draft = taken_down()
    never = client.get(reverse("experts:detail", args=["nobody"]))

    gone = client.get(entry_of(draft).get_absolute_url())

    assert (gone.status_code, never.status_code) == (404, 404)
    assert gone.content.replace(entry_of(draft).slug.encode(), b"nobody") == never.content
    assert not search.named("expert", str(draft))
    assert entry_of(draft).versions.first().action == EntryVersion.Action.TAKEN_DOWN


def test_it_comes_back_as_it_was(client):
    draft = taken_down()
    address = entry_of(draft).get_absolute_url()

    actions.bring_back(draft, by=draft.user)

    assert client.get(address).status_code == 200
    assert search.named("expert", str(draft)) == [entry_of(draft)]


def test_only_who_acts_for_it_takes_it_down_or_brings_it_back():
    draft = make_published()
    with pytest.raises(PermissionDenied):
        actions.take_down(draft, by=make_moderator())
    actions.take_down(draft, by=draft.user)
    with pytest.raises(PermissionDenied):
        actions.bring_back(draft, by=make_user())
    assert entry_of(draft).status == Status.ENDED


def test_what_waits_for_review_leaves_the_queue_with_the_page():
    submission = make_edit()
    draft = submission.draft()

    actions.take_down(draft, by=draft.user)

    submission.refresh_from_db()
    assert submission.status == Submission.Status.WITHDRAWN


def test_what_is_sent_for_review_afterwards_shows_the_page_again():
    draft = taken_down()
    submission = make_edit(draft)
    assert entry_of(draft).status == Status.ENDED

    actions.approve(submission, by=make_moderator())

    assert entry_of(draft).status == Status.PUBLISHED


def test_what_the_team_hides_its_author_cannot_bring_back():
    draft = make_published()
    moderator = make_moderator()
    actions.hide(entry_of(draft), by=moderator, reason="Signalée.")

    actions.take_down(draft, by=draft.user)
    with pytest.raises(actions.HiddenByTeam):
        actions.bring_back(draft, by=draft.user)

    assert entry_of(draft).status == Status.HIDDEN


def test_what_its_author_takes_down_the_team_does_not_show_again():
    draft = make_published()
    moderator = make_moderator()
    actions.hide(entry_of(draft), by=moderator, reason="Signalée.")
    actions.take_down(draft, by=draft.user)

    actions.restore(entry_of(draft), by=moderator)

    assert entry_of(draft).status == Status.ENDED
    assert not Mail.objects.filter(kind="entry_restored").exists()
    actions.bring_back(draft, by=draft.user)
    assert entry_of(draft).status == Status.PUBLISHED


def test_a_page_whose_address_was_taken_meanwhile_comes_back_under_a_new_one(client):
    draft = taken_down(given_name="Amina", family_name="Idrissi")
    namesake = make_published(given_name="Amina", family_name="Idrissi")
    assert entry_of(namesake).slug == entry_of(draft).slug == "amina-idrissi"

    actions.bring_back(draft, by=draft.user)

    assert entry_of(draft).slug == f"amina-idrissi-{draft.public_id}"
    assert answer(client, draft) == answer(client, namesake) == 200


def test_a_hidden_page_whose_address_was_taken_meanwhile_is_shown_again_under_a_new_one(client):
    draft, moderator = make_published(given_name="Amina", family_name="Idrissi"), make_moderator()
    actions.hide(entry_of(draft), by=moderator, reason="Signalée.")
    make_published(given_name="Amina", family_name="Idrissi")

    actions.restore(entry_of(draft), by=moderator)

    assert answer(client, draft) == 200


def test_a_required_field_of_a_public_page_cannot_be_emptied():
    draft = make_published()

    with pytest.raises(RequiredFieldEmptied) as refused:
        change(draft, headline_fr="", headline_ar="")

    assert [item.name for item in refused.value.items] == ["headline"]
    assert "headline" in entry_of(draft).document["fields"]


def test_one_language_of_it_can_be_removed_at_once():
    draft = change(make_published(), headline_ar="")
    assert set(entry_of(draft).document["fields"]["headline"]) == {"fr", "source"}


def test_a_required_field_wholly_replaced_stays_as_it_was_until_it_is_read():
    draft = make_published()
    before = entry_of(draft).document["fields"]["headline"]

    submission = make_edit(draft, headline_fr="", headline_ar="", headline_en="Hydrologist")

    assert entry_of(draft).document["fields"]["headline"] == before
    actions.approve(submission, by=make_moderator())
    assert entry_of(draft).document["fields"]["headline"] == {"en": "Hydrologist", "source": "en"}


def test_a_page_emptied_after_it_was_taken_down_comes_back_by_review_only():
    draft = change(taken_down(), headline_fr="", headline_ar="")

    with pytest.raises(actions.NotReady) as refused:
        actions.bring_back(draft, by=draft.user)

    assert [str(item.step) for item in refused.value.missing] == ["identity"]
    assert entry_of(draft).status == Status.ENDED


@pytest.fixture
def orphan():
    """The page of somebody whose draft and account are gone, with a version to return to."""
    draft = make_published()
    change(draft, contact_email="amina@example.org")
    entry = entry_of(draft)
    draft.user.delete()
    return entry


def test_hiding_restoring_and_returning_work_on_a_page_whose_draft_is_gone(orphan):
    moderator = make_moderator()

    actions.hide(orphan, by=moderator, reason="Compte fermé.")
    assert Entry.objects.get(pk=orphan.pk).status == Status.HIDDEN
    actions.restore(orphan, by=moderator)
    assert Entry.objects.get(pk=orphan.pk).status == Status.PUBLISHED
    entry = actions.roll_back(orphan, orphan.versions.get(version=1), by=moderator, reason="Retour.")

    assert entry.document["fields"]["contact_email"] == "amina@example.org"
