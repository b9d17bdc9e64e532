"""What a moderator asked for: named first, each with the way to its field, and not sent back unchanged by mistake."""

import pytest
from django.test import Client
from django.urls import reverse

from experts.models import Expert
from moderation import actions as moderation
from moderation.models import Submission
from tests.factories.moderation import make_moderator, make_submission

pytestmark = pytest.mark.django_db
COMMENT = "Plus précis."
UNCHANGED = "Not changed yet"


@pytest.fixture
def draft() -> Expert:
    submission = make_submission()
    moderation.request_changes(submission, by=make_moderator(), comments={"headline": COMMENT}, message="")
    return Expert.objects.get(public_id=submission.public_id)


@pytest.fixture
def author(draft) -> Client:
    client = Client()
    client.force_login(draft.user)
    return client


def page(author: Client) -> str:
    return author.get("/en/experts/mine/").text


def is_waiting() -> bool:
    return Submission.objects.filter(status=Submission.Status.WAITING).exists()


def test_each_point_leads_to_its_field_with_its_comment(author, draft):
    assert "1 point to look at" in page(author)
    assert COMMENT in page(author)
    link = "/en/experts/edit/identity/#field-headline"
    assert link in page(author)
    assert 'id="field-headline"' in author.get(link.partition("#")[0]).text


def test_my_space_says_how_many_points(author):
    assert "1 point to look at" in author.get("/en/me/").text


def test_sending_unchanged_asks_once_more(author):
    assert UNCHANGED in page(author)
    author.post(reverse("experts:submit"))
    assert not is_waiting()
    author.post(reverse("experts:submit"), {"as_it_is": "1"})
    assert is_waiting()


def test_a_point_that_was_answered_is_sent_without_a_question(author, draft):
    draft.headline_fr = "Hydrologue en oasis"
    draft.save()
    assert UNCHANGED not in page(author)
    author.post(reverse("experts:submit"))
    assert is_waiting()
