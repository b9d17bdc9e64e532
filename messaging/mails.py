"""The mails of getting in touch. None names an address before both sides have agreed, neither in its text nor in its head."""

from collections.abc import Iterable

from django.utils.crypto import salted_hmac
from django.utils.translation import override

from accounts.models import User
from directory.models import Entry
from directory.presentation import page_of
from directory.visibility import ANONYMOUS
from messaging.alternatives import similar_available
from messaging.models import ContactRequest, Reply, people_of
from notifications import outbox
from notifications.kinds import MailKind
from notifications.models import Mail


def ask_for_confirmation(request: ContactRequest) -> None:
    _to_sender(MailKind.CONTACT_CONFIRMATION, request, confirm_url=request.confirm_url())


def deliver(request: ContactRequest, people: Iterable[User]) -> None:
    for person in people:
        context = {
            "purpose": _in(person.language, request.get_purpose_display),
            "message": request.message,
            "wanted_by": request.wanted_by,
            "expires": request.expires_at,
        }
        _to_asked(MailKind.CONTACT_REQUEST, request, person, context, key=f"{request.pk}:{person.pk}")


def tell_stopped(request: ContactRequest) -> None:
    _to_sender(MailKind.CONTACT_STOPPED, request, key=request.pk)


def tell_accepted(request: ContactRequest, *, by: User) -> None:
    """Each side is told what the other has chosen to show."""
    shown = {"address": request.answer_address, "phone": str(request.answer_phone)}
    _to_sender(MailKind.CONTACT_ACCEPTED, request, **shown)
    _to_asked(MailKind.CONTACT_SHARED, request, by, {"address": request.sender_address})


def tell_declined(request: ContactRequest) -> None:
    _to_sender(MailKind.CONTACT_DECLINED, request, line=request.answer_line)


def tell_expired(request: ContactRequest) -> bool:
    """False when the sender has been told before."""
    language = _language_of_sender(request)
    names = [page.name.text for page in similar_available(request.entry, language)]
    return _to_sender(MailKind.CONTACT_EXPIRED, request, names=names, key=request.pk) is not None


def pass_reply(reply: Reply) -> None:
    request = reply.request
    if not reply.is_of_sender:
        _to_sender(
            MailKind.CONTACT_REPLY, request, writer=_page_name(request.entry, _language_of_sender(request)), text=reply.text
        )
        return
    for person in people_of(request.entry):
        _to_asked(MailKind.CONTACT_REPLY, request, person, {"writer": request.sender, "text": reply.text})


def _to_sender(kind: MailKind, request: ContactRequest, *, key: object = None, **context) -> Mail | None:
    language = _language_of_sender(request)
    return outbox.queue(
        kind,
        to=request.asked_by or request.sender_address,
        language=language,
        about=[request.entry],
        context={"page": _page_name(request.entry, language), "url": request.sender_url()} | context,
        thread=_thread(request, "sender"),
        dedupe_key=f"{kind}:{key}" if key else None,
    )


def _to_asked(kind: MailKind, request: ContactRequest, person: User, context: dict, *, key: str | None = None) -> None:
    about = [request.entry, *([request.asked_by] if request.asked_by else [])]
    shared = {
        "sender": request.sender,
        "page": _page_name(request.entry, person.language),
        "url": request.answer_url(person),
    }
    outbox.queue(
        kind,
        to=person,
        about=about,
        context=shared | context,
        thread=_thread(request, str(person.pk)),
        dedupe_key=f"{kind}:{key}" if key else None,
    )


def _language_of_sender(request: ContactRequest) -> str:
    return request.asked_by.language if request.asked_by else request.language


def _page_name(entry: Entry, language: str) -> str:
    with override(language):
        return page_of(entry, ANONYMOUS, language).name.text


def _in(language: str, label) -> str:
    with override(language):
        return str(label())


def _thread(request: ContactRequest, side: str) -> str:
    """The mails of one conversation lie together in one mailbox, and say nothing to anybody who holds two mailboxes."""
    return salted_hmac("contact thread", f"{request.pk}:{side}").hexdigest()[:32]
