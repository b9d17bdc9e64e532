"""Tags behind templates/components; docs/look.md lists them with their parameters."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import typed
from core.languages import AuthoredText

register = template.Library()

AVATAR_SIDE = 6
AVATAR_SHADES = 3
# Stones of somebody who has not named a goal.
PLAIN_STONES = ("stone-sea", "stone-clay", "stone-olive", "stone-saffron")

# As Open Graph names languages.
OG_LOCALES = {"ar": "ar_MA", "fr": "fr_FR", "en": "en_GB"}
AVAILABLE_IN = {
    "ar": _("This text is available in Arabic."),
    "fr": _("This text is available in French."),
    "en": _("This text is available in English."),
}


@register.simple_tag(takes_context=True)
def translated_url(context: template.Context, language: str, absolute: bool = False) -> str:
    """This page in another language: with its query string for a link, as the one address of its content if absolute."""
    request = context.get("request")
    if request is None or request.resolver_match is None:
        path = f"/{language}/"
    else:
        path, mark, query = (_own_address(request) if absolute else request.get_full_path()).partition("?")
        path = _in_language(path, language, get_language()) + mark + query
    return f"{settings.SITE_URL}{path}" if absolute else path


def _own_address(request: HttpRequest) -> str:
    """Page 2 of a list is a page of its own; chosen, searched and sorted differently it is the list once more."""
    page = request.GET.get("page", "")
    is_page = set(request.GET) == {"page"} and page.isascii() and page.isdigit() and int(page) > 1
    return f"{request.path}?page={int(page)}" if is_page else request.path


@lru_cache(maxsize=1024)
def _in_language(path: str, language: str, current: str) -> str:
    """Every page asks this a dozen times, and addresses stay. `current` is the language in which the path is understood."""
    return translate_url(path, language)


@register.simple_tag(takes_context=True)
def typed_by(context: template.Context) -> SafeString:
    """The hidden field by which a form that outlives its session says whose it is."""
    return format_html('<input type="hidden" name="{}" value="{}">', typed.FIELD, typed.mark(context["request"]))


@register.simple_tag(takes_context=True)
def place_on_the_device(context: template.Context) -> str:
    return typed.place_on_the_device(context["request"])


@register.filter
def og_locale(language: str) -> str:
    return OG_LOCALES[language]


@register.filter
def absolute(path: str) -> str:
    """A path of this site with the site's address, for those who read it elsewhere."""
    return f"{settings.SITE_URL}{path}"


@register.filter
def for_language(labels: dict[str, str]) -> str:
    """The label in the page's language, else in any other."""
    return labels.get(get_language()) or next(iter(labels.values()), "")


@register.inclusion_tag("components/goal_stones.html")
def goal_stones(goals: Iterable, size: str = "") -> dict:
    """`goals` have `number` and `labels`, as in taxonomy.vocabulary."""
    return {"goals": goals, "size": size}


@register.inclusion_tag("components/authored_text.html")
def authored_text(text: AuthoredText | None, inline: bool = False, note: bool = True) -> dict:
    """A text with its language and direction; as a block it says so kindly when it is not in the page's language."""
    foreign = text is not None and text.is_foreign(get_language())
    return {"text": text, "foreign": foreign, "inline": inline, "note": AVAILABLE_IN[text.language] if foreign and note else ""}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page, parameter: str = "page") -> dict:
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "ellipsis": page.paginator.ELLIPSIS,
        "links": [(number, query_with(context["request"], parameter, number)) for number in numbers],
        "previous": query_with(context["request"], parameter, page.number - 1),
        "next": query_with(context["request"], parameter, page.number + 1),
    }


def query_with(request: HttpRequest, parameter: str, value: object) -> str:
    query = request.GET.copy()
    query[parameter] = value
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/mosaic_avatar.html")
def mosaic_avatar(name: str, seed: str, goals: Iterable[int] = (), size: str = "") -> dict:
    """Stones in the colours of the person's goals, always the same for the same seed.

    The mosaic is symmetrical, as Roman ones are; stones of one colour and shade share one path.
    """
    colours = [f"goal-{number}" for number in goals] or PLAIN_STONES
    dice = hashlib.sha256(seed.encode()).digest()
    paths = defaultdict(str)
    half = AVATAR_SIDE // 2
    for index, throw in enumerate(dice[: half * AVATAR_SIDE]):
        row, column = divmod(index, half)
        stone = f"{colours[throw % len(colours)]} shade-{throw // 16 % AVATAR_SHADES}"
        for x in (column, AVATAR_SIDE - 1 - column):
            paths[stone] += f"M{x} {row}h1v1h-1z"
    return {"initials": initials(name), "paths": dict(paths), "side": AVATAR_SIDE, "size": size}


def initials(name: str) -> str:
    """First letters of the first and the last word; Arabic ones without the article and apart, lest they join."""
    words = [word for word in name.split() if word[0].isalpha()] or name.split()
    letters = [word.removeprefix("ال")[:1] or word[:1] for word in (words[:1] + words[1:][-1:])]
    joined = " ".join(letters) if any("\u0600" <= letter <= "\u06ff" for letter in letters) else "".join(letters)
    return joined.upper()
