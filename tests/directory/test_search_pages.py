"""Search as visitors meet it: list pages, suggestions, the API."""

import json
import re

import pytest
from django.core.cache import cache
from django.core.management import call_command

from directory import presentation, publication, search, visibility
from directory.kinds import facets
from directory.models import Entry, SearchCard, SearchDocument, SearchInsight
from directory.search import insight, refresh, writing
from taxonomy.models import Theme
from tests.factories.accounts import make_staff, make_user
from tests.factories.directory import make_entry
from tests.factories.taxonomy import change
from text.analyser import ANALYSER_VERSION

pytestmark = pytest.mark.django_db
LIST = "/fr/experts/"


def page(client, **question):
    return client.get(LIST, question)


class TestList:
    def test_a_result_says_why_in_the_words_of_its_author(self, client):
        make_entry(headline={"ar": "خبيرة في الاقتصادِ الدّائريّ <b>"}, biography="Elle forme.")
        html = page(client, q="circular economy").content.decode()
        assert re.search(r'lang="ar" dir="rtl">خبيرة في <mark>الاقتصادِ الدّائريّ</mark> &lt;b&gt;', html)

    def test_a_short_list_ends_with_links_to_neighbouring_subjects(self, client):
        make_entry(headline="Efficacité énergétique", themes=["ENE-04"])
        make_entry(headline="Juriste", themes=["ENE-01"])
        response = page(client, q="énergies renouvelables")
        (neighbour,) = response.context["listing"].beside
        assert (neighbour.label, neighbour.count) == ("Efficacité énergétique", 1)
        assert "Sujets voisins" in response.content.decode()
        assert client.get(neighbour.url).context["listing"].count == neighbour.count

    def test_every_result_of_a_question_has_a_reason(self, client):
        make_entry(themes=["ESS-01"])
        make_entry(milieu="academic", headline="Juriste")
        make_entry(name={"arabic": "محمد بنعلي"})
        make_entry(country="MA", city="Fès")
        for question in ("cooperatives", "académique", "Benali", "المغرب", "juriste", "Afrique"):
            entries = page(client, q=question).context["listing"].entries
            assert entries, question
            assert all(entry.reasons for entry in entries), question

    def test_what_was_understood_can_be_taken_back(self, client):
        make_entry(themes=["ESS-01"])
        listing = page(client, q="coopératives Fès", sort="name").context["listing"]
        assert [(chip.label, chip.words) for chip in listing.understood] == [("Coopératives", "coopératives"), ("Fès", "Fès")]
        literal = client.get(listing.understood[0].url).context["listing"]
        assert [chip.label for chip in literal.understood] == ["Fès"]
        assert "sort=name" in listing.understood[0].url

    def test_a_correction_is_told(self, client):
        make_entry(headline="Hydrologue")
        html = page(client, q="hydrolgue").content.decode()
        assert "<bdi>hydrologue</bdi>" in html

    def test_an_empty_list_shows_ways_out_and_where_they_lead(self, client):
        make_entry(themes=["ESS-01"], country="MA")
        listing = page(client, q="coopératives", country="FR", goal="6").context["listing"]
        assert listing.count == 0
        assert [remedy.label for remedy in listing.without_filter] == []
        listing = page(client, q="coopératives", country="FR").context["listing"]
        (remedy,) = listing.without_filter
        assert (remedy.count, client.get(remedy.url).context["listing"].count) == (1, 1)
        listing = page(client, q="coopératives dragons").context["listing"]
        (remedy,) = listing.fewer_words
        assert (remedy.label, remedy.count, client.get(remedy.url).context["listing"].count) == ("coopératives", 1, 1)

    def test_what_everybody_may_read_is_cut_out_once_a_row(self, client, monkeypatch):
        for _ in range(3):
            make_entry(headline="Hydrologue", themes=["EAU-01"])
        cut = []
        original = visibility.visible_fields
        for user in (visibility, presentation):
            monkeypatch.setattr(user, "visible_fields", lambda entry, *rest: cut.append(entry.pk) or original(entry, *rest))
        client.get("/fr/experts/?q=hydrologue")
        assert len(cut) == len(set(cut)) == 3

    def test_a_question_costs_at_most_eight_queries(self, client, django_assert_max_num_queries, queries_of_meaning):
        for number in range(30):
            make_entry(name=f"Salma {number}", themes=["ESS-01"], country="MA", goals=["6"])
        for question in (
            {"q": "coopératives"},
            {"q": "Salma"},
            {"goal": "6", "country": "MA", "q": "cooperatives", "page": "2"},
            {},
        ):
            with django_assert_max_num_queries(8 + queries_of_meaning):
                assert page(client, **question).context["listing"].count == 30


