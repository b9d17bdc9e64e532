from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.schedule import Daily, Every, job
from messaging import mails
from messaging.models import CONFIRM_DAYS, TEXTS_KEPT, ContactRequest, Reply, Report

EMPTY = {"message": "", "answer_line": "", "sender_address": "", "answer_address": "", "answer_phone": ""}


@job("messaging.tell_expired", _("Tell senders whose contact request nobody has answered"), Every(timedelta(hours=1)))
def tell_expired() -> dict[str, int]:
    """Each is told once, whatever became of the request on the other side: the mail has a key of its own."""
    now = timezone.now()
    over = ContactRequest.objects.unanswered_to_the_sender().filter(expires_at__lte=now, expires_at__gt=now - timedelta(days=2))
    told = 0
    for request in over.filter(emptied_at=None).with_names():
        with transaction.atomic():
            told += mails.tell_expired(request)
    return {"senders": told}


@job("messaging.forget_unconfirmed", _("Forget contact requests whose sender never confirmed the address"), Daily(hour=3))
def forget_unconfirmed() -> dict[str, int]:
    unconfirmed = ContactRequest.objects.filter(delivery=ContactRequest.Delivery.UNCONFIRMED)
    gone, _each = unconfirmed.filter(asked_at__lt=timezone.now() - timedelta(days=CONFIRM_DAYS)).delete()
    return {"requests": gone}


@job("messaging.erase_texts", _("Erase the texts of contact requests after a year"), Daily(hour=3))
def erase_texts() -> dict[str, int]:
    """Who wrote to which page when, why and how it ended stays, for the counts; what was written and every address goes."""
    before = timezone.now() - TEXTS_KEPT
    replies = Reply.objects.filter(written_at__lt=before).exclude(text="").update(text="")
    old = ContactRequest.objects.filter(emptied_at=None, asked_at__lt=before)
    requests = old.update(**EMPTY, sender_name="–", sender_organization="", emptied_at=timezone.now())
    reports = Report.objects.answered().filter(asked_at__lt=before).exclude(Q(text="") & Q(address="") & Q(note=""))
    return {"requests": requests, "replies": replies, "reports": reports.update(text="", address="", note="")}
