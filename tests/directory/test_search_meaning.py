"""Search by meaning: who says it in other words. Everything else is the same with it and without."""

import pytest
from django.db import connection

from directory import search
from tests.directory.meaning import encode_everything
from tests.factories.directory import make_entry

pytestmark = pytest.mark.django_db


def ask(text: str, **options) -> search.Answer:
    return search.Answer(search.Query(text=text, kind="expert", **options))


def close(text: str, **options) -> list[str]:
    return [hit.entry.title for hit in search.close_hits(ask(text, **options))]


@pytest.fixture
def network():
    make_entry(
        name="Ruches",
        headline="Président d’un rucher-école",
        biography="J’apprends à récolter le miel et à soigner contre le varroa.",
    )
    make_entry(
        name="Banque", headline="Directrice d’une caisse de microcrédit", biography="Prêts solidaires et éducation financière."
    )
    make_entry(name="نحل", headline={"ar": "مربي نحل"}, biography={"ar": "أنتج العسل في الجبل وأكون الشباب. أحب الشعر."})


def test_who_says_it_in_other_words_comes_close(network):
    encode_everything()
    assert "Banque" in close("Des femmes sans compte veulent emprunter un peu d’argent pour travailler")
