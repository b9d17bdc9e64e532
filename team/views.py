"""The page behind an invitation to the team."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.mail_links import mail_page
from team import actions
from team.models import INVITATION_LINK, TeamInvitation


@mail_page
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Only the address that was invited joins: whoever the mail was forwarded to does not."""
    found = TeamInvitation.objects.open().filter(pk__in=INVITATION_LINK.read(token) or []).first()
    if found is None:
        raise Http404
    is_for_me = request.user.is_authenticated and found.is_for(request.user)
    if request.method == "POST" and is_for_me:
        try:
            actions.accept(found, by=request.user)
        except actions.TeamInvitationUnusable as error:
            raise Http404 from error
        messages.success(request, _("Welcome to the team. Set up a second factor, if you have none yet."))
        return redirect("admin:index")
    return render(request, "team/invitation.html", {"invitation": found, "is_for_me": is_for_me})
