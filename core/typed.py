"""What somebody typed outlives their session: kept for them alone, and shown again where they typed it.

A form names its writer by a signed mark (`{% typed_by %}`). When such a form arrives without a session, or with an expired
token, what it holds waits in the new session until the same person has signed in; to anybody else it is never shown.
"""

import time

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as expired_form

FIELD, KEPT = "typed_by", "typed"
SECONDS = 24 * 60 * 60
MOST = 400_000  # characters: the longest step of the editor in three languages, encoded
_signer = signing.TimestampSigner(salt="core.typed")


class SignInKeepingWhatWasTyped(LoginRequiredMiddleware):
    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponse:
        if keep(request):
            messages.warning(request, _("You were signed out. What you typed is kept: sign in, and it is there again."))
        return super().handle_no_permission(request, view_func)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Back to the page, with what was typed, where we know whose it is."""
    return HttpResponseRedirect(request.path) if keep(request) else expired_form(request, reason)


def mark(request: HttpRequest) -> str:
    return _signer.sign(str(request.user.pk)) if request.user.is_authenticated else ""


def place_on_the_device(request: HttpRequest) -> str:
    """Under which name a browser keeps this person's unsaved texts; it tells nobody who that is."""
    return salted_hmac("core.typed.device", str(request.user.pk)).hexdigest()[:16] if request.user.is_authenticated else ""


def keep(request: HttpRequest) -> bool:
    """Whether the form was signed by somebody and is kept for them. Files are not: a browser sends none twice unasked."""
    try:
        writer = _signer.unsign(request.POST.get(FIELD, ""), max_age=SECONDS)
    except signing.BadSignature:
        return False
    typed = request.POST.urlencode()
    if len(typed) > MOST:
        return False
    request.session[KEPT] = {"by": writer, "at": request.path, "typed": typed, "until": time.time() + SECONDS}
    return True


def take(request: HttpRequest) -> QueryDict | None:
    """What this person typed on this page before the session ended, once."""
    kept = request.session.get(KEPT)
    if not kept or kept["at"] != request.path:
        return None
    del request.session[KEPT]
    if kept["by"] != str(request.user.pk) or kept["until"] < time.time():
        return None
    messages.warning(request, _("Here is what you had typed. It is not saved yet: look it over, then save."))
    return QueryDict(kept["typed"])
