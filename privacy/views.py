"""Closing one's own account, and an organisation of which one is the last owner."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.access import login_required
from organizations.models import Organization
from privacy import actions
from privacy.forms import UnderstoodForm


@login_required
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def close_account(request: HttpRequest) -> HttpResponse:
    """Says what will happen, or what must be done before; then does it."""
    form = UnderstoodForm(request.POST if request.method == "POST" else None)
    person = User.objects.get(pk=request.user.pk)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_account(by=person)
        except (actions.StillNeeded, actions.LastCoordinator):
            messages.error(request, _("Your account is still needed: see what to do first. Nothing was deleted."))
        else:
            return _goodbye(request)
    context = {"form": form, "consequences": actions.consequences(person)}
    return render(request, "privacy/close_account.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close_organization(request: HttpRequest, public_id: str) -> HttpResponse:
    """For its last owner; to all others there is no such page, so that comes before the question for the password."""
    organization = Organization.objects.without_owner_but(request.user).filter(public_id=public_id).first()
    if organization is None:
        raise Http404
    return _close_organization(request, organization)


@reauthentication_required
def _close_organization(request: HttpRequest, organization: Organization) -> HttpResponse:
    form = UnderstoodForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.close_organization(organization, by=request.user)
        messages.success(request, _("The organisation is closed, and its page is gone."))
        return redirect("my_space")
    others = organization.affiliations.exclude(user=request.user).exists()
    return render(request, "privacy/close_organization.html", {"form": form, "organization": organization, "others": others})


def _goodbye(request: HttpRequest) -> HttpResponse:
    """The session ends without the signals of logging out: there is nobody left who could."""
    request.session.flush()
    request.user = AnonymousUser()
    messages.success(request, _("Your account is closed. Everything that was personal is deleted."))
    return redirect("home")
