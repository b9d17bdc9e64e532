"""Search by meaning: who says it in other words. Who answers, how many and every facet are the same with it and without."""

import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.privacy import Dependent, declarations
from directory import publication, search
from directory.models import Entry, EntryVersion
from directory.search import vectors
from tests.directory.meaning import BrokenEncoder, SubjectEncoder, encode_everything, use
from tests.factories.accounts import make_user
from tests.factories.directory import make_entry

pytestmark = pytest.mark.django_db

WORDS = st.sampled_from(
    ["violons", "crédit", "caisse", "fiddle", "Tanger", "Maroc", "أحب", "كمنجات", "-violons", '"prêt"', "qui"]
)
ASKED = "Is there anybody with a fiddle or a cello?"


def ask(text: str, **options) -> search.Answer:
    return search.Answer(search.Query(text=text, kind="expert", **options))


def answering(text: str, **options) -> list[str]:
    return [hit.entry.title for hit in search.hits(ask(text, **options), 0, 100)]


def close(text: str, **options) -> list[str]:
    return [hit.entry.title for hit in search.close_hits(ask(text, **options))]


def stored() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM directory_searchvector")
        return cursor.fetchone()[0]


@pytest.fixture
def subjects(monkeypatch):
    use(monkeypatch, SubjectEncoder())


@pytest.fixture
def network(subjects):
    make_entry(name="Luth", headline="Luthier, violons", biography="Il aime Tanger. Ses violons voyagent. Il dort.")
    make_entry(name="كمال", headline={"ar": "صانع كمنجات"}, biography={"ar": "أسكن هنا. كمنجاتي من خشب الأرز."}, country="MA")
    make_entry(name="Banque", headline="Directrice d’une caisse", biography="Crédit et prêt solidaires.")
    encode_everything()


class TestWhoComesClose:
    def test_whoever_says_it_in_other_words(self, network):
        assert answering(ASKED) == []
        assert close(ASKED) == ["Luth", "كمال"]

    def test_with_the_nearest_sentence_as_the_reason_in_its_own_language(self, network):
        hits = {hit.entry.title: hit.reasons for hit in search.close_hits(ask(ASKED))}
        (reason,) = hits["كمال"]
        assert (reason.kind, reason.text, reason.language, reason.direction) == ("meaning", "كمنجاتي من خشب الأرز.", "ar", "rtl")

    def test_only_those_whom_the_filters_and_the_place_let_through(self, network):
        assert close(ASKED, chosen={"country": ("MA",)}) == ["كمال"]
        assert close(ASKED, chosen={"country": ("FR",)}) == []

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Luth",
            '"a fiddle or a cello"',
            "a fiddle or a cello -Tanger",
            "2030 112.12",
            "zzyxqv qsdfgh",
            "x",
            "!!!",
            "(" * 200,
        ],
    )
    def test_names_codes_phrases_exclusions_and_noise_find_nobody(self, network, text):
        assert close(text) == []

    def test_nobody_stands_in_both_lists(self, network):
        assert answering("violons") == ["Luth"]
        assert close("violons") == ["كمال"]


class TestWithoutIt:
    def test_the_same_people_answer_and_are_counted(self, network):
        for text in ("violons", ASKED, "caisse Tanger", "violons crédit", ""):
            with_it, without = ask(text), ask(text, by_meaning=False)
            assert with_it.count == without.count
            assert with_it.counts == without.counts
            assert sorted(with_it.ids(0, 100)) == sorted(without.ids(0, 100))

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        text=st.lists(WORDS, max_size=7),
        country=st.sampled_from([(), ("MA",), ("FR", "MA")]),
        sort=st.sampled_from(["relevance", "name", "newest"]),
    )
    def test_counts_and_facets_never_differ(self, network, text, country, sort):
        options = {"chosen": {"country": country}, "sort": sort}
        with_it, without = ask(" ".join(text), **options), ask(" ".join(text), by_meaning=False, **options)
        assert (with_it.count, with_it.counts) == (without.count, without.counts)
        assert sorted(with_it.ids(0, 100)) == sorted(without.ids(0, 100))
        assert not {one.entry for one in with_it.close} & set(with_it.ids(0, 100))

    def test_no_table_is_no_error(self, subjects, client):
        make_entry(name="Luth", headline="Luthier")
        assert vectors.made_by() is None
        assert close(ASKED) == []
        assert client.get("/fr/experts/", {"q": ASKED}).status_code == 200

    def test_no_encoder_is_no_error(self, network, monkeypatch, client):
        use(monkeypatch, None)
        assert close(ASKED) == []
        assert client.get("/fr/experts/", {"q": "violons"}).context["listing"].count == 1
        told = StringIO()
        call_command("rebuild_search", "--vectors", verbosity=0, stderr=told)
        assert "no encoder is installed" in told.getvalue()

    def test_an_encoder_that_fails_is_no_error(self, network, monkeypatch, client):
        use(monkeypatch, BrokenEncoder())
        unasked = f"{ASKED} Please"  # the vector of a question is kept
        assert close(unasked) == []
        assert client.get("/fr/experts/", {"q": unasked}).status_code == 200

    def test_the_check_tells_what_is_missing(self, subjects, monkeypatch):
        def told() -> list[str]:
            return [
                f"{message.msg} {message.hint}" for message in run_checks(databases=["default"]) if message.id == "directory.I001"
            ]

        assert "rebuild_search --vectors" in "".join(told())
        encode_everything()
        assert told() == []
        use(monkeypatch, None)
        assert "encoder" in "".join(told())


