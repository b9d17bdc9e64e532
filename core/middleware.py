"""Answers that protect every page: security headers, no caching for people who are logged in, refusal of broken input."""

import re
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language_from_path, get_language_from_request

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
LANGUAGE_KEPT_SECONDS = 180 * 24 * 60 * 60
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def security_headers(get_response: Callable) -> Callable:
    """Content-Security-Policy and Permissions-Policy. A view that sets a stricter policy keeps it.

    The setting has the name and form it has in Django 6, where this function can go.
    """
    policy = "; ".join(" ".join([directive, *sources]) for directive, sources in settings.SECURE_CSP.items())

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


def remembered_language(get_response: Callable) -> Callable:
    """Whoever reads in another language than the browser asks for is led to that language next time.

    All others get no cookie: what their browser says is enough.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        language = get_language_from_path(request.path_info)
        is_page = (
            request.method == "GET" and response.status_code == 200 and response.get("Content-Type", "").startswith("text/html")
        )
        is_shared = "public" in response.get("Cache-Control", "")  # a cache would hand the cookie on
        if language and is_page and not is_shared and language != get_language_from_request(request):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                language,
                max_age=LANGUAGE_KEPT_SECONDS,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=True,
                samesite=settings.LANGUAGE_COOKIE_SAMESITE,
            )
        return response

    return middleware


def private_pages(get_response: Callable) -> Callable:
    """What a member sees stays out of shared caches and does not come back by the back button after logging out (T16)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware


class RefuseBrokenText:
    """NUL and lone surrogates cannot be stored in PostgreSQL and no honest browser sends them: 400 instead of a crash (T13)."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refuse_broken([request.path_info, *request.COOKIES.values(), *texts_of(request.GET)])
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> None:
        refuse_broken(texts_of(request.POST))


def texts_of(data: QueryDict) -> Iterable[str]:
    for name, values in data.lists():
        yield name
        yield from values


def refuse_broken(texts: Iterable[str]) -> None:
    """Raise BadRequest when a text holds NUL or half of a surrogate pair."""
    if any(UNSTORABLE.search(text) for text in texts):
        raise BadRequest("The request contains characters that no text can have.")
