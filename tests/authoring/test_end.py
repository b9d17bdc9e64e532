"""The author's way out, on the pages: take down, bring back, and what cannot be emptied."""

import pytest

from directory.models import Entry
from moderation import actions as moderation_actions
from tests.experts.forms import open_and_send
from tests.factories.experts import make_expert
from tests.factories.moderation import entry_of, make_moderator
from tests.factories.organizations import make_organization
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db

MAKERS = {"expert": make_expert, "organization": make_organization, "project": make_project}


def author_of(draft):
    return draft.people().first()


@pytest.mark.parametrize("kind", MAKERS)
def test_its_author_takes_the_page_down_and_brings_it_back(client, kind):
    draft = MAKERS[kind](published=True)
    client.force_login(author_of(draft))
    assert draft.author_url("take_down") in client.get(draft.author_url("overview")).text

    asked = client.get(draft.author_url("take_down"))
    assert asked.status_code == 200
    assert entry_of(draft).is_published
    overview = client.post(draft.author_url("take_down"), follow=True)

    assert entry_of(draft).status == Entry.Status.ENDED
    assert "Retirée par vous" in overview.text
    overview = client.post(draft.author_url("bring_back"), follow=True)
    assert entry_of(draft).is_published
    assert "La page est de nouveau publique." in overview.text


def test_there_is_nothing_to_take_down_before_anything_is_public(client):
    draft = make_expert()
    client.force_login(draft.user)
    assert client.get(draft.author_url("take_down")).status_code == 404
    assert client.post(draft.author_url("bring_back")).status_code == 404


def test_a_page_hidden_by_the_team_is_not_brought_back(client):
    draft = make_expert(published=True)
    client.force_login(draft.user)
    client.post(draft.author_url("take_down"))
    moderation_actions.hide(entry_of(draft), by=make_moderator(), reason="Signalée.")

    told = client.post(draft.author_url("bring_back"), follow=True)

    assert entry_of(draft).status == Entry.Status.HIDDEN
    assert "elle seule peut la montrer de nouveau" in told.text


def test_a_page_whose_address_was_taken_meanwhile_says_that_it_has_a_new_one(client):
    draft = make_expert(published=True)
    client.force_login(draft.user)
    client.post(draft.author_url("take_down"))
    make_expert(published=True)

    told = client.post(draft.author_url("bring_back"), follow=True)

    assert "Une autre page a pris entre-temps son ancienne adresse" in told.text
    assert client.get(entry_of(draft).get_absolute_url()).status_code == 200


def test_emptying_a_required_field_is_refused_with_the_typed_text_and_a_way_to_take_the_page_down(client):
    draft = make_expert(published=True)
    client.force_login(draft.user)

    refused = open_and_send(client, draft.edit_url(), **{"given_name": "", "family_name": "", "city": "", "headline_fr": "Neuf"})

    assert refused.status_code == 200
    assert "Une page publique doit comporter : Nom. Rien n’a été enregistré." in refused.text
    assert draft.author_url("take_down") in refused.text
    assert 'value="Neuf"' in refused.text
    draft.refresh_from_db()
    assert (draft.given_name, draft.headline_fr) == ("Salma", "Ingénieure en économie circulaire")
    assert entry_of(draft).document["fields"]["name"]["latin"] == "Salma Benjelloun"


def test_after_that_refusal_the_same_page_can_be_saved(client):
    draft = make_expert(published=True)
    client.force_login(draft.user)
    open_and_send(client, draft.edit_url(), **{"given_name": "", "family_name": ""})

    saved = open_and_send(client, draft.edit_url(), **{"family_name": "Alaoui"})

    assert saved.status_code == 302
