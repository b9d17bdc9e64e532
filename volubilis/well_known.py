"""Addresses that browsers, telephones and finders of faults ask for by convention, whatever the pages say."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from core.access import public, read_only
from core.languages import text_direction
from volubilis.context_processors import SITE_NAMES

ICONS = {
    "favicon.ico": "img/favicon.ico",
    "apple-touch-icon.png": "img/icon-180.png",
    "apple-touch-icon-precomposed.png": "img/icon-180.png",
}
# RFC 9116 asks for less than a year; it is said anew with each answer.
SECURITY_TEXT_HOLDS = timedelta(days=180)


@public
@read_only
def icon(request: HttpRequest, name: str) -> HttpResponse:
    return redirect(static(ICONS[name]))


@public
@read_only
def manifest(request: HttpRequest) -> HttpResponse:
    """What a telephone puts on its home screen."""
    language = get_language()
    name = SITE_NAMES[language]
    content = {
        "id": "/",
        "name": name,
        "short_name": name,
        "lang": language,
        "dir": text_direction(language),
        "start_url": reverse("home"),
        "display": "browser",
        "background_color": "#fffdf9",
        "theme_color": "#073f4a",
        "icons": [
            {"src": static("img/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": static("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            {"src": static("img/icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@public
@read_only
def security_text(request: HttpRequest) -> HttpResponse:
    if not settings.LEGAL["email"]:
        raise Http404
    until = (timezone.now() + SECURITY_TEXT_HOLDS).replace(microsecond=0)
    context = {"address": settings.LEGAL["email"], "until": until.isoformat(), "site_url": settings.SITE_URL}
    return render(request, "volubilis/security.txt", context, content_type="text/plain; charset=utf-8")


@public
@read_only
def change_password(request: HttpRequest) -> HttpResponse:
    """Where password managers lead."""
    return redirect("account_change_password")
