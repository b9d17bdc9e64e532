"""What visitors read: the list, its filters, the profile, in three languages; and what they never read."""

import json
import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from experts.models import Expert
from moderation import actions as moderation_actions
from tests.factories.accounts import make_user
from tests.factories.experts import make_expert
from tests.factories.moderation import make_moderator, publish

pytestmark = pytest.mark.django_db
LIST = "/fr/experts/"
CANARY = "+212699887766"
WRITES = re.compile(r"^(INSERT|UPDATE|DELETE)", re.IGNORECASE)


def names(response) -> list[str]:
    return [str(entry.name) for entry in response.context["listing"].entries]


def ask(client, **question):
    return client.get(LIST, question)


def page_of(expert: Expert) -> str:
    return f"{LIST}{expert.entry.slug}/"


def linked_data(response) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL)[1])


@pytest.mark.parametrize("count", [1, 8])
def test_list_and_profile_ask_the_database_the_same_few_questions(client, count):
    for number in range(count):
        expert = make_expert(published=True, family_name=f"Alaoui {number}")
        for year in range(count):
            expert.experiences.create(title="Étude", start_year=1990 + year, language="fr")
        publish(expert)
    pages = {LIST: 8, f"{LIST}?q=circulaire&goal=8&country=MA&sort=name": 8, page_of(expert): 6}
    for url, limit in pages.items():
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        assert len(queries) <= limit
        assert not [query["sql"] for query in queries if WRITES.match(query["sql"])]


def test_a_row_of_the_list_costs_a_member_no_query():
    client = Client()
    client.force_login(make_expert(published=True).user)

    def count_queries() -> int:
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        return len(queries)

    with_one = count_queries()
    for number in range(10):
        make_expert(published=True, family_name=f"Alaoui {number}")
    assert count_queries() == with_one


def test_drafts_and_hidden_profiles_are_absent_in_the_same_way(client):
    make_expert(given_name="Brouillon")
    hidden = make_expert(published=True)
    url = page_of(hidden)
    assert client.get(url).status_code == 200
    moderation_actions.hide(hidden.entry, by=make_moderator(), reason="Vérification")
    gone, never = client.get(url), client.get("/fr/experts/nobody/")
    assert gone.status_code == never.status_code == 404
    assert names(ask(client)) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_profile_only_in_arabic_is_found_readable_and_marked(client, language):
    expert = make_expert(
        published=True,
        given_name="",
        family_name="",
        given_name_ar="نزهة",
        family_name_ar="الإدريسي",
        headline="",
        biography="",
        headline_ar="خبيرة في التعاونيات الفلاحية",
        biography_ar="ترافق التعاونيات النسائية.",
    )
    words = {"fr": "mutuelles", "en": "mutual"}
    expert.expertises.create(theme="ESS-02")
    publish(expert)
    for question in ("التعاونيات", words[language]):
        response = client.get(f"/{language}/experts/", {"q": question})
        assert names(response) == ["نزهة الإدريسي"], question
    page = client.get(f"/{language}/experts/{expert.entry.slug}/").content.decode()
    assert re.search(r'<div class="prose" lang="ar" dir="rtl">\s*<p>ترافق التعاونيات النسائية.', page)
    assert "text-note" in page


def test_a_canary_for_members_reaches_no_visitor_in_any_form(client):
    expert = make_expert(published=True, phone=CANARY, contact_email="canary@example.org", audiences={"phone": "members"})
    url = page_of(expert)
    for page in (url, LIST, f"{LIST}?q=699887766", f"{LIST}?q=canary"):
        html = client.get(page).content.decode()
        assert CANARY not in html
        assert "canary@example.org" not in html
    assert names(ask(client, q=CANARY)) == []
    member = Client()
    member.force_login(make_expert(published=True, given_name="Membre").user)
    html = member.get(url).content.decode()
    assert CANARY in html
    assert CANARY not in json.dumps(linked_data(member.get(url)))
    assert "canary@example.org" not in html
    stranger = Client()
    stranger.force_login(make_user())
    assert CANARY not in stranger.get(url).content.decode()


def test_the_profile_for_machines_names_the_person_and_escapes_markup(client):
    expert = make_expert(published=True, headline="Eau </script><b>&", orcid="0000-0002-1825-0097", given_name_ar="سلمى")
    response = client.get(page_of(expert))
    person = linked_data(response)["mainEntity"]
    assert person["@type"] == "Person"
    assert person["name"] == "Salma Benjelloun"
    assert person["alternateName"] == {"@value": "سلمى", "@language": "ar"}
    assert person["jobTitle"] == "Eau </script><b>&"
    assert "https://orcid.org/0000-0002-1825-0097" in person["sameAs"]
    assert "<b>&" not in response.content.decode()


