from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.access import login_required

from .forms import LanguageForm


@login_required
def account_settings(request: HttpRequest) -> HttpResponse:
    form = LanguageForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. Our next emails to you will be in this language."))
        return redirect("accounts:settings")
    return render(request, "accounts/settings.html", {"form": form})
