"""Two moderators decide at once: one decision, one version, one mail, and the other is told (T4)."""

from functools import partial

import pytest

from accounts.models import User
from directory.models import Entry, EntryVersion
from moderation import actions
from moderation.models import Submission
from notifications.models import Mail
from tests.at_once import at_once, rounds_at_once
from tests.factories.moderation import change, make_draft, make_moderator

pytestmark = pytest.mark.django_db(transaction=True)

PAIRS = 100
TOLD = (actions.AlreadyDecided, actions.NothingToReview)


def test_a_hundred_pairs_of_simultaneous_approvals_make_a_hundred_decisions():
    moderators = make_moderator(), make_moderator()
    submissions = [actions.submit(draft, by=draft.user) for draft in (make_draft() for _ in range(PAIRS))]
    Mail.objects.all().delete()

    def approve(submission: Submission, moderator: User) -> Entry:
        return actions.approve(Submission.objects.get(pk=submission.pk), by=moderator)

    sides = [[partial(approve, submission, moderator) for submission in submissions] for moderator in moderators]
    for pair in zip(*rounds_at_once(*sides, told=TOLD), strict=True):
        (entry,) = (result for result in pair if isinstance(result, Entry))
        (told,) = (result for result in pair if isinstance(result, actions.AlreadyDecided))
        assert told.submission.decided_by == entry.versions.get().by

    assert Submission.objects.filter(status="approved").count() == PAIRS
    assert EntryVersion.objects.count() == PAIRS
    assert Entry.objects.count() == PAIRS
    assert Mail.objects.count() == PAIRS


@pytest.mark.parametrize(
    "other",
    [
        lambda submission, by: actions.refuse(submission, by=by, reason="other", message="Non."),
        lambda submission, by: actions.request_changes(submission, by=by, comments={}, message="Précisez."),
        lambda submission, by: actions.withdraw(submission, by=submission.submitted_by),
    ],
)
def test_approval_and_its_opposite_at_once_leave_one_decision(other):
    moderator = make_moderator()

    for _ in range(5):
        draft = make_draft()
        submission = actions.submit(draft, by=draft.user)
        first, second = Submission.objects.get(pk=submission.pk), Submission.objects.get(pk=submission.pk)

        results = at_once(partial(actions.approve, first, by=moderator), partial(other, second, moderator), told=TOLD)

        assert sum(isinstance(result, actions.AlreadyDecided) for result in results) == 1
        submission.refresh_from_db()
        assert Entry.objects.filter(public_id=draft.public_id).exists() == (submission.status == "approved")


def test_sending_again_while_a_moderator_approves_neither_locks_up_nor_loses_a_text():
    moderator = make_moderator()

    for _ in range(5):
        draft = make_draft()
        first = actions.submit(draft, by=draft.user)
        change(draft, headline_fr="Deuxième texte")

        approved, sent = at_once(
            partial(actions.approve, first, by=moderator), partial(actions.submit, draft, by=draft.user), told=TOLD
        )

        assert isinstance(sent, Submission)
        waiting = Submission.objects.waiting().get(public_id=draft.public_id)
        assert waiting.document["fields"]["headline"]["fr"] == "Deuxième texte"
        assert isinstance(approved, actions.AlreadyDecided) != Entry.objects.filter(public_id=draft.public_id).exists()
        actions.withdraw(waiting, by=draft.user)


def test_one_author_sending_twice_at_once_makes_one_row():
    draft = make_draft()

    one, other = at_once(lambda: actions.submit(draft, by=draft.user), lambda: actions.submit(draft, by=draft.user))

    assert one == other
    assert Submission.objects.count() == 1


def test_hiding_twice_at_once_is_one_version_and_one_mail():
    draft = make_draft()
    moderator = make_moderator()
    entry = actions.approve(actions.submit(draft, by=draft.user), by=moderator)

    at_once(*(lambda: actions.hide(Entry.objects.get(pk=entry.pk), by=moderator, reason="Signalement") for _ in range(2)))

    assert entry.versions.count() == 2
    assert Mail.objects.filter(kind="entry_hidden").count() == 1