class TestVectors:
    def test_another_version_is_never_compared_with_this_one(self, network, monkeypatch):
        use(monkeypatch, SubjectEncoder("subjects-2"))
        assert close(ASKED) == []
        encode_everything()
        assert vectors.made_by() == "subjects-2"
        assert close(ASKED) == ["Luth", "كمال"]

    def test_a_publication_takes_out_what_is_no_longer_said_at_once(self, network):
        entry = Entry.objects.get(document__fields__name__latin="Luth")
        text = {"fr": "Crédit et prêt.", "source": "fr"}
        fields = entry.document["fields"] | {"biography": text, "headline": {"fr": "Banquier", "source": "fr"}}
        publication.publish(
            publication.lock(entry.pk), entry.document | {"fields": fields}, by=make_user(), action=EntryVersion.Action.APPROVED
        )
        assert close(ASKED) == ["كمال"]
        vectors.bring_up_to_date()
        assert "Luth" in close("emprunter de l’argent et demander un prêt")

    def test_who_is_hidden_is_gone_at_once_and_back_within_a_minute(self, network):
        entry = Entry.objects.get(document__fields__name__latin="Luth")
        publication.hide(entry, by=make_user(), note="Signalement")
        assert close(ASKED) == ["كمال"]
        publication.restore(Entry.objects.get(pk=entry.pk), by=make_user())
        call_command("rebuild_search", verbosity=0)
        assert close(ASKED) == ["Luth", "كمال"]

    def test_whoever_declines_to_be_proposed_by_meaning_is_found_by_words_alone(self, network):
        entry = Entry.objects.get(document__fields__name__latin="Luth")
        fields = entry.document["fields"] | {"proposing": "words"}
        publication.publish(
            publication.lock(entry.pk),
            entry.document | {"fields": fields},
            by=make_user(),
            action=EntryVersion.Action.FREE_CHANGE,
        )
        assert close(ASKED) == ["كمال"]
        vectors.bring_up_to_date()
        assert close(ASKED) == ["كمال"]
        assert answering("violons") == ["Luth"]
        other = Entry.objects.get(document__fields__name__latin="كمال")
        assert search.similar_hits(other) == []

    def test_its_tables_are_declared_as_personal_and_go_with_the_entry(self, network):
        declared = {table.table for table in declarations() if isinstance(table, Dependent)}
        modelled = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
        tables = {table for table in connection.introspection.table_names() if table.startswith("directory_")}
        assert tables - modelled == declared
        Entry.objects.all().delete()
        assert stored() == 0

    def test_what_reads_the_same_keeps_its_vector(self, network, monkeypatch):
        before = stored()
        vectors.forget_all()
        use(monkeypatch, BrokenEncoder())
        assert vectors.bring_up_to_date() == 3
        assert stored() == before

    def test_a_long_page_has_a_vector_for_each_passage(self, subjects):
        sentence = "Il accompagne des coopératives de la montagne dans la vente de leurs produits. "
        make_entry(
            headline="Conseiller",
            biography={"fr": sentence * 3 + "".join(f"{n} {sentence}" for n in range(12)), "en": "Adviser."},
        )
        encode_everything()
        assert stored() > 3


class TestPages:
    def test_what_answers_and_what_comes_close_stand_apart(self, network, client):
        html = client.get("/fr/experts/", {"q": "violons"}).content.decode()
        first, second = re.split(r'<section class="close-in-meaning"', html)
        assert ">Luth<" in first
        assert "كمال" not in first
        assert 'lang="ar" dir="rtl">كمنجاتي من خشب الأرز.' in second

    @pytest.mark.parametrize("language", ["ar", "fr", "en"])
    def test_nobody_says_it_in_these_words(self, network, client, language):
        html = client.get(f"/{language}/experts/", {"q": ASKED}).content.decode()
        assert "search-note" in html
        assert "empty-state" not in html

    def test_the_api_has_a_list_of_its_own(self, network, client):
        found = client.get("/api/v1/search", {"q": "violons", "kind": "expert"}).json()
        assert (found["count"], len(found["results"])) == (1, 1)
        (one,) = found["close"]
        assert one["reasons"][0]["kind"] == "meaning"
        assert one["reasons"][0]["segments"] == [{"text": "كمنجاتي من خشب الأرز.", "match": False}]


class TestSimilarPages:
    def test_a_profile_ends_with_those_that_say_the_same(self, network, client):
        html = client.get(Entry.objects.get(document__fields__name__latin="Luth").get_absolute_url()).content.decode()
        _page, similar = re.split(r'<section class="container close-in-meaning"', html)
        assert 'lang="ar" dir="rtl">كمنجاتي من خشب الأرز.' in similar
        assert "Banque" not in similar

    def test_whoever_is_hidden_stands_nowhere(self, network, client):
        publication.hide(Entry.objects.get(document__fields__name__latin="كمال"), by=make_user(), note="Signalement")
        luth = Entry.objects.get(document__fields__name__latin="Luth")
        assert search.similar_hits(luth) == []

    def test_without_vectors_a_profile_is_what_it_was(self, subjects, client):
        assert "close-in-meaning" not in client.get(make_entry().get_absolute_url()).content.decode()
