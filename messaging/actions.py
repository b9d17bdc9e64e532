"""The verbs of getting in touch. Nobody learns an address before both sides have said yes."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from directory.models import Entry, Grant
from directory.publication import set_fact
from journal.actions import record
from journal.verbs import Verb
from messaging import limits, mails
from messaging.facts import REACHED, ContactWay, reach_of
from messaging.holding import reason_to_hold
from messaging.models import ANSWER_DAYS, BlockedSender, ContactRequest, Reply, Report, people_of
from quotas.counting import spend

Delivery, Status = ContactRequest.Delivery, ContactRequest.Status


class NotPossible(Exception):
    """What was asked for cannot be done now; `code` says why."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


# Asking


@transaction.atomic
def ask(request: ContactRequest, *, by: User | None) -> ContactRequest:
    """Send a new request. A visitor's is kept until its address is confirmed.

    Raises NotPossible: "gone", "closed", "oneself", "open" (one waits already); QuotaSpent.
    """
    # First: the second of two equal forms waits here until it can see what the first has written.
    spend(limits.BY_MEMBER.of(by) if by else limits.BY_VISITOR.of(request.sender_address))
    request.asked_by = by
    _require_reachable(request)
    _require_none_waiting(request)
    request.save()
    record(Verb.CONTACT_ASKED, request, by=by, page=request.entry.public_id)
    if by is None:
        mails.ask_for_confirmation(request)
    else:
        _pass_on(request)
    return request


@transaction.atomic
def confirm(request: ContactRequest, *, by: User | None = None) -> ContactRequest:
    """The visitor's address is confirmed: the request leaves. A second time changes nothing.

    Raises NotPossible and QuotaSpent like `ask`.
    """
    request = _lock(request)
    if request.delivery != Delivery.UNCONFIRMED:
        return request
    _require_reachable(request)
    record(Verb.CONTACT_CONFIRMED, request, by=by)
    _pass_on(request)
    return request


@transaction.atomic
def release(request: ContactRequest, *, by: User) -> bool:
    """A moderator has read a held request and lets it go; False when somebody else has decided already."""
    request = _lock(request)
    if request.delivery != Delivery.HELD:
        return False
    record(Verb.CONTACT_RELEASED, request, by=by, held=request.held_because)
    _deliver(request)
    return True


@transaction.atomic
def stop(request: ContactRequest, *, by: User) -> bool:
    """A moderator does not pass a held request on; False when somebody else has decided already."""
    request = _lock(request)
    if request.delivery != Delivery.HELD:
        return False
    request.delivery = Delivery.STOPPED
    request.save(update_fields=["delivery"])
    record(Verb.CONTACT_STOPPED, request, by=by, held=request.held_because)
    mails.tell_stopped(request)
    return True


# Answering


@transaction.atomic
def accept(request: ContactRequest, *, by: User, address: str, phone: str = "") -> ContactRequest:
    """Both sides see the addresses that each chose, and the sender reads what the page shows to its contacts.

    Raises NotPossible: "expired", "answered" (the sender has acted on the first answer), "put_aside".
    """
    request = _answerable(request, by)
    if request.status == Status.ACCEPTED and (request.answer_address, str(request.answer_phone)) == (address, phone):
        return request
    request.answer_address, request.answer_phone, request.answer_line = address, phone, ""
    request.save(update_fields=["answer_address", "answer_phone", "answer_line"])
    _settle(request, Status.ACCEPTED, by=by)
    if request.asked_by:
        Grant.objects.get_or_create(entry=request.entry, user=request.asked_by, until=None, defaults={"since": timezone.now()})
    record(Verb.CONTACT_ACCEPTED, request, by=by)
    mails.tell_accepted(request, by=by)
    return request


@transaction.atomic
def decline(request: ContactRequest, *, by: User, line: str = "") -> ContactRequest:
    """With a line the sender is told; without one the sender hears nothing.

    Raises NotPossible like `accept`.
    """
    request = _answerable(request, by)
    _forget_answer(request)
    request.answer_line = line
    request.save(update_fields=["answer_line"])
    _settle(request, Status.DECLINED, by=by)
    record(Verb.CONTACT_DECLINED, request, by=by)
    if line:
        mails.tell_declined(request)
    return request