class TestSuggestions:
    def ask(self, client, text, language="fr"):
        groups = client.get(f"/{language}/suggest/", {"q": text}).json()["groups"]
        return {group["label"]: [item["text"] for item in group["items"]] for group in groups}

    def test_names_themes_places_and_organisations_in_groups(self, client):
        make_entry(name="Fatima Coopman")
        make_entry("organization", name={"fr": "Coopérative Argan"}, type="association")
        found = self.ask(client, "coop", "en")
        assert list(found) == ["Experts", "Organisations", "Themes"]
        assert found["Experts"] == ["Fatima Coopman"]
        assert found["Organisations"] == ["Coopérative Argan"]
        assert "Cooperatives" in found["Themes"]
        assert any("Fès" in names for names in self.ask(client, "fes").values())

    @pytest.mark.parametrize("typed", ["بنع", "bena", "Ben", "mohamed ben", "benali mo"])
    def test_a_name_in_either_script(self, client, typed):
        make_entry(name={"latin": "Mohamed Benali"})
        assert "Mohamed Benali" in str(self.ask(client, typed))

    def test_what_only_sounds_alike_in_the_same_script_is_not_meant(self, client):
        make_entry(name={"latin": "Driss Kabbaj", "arabic": "إدريس القباج"})
        make_entry(name={"arabic": "هند قباج"})
        assert "Kabbaj" not in str(self.ask(client, "coop"))
        assert "هند قباج" in str(self.ask(client, "hind kab"))

    def test_labels_come_in_the_language_of_the_page(self, client):
        assert "التعاونيات" in str(self.ask(client, "cooper", "ar"))

    def test_hidden_ones_are_not_suggested(self, client):
        entry = make_entry(name="Hind Canaribou")
        assert "Canaribou" in str(self.ask(client, "cana"))
        publication.hide(entry, by=make_user(), note="Signalement")
        assert "Canaribou" not in str(self.ask(client, "cana"))

    @pytest.mark.parametrize("typed", ["", "a", "%", "\\", "_", "'", "ab" * 300, "😀😀", "\U0010ffff\U0010ffff"])
    def test_anything_may_be_typed(self, client, typed):
        assert client.get("/fr/suggest/", {"q": typed}).status_code == 200

    def test_two_queries_whatever_is_typed(self, client, django_assert_max_num_queries):
        make_entry(name="Salma Alaoui")
        self.ask(client, "zz")
        with django_assert_max_num_queries(2):
            self.ask(client, "zzzz")


