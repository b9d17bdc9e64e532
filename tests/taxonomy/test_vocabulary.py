import threading

import pytest
from django.db import connection

from taxonomy import vocabulary as module
from taxonomy.models import Revision, Term, Theme
from taxonomy.snapshot import sort_key
from taxonomy.vocabulary import forget, mark_changed, vocabulary
from tests.factories.taxonomy import change, make_term, make_theme

pytestmark = pytest.mark.django_db


class TestLabels:
    def test_label_is_in_the_language_asked_for(self):
        labels = [vocabulary().label("theme", "ESS-01", language) for language in ("ar", "fr", "en")]
        assert labels == ["التعاونيات", "Coopératives", "Cooperatives"]

    def test_goal_is_known_by_number_and_by_text(self):
        assert vocabulary().label("goal", 4, "en") == vocabulary().label("goal", "4", "en") == "Quality education"

    def test_unknown_code_is_its_own_label(self):
        assert vocabulary().label("theme", "NOPE-99", "fr") == "NOPE-99"

    @pytest.mark.parametrize("written", ["fes", "Fès", "فاس"])
    def test_a_town_is_named_in_the_language_of_the_page(self, written):
        assert vocabulary().town_label(written, "MA", "ar") == "فاس"
        assert vocabulary().town_label(written, "MA", "fr") == "Fès"
        assert vocabulary().town_label(written, "FR", "ar") == written

    def test_unknown_list_is_an_error(self):
        with pytest.raises(KeyError):
            vocabulary().label("themes", "ESS-01", "fr")

    def test_retired_code_keeps_its_label_and_is_not_offered(self):
        change(Term.objects.get(list="milieux", code="company"), retired=True)
        assert vocabulary().label("milieux", "company", "en") == "Companies"
        assert "company" not in dict(vocabulary().choices("milieux", "en"))
        assert "company" in dict(vocabulary().choices("milieux", "en", include_retired=True))


class TestOrder:
    @pytest.mark.parametrize(
        "words",
        [
            ["أثينا", "إسبانيا", "الأردن", "ألبانيا", "تونس"],
            ["Eau", "Économie", "Égalité", "Énergie"],
            ["cœur", "coffre", "Cuisine"],
        ],
    )
    def test_accents_case_and_forms_of_alef_do_not_decide(self, words):
        backwards = words[::-1]
        assert sorted(backwards, key=sort_key) == words

    def test_countries_are_alphabetical_in_each_language(self):
        french = [label for _, label in vocabulary().choices("country", "fr")]
        assert french.index("Égypte") < french.index("France") < french.index("Maroc") < french.index("Tunisie")
        assert vocabulary().choices("country", "ar") != vocabulary().choices("country", "fr")

    def test_important_languages_come_first(self):
        assert [code for code, _ in vocabulary().choices("language", "en")][:3] == ["ar", "fr", "en"]

    def test_terms_and_goals_keep_their_own_order(self):
        assert [code for code, _ in vocabulary().choices("cefr", "ar")] == ["NAT", "A1", "A2", "B1", "B2", "C1", "C2"]
        assert [code for code, _ in vocabulary().choices("goal", "ar")] == [str(number) for number in range(1, 18)]
        assert [goal.number for goal in vocabulary().goals] == list(range(1, 18))

    def test_themes_are_grouped_under_their_domain(self):
        groups = dict(vocabulary().theme_choices_by_domain("en"))
        assert len(groups) == 29
        assert groups["Social and solidarity economy"][0] == ("ESS", "Social and solidarity economy")
        assert sum(len(choices) for choices in groups.values()) == 535