@transaction.atomic
def block(request: ContactRequest, *, by: User) -> ContactRequest:
    """Nothing more of this sender reaches the page; the sender is not told."""
    request = _own(request, by)
    blocked = {"user": request.asked_by} if request.asked_by else {"address": request.sender_address.lower()}
    BlockedSender.objects.get_or_create(entry=request.entry, **blocked)
    record(Verb.CONTACT_BLOCKED, request, by=by)
    _put_aside(request, Status.BLOCKED, by=by)
    return request


@transaction.atomic
def unblock(entry: Entry, blocked: BlockedSender, *, by: User) -> None:
    if not people_of(entry).filter(pk=by.pk).exists() or blocked.entry_id != entry.pk:
        raise PermissionDenied
    record(Verb.CONTACT_UNBLOCKED, entry, by=by)
    blocked.delete()


@transaction.atomic
def end(request: ContactRequest, *, by: User) -> ContactRequest:
    """Take back a yes: the addresses are shown no longer, and the page closes what it opened to the sender."""
    request = _own(request, by)
    if request.status != Status.ACCEPTED:
        raise NotPossible("not_accepted")
    _forget_answer(request)
    _settle(request, Status.ENDED, by=by)
    record(Verb.CONTACT_ENDED, request, by=by)
    return request


@transaction.atomic
def reply(request: ContactRequest, text: str, *, by: User | None, is_of_sender: bool) -> Reply:
    """Write to the other side through the portal. A visitor who writes has no account: `by` is None.

    Raises NotPossible: "closed_talk" once declined, ended or put aside, or expired without an answer.
    """
    request = _lock(request) if is_of_sender else _own(request, by)
    if not may_talk(request, is_of_sender=is_of_sender):
        raise NotPossible("closed_talk")
    written = Reply.objects.create(
        request=request, is_of_sender=is_of_sender, written_by=by, written_at=timezone.now(), text=text
    )
    record(Verb.CONTACT_REPLIED, request, by=by, of_sender=is_of_sender)
    mails.pass_reply(written)
    return written


def may_talk(request: ContactRequest, *, is_of_sender: bool) -> bool:
    """The sender writes again only after the other side has answered or asked back."""
    if request.delivery != Delivery.DELIVERED or request.emptied_at:
        return False
    if request.status == Status.ACCEPTED:
        return True
    if request.status != Status.ASKED or request.is_expired:
        return False
    return not is_of_sender or request.replies.filter(is_of_sender=False).exists()


# Reports


@transaction.atomic
def report(row: Report, *, by: User | None) -> Report:
    """Tell the team about a page, without an account, or about a message, as the person who received it."""
    if row.request:
        row.request = _own(row.request, by)
    row.asked_by = by
    row.save()
    record(Verb.REPORTED, row, by=by, reason=row.reason)
    if row.request:
        _put_aside(row.request, Status.REPORTED, by=by)
    return row


@transaction.atomic
def settle_report(report: Report, *, acted: bool, note: str, by: User) -> bool:
    """A moderator has looked into it; False when somebody else has settled it already."""
    Report.objects.filter(pk=report.pk).unanswered().update(note=note)
    if not report.settle(Report.Status.ACTED if acted else Report.Status.DISMISSED, by=by):
        return False
    record(Verb.REPORT_SETTLED, report, by=by, acted=acted)
    return True


# How a page is reached


@transaction.atomic
def set_reach(entry: Entry, reach: ContactWay, *, by: User) -> Entry:
    """How the people of a page may be reached from now on; the page says it at once."""
    if not people_of(entry).filter(pk=by.pk).exists():
        raise PermissionDenied
    if reach_of(entry) is reach:
        return entry
    record(Verb.REACH_CHANGED, entry, by=by, reach=reach.value)
    return set_fact(entry, REACHED.name, None if reach is ContactWay.DIRECT else {"by": reach.value}, by=by)


# Within


