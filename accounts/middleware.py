import time
from collections.abc import Callable

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.roles import has_ended
from accounts.team import acts_for_team

SECONDS_BETWEEN_VISITS = 300
MOST_REMEMBERED = 10_000


class VisitedSessions(UserSessionsMiddleware):
    """Notes the last visit of a session every five minutes in each process; at every page it would cost five queries."""

    def __init__(self, get_response: Callable) -> None:
        super().__init__(get_response)
        self._noted: dict[tuple, float] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        visit = (request.session.session_key, request.META.get("REMOTE_ADDR"), request.META.get("HTTP_USER_AGENT"))
        now = time.monotonic()
        if now - self._noted.get(visit, -SECONDS_BETWEEN_VISITS) < SECONDS_BETWEEN_VISITS:
            return self.get_response(request)
        if len(self._noted) >= MOST_REMEMBERED:
            self._noted.clear()
        if request.session.session_key:
            self._noted[visit] = now
        return super().__call__(request)


def staff_mfa_required(get_response: Callable) -> Callable:
    """The coordination team opens its pages only with a second factor set up; until then it is led to the page that does it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        if not request.user.is_staff or not _is_for_staff(request, view) or acts_for_team(request.user):
            return None
        if has_ended(request.user):
            raise PermissionDenied
        messages.warning(request, _("Your account can change what others see. Protect it with a second factor before you go on."))
        return redirect("mfa_index")

    middleware.process_view = process_view
    return middleware


def _is_for_staff(request: HttpRequest, view: Callable) -> bool:
    in_admin = "admin" in request.resolver_match.app_names and request.resolver_match.url_name not in {
        "login",
        "logout",
        "jsi18n",
    }
    return in_admin or getattr(view, "access_policy", "") == "staff_only"
