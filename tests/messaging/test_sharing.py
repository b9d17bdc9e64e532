"""A page taken along: the card and the code say what the page says to the same viewer."""

import pytest

from core.languages import LANGUAGES
from directory.visibility import Viewer, visible_to
from messaging import actions
from moderation import actions as moderation_actions
from tests.factories.experts import make_expert
from tests.factories.messaging import make_request
from tests.factories.moderation import change, make_moderator
from tests.factories.organizations import make_organization
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db


def card(client, draft, language: str = "fr"):
    return client.get(f"/{language}/contact/card/{draft.public_id}.vcf")


def lines(response) -> list[str]:
    """As an address book reads it: unfolded."""
    text = response.content.decode()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize("audience", ["public", "members", "contacts", "coordinators"])
def test_a_card_holds_the_address_for_whoever_reads_it_on_the_page(client, audience):
    expert = make_expert(published=True)
    change(expert, contact_email="amina@example.org", phone="+212600000001", audiences={"email": audience, "phone": audience})
    asked = make_request(expert)
    for user in (None, make_expert(published=True).user, asked.asked_by, expert.user):
        if user:
            client.force_login(user)
        expert.entry.refresh_from_db()
        on_the_page = "contact_email" in visible_to(expert.entry, Viewer.of(user) if user else Viewer())
        found = "\n".join(lines(card(client, expert)))
        assert [word in found for word in ("amina@example.org", "+212600000001")] == [on_the_page] * 2


def test_an_accepted_contact_finds_in_the_card_what_the_page_shows_to_contacts(client):
    expert = make_expert(published=True, contact_email="amina@example.org", audiences={"email": "contacts"})
    asked = make_request(expert)
    client.force_login(asked.asked_by)
    assert "amina@example.org" not in card(client, expert).content.decode()
    actions.accept(asked, by=expert.user, address="amina@example.org")
    assert "EMAIL;TYPE=INTERNET:amina@example.org" in lines(card(client, expert))


def test_what_was_typed_cannot_write_a_line_of_its_own(client):
    expert = make_expert(
        published=True, family_name="Ben; N, A", city="Fès, rue\\ 1", headline="Ingénieure ; eau, sols " + "é" * 90
    )
    found = lines(card(client, expert))
    assert "N:Ben\\; N\\, A;Salma;;;" in found
    assert [line for line in found if line.startswith("ADR:")] == ["ADR:;;;Fès\\, rue\\\\ 1;;;Maroc"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_bears_the_name_in_the_script_of_the_page(client, language):
    expert = make_expert(published=True, given_name_ar="سلمى", family_name_ar="بنجلون")
    found = lines(card(client, expert, language))
    assert ("FN:سلمى بنجلون" if language == "ar" else "FN:Salma Benjelloun") in found
    assert found[0] == "BEGIN:VCARD"
    assert card(client, expert, language).headers["Content-Type"] == "text/vcard; charset=utf-8"


def test_an_organisation_has_a_card_and_a_project_has_none(client):
    assert "ORG:Coopérative Oliveraie du Saïs" in lines(card(client, make_organization(published=True)))
    assert card(client, make_project(published=True)).status_code == 404


def test_the_code_is_a_picture_of_the_public_address(client):
    expert = make_expert(published=True)
    answer = client.get(f"/fr/contact/qr/{expert.public_id}.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert b"<script" not in answer.content
    page = client.get(expert.entry.get_absolute_url()).content.decode()
    assert f"/fr/contact/qr/{expert.public_id}.svg" in page
    assert "https://wa.me/?text=Salma%20Benjelloun%20http%3A%2F%2F" in page


def test_a_hidden_page_is_not_taken_along(client):
    expert = make_expert(published=True)
    moderation_actions.hide(expert.entry, by=make_moderator(), reason="Plainte")
    assert card(client, expert).status_code == 404
    assert client.get(f"/fr/contact/qr/{expert.public_id}.svg").status_code == 404
