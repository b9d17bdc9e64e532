"""Who sees what stands where it is written and where it is shown, each with the way to change it."""

import pytest

from tests.factories.experts import make_expert

pytestmark = pytest.mark.django_db


@pytest.fixture
def expert():
    return make_expert(published=True, contact_email="amina@example.org", audiences={"email": "coordinators"})


@pytest.fixture
def author(client, expert):
    client.force_login(expert.user)
    return client


def test_a_step_names_the_audience_of_each_field_and_leads_to_its_choice(author):
    page = author.get("/en/experts/edit/places/").text
    assert "Who sees it: Everybody." in page
    assert "/en/experts/edit/privacy/#id_audience_places" in page
    assert 'id="id_audience_places"' in author.get("/en/experts/edit/privacy/").text


def test_one_s_own_page_says_what_not_everybody_sees_and_leads_to_the_editor(author, expert):
    page = author.get(expert.entry.get_absolute_url().replace("/fr/", "/en/")).text
    assert "This is your page" in page
    assert "Contact email: Only me and the coordination team" in page
    assert "/en/experts/mine/" in page


def test_nobody_else_reads_it(client, expert):
    other = make_expert(published=True).user
    address = expert.entry.get_absolute_url().replace("/fr/", "/en/")
    assert "This is your page" not in client.get(address).text
    client.force_login(other)
    assert "This is your page" not in client.get(address).text


def test_a_draft_that_nobody_sees_promises_nothing_about_today(client):
    client.force_login(make_expert().user)
    page = client.get("/en/experts/edit/availability/").text
    assert "once your page is published" in page
    assert "as soon as you save" not in page


def test_saving_a_step_says_what_it_still_lacks(client):
    client.force_login(make_expert(headline="").user)
    page = client.get("/en/experts/edit/identity/")
    form = page.context["form"]
    sent = {field.html_name: field.value() or "" for field in form if field.name != "photo"}
    answer = client.post("/en/experts/edit/identity/", sent | {"then": "stay"}, follow=True).text
    assert "Still needed here before review" in answer
    assert "Step 1 of 8" in answer
