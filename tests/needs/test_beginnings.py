"""A need begins with one sentence, with an account or without."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from needs import jobs
from needs.models import Beginning, Need
from needs.reading import read_sentence
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db

SENTENCE = (
    "Il nous faut quelqu’un qui parle arabe et, si possible, anglais, pour monter sur place, dès janvier, "
    "une filière d’économie circulaire avec trois coopératives de Meknès."
)


def read(sentence: str) -> dict[str, bool]:
    return {reading.name: reading.must for reading in read_sentence(sentence)}


def test_themes_places_languages_dates_and_mode_are_read():
    found = read(SENTENCE)
    assert found["language:ar"] is True
    assert found["language:en"] is False
    assert found["region:MA-03"] is True
    assert found["mode:onsite"] is False
    assert any(name.startswith("theme:CIR") for name in found)
    start = next(name.partition(":")[2] for name in found if name.startswith("start:"))
    assert datetime.date.fromisoformat(start) > timezone.localdate()
    assert start.endswith("-01-01")


@pytest.mark.parametrize(
    "sentence",
    [
        "نبحث عمن يتحدث العربية والفرنسية لتكوين تعاونيات في مدينة فاس في الاقتصاد الدائري عن بعد",
        "We need somebody in Tunis who speaks French, remotely",
    ],
)
def test_other_languages_are_read_as_well(sentence):
    found = read(sentence)
    assert "language:fr" in found
    assert "mode:remote" in found
    assert any(name.startswith("region:") for name in found)


def begin(client: Client, sentence: str = SENTENCE):
    return client.post("/fr/needs/new/", {"sentence": sentence})


def test_a_visitor_begins_corrects_and_finds_it_again_after_signing_in():
    client = Client()
    assert begin(client).url == "/fr/needs/begun/"
    page = client.get("/fr/needs/begun/")
    assert "Fès-Meknès" in page.content.decode()
    answer = client.post("/fr/needs/begun/", {"region:MA-03": "nice", "language:en": "without", "then": "keep"})
    assert answer.url == "/fr/accounts/signup/?next=/fr/needs/begun/keep/"
    client.force_login(make_user())
    assert "/fr/needs/begun/" in client.get("/fr/me/").content.decode()
    client.get("/fr/needs/begun/keep/")
    need = Need.objects.get()
    assert need.region == "MA-03"
    assert "region" not in need.musts
    assert [row.code for row in need.asked_languages.all()] == ["ar"]
    assert need.text_fr == SENTENCE
    assert not Beginning.objects.exists()


def test_nobody_else_finds_it():
    begin(Client())
    assert Client().get("/fr/needs/begun/").url == "/fr/needs/new/"


def test_five_a_day_from_one_address():
    for _time in range(5):
        assert begin(Client()).status_code == 302
    refused = begin(Client())
    assert refused.status_code == 429
    assert SENTENCE in refused.content.decode()


def test_it_is_kept_for_thirty_days():
    client = Client()
    begin(client)
    Beginning.objects.update(created_at=timezone.now() - datetime.timedelta(days=31))
    assert client.get("/fr/needs/begun/").status_code == 302
    assert jobs.forget_beginnings() == {"beginnings": 1}


@pytest.mark.parametrize("sentence", ["", "court", "x" * 1001, "a\0b" * 10])
def test_bad_sentences_get_a_kind_answer(sentence):
    assert begin(Client(), sentence).status_code == 400
    assert not Beginning.objects.exists()
