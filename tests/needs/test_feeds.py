"""Other programs read the open needs: a feed, a calendar, and a list that partners embed."""

import datetime

import feedparser
import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from needs import actions, jobs
from needs.models import Need
from tests.factories.needs import make_need
from tests.sources import place, project_files, rooms

pytestmark = pytest.mark.django_db


@pytest.fixture
def need() -> Need:
    closed = make_need(published=True, name="Fermé")
    actions.close(closed, closing="filled", by=closed.created_by)
    return make_need(published=True, name="Composter, « vite » & bien", deadline=datetime.date(2099, 1, 15))


def test_the_feed_is_well_formed_and_holds_the_open_needs(need):
    answer = Client().get("/fr/needs/feed/")
    feed = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})
    assert not feed.bozo
    assert feed.version == "atom10"
    assert [entry.title for entry in feed.entries] == [str(need)]
    assert feed.entries[0].link.endswith(need.entry.get_absolute_url())


def test_the_calendar_holds_the_deadlines(need):
    calendar = Calendar.from_ical(Client().get("/ar/needs/calendar/").content)
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == datetime.date(2099, 1, 15)
    assert str(need) in str(event["summary"])
    assert event["uid"].startswith(need.public_id)


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")])
def test_the_embedded_list_is_small_speaks_its_language_and_sets_no_cookie(need, language, direction):
    for number in range(14):
        make_need(published=True, name=f"Besoin {number} " + "long " * 20)
    answer = Client().get(f"/{language}/needs/embed/")
    content = answer.content.decode()
    assert len(answer.content) < 10_000
    assert f'<html lang="{language}" dir="{direction}">' in content
    assert "<script" not in content
    assert not answer.cookies
    assert not answer.has_header("X-Frame-Options")
    assert "frame-ancestors *" in answer["Content-Security-Policy"]


def test_it_is_the_only_page_that_others_may_frame(need):
    exempt = {place(path) for path in project_files(".py", under=rooms()) if "xframe_options_exempt" in path.read_text("utf-8")}
    assert exempt == {"needs/feeds.py"}
    for address in ("/fr/needs/", need.entry.get_absolute_url(), "/fr/needs/feed/"):
        answer = Client().get(address)
        assert answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_a_need_leaves_them_behind_its_deadline(need):
    Need.objects.update(deadline=timezone.localdate() - datetime.timedelta(days=1))
    jobs.close_ended()
    assert feedparser.parse(Client().get("/fr/needs/feed/").content).entries == []
