"""Open needs for other programs: an Atom feed, the deadlines as a calendar, and a list to embed in a partner's page."""

from datetime import UTC, date, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from core.access import public
from directory.models import Entry
from directory.presentation import absolute
from directory.visibility import ANONYMOUS
from needs.presentation import NeedPage
from needs.schema import NEED

MOST, MOST_EMBEDDED = 100, 12
FRESH = cache_control(max_age=600, public=True)
# The one page that others may frame: it holds links and nothing that could be pressed in somebody's name.
FRAMEABLE = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"


def open_needs(most: int) -> list[NeedPage]:
    """The newest first, as everybody sees them. One query, whatever their number."""
    entries = Entry.objects.published().of_kind(NEED.kind).order_by("-first_published_at", "id")[: 4 * most]
    pages = (NeedPage(entry, ANONYMOUS, get_language()) for entry in entries)
    return [page for page in pages if page.is_open][:most]


@public
@require_safe
@FRESH
def need_feed(request: HttpRequest) -> HttpResponse:
    feed = Atom1Feed(
        title=_("Needs of the Volubilis Network"),
        link=absolute(reverse("needs:list")),
        description=_("Needs of organisations on both shores, each read by a moderator."),
        language=get_language(),
        feed_url=absolute(reverse("needs:feed")),
        author_name=_("Volubilis Network"),
    )
    for page in open_needs(MOST):
        feed.add_item(
            title=str(page.name),
            link=absolute(page.url),
            description=page.description,
            unique_id=absolute(page.url),
            pubdate=page.entry.first_published_at,
            updateddate=page.entry.updated_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@public
@require_safe
@FRESH
def need_calendar(request: HttpRequest) -> HttpResponse:
    """The last day of each open need, as an event of the whole day."""
    calendar = Calendar()
    calendar.add("prodid", "-//Volubilis//Needs//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Needs of the Volubilis Network"))
    for page in open_needs(MOST):
        if page.fields.get("deadline"):
            calendar.add_component(_event(page))
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


def _event(page: NeedPage) -> Event:
    day = date.fromisoformat(page.fields["deadline"])
    event = Event()
    event.add("uid", f"{page.entry.public_id}@{settings.SITE_URL.partition('://')[2]}")
    event.add("dtstamp", page.entry.updated_at.astimezone(UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", _("Last day to answer: %(need)s") % {"need": page.name})
    event.add("url", absolute(page.url))
    return event


@public
@require_safe
@FRESH
@xframe_options_exempt
def need_embed(request: HttpRequest) -> HttpResponse:
    """In the language of its address, without session, cookie or script."""
    response = render(request, "needs/embed.html", {"needs": open_needs(MOST_EMBEDDED)})
    response.headers["Content-Security-Policy"] = FRAMEABLE
    return response
