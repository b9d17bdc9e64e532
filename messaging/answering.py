"""The side of the people asked: reading a request and answering it, signed in or from the mail."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.access import login_required
from core.languages import AuthoredText
from core.mail_links import mail_page
from directory.presentation import page_of
from directory.visibility import ANONYMOUS
from messaging import actions
from messaging.forms import AcceptForm, DeclineForm, ReplyForm, ReportForm
from messaging.models import ANSWER_LINK, ContactRequest, Report
from messaging.words import REFUSALS

Forms = dict[str, AcceptForm | DeclineForm | ReplyForm | ReportForm]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_answer(request: HttpRequest, pk: int) -> HttpResponse:
    contact = get_object_or_404(ContactRequest.objects.received_by(request.user).with_names(), pk=pk)
    return _answer_page(request, contact, by=request.user)


@mail_page
def contact_answer_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The link was sent to one account and answers in its name; reading it changes nothing."""
    pk, user_id = ANSWER_LINK.read(token) or (None, None)
    person = get_user_model().objects.filter(pk=user_id, is_active=True).first()
    contact = ContactRequest.objects.received_by(person).with_names().filter(pk=pk).first() if person else None
    if contact is None:
        return render(request, "messaging/link_gone.html", status=404)
    return _answer_page(request, contact, by=person)


def _answer_page(request: HttpRequest, contact: ContactRequest, *, by: User) -> HttpResponse:
    deed = request.POST.get("answer") if request.method == "POST" else None
    forms: Forms = {
        "accept": AcceptForm(request.POST if deed == "accept" else None, user=by, draft=contact.draft),
        "decline": DeclineForm(request.POST if deed == "decline" else None),
        "reply": ReplyForm(request.POST if deed == "reply" else None),
        "report": ReportForm(
            request.POST if deed == "report" else None, instance=Report(request=contact), user=by, auto_id="report_%s"
        ),
    }
    if request.method != "POST":
        return _render(request, contact, forms)
    if deed not in DEEDS:
        raise Http404
    if deed in forms and not forms[deed].is_valid():
        return _render(request, contact, forms, status=400)
    try:
        said = DEEDS[deed](contact, forms, by)
    except actions.NotPossible as refusal:
        return _render(request, contact, forms, refusal=REFUSALS[refusal.code], status=409)
    messages.success(request, said)
    if deed in {"block", "report"}:
        return redirect("messaging:inbox" if request.user.is_authenticated else "home")
    return redirect(request.path)


def _accept(contact: ContactRequest, forms: Forms, by: User) -> str:
    actions.accept(contact, by=by, **forms["accept"].cleaned_data)
    return _("Accepted. Each of you now sees the address that the other has chosen.")


def _decline(contact: ContactRequest, forms: Forms, by: User) -> str:
    line = forms["decline"].cleaned_data["line"]
    actions.decline(contact, by=by, line=line)
    return _("Declined. The sender reads your line.") if line else _("Declined. The sender is not told.")


def _reply(contact: ContactRequest, forms: Forms, by: User) -> str:
    actions.reply(contact, forms["reply"].cleaned_data["text"], by=by, is_of_sender=False)
    return _("Passed on.")


def _block(contact: ContactRequest, forms: Forms, by: User) -> str:
    actions.block(contact, by=by)
    return _("Blocked. Nothing more from this sender reaches the page, and the sender is not told.")


def _report(contact: ContactRequest, forms: Forms, by: User) -> str:
    actions.report(forms["report"].save(commit=False), by=by)
    return _("Reported. The coordination team will read this message.")


def _end(contact: ContactRequest, forms: Forms, by: User) -> str:
    actions.end(contact, by=by)
    return _("Ended. The addresses are no longer shown here.")


DEEDS: dict[str, Callable[[ContactRequest, Forms, User], str]] = {
    "accept": _accept,
    "decline": _decline,
    "reply": _reply,
    "block": _block,
    "report": _report,
    "end": _end,
}


def _render(request: HttpRequest, contact: ContactRequest, forms: Forms, *, refusal: str = "", status: int = 200) -> HttpResponse:
    context = {
        "contact": contact,
        "page": page_of(contact.entry, ANONYMOUS, get_language()),
        "message": AuthoredText(contact.message, contact.language),
        "replies": contact.replies.all(),
        "forms": forms,
        "refusal": refusal,
        "may_talk": actions.may_talk(contact, is_of_sender=False),
    }
    return render(request, "messaging/answer.html", context, status=status)