class TestStructure:
    def test_theme_knows_its_synonyms_goals_and_relatives(self):
        theme = vocabulary().themes["ESS-01"]
        assert "تعاونية" in theme.synonyms["ar"]
        assert theme.goals == (8, 12)
        assert "AGR-31" in theme.related

    def test_broader_themes_lead_from_the_domain_to_the_parent(self):
        broader = [theme.code for theme in vocabulary().broader_themes("AGR-10")]
        assert broader[0] == "AGR"
        assert broader[-1] == vocabulary().themes["AGR-10"].parent
        assert len(broader) == 2

    def test_groups_hold_their_countries(self):
        assert vocabulary().countries_of_group("AMU") == {"DZ", "LY", "MA", "MR", "TN"}
        assert vocabulary().countries_of_group("ATLANTIS") == frozenset()

    def test_regions_come_before_provinces(self):
        codes = [subdivision.code for subdivision in vocabulary().subdivisions_of("MA")]
        assert codes[:12] == [f"MA-{number:02}" for number in range(1, 13)]
        assert vocabulary().region_of("MA-CAS") == "MA-06"

    def test_circle_of_parents_does_not_hang(self):
        make_theme("AAA")
        make_theme("BBB", parent_id="AAA")
        change(Theme.objects.get(code="AAA"), parent_id="BBB")
        assert vocabulary().domain_of("AAA") in {"AAA", "BBB"}

    def test_flag_follows_from_the_code(self):
        assert vocabulary().countries["MA"].flag == "🇲🇦"

    def test_snapshot_cannot_be_changed(self):
        with pytest.raises(TypeError):
            vocabulary().themes["ESS-01"].labels["fr"] = "Autre"
        with pytest.raises(TypeError):
            vocabulary().lists["theme"] = {}


class TestFreshness:
    def test_warm_vocabulary_asks_the_database_nothing(self, django_assert_num_queries):
        vocabulary()
        with django_assert_num_queries(0):
            vocabulary().label("theme", "ESS-01", "ar")
            vocabulary().choices("country", "fr")
            vocabulary().theme_choices_by_domain("en")

    def test_snapshot_is_kept_while_the_revision_stands(self, django_assert_num_queries):
        before = vocabulary()
        forget()
        with django_assert_num_queries(1):
            assert vocabulary() is before

    def test_change_in_this_process_shows_after_the_commit(self, django_capture_on_commit_callbacks):
        vocabulary()
        with django_capture_on_commit_callbacks(execute=True):
            Theme.objects.filter(code="ESS-01").update(name_fr="Coops")
            mark_changed()
            assert vocabulary().label("theme", "ESS-01", "fr") == "Coopératives"
        assert vocabulary().label("theme", "ESS-01", "fr") == "Coops"

    def test_change_in_another_process_shows_after_a_minute(self, monkeypatch):
        now = module.time.monotonic()
        monkeypatch.setattr(module.time, "monotonic", lambda: now)
        forget()
        vocabulary()
        Theme.objects.filter(code="ESS-01").update(name_fr="Coops")
        Revision.objects.update(token="00000000-0000-0000-0000-000000000001")
        now += 59
        assert vocabulary().label("theme", "ESS-01", "fr") == "Coopératives"
        now += 1
        assert vocabulary().label("theme", "ESS-01", "fr") == "Coops"

    def test_page_that_holds_a_snapshot_sees_one_state(self):
        held = vocabulary()
        make_term("milieux", "new_milieu")
        assert vocabulary().label("milieux", "new_milieu", "fr") == "Term new_milieu (fr)"
        assert held.label("milieux", "new_milieu", "fr") == "new_milieu"


@pytest.mark.django_db(transaction=True)
def test_threads_that_start_cold_build_one_snapshot(monkeypatch):
    built = []
    read_lists = module._read_lists
    monkeypatch.setattr(module, "_read_lists", lambda: built.append(1) or read_lists())
    monkeypatch.setattr(module, "_state", (None, float("-inf")))
    snapshots = []

    def read():
        snapshots.append(vocabulary())
        connection.close()

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(built) == 1
    assert len({id(snapshot) for snapshot in snapshots}) == 1
    assert len(snapshots) == 8
