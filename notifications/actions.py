"""What the coordination team does to mails that are written already."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from journal.actions import record
from journal.verbs import Verb

from .models import Mail, MailQuerySet
from .rendering import check_subject, html_from_text


@transaction.atomic
def edit(mail: Mail, *, subject: str, text: str, by: User) -> bool:
    """Rewrite a mail that still waits; False when it has left meanwhile or nobody may read it."""
    check_subject(subject)
    html = html_from_text(subject, text, mail.language)
    if not Mail.objects.queued().filter(pk=mail.pk, confidential=False).update(subject=subject, text=text, html=html):
        return False
    record(Verb.MAIL_EDITED, mail, by=by)
    return True


@transaction.atomic
def cancel(mails: MailQuerySet, *, by: User) -> int:
    """Keep queued mails from leaving; the number of mails held back."""
    return _each(mails.queued(), Verb.MAIL_CANCELLED, by=by, status=Mail.Status.CANCELLED, next_attempt_at=None)


@transaction.atomic
def retry(mails: MailQuerySet, *, by: User) -> int:
    """Queue given-up and cancelled mails again, and hurry those that wait; the number of mails."""
    again = mails.exclude(status=Mail.Status.SENT).exclude(text="")
    now = timezone.now()
    return _each(again, Verb.MAIL_RETRIED, by=by, status=Mail.Status.QUEUED, attempts=0, next_attempt_at=now, last_error="")


def _each(mails: MailQuerySet, verb: Verb, *, by: User, **values) -> int:
    chosen = list(mails.order_by("pk").select_for_update(of=("self",)))
    for mail in chosen:
        record(verb, mail, by=by)
    return Mail.objects.filter(pk__in=[mail.pk for mail in chosen]).update(**values)
