"""Sending what waits in the outbox.

The row stays locked while its mail is handed over: two workers never hold the same mail, and when a worker is killed the
database lets the row go at once. What the mail server had accepted at that instant is sent once more, under the same
Message-ID: at most one duplicate per kill.
"""

import logging
import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from quotas.counting import DAY, Quota, QuotaSpent, spend

from .kinds import FORGOTTEN, UNLIMITED
from .models import RETRY_AFTER, Mail

logger = logging.getLogger(__name__)

# Whoever and whatever writes to one person, over all rooms. What is more waits: nothing is lost, and nobody is flooded.
RECEIVED = Quota("notifications.received", 30, DAY)


@transaction.atomic
def send_next() -> bool:
    """Try the mail that has waited longest; False when none is due."""
    mail = Mail.objects.due(timezone.now()).select_for_update(skip_locked=True, of=("self",)).first()
    if mail is None:
        return False
    if _has_had_enough(mail):
        return True
    mail.attempts += 1
    try:
        message(mail).send()
    except Exception as error:
        _postpone(mail, error)
    else:
        mail.status, mail.sent_at, mail.next_attempt_at, mail.last_error = Mail.Status.SENT, timezone.now(), None, ""
        _blank_if_confidential(mail)
    if mail.kind in FORGOTTEN and mail.status != Mail.Status.QUEUED:
        mail.delete()
    else:
        mail.save()
    return True


def _has_had_enough(mail: Mail) -> bool:
    """Whether this person received as many mails today as one day may bring; then this one waits for the next day."""
    if mail.kind in UNLIMITED or mail.attempts:
        return False
    try:
        spend(RECEIVED.of(mail.address))
    except QuotaSpent as spent:
        mail.next_attempt_at = spent.until
        mail.save(update_fields=["next_attempt_at"])
        return True
    return False


def message(mail: Mail) -> EmailMultiAlternatives:
    host = urlsplit(settings.SITE_URL).hostname
    headers = {
        "Message-ID": f"<mail-{mail.pk}-{mail.created_at:%Y%m%d%H%M%S%f}@{host}>",
        "Content-Language": mail.language,
        "Auto-Submitted": "auto-generated",
    }
    if mail.thread:
        headers["References"] = headers["In-Reply-To"] = f"<thread-{mail.thread}@{host}>"
    email = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.address], headers=headers)
    email.attach_alternative(mail.html, "text/html")
    return email


def _postpone(mail: Mail, error: Exception) -> None:
    mail.last_error = f"{type(error).__name__}: {error}"[:1000]
    if mail.attempts > len(RETRY_AFTER) or _is_final(error):
        mail.status, mail.next_attempt_at = Mail.Status.FAILED, None
        _blank_if_confidential(mail)
        logger.error("Mail %s (%s) given up after %s attempts: %s", mail.pk, mail.kind, mail.attempts, type(error).__name__)
    else:
        mail.next_attempt_at = timezone.now() + RETRY_AFTER[mail.attempts - 1]
        logger.warning("Mail %s (%s) waits until %s: %s", mail.pk, mail.kind, mail.next_attempt_at, type(error).__name__)


def _is_final(error: Exception) -> bool:
    """The server knows this address and refuses it for good (RFC 5321: 5yz)."""
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(code >= 500 for code, _ in error.recipients.values())


def _blank_if_confidential(mail: Mail) -> None:
    if mail.confidential:
        mail.text = mail.html = ""