def _require_reachable(request: ContactRequest) -> None:
    entry = Entry.objects.published().filter(pk=request.entry_id).first()
    if entry is None:
        raise NotPossible("gone")
    request.entry = entry
    people = people_of(entry)
    if request.asked_by and people.filter(pk=request.asked_by_id).exists():
        raise NotPossible("oneself")
    # Of a visitor only once the address is confirmed: before, the answer would tell whose page has which address.
    if request.pk and not request.asked_by and people.filter(email__iexact=request.sender_address).exists():
        raise NotPossible("oneself")
    if reach_of(entry) is ContactWay.CLOSED:
        raise NotPossible("closed")


def _require_none_waiting(request: ContactRequest) -> None:
    own = ContactRequest.objects.filter(entry=request.entry_id, expires_at__gt=timezone.now())
    mine = own.sent_by(request.asked_by) if request.asked_by else own.none()
    if mine.unanswered_to_the_sender().exists():
        raise NotPossible("open")


def _pass_on(request: ContactRequest) -> None:
    if not _is_blocked(request):
        spend(limits.TO_PAGE.of(request.entry))
    request.held_because = reason_to_hold(request)
    if request.held_because:
        request.delivery = Delivery.HELD
        request.save(update_fields=["delivery", "held_because"])
    else:
        _deliver(request)


def _deliver(request: ContactRequest) -> None:
    """To a page that has blocked the sender it is delivered for the sender only."""
    now = timezone.now()
    request.delivery, request.delivered_at = Delivery.DELIVERED, now
    request.expires_at = now + timedelta(days=ANSWER_DAYS)
    request.save(update_fields=["delivery", "delivered_at", "expires_at"])
    if _is_blocked(request):
        _settle(request, Status.BLOCKED, by=None)
    else:
        mails.deliver(request, people_of(request.entry))


def _is_blocked(request: ContactRequest) -> bool:
    blocks = BlockedSender.objects.filter(entry=request.entry_id)
    if request.asked_by_id:
        return blocks.filter(user=request.asked_by_id).exists()
    return blocks.filter(address__iexact=request.sender_address).exists()


def _lock(request: ContactRequest) -> ContactRequest:
    return ContactRequest.objects.with_names().select_for_update(of=("self",)).get(pk=request.pk)


def _own(request: ContactRequest, by: User) -> ContactRequest:
    """The request under its lock, for one of the people asked."""
    request = _lock(request)
    if request.delivery != Delivery.DELIVERED or not people_of(request.entry).filter(pk=by.pk).exists():
        raise PermissionDenied
    return request


def _answerable(request: ContactRequest, by: User) -> ContactRequest:
    request = _own(request, by)
    if request.status not in {Status.ASKED, Status.ACCEPTED, Status.DECLINED}:
        raise NotPossible("put_aside")
    if request.is_expired:
        raise NotPossible("expired")
    if request.sender_has_acted:
        raise NotPossible("answered")
    return request


def _settle(request: ContactRequest, status: str, *, by: User | None) -> None:
    """An answer may be changed: the lock on the row says who is first."""
    request.settle(status, by=by, among=ContactRequest.objects.all())


def _put_aside(request: ContactRequest, status: str, *, by: User | None) -> None:
    _forget_answer(request)
    _settle(request, status, by=by)


def _forget_answer(request: ContactRequest) -> None:
    """What an earlier yes has opened is closed again."""
    if request.asked_by_id:
        _close_grant(request)
    request.answer_address = request.answer_phone = request.answer_line = ""
    # First the answer, then its address: the table knows no yes without an address.
    ContactRequest.objects.filter(pk=request.pk, status=Status.ACCEPTED).update(status=Status.DECLINED)
    request.save(update_fields=["answer_address", "answer_phone", "answer_line"])


def _close_grant(request: ContactRequest) -> None:
    """Unless the same person has another accepted request to the same page."""
    others = request.entry.contact_requests.sent_by(request.asked_by).filter(status=Status.ACCEPTED).exclude(pk=request.pk)
    if not others.exists():
        Grant.objects.filter(entry=request.entry_id, user=request.asked_by_id, until=None).update(until=timezone.now())
