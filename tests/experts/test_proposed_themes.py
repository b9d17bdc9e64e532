"""In the step of the themes an author is proposed those that the texts tell of, and adds them by a tick."""

import pytest

from experts.models import Expertise
from tests.experts.forms import open_and_send
from tests.factories.experts import make_expert

pytestmark = pytest.mark.django_db
STEP = "/fr/experts/edit/expertise/"
SENTENCE = "J’accompagne la création de coopératives."


@pytest.fixture
def author(client):
    expert = make_expert(headline="Agronome", biography=f"Je suis née à Fès. {SENTENCE}")
    Expertise.objects.filter(expert=expert).delete()
    client.force_login(expert.user)
    return expert


def own(expert) -> set[str]:
    return set(Expertise.objects.filter(expert=expert).values_list("theme", flat=True))


def proposed(client) -> list[str]:
    return [code for code, _label in client.get(STEP).context["form"].fields["proposed"].choices]


def test_a_theme_stands_there_with_the_sentence_that_told_it(client, author):
    html = client.get(STEP).content.decode()
    assert "ESS-13" in proposed(client)
    assert f'<q lang="fr" dir="ltr">{SENTENCE}</q>' in html


def test_what_is_ticked_is_added_once_and_proposed_no_more(client, author):
    open_and_send(client, STEP, proposed=["ESS-13"])
    assert own(author) == {"ESS-13"}
    assert "ESS-13" not in proposed(client)


def test_what_is_not_ticked_is_not_added(client, author):
    open_and_send(client, STEP, years_experience="7")
    assert own(author) == set()


def test_a_theme_that_was_not_proposed_is_refused(client, author):
    open_and_send(client, STEP, proposed=["NOPE"])
    assert own(author) == set()


def test_no_more_themes_than_a_profile_has(client, author):
    Expertise.objects.bulk_create(Expertise(expert=author, theme=f"AGR-{number:02}") for number in range(1, 13))
    open_and_send(client, STEP, proposed=["ESS-13"])
    assert len(own(author)) == 12


def test_the_sentence_is_one_in_the_language_of_the_page(client, author):
    author.biography_ar = "أواكب إحداث التعاونيات."
    author.save(update_fields=["biography_ar"])
    assert SENTENCE in client.get(STEP).content.decode()
    assert author.biography_ar in client.get(STEP.replace("/fr/", "/ar/")).content.decode()
