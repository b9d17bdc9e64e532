"""The verbs: who may do what when, and what the public sees afterwards."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from directory.models import Entry, EntryVersion
from moderation import actions
from moderation.models import FieldComment, Submission
from notifications.models import Mail
from tests.factories.accounts import make_staff, make_user
from tests.factories.moderation import change, entry_of, make_draft, make_edit, make_moderator, make_published, make_submission

pytestmark = pytest.mark.django_db

Status = Submission.Status
Action = EntryVersion.Action


def fields_of(draft) -> dict:
    return entry_of(draft).document["fields"]


def mails(kind: str):
    return Mail.objects.filter(kind=kind)


# Sending


def test_a_draft_that_lacks_something_is_told_what_and_never_reaches_the_queue():
    draft = make_draft(headline_fr="", headline_ar="", milieu="")

    with pytest.raises(actions.NotReady) as refused:
        actions.submit(draft, by=draft.user)

    with override("en"):
        missing = [(str(item.label), item.step) for item in refused.value.missing]
    assert missing == [("Headline", "identity"), ("Sector", "identity")]
    assert not Submission.objects.exists()


def test_only_its_author_sends_a_draft():
    draft = make_draft()

    with pytest.raises(PermissionDenied):
        actions.submit(draft, by=make_user())


def test_sending_the_same_text_twice_makes_one_row():
    submission = make_submission()

    again = actions.submit(submission.draft(), by=submission.submitted_by)

    assert again == submission
    assert Submission.objects.count() == 1


def test_a_second_text_replaces_the_first_and_never_stacks():
    first = make_submission()

    second = make_edit(first.draft())

    first.refresh_from_db()
    assert first.status == Status.REPLACED
    assert list(Submission.objects.waiting()) == [second]


def test_what_is_public_already_needs_no_review():
    draft = make_published()

    with pytest.raises(actions.NothingToReview):
        actions.submit(draft, by=draft.user)


def test_moderators_get_one_mail_a_day_however_much_comes_in():
    moderator = make_moderator()

    make_submission()
    make_submission()

    assert mails("submission_waiting").filter(recipient=moderator).count() == 1


def test_the_author_takes_a_submission_back():
    submission = make_submission()

    actions.withdraw(submission, by=submission.submitted_by)

    assert submission.status == Status.WITHDRAWN
    with pytest.raises(PermissionDenied):
        actions.withdraw(make_submission(), by=make_user())


# Deciding


def test_approval_publishes_exactly_what_was_sent():
    submission = make_submission()
    moderator = make_moderator()

    entry = actions.approve(submission, by=moderator, message="Bienvenue")

    assert entry.document == submission.document
    assert entry.is_published
    assert (submission.status, submission.decided_by) == (Status.APPROVED, moderator)
    version = entry.versions.get()
    assert (version.version, version.action, version.by) == (1, Action.APPROVED, moderator)
    assert mails("submission_approved").get().recipient == submission.submitted_by
    assert submission.draft().entry == entry


def test_an_edit_leaves_the_public_page_untouched_until_it_is_approved():
    draft = make_published()
    before = entry_of(draft)

    submission = make_edit(draft, headline_fr="Un autre titre")

    assert entry_of(draft).document == before.document
    assert entry_of(draft).version == before.version
    actions.approve(submission, by=make_moderator())
    assert fields_of(draft)["headline"]["fr"] == "Un autre titre"
    assert entry_of(draft).version == before.version + 1


def test_refused_edit_leaves_the_public_page_untouched():
    draft = make_published()
    before = entry_of(draft).document

    submission = make_edit(draft, headline_fr="Achetez chez nous")
    actions.refuse(submission, by=make_moderator(), reason="promotion", message="Ceci est une publicité.")

    assert entry_of(draft).document == before
    assert submission.status == Status.REFUSED
    mail = mails("submission_refused").get()
    assert "Ceci est une publicité." in mail.text


@pytest.mark.parametrize(
    ("reason", "message"), [("", "Parce que."), ("promotion", ""), ("promotion", "  "), ("no-such-reason", "Non.")]
)
def test_refusing_without_a_reason_and_a_text_is_impossible(reason, message):
    submission = make_submission()

    with pytest.raises(actions.InvalidDecision):
        actions.refuse(submission, by=make_moderator(), reason=reason, message=message)

    submission.refresh_from_db()
    assert submission.status == Status.WAITING
    assert not mails("submission_refused").exists()


def test_some_fields_are_published_and_the_others_go_back_with_a_comment():
    draft = make_published()
    submission = make_edit(draft, headline_fr="Nouveau titre", biography_fr="Nouvelle biographie.")

    actions.approve(submission, by=make_moderator(), fields={"headline"}, comments={"biography": "Trop court."})

    assert fields_of(draft)["headline"]["fr"] == "Nouveau titre"
    assert fields_of(draft)["biography"]["fr"] != "Nouvelle biographie."
    assert submission.status == Status.PARTLY_APPROVED
    assert submission.accepted_fields == ["headline"]
    assert list(FieldComment.objects.values_list("field", "text")) == [("biography", "Trop court.")]
    assert "Trop court." in mails("submission_partly_approved").get().text


def test_a_new_page_does_not_appear_without_its_required_fields():
    submission = make_submission()

    with pytest.raises(actions.InvalidDecision):
        actions.approve(submission, by=make_moderator(), fields={"name", "headline"}, comments={"biography": "Non."})

    assert not Entry.objects.exists()


def test_approving_none_of_the_fields_is_no_approval():
    with pytest.raises(actions.InvalidDecision):
        actions.approve(make_edit(), by=make_moderator(), fields=set())


def test_a_field_that_did_not_change_cannot_be_accepted_or_commented():
    draft = make_published()
    submission = make_edit(draft)

    with pytest.raises(actions.InvalidDecision):
        actions.approve(submission, by=make_moderator(), comments={"biography": "Rien n’a changé ici."})
    with pytest.raises(actions.InvalidDecision):
        actions.approve(submission, by=make_moderator(), fields={"country"})


def test_changes_are_requested_with_a_comment_or_a_message():
    submission = make_edit()

    with pytest.raises(actions.InvalidDecision):
        actions.request_changes(submission, by=make_moderator(), comments={"headline": "  "})
    actions.request_changes(submission, by=make_moderator(), comments={"headline": "Plus précis ?"}, message="Presque.")

    assert submission.status == Status.CHANGES_REQUESTED
    assert "Plus précis ?" in mails("changes_requested").get().text
    assert "Presque." in mails("changes_requested").get().text


DECISIONS = {
    "approve": lambda submission, by: actions.approve(submission, by=by),
    "request_changes": lambda submission, by: actions.request_changes(submission, by=by, comments={}, message="Précisez."),
    "refuse": lambda submission, by: actions.refuse(submission, by=by, reason="other", message="Non."),
}


@pytest.mark.parametrize("first", DECISIONS)
@pytest.mark.parametrize("second", DECISIONS)
def test_what_is_decided_is_not_decided_again(first, second):
    submission = make_submission()
    stale = Submission.objects.get(pk=submission.pk)
    moderator = make_moderator()
    DECISIONS[first](submission, moderator)
    mails_before = Mail.objects.count()

    with pytest.raises(actions.AlreadyDecided) as told:
        DECISIONS[second](stale, make_moderator())

    assert told.value.submission.decided_by == moderator
    assert Mail.objects.count() == mails_before


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_withdrawn_or_replaced_submission_cannot_be_decided(decision):
    withdrawn, replaced = make_submission(), make_submission()
    actions.withdraw(withdrawn, by=withdrawn.submitted_by)
    make_edit(replaced.draft())

    for submission in (withdrawn, replaced):
        with pytest.raises(actions.AlreadyDecided):
            DECISIONS[decision](submission, make_moderator())


@pytest.mark.parametrize("decision", DECISIONS)
@pytest.mark.parametrize("make_person", [make_user, make_staff])
def test_nobody_without_the_right_decides(decision, make_person):
    submission = make_submission()

    with pytest.raises(PermissionDenied):
        DECISIONS[decision](submission, make_person())

    submission.refresh_from_db()
    assert submission.status == Status.WAITING


def test_a_decided_submission_cannot_be_withdrawn():
    submission = make_submission()
    actions.approve(submission, by=make_moderator())

    with pytest.raises(actions.AlreadyDecided):
        actions.withdraw(submission, by=submission.submitted_by)


# What needs no moderator


def test_free_fields_are_public_at_once_and_the_rest_waits():
    draft = make_published()

    change(draft, availability="from", available_on=date(2027, 5, 1), headline_fr="Attend")

    assert fields_of(draft)["availability"] == {"state": "from", "date": "2027-05-01"}
    assert fields_of(draft)["headline"]["fr"] != "Attend"
    assert entry_of(draft).versions.first().action == Action.FREE_CHANGE


def test_removing_is_never_blocked():
    draft = make_published(given_name_ar="سلمى", family_name_ar="برادة")

    change(draft, biography_ar="", given_name_ar="", family_name_ar="")

    assert set(fields_of(draft)["biography"]) == {"fr", "source"}
    assert "arabic" not in fields_of(draft)["name"]


def test_saving_without_a_free_change_makes_no_version():
    draft = make_published()

    change(draft, headline_fr="Attend encore")

    assert entry_of(draft).version == 1


def test_what_is_removed_while_a_submission_waits_does_not_come_back_by_its_approval():
    draft = make_published()
    submission = make_edit(draft, headline_fr="Nouveau", services_fr="Audits", services_ar="تدقيق")

    change(draft, services_ar="", biography_ar="")
    actions.approve(submission, by=make_moderator())

    assert fields_of(draft)["headline"]["fr"] == "Nouveau"
    assert fields_of(draft)["services"] == {"fr": "Audits", "source": "fr"}
    assert "ar" not in fields_of(draft)["biography"]


def test_what_is_removed_from_a_new_page_while_it_waits_is_never_published():
    submission = make_submission(services_fr="Audits", city="Fès")

    change(submission.draft(), services_fr="", city="")
    actions.approve(submission, by=make_moderator())

    assert not {"services", "city"} & set(fields_of(submission.draft()))


def test_an_audience_narrowed_while_a_new_page_waits_is_narrow_when_it_appears():
    submission = make_submission()
    draft = submission.draft()

    change(draft, audiences={"places": "coordinators"})
    entry = actions.approve(submission, by=make_moderator())

    assert entry.document["audiences"]["places"] == "coordinators"


# Hiding and going back


def test_a_page_is_hidden_with_a_reason_and_shown_again():
    draft = make_published()
    entry = entry_of(draft)

    with pytest.raises(actions.InvalidDecision):
        actions.hide(entry, by=make_moderator(), reason=" ")
    actions.hide(entry, by=make_moderator(), reason="Signalement en cours.")
    actions.hide(entry, by=make_moderator(), reason="Deux fois.")

    assert not entry_of(draft).is_published
    assert "Signalement en cours." in mails("entry_hidden").get().text
    actions.restore(entry_of(draft), by=make_moderator())
    assert entry_of(draft).is_published
    assert [row.action for row in entry.versions.all()] == [Action.RESTORED, Action.HIDDEN, Action.APPROVED]
    assert mails("entry_restored").count() == 1


def test_a_page_returns_to_an_earlier_version_less_what_its_author_withdrew():
    draft = make_published(services_fr="Audits")
    actions.approve(make_edit(draft, headline_fr="Deuxième"), by=make_moderator())
    change(draft, services_fr="", audiences={"places": "members"})
    entry = entry_of(draft)
    first = entry.versions.get(version=1)

    actions.roll_back(entry, first, by=make_moderator(), reason="Erreur de relecture")

    document = entry_of(draft).document
    assert document["fields"]["headline"] == first.document["fields"]["headline"]
    assert "services" not in document["fields"]
    assert document["audiences"]["places"] == "members"
    newest = entry.versions.first()
    assert (newest.action, newest.note) == (Action.ROLLED_BACK, "v1: Erreur de relecture")


def test_a_version_of_another_page_is_no_version_to_return_to():
    entry, other = entry_of(make_published()), entry_of(make_published())

    with pytest.raises(actions.InvalidDecision):
        actions.roll_back(entry, other.versions.get(), by=make_moderator(), reason="Non")
    with pytest.raises(actions.InvalidDecision):
        actions.roll_back(entry, entry.versions.get(), by=make_moderator(), reason="")


@pytest.mark.parametrize(
    "verb",
    [
        lambda entry, by: actions.hide(entry, by=by, reason="Non"),
        lambda entry, by: actions.restore(entry, by=by),
        lambda entry, by: actions.roll_back(entry, entry.versions.first(), by=by, reason="Non"),
    ],
)
def test_nobody_without_the_right_touches_a_public_page(verb):
    entry = entry_of(make_published())

    with pytest.raises(PermissionDenied):
        verb(entry, make_staff())
