"""The sender's side: writing, confirming one's address, following what became of a request."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.limits import seconds_to_wait, too_many_requests
from accounts.models import User
from core.access import login_required, public, read_only
from core.languages import AuthoredText
from core.mail_links import mail_page
from directory.models import Entry
from directory.presentation import listed, page_of
from directory.visibility import ANONYMOUS
from messaging import actions, limits
from messaging.alternatives import similar_available
from messaging.facts import ContactWay, reach_of
from messaging.forms import ContactRequestForm, ReplyForm
from messaging.models import ANSWER_DAYS, CONFIRM_LINK, SENDER_LINK, ContactRequest, people_of
from messaging.words import REFUSALS
from quotas.counting import QuotaSpent


@public
@require_http_methods(["GET", "HEAD", "POST"])
def contact_write(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write to the people of a page, as a member or as a visitor."""
    user = request.user if request.user.is_authenticated else None
    entry = Entry.objects.published().filter(public_id=public_id).first()
    if entry is None:
        return _gone(request)
    form = ContactRequestForm(request.POST or None, instance=ContactRequest(entry=entry, language=get_language()), user=user)
    if request.method != "POST":
        return _write_page(request, entry, form)
    if user is None and (seconds := seconds_to_wait(request, limits.FORMS_OF_VISITORS)):
        return too_many_requests(request, retry_after=seconds)
    if not form.is_valid():
        return _write_page(request, entry, form, status=400)
    try:
        sent = actions.ask(form.save(commit=False), by=user)
    except actions.NotPossible as refusal:
        return _write_page(request, entry, form, refusal=REFUSALS[refusal.code], status=409)
    except QuotaSpent as spent:
        return _write_page(request, entry, form, refusal=spent.quota.refusal, status=429)
    if user is None:
        return redirect("messaging:asked")
    messages.success(request, _("Sent. You will read here, and by email, what becomes of it."))
    return redirect("messaging:sent", sent.pk)


def _gone(request: HttpRequest) -> HttpResponse:
    """Hidden or absent: the same answer; whoever has typed something gets it back."""
    if request.method != "POST":
        raise Http404
    return render(request, "messaging/gone.html", {"typed": request.POST.get("message", "")}, status=404)


def _write_page(request: HttpRequest, entry: Entry, form, *, refusal: str = "", status: int = 200) -> HttpResponse:
    user = form.user
    is_own = user is not None and people_of(entry).filter(pk=user.pk).exists()
    page = page_of(entry, ANONYMOUS, get_language())
    context = {
        "entry": page,
        "form": form,
        "writer": user,
        "read_in": listed(row["code"] for row in page.values.get("languages", [])),
        "is_closed": reach_of(entry) is ContactWay.CLOSED,
        "is_own": is_own,
        "refusal": refusal,
        "left": limits.BY_MEMBER.of(user).left() if user else None,
        "limit": limits.BY_MEMBER.amount,
        "days": ANSWER_DAYS,
    }
    return render(request, "messaging/write.html", context, status=status)


@public
@read_only
def contact_asked(request: HttpRequest) -> HttpResponse:
    """A visitor has written: now the address has to be confirmed."""
    return render(request, "messaging/asked.html")


@mail_page
def contact_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The visitor confirms the address, by a button: mail programs open links by themselves."""
    contact = ContactRequest.objects.with_names().filter(pk__in=CONFIRM_LINK.read(token) or []).first()
    if contact is None:
        return render(request, "messaging/link_gone.html", status=404)
    refusal = ""
    if request.method == "POST":
        try:
            actions.confirm(contact)
            return redirect(contact.sender_url())
        except actions.NotPossible as error:
            refusal = REFUSALS[error.code]
        except QuotaSpent as spent:
            refusal = spent.quota.refusal
    if contact.delivery != ContactRequest.Delivery.UNCONFIRMED:
        return redirect(contact.sender_url())
    context = {"contact": contact, "message": _message(contact), "page": _page(contact), "refusal": refusal}
    return render(request, "messaging/confirm.html", context, status=409 if refusal else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a request that the person has sent. Others find nothing here."""
    contact = get_object_or_404(_followed().sent_by(request.user), pk=pk)
    return _sent_page(request, contact, by=request.user)


@mail_page
def contact_sent_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The same for whoever opens the link of a mail."""
    contact = _followed().filter(pk__in=SENDER_LINK.read(token) or []).first()
    if contact is None:
        return render(request, "messaging/link_gone.html", status=404)
    return _sent_page(request, contact, by=contact.asked_by)


def _followed():
    return ContactRequest.objects.with_names().with_delivery_failures()


def _sent_page(request: HttpRequest, contact: ContactRequest, *, by: User | None) -> HttpResponse:
    form, refusal = ReplyForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.reply(contact, form.cleaned_data["text"], by=by, is_of_sender=True)
        except actions.NotPossible as error:
            refusal = REFUSALS[error.code]
        else:
            messages.success(request, _("Passed on."))
            return redirect(request.path)
    state = contact.sender_state
    is_over = state in {state.EXPIRED, state.DECLINED, state.UNDELIVERABLE}
    context = {
        "contact": contact,
        "state": state,
        "page": _page(contact),
        "message": _message(contact),
        "replies": contact.replies.all(),
        "form": form,
        "refusal": refusal,
        "may_talk": actions.may_talk(contact, is_of_sender=True),
        "others": similar_available(contact.entry, get_language()) if is_over else [],
    }
    return render(request, "messaging/sent.html", context, status=409 if refusal else 200)


def _page(contact: ContactRequest):
    return page_of(contact.entry, ANONYMOUS, get_language())


def _message(contact: ContactRequest) -> AuthoredText:
    return AuthoredText(contact.message, contact.language)
