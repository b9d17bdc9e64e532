"""Telling the team that a page is not as it should be, without an account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.limits import seconds_to_wait, too_many_requests
from core.access import public
from directory.models import Entry
from directory.presentation import page_of
from directory.visibility import ANONYMOUS
from messaging import actions, limits
from messaging.forms import ReportForm
from messaging.models import Report


@public
@require_http_methods(["GET", "HEAD", "POST"])
def contact_report(request: HttpRequest, public_id: str) -> HttpResponse:
    """However many report a page, nothing happens to it before a moderator has looked."""
    user = request.user if request.user.is_authenticated else None
    entry = get_object_or_404(Entry.objects.published(), public_id=public_id)
    form = ReportForm(request.POST or None, instance=Report(entry=entry), user=user)
    if request.method == "POST":
        if seconds := seconds_to_wait(request, limits.REPORTS):
            return too_many_requests(request, retry_after=seconds)
        if form.is_valid():
            actions.report(form.save(commit=False), by=user)
            messages.success(request, _("Thank you. The coordination team will look into it."))
            return redirect(entry)
    page = page_of(entry, ANONYMOUS, get_language())
    return render(request, "messaging/report.html", {"form": form, "entry": page}, status=400 if form.errors else 200)
