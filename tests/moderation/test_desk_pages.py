"""What the pages of one submission and of one entry cost, and that they tell who did what."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moderation import actions
from tests.factories.experts import make_expert
from tests.factories.moderation import make_edit, make_published
from tests.factories.publishing import make_moderator

A_PAGE_OF_THE_DESK = 25

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_moderator(name="Nadia Berrada"))
    return client


def edited(times: int):
    """A public page after so many approved edits, and one more that waits."""
    draft = make_published()
    for number in range(times):
        actions.approve(make_edit(draft, headline_fr=f"Hydrologue {number}"), by=make_moderator(name="Samir Alaoui"))
    return draft, make_edit(draft, headline_fr="Hydrologue, oasis")


def cost(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_review_costs_the_same_after_one_edit_and_after_many(desk):
    few, many = (cost(desk, reverse("admin:moderation_submission_review", args=[edited(times)[1].pk])) for times in (1, 8))
    assert few == many <= A_PAGE_OF_THE_DESK


def test_the_page_of_an_entry_costs_the_same_after_one_edit_and_after_many(desk):
    few, many = (cost(desk, reverse("admin:directory_entry_change", args=[edited(times)[0].entry_id])) for times in (2, 8))
    assert few == many <= A_PAGE_OF_THE_DESK


def test_both_pages_tell_from_the_journal_who_did_what(desk):
    draft, waiting = edited(1)
    entry_page = desk.get(reverse("admin:directory_entry_change", args=[draft.entry_id]))
    review = desk.get(reverse("admin:moderation_submission_review", args=[waiting.pk]))

    assert {str(record.by) for record in entry_page.context["records"]} >= {"Samir Alaoui", str(draft.user)}
    assert [record.by for record in review.context["records"]] == [draft.user]
    assert "desk-journal" in entry_page.content.decode()


def test_the_first_page_of_the_administration_costs_the_same_with_one_waiting_and_with_many(desk):
    make_edit()
    few = cost(desk, reverse("admin:index"))
    for _ in range(6):
        actions.submit(expert := make_expert(), by=expert.user)
    assert few == cost(desk, reverse("admin:index")) <= A_PAGE_OF_THE_DESK
