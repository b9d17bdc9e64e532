"""All requests of a person, received and sent, and how the pages of the person are reached."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core.access import login_required
from core.pagination import paginate
from directory.kinds import drafts
from directory.models import Entry
from directory.presentation import page_of
from directory.visibility import ANONYMOUS
from messaging import actions
from messaging.facts import ContactWay, reach_of
from messaging.forms import ReachForm
from messaging.models import BlockedSender, ContactRequest

PER_PAGE = 20


@login_required
@require_safe
def contact_inbox(request: HttpRequest) -> HttpResponse:
    """?show=sent: what the person has sent; else what lies before the person."""
    shows_sent = request.GET.get("show") == "sent"
    requests = ContactRequest.objects.with_names()
    if shows_sent:
        rows = requests.sent_by(request.user).with_delivery_failures()
    else:
        rows = requests.received_by(request.user).order_by("-delivered_at", "-pk")
    page = paginate(request, rows, per_page=PER_PAGE)
    context = {
        "page": page,
        "rows": [(contact, page_of(contact.entry, ANONYMOUS, get_language()).name) for contact in page],
        "shows_sent": shows_sent,
        "shows": [
            {"label": pgettext("contact requests", "Received"), "url": "?show=received", "current": not shows_sent},
            {"label": pgettext("contact requests", "Sent"), "url": "?show=sent", "current": shows_sent},
        ],
    }
    return render(request, "messaging/inbox.html", context)


@login_required
@require_safe
def contact_preferences(request: HttpRequest) -> HttpResponse:
    entries = [
        {
            "entry": entry,
            "form": ReachForm(initial={"reach": reach_of(entry)}, prefix=entry.public_id),
            "blocked": BlockedSender.objects.filter(entry=entry).select_related("user"),
        }
        for entry in _own_entries(request.user)
    ]
    return render(request, "messaging/preferences.html", {"entries": entries})


@login_required
@require_POST
def contact_reach(request: HttpRequest, public_id: str) -> HttpResponse:
    entry = _own_entry_or_404(request.user, public_id)
    form = ReachForm(request.POST, prefix=public_id)
    if form.is_valid():
        actions.set_reach(entry, ContactWay(form.cleaned_data["reach"]), by=request.user)
        messages.success(request, _("Saved. Your page says so from now on."))
    else:
        messages.error(request, _("Choose one of the three."))
    return redirect("messaging:preferences")


@login_required
@require_POST
def contact_unblock(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    entry = _own_entry_or_404(request.user, public_id)
    actions.unblock(entry, get_object_or_404(BlockedSender, entry=entry, pk=pk), by=request.user)
    messages.success(request, _("This sender may write to you again."))
    return redirect("messaging:preferences")


def _own_entries(user: User) -> list[Entry]:
    """The public pages that the person answers for."""
    mine = [
        public_id
        for model in drafts().values()
        for public_id in model.objects.acted_for_by(user).values_list("public_id", flat=True)
    ]
    return list(Entry.objects.published().filter(public_id__in=mine).order_by("kind", "pk"))


def _own_entry_or_404(user: User, public_id: str) -> Entry:
    own = {entry.public_id: entry for entry in _own_entries(user)}
    return get_object_or_404(Entry.objects.filter(public_id__in=own), public_id=public_id)
