"""Two moderators decide at once: one decision, one version, one mail, and the other is told (T4)."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from directory.models import Entry, EntryVersion
from moderation import actions
from moderation.models import Submission
from notifications.models import Mail
from tests.factories.moderation import change, make_draft, make_moderator

pytestmark = pytest.mark.django_db(transaction=True)

PAIRS = 100
PATIENCE = 30


def together(*attempts) -> list:
    """Run the attempts at the same moment, each on a connection of its own; returns results and exceptions, in order."""
    barrier = Barrier(len(attempts))

    def run(action):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=PATIENCE)
            return action()
        except (actions.AlreadyDecided, actions.NothingToReview) as told:
            return told
        finally:
            connection.close()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return [future.result(timeout=PATIENCE) for future in [pool.submit(run, action) for action in attempts]]


def all_pairs(actions_of, submissions) -> list[list]:
    """Every submission is fought over by two threads that keep their connections: 200 fresh ones would measure the network."""
    barrier = Barrier(2)

    def run(side: int) -> list:
        results = []
        try:
            for submission in submissions:
                barrier.wait(timeout=PATIENCE)
                try:
                    results.append(actions_of(submission, side)())
                except actions.AlreadyDecided as told:
                    results.append(told)
        finally:
            connection.close()
        return results

    with ThreadPoolExecutor(2) as pool:
        return list(zip(*pool.map(run, (0, 1)), strict=True))


def test_a_hundred_pairs_of_simultaneous_approvals_make_a_hundred_decisions():
    moderators = make_moderator(), make_moderator()
    submissions = [actions.submit(draft, by=draft.user) for draft in (make_draft() for _ in range(PAIRS))]
    Mail.objects.all().delete()

    def approve(submission: Submission, side: int):
        fresh = Submission.objects.get(pk=submission.pk)
        return lambda: actions.approve(fresh, by=moderators[side])

    for pair in all_pairs(approve, submissions):
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

        results = together(partial(actions.approve, first, by=moderator), partial(other, second, moderator))

        assert sum(isinstance(result, actions.AlreadyDecided) for result in results) == 1
        submission.refresh_from_db()
        assert Entry.objects.filter(public_id=draft.public_id).exists() == (submission.status == "approved")


def test_sending_again_while_a_moderator_approves_neither_locks_up_nor_loses_a_text():
    moderator = make_moderator()

    for _ in range(5):
        draft = make_draft()
        first = actions.submit(draft, by=draft.user)
        change(draft, headline_fr="Deuxième texte")

        approved, sent = together(partial(actions.approve, first, by=moderator), partial(actions.submit, draft, by=draft.user))

        assert isinstance(sent, Submission)
        waiting = Submission.objects.waiting().get(public_id=draft.public_id)
        assert waiting.document["fields"]["headline"]["fr"] == "Deuxième texte"
        assert isinstance(approved, actions.AlreadyDecided) != Entry.objects.filter(public_id=draft.public_id).exists()
        actions.withdraw(waiting, by=draft.user)


def test_one_author_sending_twice_at_once_makes_one_row():
    draft = make_draft()

    one, other = together(lambda: actions.submit(draft, by=draft.user), lambda: actions.submit(draft, by=draft.user))

    assert one == other
    assert Submission.objects.count() == 1


def test_hiding_twice_at_once_is_one_version_and_one_mail():
    draft = make_draft()
    moderator = make_moderator()
    entry = actions.approve(actions.submit(draft, by=draft.user), by=moderator)

    together(*(lambda: actions.hide(Entry.objects.get(pk=entry.pk), by=moderator, reason="Signalement") for _ in range(2)))

    assert entry.versions.count() == 2
    assert Mail.objects.filter(kind="entry_hidden").count() == 1