def test_the_three_pages_for_machines_are_about_one_person(client):
    expert = make_expert(published=True, headline_fr="Hydrologue", headline_ar="")
    pages = {
        language: linked_data(client.get(page_of(expert).replace("/fr/", f"/{language}/"))) for language in ("ar", "fr", "en")
    }
    assert {page["@type"] for page in pages.values()} == {"ProfilePage"}
    assert len({page["@id"] for page in pages.values()}) == 3
    (same,) = {page["mainEntity"]["@id"] for page in pages.values()}
    assert client.get(same.removeprefix("http://127.0.0.1:8000")).status_code == 302
    assert {language: page["@context"][1]["@language"] for language, page in pages.items()} == {each: each for each in pages}
    said = {"@value": "Hydrologue", "@language": "fr"}
    assert [pages[language]["mainEntity"]["jobTitle"] for language in ("fr", "en")] == ["Hydrologue", said]


def test_the_profile_names_its_address_in_every_language(client):
    page = client.get(page_of(make_expert(published=True))).content.decode()
    for language in ("ar", "fr", "en"):
        assert re.search(rf'hreflang="{language}" href="http[^"]*/{language}/experts/salma-benjelloun/"', page)
    assert re.search(r'rel="canonical" href="http[^"]*/fr/experts/salma-benjelloun/"', page)
    assert 'property="og:title" content="Salma Benjelloun"' in page


def test_somebody_busy_until_a_day_is_available_on_that_day_by_himself(client):
    make_expert(published=True, availability="not_before", available_on="2027-05-01")
    with time_machine.travel("2027-04-30T12:00:00Z"):
        assert names(ask(client, availability="now")) == []
        assert names(ask(client, availability="later")) == ["Salma Benjelloun"]
    with time_machine.travel("2027-05-01T12:00:00Z"):
        assert names(ask(client, availability="now")) == ["Salma Benjelloun"]
        assert ask(client).context["listing"].entries[0].availability == "now"


def test_facets_count_and_what_finds_nothing_is_disabled_not_hidden(client):
    make_expert(published=True, goals=[8, 12])
    make_expert(published=True, goals=[8], country="FR", city="Lyon")
    options = {option.value: option for option in ask(client).context["listing"].facets[0].options}
    assert len(options) == 17
    assert (options["8"].count, options["12"].count, options["1"].count) == (2, 1, 0)
    assert options["1"].disabled
    assert not options["8"].disabled
    page = ask(client, goal="12", country="MA")
    assert page.context["listing"].count == 1
    assert [chip.url for chip in page.context["listing"].chips] == ["/fr/experts/?country=MA", "/fr/experts/?goal=12"]


def test_a_theme_finds_those_who_know_a_narrower_one(client):
    make_expert(published=True, themes={"ESS-01": "expert"})
    assert names(ask(client, theme="ESS")) == ["Salma Benjelloun"]
    assert names(ask(client, theme="ESS-02")) == []


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("q=" + "x" * 201, 400),
        ("goal=<script>", 400),
        ("goal=" + "&goal=".join(str(number) for number in range(41)), 400),
        ("sort=nonsense", 400),
        ("page=0", 200),
        ("page=-3", 200),
        ("page=999999999999999999999", 200),
        ("page=two", 200),
        ("goal=99&theme=NOSUCH&country=ZZ", 200),
        ("q=%00", 400),
        ("q=%FF%FE", 200),
        ("q=" + "%22" * 50 + "-+%7C%26%21%28", 200),
        ("unknown=1&q=eau&q=air", 200),
    ],
)
def test_odd_questions_get_an_answer(client, question, status):
    make_expert(published=True)
    assert client.get(f"{LIST}?{question}").status_code == status


def test_words_typed_into_an_open_list_are_answered_by_relevance(client):
    make_expert(published=True, family_name="Alaoui", headline="Hydrologue")
    make_expert(published=True, family_name="Zaki", biography="Conseille un hydrologue.")
    options = re.findall(r'<option value="(\w*)" selected>', ask(client).content.decode())
    assert options == [""], "the order that nobody chose is not sent along"
    answer = ask(client, q="hydrologue", sort=options[0])
    assert answer.context["listing"].form.sort_order == "relevance"
    assert ask(client, q="hydrologue", sort="confirmed").context["listing"].form.sort_order == "confirmed"


def test_a_page_past_the_end_shows_the_last_one(client):
    for number in range(21):
        make_expert(published=True, family_name=f"Alaoui {number:02}")
    assert len(names(ask(client, page="7", sort="name"))) == 1


def test_an_empty_answer_says_what_to_do(client):
    make_expert(published=True)
    page = ask(client, q="introuvable")
    assert page.context["listing"].count == 0
    assert "empty-state" in page.content.decode()


def test_a_name_that_is_an_address_of_ours_gets_another_one():
    expert = make_expert(published=True, given_name="Mine", family_name="")
    assert expert.entry.slug == f"mine-{expert.public_id}"


def drafts_shown(response) -> dict[str, list[str]]:
    """{kind: names of its drafts} of my space"""
    return {kind.kind: [str(state.draft) for state in states] for kind, states in response.context["sections"]}


def test_my_space_shows_every_draft_and_where_it_stands():
    expert = make_expert(published=True)
    client = Client()
    client.force_login(expert.user)
    response = client.get("/fr/me/")
    assert drafts_shown(response)["expert"] == ["Salma Benjelloun"]
    client.force_login(make_user())
    assert drafts_shown(client.get("/fr/me/"))["expert"] == []
    assert Client().get("/fr/me/").status_code == 302
    assert Expert.objects.count() == 1