class TestApi:
    @pytest.fixture(autouse=True)
    def no_limit_reached(self):
        cache.clear()

    def test_search_answers_as_the_issue_says(self, client):
        entry = make_entry(name={"latin": "Salma Benjelloun", "arabic": "سلمى بنجلون"}, headline="Hydrologue", country="MA")
        answer = client.get("/api/v1/search?q=hydrologue&kind=expert&lang=fr&limit=20&page=1&country=MA").json()
        assert answer["count"] == 1
        (result,) = answer["results"]
        assert result["kind"] == "expert"
        assert result["id"] == entry.public_id
        assert result["url"].endswith("/fr/experts/salma-benjelloun/")
        assert result["name"] == {"latin": "Salma Benjelloun", "arabic": "سلمى بنجلون"}
        assert result["reasons"][0]["segments"] == [{"text": "Hydrologue", "match": True}]
        assert answer["facets"]["country"] == {"MA": 1}

    def test_a_page_past_the_end_is_empty(self, client):
        make_entry()
        assert client.get("/api/v1/search?page=9").json()["results"] == []

    @pytest.mark.parametrize(
        "question", ["limit=0", "limit=101", "page=0", "page=x", "kind=person", "lang=de", "q=" + "x" * 201, "sort=x", "goal=<"]
    )
    def test_malformed_questions_are_named(self, client, question):
        response = client.get(f"/api/v1/search?{question}")
        assert response.status_code == 400
        assert response.json()["error"]

    def test_an_entry_by_identifier_and_by_address_shows_what_everybody_may_read(self, client):
        entry = make_entry(name="Salma Alaoui", contact_email="canary@example.org", city="Fès", audiences={"places": "members"})
        by_id, by_slug = (
            client.get(f"/api/v1/entries/expert/{entry.public_id}"),
            client.get(f"/api/v1/entries/expert/{entry.slug}"),
        )
        assert by_id.json() == by_slug.json()
        assert "canary" not in by_id.content.decode()
        assert "city" not in by_id.json()["fields"]

    def test_hidden_and_absent_are_the_same(self, client):
        entry = make_entry()
        publication.hide(entry, by=make_user(), note="Signalement")
        hidden, absent = client.get(f"/api/v1/entries/expert/{entry.public_id}"), client.get("/api/v1/entries/expert/nobody")
        assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content) == (404, absent.content)

    def test_unchanged_answers_are_not_sent_again(self, client):
        make_entry()
        first = client.get("/api/v1/search")
        again = client.get("/api/v1/search", headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        make_entry()
        assert client.get("/api/v1/search", headers={"if-none-match": first["ETag"]}).status_code == 200

    def test_other_sites_may_read_and_nobody_may_write(self, client):
        assert client.get("/api/v1/vocabulary")["Access-Control-Allow-Origin"] == "*"
        assert client.post("/api/v1/search").status_code == 405

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_every_other_method_is_refused_in_json(self, client, method):
        response = getattr(client, method)("/api/v1/search")
        assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert response.json()["error"]

    @pytest.mark.parametrize(
        "path", ["nothing", "search/", "entries/expert", "entries/person/x", "entries/expert/%00", "search?q=%00"]
    )
    def test_every_fault_is_told_in_json(self, client, path):
        response = client.get(f"/api/v1/{path}")
        assert response.status_code in {400, 404}
        assert response.json()["error"]

    def test_too_many_parameters_are_refused(self, client):
        response = client.get("/api/v1/search?" + "&".join(["a=1"] * 3000))
        assert (response.status_code, list(response.json())) == (400, ["error"])

    def test_a_fault_of_ours_is_told_in_json(self, client, monkeypatch):
        monkeypatch.setattr("directory.search.hits", lambda *arguments: 1 / 0)
        response = client.get("/api/v1/search")
        assert (response.status_code, list(response.json())) == (500, ["error"])

    def test_a_script_of_another_site_may_ask_whether_something_changed(self, client):
        asked = client.options(
            "/api/v1/search",
            headers={
                "origin": "https://other.example",
                "access-control-request-method": "GET",
                "access-control-request-headers": "x",
            },
        )
        assert (asked.status_code, asked.content) == (204, b"")
        assert asked.headers["Access-Control-Allow-Headers"] == "*"
        assert "ETag" in client.get("/api/v1/search").headers["Access-Control-Expose-Headers"]

    def test_head_says_what_get_says(self, client):
        make_entry()
        got, head = client.get("/api/v1/search?q=salma"), client.head("/api/v1/search?q=salma")
        assert (head.content, head.headers["ETag"]) == (b"", got.headers["ETag"])

    def test_the_answer_depends_on_its_address_alone(self, client):
        plain = client.get("/api/v1/search?lang=ar")
        other = client.get("/api/v1/search?lang=ar", headers={"accept-language": "fr", "cookie": "django_language=en"})
        assert plain.headers["Content-Language"] == other.headers["Content-Language"] == "ar"
        assert plain.content == other.content
        assert "Vary" not in plain.headers
        assert not plain.cookies

    def test_what_the_directory_does_not_know_is_named(self, client):
        make_entry(country="MA", goals=["6"])
        answer = client.get("/api/v1/search?country=MA&country=ZZ&goal=99&foo=bar&availability=2027-01-01&kind=expert").json()
        assert answer["unknown"] == ["country=ZZ", "foo", "goal=99"]

    def test_too_many_requests_are_told_how_long_to_wait(self, client, settings):
        settings.API_REQUESTS_PER_MINUTE = 3
        statuses = [client.get("/api/v1/openapi.json").status_code for _ in range(5)]
        assert statuses == [200, 200, 200, 429, 429]
        assert 0 < int(client.get("/api/v1/openapi.json")["Retry-After"]) <= 60
        assert client.get("/api/v1/openapi.json", REMOTE_ADDR="203.0.113.9").status_code == 200

    def test_the_description_names_every_address_and_every_facet(self, client):
        described = client.get("/api/v1/openapi.json").json()
        assert set(described["paths"]) == {"/search", "/entries/{kind}/{key}", "/vocabulary"}
        parameters = {parameter["name"] for parameter in described["paths"]["/search"]["get"]["parameters"]}
        assert parameters >= {"q", "kind", "lang", "limit", "page", *facets()}
        assert json.dumps(described)


class TestInsight:
    @pytest.fixture(autouse=True)
    def counting(self, settings):
        settings.SEARCH_INSIGHT = True
        insight._waiting.clear()
        yield
        insight._waiting.clear()

    def test_words_are_counted_per_day_and_not_by_whom(self, client):
        for text in ("Dragons", "dragons ", "DRAGONS"):
            page(client, q=text)
        page(client, q="salma@example.org")
        page(client, q="+212 6 12 34 56 78")
        insight.write()
        page(client, q="dragons")
        insight.write()
        (row,) = SearchInsight.objects.all()
        assert (row.text, row.times, row.results, row.language, row.kind) == ("dragons", 4, 0, "fr", "expert")

    def test_the_team_sees_what_was_asked_at_least_three_times(self, client):
        for text, times in (("dragons", 3), ("licornes", 2)):
            for _ in range(times):
                insight.record(text, "fr", "expert", 0)
        insight.write()
        client.force_login(make_staff(is_superuser=True))
        html = client.get("/fr/admin/directory/searchinsight/?found=nothing").content.decode()
        assert "dragons" in html
        assert "licornes" not in html


class TestIndex:
    def test_a_rebuild_gives_the_same_index_and_drops_what_is_hidden(self):
        make_entry(country="MA", goals=["6"], headline={"ar": "مهندسة"}, themes=["ESS-01"])
        before = [list(table.objects.order_by("pk").values()) for table in (SearchDocument, SearchCard)]
        hidden = make_entry()
        Entry.objects.filter(pk=hidden.pk).update(status="hidden")

        call_command("rebuild_search", "--all")

        assert [list(table.objects.order_by("pk").values()) for table in (SearchDocument, SearchCard)] == before

    def test_an_interrupted_rebuild_continues_where_it_stopped(self, monkeypatch):
        monkeypatch.setattr("directory.search.writing.BATCH", 2)
        for _ in range(5):
            make_entry()
        SearchCard.objects.update(analyser=0)

        def stop(done: int) -> None:
            if done >= 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            writing.bring_up_to_date(stop)
        assert SearchCard.objects.filter(analyser=ANALYSER_VERSION).count() == 2
        assert search.search(search.Query(kind="expert")).count == 5
        assert writing.bring_up_to_date() == 3

    def test_a_new_name_of_a_theme_re_reads_only_whom_it_touches(self):
        call_command("rebuild_search")
        touched = make_entry(name="A", headline="Spécialiste des xyloteries")
        mentions = make_entry(name="B", themes=["ESS-01"])
        other = make_entry(name="C", headline="Juriste")
        change(Theme.objects.get(pk="ESS-01"), synonyms_fr=["coopérative", "xyloteries"])

        assert refresh.mark_touched() == 2
        assert set(SearchCard.objects.filter(analyser=0).values_list("entry", flat=True)) == {touched.pk, mentions.pk}
        writing.bring_up_to_date()
        found = search.search(search.Query(text="cooperatives", kind="expert")).hits
        assert {hit.entry for hit in found} == {touched, mentions}
        assert other not in {hit.entry for hit in found}
        assert refresh.mark_touched() == 0
