from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.access import login_required

from . import actions
from .forms import NameForm, SettingsForm
from .naming import safe_next


@login_required
def account_settings(request: HttpRequest) -> HttpResponse:
    form = SettingsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        actions.save_settings(form, by=request.user)
        messages.success(request, _("Saved. Our next emails to you will be in this language."))
        return redirect("accounts:settings")
    return render(request, "accounts/settings.html", {"form": form})


@login_required
def account_name(request: HttpRequest) -> HttpResponse:
    """The name of the person who is about to act towards others; `next` is where it goes on."""
    address = safe_next(request, request.POST.get("next") or request.GET.get("next") or "")
    form = NameForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        actions.save_settings(form, by=request.user)
        return redirect(address)
    return render(request, "accounts/name.html", {"form": form, "next": address})
