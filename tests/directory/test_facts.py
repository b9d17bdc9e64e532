"""A fact that a room above contributes stands on the page of a kind, outlives its publications and keeps to its audience."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from directory import kinds, publication, search
from directory.document import DocumentField, FieldType
from directory.facts import Fact
from directory.models import Entry, EntryVersion
from moderation import actions as moderation_actions
from tests.factories.experts import make_expert
from tests.factories.moderation import change, make_edit, make_moderator

pytestmark = pytest.mark.django_db


class Certified(Fact):
    facet_values = {"yes": "Certified"}

    def readable(self, value: dict[str, Any], language: str) -> str:
        return f"Certified in {value['year']}"

    def indexed(self, value: dict[str, Any]) -> str:
        return "yes"

    def is_same(self, old: dict[str, Any], new: dict[str, Any]) -> bool:
        return old["year"] == new["year"]


@pytest.fixture
def certificate(request):
    """The fact, in the group of fields that the test names: else in one for everybody."""
    group = getattr(request, "param", "identity")
    item = DocumentField("certificate", "Certificate", FieldType.FACT, group, fact=Certified(), facet="certificate")
    kinds.contribute("expert", item)
    yield item
    kinds.withdraw("expert", "certificate")


@pytest.fixture
def somebody() -> User:
    return make_moderator()


@pytest.fixture
def expert():
    return make_expert(published=True)


def page(entry: Entry, client: Client | None = None) -> str:
    return (client or Client()).get(entry.get_absolute_url()).content.decode()


def test_it_stands_on_the_page_in_the_facets_and_in_the_history(certificate, expert, somebody):
    publication.set_fact(expert.entry, "certificate", {"year": 2026}, by=somebody)
    assert "Certified in 2026" in page(expert.entry)
    answer = Client().get("/fr/experts/?certificate=yes").context["listing"]
    assert [row.name.text for row in answer.entries] == ["Salma Benjelloun"]
    assert search.search(search.Query(kind="expert")).counts["certificate"] == {"yes": 1}
    version = EntryVersion.objects.get(entry=expert.entry, action=EntryVersion.Action.FACT)
    assert (version.by, version.facts) == (somebody, {"certificate": {"year": 2026}})
    desk = Client()
    desk.force_login(somebody)
    assert "Certified in 2026" in desk.get(f"/fr/admin/directory/entry/{expert.entry.pk}/change/").content.decode()


def test_it_outlives_the_next_publication_and_is_no_part_of_the_document(certificate, expert, somebody):
    publication.set_fact(expert.entry, "certificate", {"year": 2026}, by=somebody)
    expert.refresh_from_db()
    change(expert, availability="closed")
    moderation_actions.approve(make_edit(expert), by=somebody)
    entry = Entry.objects.get(pk=expert.entry_id)
    assert "Certified in 2026" in page(entry)
    assert "certificate" not in entry.document["fields"]


def test_taken_away_it_is_gone(certificate, expert, somebody):
    entry = publication.set_fact(expert.entry, "certificate", {"year": 2026}, by=somebody)
    entry = publication.set_fact(entry, "certificate", None, by=somebody)
    assert "Certified in" not in page(entry)
    assert Client().get("/fr/experts/?certificate=yes").context["listing"].count == 0


def test_said_again_it_is_no_new_version(certificate, expert, somebody):
    entry = publication.set_fact(expert.entry, "certificate", {"year": 2026}, by=somebody)
    assert publication.set_fact(entry, "certificate", {"year": 2026}, by=somebody).version == entry.version


@pytest.mark.parametrize("certificate", ["career"], indirect=True)
def test_the_audience_of_its_group_decides_who_reads_it(certificate, somebody):
    expert = make_expert(published=True, audiences={"career": "coordinators"})
    publication.set_fact(expert.entry, "certificate", {"year": 2026}, by=somebody)
    assert "Certified in" not in page(expert.entry)
    assert not search.search(search.Query(kind="expert")).counts["certificate"]
    owner = Client()
    owner.force_login(expert.user)
    assert "Certified in 2026" in page(expert.entry, owner)


def test_what_nobody_contributed_is_refused(expert, somebody):
    with pytest.raises(KeyError):
        publication.set_fact(expert.entry, "certificate", {"year": 2026}, by=somebody)
