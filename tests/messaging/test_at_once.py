"""Several workers at the same moment: limits hold, and what is done twice happens once."""

import pytest
from django.utils import timezone

from messaging import actions
from messaging.jobs import erase_texts, tell_expired
from messaging.models import ContactRequest
from notifications.models import Mail
from quotas.counting import QuotaSpent
from tests.at_once import at_once
from tests.factories.accounts import make_user
from tests.factories.experts import make_expert
from tests.factories.messaging import letter_to, make_request
from tests.factories.moderation import make_moderator

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = (QuotaSpent, actions.NotPossible)


def test_of_twenty_four_first_contacts_over_three_workers_four_are_refused():
    sender = make_user()
    experts = [make_expert(published=True) for _number in range(24)]

    def write(some):
        done = []
        for expert in some:
            try:
                done.append(actions.ask(letter_to(expert), by=sender))
            except QuotaSpent:
                done.append(None)
        return done

    results = at_once(*(lambda some=experts[start::3]: write(some) for start in range(3)))

    assert sum(result is not None for worker in results for result in worker) == 20
    assert ContactRequest.objects.count() == Mail.objects.filter(kind="contact_request").count() == 20


def test_the_same_form_sent_twice_at_once_is_one_request():
    expert, sender = make_expert(published=True), make_user()
    results = at_once(*[lambda: actions.ask(letter_to(expert), by=sender)] * 3, told=TOLD)

    assert sum(isinstance(result, ContactRequest) for result in results) == 1
    assert ContactRequest.objects.count() == 1


def test_two_moderators_release_once():
    expert, moderators = make_expert(published=True), [make_moderator(), make_moderator()]
    held = make_request(expert, message="bitcoin")
    results = at_once(*(lambda by=by: actions.release(held, by=by) for by in moderators))

    assert sorted(results) == [False, True]
    assert Mail.objects.filter(kind="contact_request").count() == 1


def test_a_link_confirmed_twice_at_once_sends_once():
    asked = actions.ask(letter_to(make_expert(published=True)), by=None)
    at_once(*[lambda: actions.confirm(asked)] * 3)

    assert Mail.objects.filter(kind="contact_request").count() == 1


def test_a_yes_and_a_no_at_once_leave_one_answer():
    expert = make_expert(published=True)
    asked = make_request(expert)
    at_once(
        lambda: actions.accept(asked, by=expert.user, address="a@example.org"),
        lambda: actions.decline(asked, by=expert.user, line="Non."),
        told=TOLD,
    )
    asked.refresh_from_db()

    assert (asked.status == "accepted") == bool(asked.answer_address)
    assert (asked.status == "declined") == bool(asked.answer_line)


def test_jobs_run_twice_at_once_do_their_work_once():
    asked = make_request(make_expert(published=True))
    ContactRequest.objects.filter(pk=asked.pk).update(expires_at=timezone.now())
    told = at_once(tell_expired, tell_expired)
    assert sum(result["senders"] for result in told) == 1
    assert at_once(erase_texts, erase_texts) == [{"requests": 0, "replies": 0, "reports": 0}] * 2
