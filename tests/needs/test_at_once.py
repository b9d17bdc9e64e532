"""Two workers at the same moment, and one that is killed: each letter, reminder and question leaves once."""

import datetime

import pytest
from django.utils import timezone

from needs import actions, jobs
from needs.models import Proposal
from notifications.models import Mail
from tests.at_once import at_once
from tests.factories.experts import make_expert
from tests.factories.needs import make_need

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def proposals() -> list[Proposal]:
    need = make_need(published=True)
    experts = [make_expert(published=True) for _number in range(6)]
    return actions.propose(need, [(expert, 80, "") for expert in experts], by=need.created_by)


def count(kind: str) -> int:
    return Mail.objects.filter(kind=kind).count()


def test_two_workers_write_each_letter_reminder_and_question_once(proposals):
    at_once(jobs.write_to_people, jobs.write_to_people)
    jobs.write_to_people()
    assert count("need_proposed") == 6
    Proposal.objects.update(mailed_at=timezone.now() - datetime.timedelta(days=10))
    at_once(jobs.remind_people, jobs.remind_people)
    jobs.remind_people()
    assert count("need_reminder") == 6
    actions.answer(proposals[0], status="interested")
    Proposal.objects.filter(status="interested").update(answered_at=timezone.now() - datetime.timedelta(days=31))
    at_once(jobs.ask_outcomes, jobs.ask_outcomes)
    assert count("need_outcome") == 2


def test_a_worker_that_is_killed_leaves_the_rest_to_the_next(proposals, monkeypatch):
    """The third letter fails after its claim: neither claim nor mail of it stays, and nothing before is lost or repeated."""
    queue, written = actions.outbox.queue, []

    def killed(kind, **mail):
        if len(written) == 2:
            raise SystemExit
        written.append(kind)
        return queue(kind, **mail)

    monkeypatch.setattr(actions.outbox, "queue", killed)
    with pytest.raises(SystemExit):
        jobs.write_to_people()
    monkeypatch.setattr(actions.outbox, "queue", queue)
    assert count("need_proposed") == 2
    assert jobs.write_to_people() == {"mails": 4}
    assert Proposal.objects.filter(mailed_at=None).count() == 0
