"""Whoever acts towards others says first who acts."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def with_a_name(view: Callable) -> Callable:
    """Lead a person without a name to the page that asks for it, and from there back. Inside an access policy."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.name:
            return view(request, *args, **kwargs)
        return redirect(f"{reverse('accounts:name')}?{urlencode({'next': _page_of(request)})}")

    return wrapped


def safe_next(request: HttpRequest, address: str) -> str:
    """The address if it is one of ours, else my space."""
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None, require_https=request.is_secure())
    return address if is_ours and address.startswith("/") else reverse("my_space")


def _page_of(request: HttpRequest) -> str:
    """The page that was asked for, or the page with the form that was sent."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    referer = urlsplit(request.headers.get("Referer", ""))
    return referer.path if referer.netloc == request.get_host() else reverse("my_space")
