"""The session ends while somebody writes: the text is there again once they have signed in, and for nobody else."""

import re

import pytest
from django.test import Client

from tests.factories.experts import make_expert

pytestmark = pytest.mark.django_db
STEP = "/en/experts/edit/texts/"
TYPED = "Vingt ans dans le Tafilalet, et ce paragraphe tapé sur un téléphone."


@pytest.fixture
def author():
    return make_expert(biography="Ancien texte.").user


def opened_step(client: Client) -> dict:
    """What the form of the step would send, with a new biography."""
    page = client.get(STEP)
    values = {field.html_name: field.value() or "" for field in page.context["form"]}
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    return values | hidden | {"biography_fr": TYPED, "then": "next"}


def test_the_text_comes_back_after_signing_in(author):
    client = Client()
    client.force_login(author)
    form = opened_step(client)
    del client.cookies["sessionid"]
    answer = client.post(STEP, form, follow=True)
    assert "/accounts/login/" in answer.redirect_chain[-1][0]
    assert "What you typed is kept" in answer.text
    client.force_login(author)
    page = client.get(STEP)
    assert TYPED in page.text
    assert "It is not saved yet" in page.text
    assert TYPED not in client.get(STEP).text  # once


def test_somebody_else_who_signs_in_reads_nothing_of_it(author):
    other = make_expert(biography="Autre.").user
    client = Client()
    client.force_login(author)
    form = opened_step(client)
    del client.cookies["sessionid"]
    client.post(STEP, form)
    client.force_login(other)
    assert TYPED not in client.get(STEP).text


def test_after_a_day_it_is_gone(author, time_machine):
    time_machine.move_to("2026-11-02T09:00:00Z", tick=False)
    client = Client()
    client.force_login(author)
    form = opened_step(client)
    del client.cookies["sessionid"]
    client.post(STEP, form)
    time_machine.move_to("2026-11-03T10:00:00Z", tick=False)
    client.force_login(author)
    assert TYPED not in client.get(STEP).text


@pytest.mark.parametrize("mark", ["", "1:forged:mark"])
def test_a_form_that_nobody_has_signed_is_not_kept(author, mark):
    client = Client()
    client.force_login(author)
    form = opened_step(client) | {"typed_by": mark}
    del client.cookies["sessionid"]
    client.post(STEP, form)
    assert "typed" not in client.session


def test_an_expired_token_leads_back_to_the_text(author):
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    form = opened_step(client)
    client.cookies.clear()
    answer = client.post(STEP, form | {"csrfmiddlewaretoken": "x" * 64}, follow=True)
    assert "/accounts/login/" in answer.redirect_chain[-1][0]
    client.force_login(author)
    assert TYPED in client.get(STEP).text


def test_an_expired_form_of_a_stranger_says_so():
    assert Client(enforce_csrf_checks=True).post("/en/accounts/login/", {"login": "a"}).status_code == 403
