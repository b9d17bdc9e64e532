"""What the verbs of getting in touch promise: nobody learns an address before both sides have said yes."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from directory.models import Entry
from directory.visibility import Viewer, visible_to
from messaging import actions, limits
from messaging.facts import ContactWay, reach_of
from messaging.models import ANSWER_DAYS, BlockedSender, ContactRequest, HeldExpression, Report, SenderState
from moderation import actions as moderation_actions
from notifications.models import Mail
from quotas.counting import QuotaSpent, spend
from tests.factories.accounts import make_user
from tests.factories.experts import make_expert
from tests.factories.messaging import accepted, letter_to, make_request
from tests.factories.moderation import change, make_moderator
from tests.factories.organizations import make_organization, owner_of
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def expert():
    return make_expert(make_user(email="amina@example.org", language="ar"), published=True)


def after(days: float):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def refused(deed, *args, **options) -> str:
    with pytest.raises(actions.NotPossible) as error:
        deed(*args, **options)
    return error.value.code


def mails_to(address: str) -> list[str]:
    return list(Mail.objects.filter(address=address).order_by("pk").values_list("kind", flat=True))


# Asking


def test_a_request_of_a_member_reaches_the_person_in_their_language(expert):
    request = make_request(expert, message="Bonjour,\nparlons des oasis.")
    mail = Mail.objects.get(kind="contact_request")
    assert (mail.address, mail.language, mail.confidential) == ("amina@example.org", "ar", True)
    assert "parlons des oasis." in mail.text
    assert request.sender_address not in mail.text + mail.subject
    assert request.sender_state is SenderState.SENT


@pytest.mark.parametrize("make", [make_organization, make_project])
def test_everybody_who_acts_for_the_page_is_asked(make):
    draft = make(published=True)
    make_request(draft)
    assert set(Mail.objects.filter(kind="contact_request").values_list("recipient", flat=True)) == set(
        draft.people().values_list("pk", flat=True)
    )


def test_a_visitor_s_request_waits_for_the_address_to_be_confirmed(expert):
    request = actions.ask(letter_to(expert), by=None)
    assert "contact_request" not in mails_to("amina@example.org")
    assert mails_to("malika@example.org") == ["contact_confirmation"]
    for _again in range(2):
        request = actions.confirm(request)
    assert mails_to("amina@example.org").count("contact_request") == 1
    assert request.sender_state is SenderState.SENT


def test_nobody_writes_to_oneself(expert):
    own = make_organization(published=True)
    assert refused(make_request, expert, by=expert.user) == "oneself"
    assert refused(make_request, own, by=owner_of(own)) == "oneself"
    assert refused(make_request, expert, by=None, sender_address="Amina@Example.org") == "oneself"


def test_whose_address_a_page_has_is_not_told_before_the_address_is_confirmed(expert):
    assert actions.ask(letter_to(expert, sender_address="amina@example.org"), by=None).pk


def test_a_page_hidden_meanwhile_gets_nothing(expert):
    letter, waiting = letter_to(expert), actions.ask(letter_to(expert), by=None)
    moderation_actions.hide(expert.entry, by=make_moderator(), reason="Plainte")
    assert refused(actions.ask, letter, by=make_user()) == "gone"
    assert refused(actions.confirm, waiting) == "gone"
    assert ContactRequest.objects.get().delivery == "unconfirmed"


def test_a_second_request_while_one_is_open_leads_to_the_first(expert):
    sender = make_user()
    first = make_request(expert, by=sender)
    assert refused(make_request, expert, by=sender) == "open"
    actions.decline(first, by=expert.user, line="Pas cette année.")
    assert make_request(expert, by=sender).sender_state is SenderState.SENT


def test_the_twenty_first_of_a_day_is_refused_and_the_next_day_is_not(expert):
    sender = make_user()
    for _number in range(20):
        spend(limits.BY_MEMBER.of(sender))
    assert limits.BY_MEMBER.of(sender).left() == 0
    with pytest.raises(QuotaSpent):
        make_request(expert, by=sender)
    with after(days=1.1):
        assert make_request(expert, by=sender).pk
        assert limits.BY_MEMBER.of(sender).left() == 19


def test_what_was_refused_counts_nothing(expert):
    assert refused(make_request, expert, by=expert.user) == "oneself"
    assert limits.BY_MEMBER.of(expert.user).left() == 20


def test_a_visitor_has_three_a_day_confirmed_or_not(expert):
    for _number in range(3):
        actions.ask(letter_to(expert), by=None)
    with pytest.raises(QuotaSpent):
        actions.ask(letter_to(expert, sender_address="MALIKA@example.org"), by=None)
    assert mails_to("malika@example.org") == ["contact_confirmation"] * 3


def test_a_page_receives_ten_a_week(expert):
    with time_machine.travel("2026-11-23 10:00", tick=False):  # a window of a week begins on a Monday
        for _number in range(10):
            make_request(expert)
        with pytest.raises(QuotaSpent):
            make_request(expert)
    with time_machine.travel("2026-11-30 10:00", tick=False):
        assert make_request(expert).pk


def test_a_blocked_sender_cannot_use_up_what_a_page_receives(expert):
    sender = make_user()
    actions.block(make_request(expert, by=sender), by=expert.user)
    with after(days=ANSWER_DAYS + 1):
        make_request(expert, by=sender)
        assert limits.TO_PAGE.of(expert.entry).left() == 10


# How a page is reached


def test_a_closed_page_takes_no_request_and_says_so_at_once(expert):
    actions.set_reach(expert.entry, ContactWay.CLOSED, by=expert.user)
    assert refused(make_request, expert) == "closed"
    entry = Entry.objects.get(pk=expert.entry_id)
    assert visible_to(entry, Viewer())["contact"] == {"by": "closed"}
    actions.set_reach(entry, ContactWay.DIRECT, by=expert.user)
    assert "contact" not in visible_to(Entry.objects.get(pk=entry.pk), Viewer())


def test_how_a_page_is_reached_outlives_the_next_publication(expert):
    actions.set_reach(expert.entry, ContactWay.COORDINATORS, by=expert.user)
    change(expert, availability="closed")
    assert reach_of(Entry.objects.get(pk=expert.entry_id)) is ContactWay.COORDINATORS


def test_nobody_else_decides_how_a_page_is_reached(expert):
    with pytest.raises(PermissionDenied):
        actions.set_reach(expert.entry, ContactWay.CLOSED, by=make_user())


def test_through_the_team_each_request_is_read_first(expert):
    actions.set_reach(expert.entry, ContactWay.COORDINATORS, by=expert.user)
    request = make_request(expert)
    assert (request.delivery, request.held_because) == ("held", "coordinators")
    assert "contact_request" not in mails_to("amina@example.org")


# Held messages


@pytest.mark.parametrize(
    "message",
    [
        "Gagnez avec le BITCOIN !",
        "Vous avez gagne un voyage",
        "You have\nwon a prize",
        "رقمُ بطاقةٍ، ثم رقم البطاقة البنكيّة",
        "أرسلوا عبر ويسترن يونيون",
        "هذا اليانصيب لكم",
    ],
)
def test_an_expression_of_the_list_holds_a_message_in_each_language(expert, message):
    request = make_request(expert, message=message)
    assert (request.delivery, request.held_because) == ("held", "words")
    assert request.sender_state is SenderState.HELD


@pytest.mark.parametrize("message", ["Le bitcoins-café de Fès", "Nous avons gagné un prix, et vous ?", "قرض"])
def test_other_words_hold_nothing(expert, message):
    assert make_request(expert, message=message).delivery == "delivered"


def test_an_expression_no_longer_in_use_holds_nothing(expert):
    HeldExpression.objects.filter(text="bitcoin").update(is_active=False)
    assert make_request(expert, message="bitcoin").delivery == "delivered"


def test_two_links_of_a_visitor_hold_and_of_a_member_do_not(expert):
    text = "https://example.org/a et https://example.org/b"
    assert make_request(expert, by=None, message=text).held_because == "links"
    assert make_request(expert, message=text).delivery == "delivered"


def test_a_held_request_is_released_once(expert):
    request, moderator = make_request(expert, message="bitcoin"), make_moderator()
    assert [actions.release(request, by=moderator) for _time in range(2)] == [True, False]
    assert mails_to("amina@example.org").count("contact_request") == 1
    assert not actions.stop(request, by=moderator)


def test_a_request_that_is_not_passed_on_is_told_to_its_sender(expert):
    request = make_request(expert, by=None, message="bitcoin")
    assert actions.stop(request, by=make_moderator())
    assert mails_to("malika@example.org")[-1] == "contact_stopped"
    request.refresh_from_db()
    assert request.sender_state is SenderState.STOPPED


# Answering


def test_after_a_yes_each_side_reads_the_address_that_the_other_chose(expert):
    request = make_request(expert, by=None)
    actions.accept(request, by=expert.user, address="cabinet@example.org", phone="+212600000009")
    to_sender, to_asked = Mail.objects.get(kind="contact_accepted"), Mail.objects.get(kind="contact_shared")
    assert (to_sender.address, to_asked.address) == ("malika@example.org", "amina@example.org")
    assert "cabinet@example.org" in to_sender.text
    assert "+212600000009" in to_sender.text
    assert "amina@example.org" not in to_sender.text
    assert "malika@example.org" in to_asked.text


def test_a_yes_opens_what_the_page_shows_to_contacts_until_it_is_taken_back(expert):
    change(expert, contact_email="prive@example.org", audiences={"email": "contacts"})
    sender = make_user()
    request = make_request(expert, by=sender)

    def reads() -> bool:
        return "contact_email" in visible_to(Entry.objects.get(pk=expert.entry_id), Viewer.of(sender))

    assert not reads()
    actions.accept(request, by=expert.user, address="prive@example.org")
    assert reads()
    actions.end(request, by=expert.user)
    assert not reads()
    request.refresh_from_db()
    assert (request.status, request.answer_address, request.sender_state) == ("ended", "", SenderState.ENDED)


def test_a_no_with_a_line_is_told_and_without_one_it_is_not(expert):
    silent, told = make_request(expert), make_request(expert)
    actions.decline(silent, by=expert.user)
    actions.decline(told, by=expert.user, line="Pas cette année.")
    assert silent.sender_address not in list(Mail.objects.filter(kind="contact_declined").values_list("address", flat=True))
    assert "Pas cette année." in Mail.objects.get(kind="contact_declined").text
    states = [ContactRequest.objects.get(pk=row.pk).sender_state for row in (silent, told)]
    assert states == [SenderState.SENT, SenderState.DECLINED]


def test_blocked_reported_and_silently_declined_look_the_same_to_the_sender(expert):
    blocked, reported, declined, unanswered = (make_request(expert) for _number in range(4))
    actions.block(blocked, by=expert.user)
    actions.report(Report(request=reported, reason="offensive"), by=expert.user)
    actions.decline(declined, by=expert.user)
    again = make_request(expert, by=make_user())
    rows = [ContactRequest.objects.with_delivery_failures().get(pk=row.pk) for row in (blocked, reported, declined, unanswered)]
    assert {row.sender_state for row in [*rows, again]} == {SenderState.SENT}
    with after(days=ANSWER_DAYS + 1):
        assert {row.sender_state for row in rows} == {SenderState.EXPIRED}


@pytest.mark.parametrize("is_visitor", [False, True])
def test_nothing_more_of_a_blocked_sender_arrives_and_the_sender_is_not_told(expert, is_visitor):
    sender = None if is_visitor else make_user()
    first = make_request(expert, by=sender)
    actions.block(first, by=expert.user)
    before = mails_to("amina@example.org")
    with after(days=ANSWER_DAYS + 1):
        second = make_request(expert, by=sender)
        assert second.sender_state is SenderState.SENT
    assert mails_to("amina@example.org") == before
    assert list(ContactRequest.objects.received_by(expert.user)) == []
    actions.unblock(expert.entry, BlockedSender.objects.get(), by=expert.user)
    with after(days=2 * ANSWER_DAYS + 3):
        assert make_request(expert, by=sender) in ContactRequest.objects.received_by(expert.user)


def test_an_answer_after_fourteen_days_comes_too_late(expert):
    request = make_request(expert)
    with after(days=ANSWER_DAYS + 0.1):
        assert refused(actions.accept, request, by=expert.user, address="a@example.org") == "expired"
        assert refused(actions.decline, request, by=expert.user, line="Trop tard") == "expired"


def test_a_second_answer_changes_the_first_until_the_other_has_written(expert):
    request = accepted(expert)
    actions.decline(request, by=expert.user, line="Finalement non.")
    actions.accept(request, by=expert.user, address="b@example.org")
    request.refresh_from_db()
    assert (request.status, request.answer_address, request.answer_line) == ("accepted", "b@example.org", "")
    with after(days=1):
        actions.reply(request, "Merci !", by=request.asked_by, is_of_sender=True)
        assert refused(actions.decline, request, by=expert.user) == "answered"
        actions.end(request, by=expert.user)


def test_only_the_people_of_the_page_answer(expert):
    request = make_request(expert)
    for deed in (actions.decline, actions.block, actions.end):
        with pytest.raises(PermissionDenied):
            deed(request, by=make_user())


def test_what_no_mail_server_took_is_told_as_undeliverable(expert):
    request, other = make_request(expert), make_request(expert)
    mail = Mail.objects.get(dedupe_key=f"contact_request:{request.pk}:{expert.user_id}")
    Mail.objects.filter(pk=mail.pk).update(status="failed", next_attempt_at=None)
    states = [ContactRequest.objects.with_delivery_failures().get(pk=row.pk).sender_state for row in (request, other)]
    assert states == [SenderState.UNDELIVERABLE, SenderState.SENT]


# Through the portal


def test_replies_run_through_the_portal_before_anybody_has_agreed(expert):
    request = make_request(expert, by=None)
    assert refused(actions.reply, request, "Encore moi", by=None, is_of_sender=True) == "closed_talk"
    actions.reply(request, "Pour quand ?", by=expert.user, is_of_sender=False)
    actions.reply(request, "En mai.", by=None, is_of_sender=True)
    to_sender, to_asked = Mail.objects.filter(kind="contact_reply").order_by("pk")
    assert (to_sender.address, to_asked.address) == ("malika@example.org", "amina@example.org")
    assert "amina@example.org" not in to_sender.text + to_sender.html
    assert "malika@example.org" not in to_asked.text + to_asked.html


def test_after_a_no_nothing_more_is_written(expert):
    request = make_request(expert)
    actions.reply(request, "Pour quand ?", by=expert.user, is_of_sender=False)
    actions.decline(request, by=expert.user, line="Non.")
    assert refused(actions.reply, request, "Mais", by=request.asked_by, is_of_sender=True) == "closed_talk"


# Reports


def test_three_reports_leave_the_page_as_it_is(expert):
    for _number in range(3):
        actions.report(Report(entry=expert.entry, reason="wrong"), by=None)
    assert Entry.objects.get(pk=expert.entry_id).is_published


def test_a_report_is_settled_once(expert):
    report = actions.report(Report(entry=expert.entry, reason="wrong"), by=None)
    settled = [actions.settle_report(report, acted=acted, note="Vu.", by=make_moderator()) for acted in (True, False)]
    assert settled == [True, False]
    report.refresh_from_db()
    assert report.status == "acted"
