"""Days and languages in a question are filters that are shown, and no subjects."""

import datetime
import re

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory import search
from tests.factories.directory import make_entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_december")]


@pytest.fixture
def in_december():
    with time_machine.travel("2026-12-01T09:00:00Z"):
        yield


def read(text: str, literal=()) -> search.Read:
    return search.read_conditions(text, {"availability", "language"}, literal, datetime.date(2026, 12, 1))


LANGUAGES = {
    "qui parle amazigh": ["ber"],
    "parlant l’arabe et le français": ["ar", "fr"],
    "maîtrisant l’anglais": ["en"],
    "arabophone": ["ar"],
    "who speaks Arabic and English": ["ar", "en"],
    "fluent in Spanish": ["es"],
    "يتكلم الأمازيغية": ["ber"],
    "تتحدث العربية والفرنسية": ["ar", "fr"],
    "فرز النفايات ويتكلم الأمازيغية": ["ber"],
    "ناطقة بالأمازيغية": ["ber"],
    "parle darija": ["ary"],
    "public speaking": [],
    "langue et culture amazighes": [],
    "maîtrise de l’eau": [],
    '"parle arabe"': [],
    "speaks standard Arabic": [],
}


WORDS = ["parle", "speaks", "يتكلم", "amazigh", "et", "-arabe", '"', "avant", "mars", "31", "و", "fluent", "in"]


@pytest.mark.parametrize("text", LANGUAGES)
def test_the_languages_that_are_asked_for(text):
    assert read(text).chosen.get("language", []) == LANGUAGES[text]


def test_the_rest_of_the_sentence_is_the_question():
    told = read("tri des déchets et qui parle amazigh, avant mars")
    assert [(said.facet, said.value, said.words) for said in told.conditions] == [
        ("availability", "2027-02-28", "avant mars"),
        ("language", "ber", "parle amazigh"),
    ]
    assert re.findall(r"\w+", told.text) == ["tri", "des", "déchets", "et", "qui"]


def test_what_is_not_meant_so_is_left_in_the_question():
    told = read("parle amazigh avant mars", literal={"availability", "language-ber"})
    assert (told.text, told.conditions) == ("parle amazigh avant mars", ())


def names(client, question: str, **parameters) -> list[str]:
    listing = client.get("/fr/experts/", {"q": question, **parameters}).context["listing"]
    return [row.entry.title for row in listing.entries]


@pytest.fixture
def people():
    make_entry(name="Libre", headline="Tri des déchets", availability={"state": "now"}, languages=["zgh"])
    make_entry(name="Février", headline="Tri des déchets", availability={"state": "from", "date": "2027-02-10"}, languages=["fr"])
    make_entry(
        name="Avril", headline="Tri des déchets", availability={"state": "not_before", "date": "2027-04-07"}, languages=["kab"]
    )
    make_entry(name="Plus tard", headline="Tri des déchets", availability={"state": "later"}, languages=["ar"])
    make_entry(name="Muette", headline="Tri des déchets")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("tri des déchets avant mars", {"Libre", "Février"}),
        ("tri des déchets tout de suite", {"Libre"}),
        ("waste sorting, available in April", {"Libre", "Février", "Avril"}),
        ("فرز النفايات قبل مارس", {"Libre", "Février"}),
        ("tri des déchets, parle amazigh", {"Libre", "Avril"}),
        ("tri des déchets, parle amazigh, avant mars", {"Libre"}),
        ("disponible avant mars", {"Libre", "Février"}),
    ],
)
def test_who_meets_the_condition(people, client, question, expected):
    assert set(names(client, question)) == expected


def test_a_day_is_a_filter_of_its_own(people, client):
    assert set(names(client, "", availability="2027-02-28")) == {"Libre", "Février"}
    assert set(names(client, "", availability="")) == {"Libre", "Février", "Avril", "Plus tard", "Muette"}
    assert names(client, "", availability="2027-13-45") == []


def test_the_family_of_a_language_is_a_filter(people, client):
    assert set(names(client, "", language="ber")) == {"Libre", "Avril"}
    assert names(client, "", language="kab") == ["Avril"]


@pytest.mark.parametrize(
    ("language", "label"),
    [("fr", "Disponible d’ici le 28 février 2027"), ("en", "Available by 28 February 2027"), ("ar", "28 فبراير 2027")],
)
def test_it_is_shown_and_can_be_taken_away(people, client, language, label):
    listing = client.get(f"/{language}/experts/", {"q": "déchets avant mars"}).context["listing"]
    (chip,) = [chip for chip in listing.understood if chip.words == "avant mars"]
    assert label in chip.label.replace("\u2068", "").replace("\u2069", "")
    assert "literal=availability" in chip.url
    assert client.get(chip.url).context["listing"].conditions.conditions == ()


def test_a_list_without_such_a_filter_says_so(client):
    make_entry("organization", name={"fr": "Coopérative du tri"}, type="association")
    response = client.get("/fr/organizations/", {"q": "coopérative avant mars"})
    assert response.context["listing"].count == 1
    assert "avant mars" in re.search(r'<p class="search-note"[^>]*>(.*?)</p>', response.content.decode())[1]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_time_that_is_no_day_is_named_and_asks_for_nothing(people, client, language):
    words = {"ar": "قبل رمضان", "fr": "avant l’été", "en": "by 31 February"}[language]
    response = client.get(f"/{language}/experts/", {"q": f"déchets {words}"})
    assert response.context["listing"].count == 5
    assert response.context["listing"].conditions.chosen == {}
    assert words in re.search(r'<p class="search-note"[^>]*>(.*?)</p>', response.content.decode())[1]
    answer = client.get("/api/v1/search", {"q": f"déchets {words}", "kind": "expert"}).json()
    assert (answer["count"], answer["unused"]) == (5, [words])


def test_the_api_reads_it_likewise(people, client):
    assert client.get("/api/v1/search", {"q": "tri des déchets avant mars", "kind": "expert"}).json()["count"] == 2


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["parle", "speaks", "يتكلم", "amazigh", "et", "-arabe", '"', "avant", "mars", "31", "و", "fluent", "in"])
    )
)
def test_any_words_are_read(words):
    text = " ".join(words)
    assert set(re.findall(r"\w+", read(text).text)) <= set(re.findall(r"\w+", text))
    assert "availability" not in read(text, literal={"availability"}).chosen
