"""Mail is a row, written in the transaction of the change it tells of. A request never talks to a mail server."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.core.validators import validate_email
from django.db import models
from django.utils.translation import get_language

from core.privacy import subject_key

from .kinds import CONFIDENTIAL, MailKind
from .models import Mail
from .rendering import render_mail


def queue(
    kind: str,
    *,
    to,
    context: dict,
    about: Iterable[models.Model] = (),
    language: str | None = None,
    dedupe_key: str | None = None,
    confidential: bool = False,
    thread: str = "",
) -> Mail | None:
    """Write one mail in the recipient's language; None when `dedupe_key` has been used before.

    `to` is a user or an address; `about` are the persons and pages beside the recipient whom the text names: with them it goes.
    Mails with one `thread` lie together in the mailbox of their reader.
    Values named `url` or `*_url` may be paths: they become absolute, in the mail's language.
    Raises ValueError for an unknown kind, ValidationError for a malformed address, UnsafeMail for header injection.
    """
    kind = MailKind(kind)
    recipient = _account_of(to) if isinstance(to, str) else to
    address = to if isinstance(to, str) else to.email
    validate_email(address)
    language = language or (recipient.language if recipient else get_language())
    rendered = render_mail(kind, language, context)
    fields = {
        "kind": kind,
        "recipient": recipient,
        "address": address,
        "language": language,
        "about": [subject_key(thing) for thing in about],
        "subject": rendered.subject,
        "text": rendered.text,
        "html": rendered.html,
        "confidential": confidential or kind in CONFIDENTIAL,
        "thread": thread,
    }
    if dedupe_key is None:
        return Mail.objects.create(**fields)
    mail, is_new = Mail.objects.get_or_create(dedupe_key=dedupe_key, defaults=fields)
    return mail if is_new else None


def _account_of(address: str):
    return get_user_model().objects.filter(email__iexact=address).first()
