"""What is found by what: languages, scripts, slips of the pen, concepts, and nothing where there is nothing."""

import pytest
from django.db import connection

from directory import publication, search
from directory.models import Entry, EntryVersion, SearchSuggestion
from directory.search.signs import signs
from taxonomy import files
from tests.factories.accounts import make_user
from tests.factories.directory import make_entry
from text.analyser import analyse

pytestmark = pytest.mark.django_db

Tier = search.Tier


def ask(text: str, kind: str = "expert", **options) -> search.Results:
    return search.search(search.Query(text=text, kind=kind, **options))


def found(text: str, **options) -> list[str]:
    return [hit.entry.title for hit in ask(text, **options).hits]


@pytest.mark.parametrize(
    ("written", "questions"),
    [
        (
            {"ar": "خبيرة في الاقتصاد القياسي"},
            ["الاقتصاد القياسي", "اقتصاد قياسي", "إقتصاد قياسى", "اقتصـــاد قِيَاسِيّ", "والاقتصاد القياسي"],
        ),
        (
            {"fr": "Économie numérique"},
            ["economie numerique", "ÉCONOMIE NUMÉRIQUE", "économies numériques", "l’économie numérique"],
        ),
        ({"ar": "خطة ٢٠٣٠"}, ["2030", "٢٠٣٠", "۲۰۳۰"]),
        ({"fr": "Plan 2030"}, ["٢٠٣٠"]),
        ({"fr": "Chevaux et travaux"}, ["cheval", "travail"]),
        ({"en": "Women’s organisations"}, ["organization", "woman"]),
        ({"ar": "مُهندِسةُ البلديّات"}, ["بلدية", "البلديات", "للبلدية"]),
    ],
)
def test_one_word_in_all_its_spellings(written, questions):
    make_entry(name="A", headline=written)
    make_entry(name="B", headline="Juriste")
    assert {question: found(question) for question in questions} == {question: ["A"] for question in questions}


@pytest.mark.parametrize("question", ["économie circulaire", "circular economy", "الاقتصاد الدائري", "economies circulaires"])
def test_a_theme_is_found_across_languages_and_says_so(question):
    make_entry(name="Arabe", headline={"ar": "خبيرة في الاقتصاد الدائري"})
    make_entry(name="Déclaré", headline="Juriste", themes=["CIR"])
    make_entry(name="Autre", headline="Juriste", themes=["ESS-01"])

    results = ask(question, language="ar")

    assert {hit.entry.title for hit in results.hits} == {"Déclaré", "Arabe"}
    assert all(hit.reasons for hit in results.hits)
    arabic = next(hit for hit in results.hits if hit.entry.title == "Arabe")
    assert [segment.text for segment in arabic.reasons[0].segments if segment.is_match] == ["الاقتصاد الدائري"]
    assert (arabic.reasons[0].language, arabic.reasons[0].direction) == ("ar", "rtl")
    assert arabic.reasons[0].concept


@pytest.mark.parametrize("question", ["garbage", "ordures", "القمامة"])
def test_a_word_is_found_by_others_of_its_meaning(question):
    make_entry(name="Français", headline="Ramassage des ordures")
    make_entry(name="Arabe", headline={"ar": "جمع القمامة في الأحياء"})
    make_entry(name="Autre", headline="Juriste")

    results = ask(question)

    assert {hit.entry.title for hit in results.hits} == {"Français", "Arabe"}
    assert all(any(segment.is_match for segment in hit.reasons[0].segments) for hit in results.hits)


def test_a_broader_theme_is_answered_by_those_who_know_a_kind_of_it():
    make_entry(name="Solaire", headline="Panneaux solaires photovoltaïques")
    make_entry(name="Efficacité", headline="Efficacité énergétique")
    assert found("énergies renouvelables") == found("الطاقات المتجددة") == ["Solaire"]
    assert found("énergie solaire") == ["Solaire"]


def test_where_few_answer_the_subjects_beside_it_are_offered():
    make_entry(name="Salma", headline="Juriste", themes=["CIR-04"], country="MA", city="Fès")
    make_entry(name="Karim", headline="Juriste", themes=["CIR-06"], country="FR", city="Lyon")
    beside = search.Answer(search.Query(text="éco-conception Fès", kind="expert")).beside
    assert beside == [("theme-CIR-04", 1)]


def test_where_nobody_knows_a_theme_those_beside_it_answer_at_the_place_asked():
    make_entry(name="Salma", headline="Juriste", themes=["CIR-04"], country="MA", city="Fès")
    make_entry(name="Karim", headline="Juriste", themes=["CIR-06"], country="FR", city="Lyon")
    results = ask("éco-conception Fès")
    assert [hit.entry.title for hit in results.hits] == ["Salma"]
    assert results.tier is Tier.NEARLY
    everywhere = ask("éco-conception").hits
    assert {hit.entry.title for hit in everywhere} == {"Salma", "Karim"}
    assert {hit.reasons[0].kind for hit in everywhere} == {"beside"}
    assert found("éco-conception et dragons") == []


def test_those_who_answer_most_of_a_question_follow_those_who_answer_all_of_it():
    make_entry(name="Presque", headline="Herboriste", biography="Baobab et moringa.")
    make_entry(name="Tout", headline="Herboriste", biography="Baobab, moringa et nénuphar.")
    make_entry(name="Peu", headline="Herboriste", biography="Une autre vie.")
    assert found("baobab moringa nénuphar") == ["Tout", "Presque"]


def test_a_domain_finds_those_who_know_a_theme_under_it():
    make_entry(name="Coopératives", themes=["ESS-01"])
    assert found("économie sociale et solidaire") == ["Coopératives"]
    assert found("social economy") == ["Coopératives"]


def test_declared_comes_before_mentioned():
    make_entry(name="Mention", headline="Juriste", biography="Elle a croisé des coopératives.")
    make_entry(name="Déclaré", headline="Juriste", themes=["ESS-01"])
    assert found("cooperatives") == ["Déclaré", "Mention"]


@pytest.mark.parametrize("question", ["Benali", "بنعلي", "Ben Ali", "بن علي", "benali", "Mohammed Benali", "Benalli"])
@pytest.mark.parametrize("name", [{"latin": "Mohamed Benali"}, {"arabic": "محمد بنعلي"}], ids=["latin", "arabic"])
def test_a_name_is_found_however_it_is_written(question, name):
    wanted = make_entry(name=name)
    make_entry(name="Leïla Bouazza")
    assert [hit.entry for hit in ask(question).hits] == [wanted]
    assert ask(question).hits[0].reasons[0].kind == "name"


def test_both_spellings_of_a_name_are_found_although_one_is_literal():
    make_entry(name="Karima Benali")
    make_entry(name={"arabic": "محمد بنعلي"})
    assert set(found("Benali")) == {"Karima Benali", "محمد بنعلي"}
    assert found("Benali")[0] == "Karima Benali"


@pytest.mark.parametrize(
    ("question", "better"),
    [("cirular economy", "circular economy"), ("hydrolgue", "hydrologue"), ("apicultrice -eau agroécologe", "")],
)
def test_a_slip_is_corrected_and_said(question, better):
    make_entry(name="Circulaire", themes=["CIR"])
    make_entry(name="Eau", headline="Hydrologue")
    results = ask(question)
    assert results.corrected == better
    assert bool(results.count) == bool(better)


def test_a_slip_is_corrected_in_its_context():
    """Nobody says renewable, or has any word of the question: the theme is known nevertheless."""
    make_entry(name="Salma", headline="Ingénieure en énergie solaire")
    results = ask("renewble energy")
    assert results.corrected == "renewable energy"
    assert [hit.entry.title for hit in results.hits] == ["Salma"]


@pytest.mark.parametrize(
    "question",
    ["zxqv blorp", "تفسير الأحلام", "z" * 200, "physique quantique des trous noirs", "???", "x", "ققققق", "élevage de dragons"],
)
def test_nonsense_is_answered_with_nothing(question):
    make_entry(name="Salma Benjelloun", headline="Ingénieure en eau", biography="Elle accompagne des coopératives.", country="MA")
    make_entry(name="Karim", headline={"ar": "تيسير اللقاءات ووسائل الإعلام"})
    assert ask(question).count == 0


def test_a_sentence_is_answered_by_those_who_answer_most_of_it():
    make_entry(name="Toutes", headline="Formatrice", biography="Coopératives d’argan, commercialisation.", themes=["ESS-01"])
    results = ask("je cherche quelqu’un pour aider des coopératives d’argan à exporter")
    assert [hit.entry.title for hit in results.hits] == ["Toutes"]
    assert results.tier is Tier.NEARLY


def test_topic_and_place_are_both_asked():
    make_entry(name="Fès", themes=["ESS-01"], country="MA", city="Fès")
    make_entry(name="Lyon", themes=["ESS-01"], country="FR", city="Lyon")
    assert found("coopératives Fès") == ["Fès"]
    assert found("تعاونيات المغرب") == ["Fès"]
    assert found("cooperatives in France") == ["Lyon"]


def test_a_town_is_not_a_common_word():
    make_entry(name="A", headline={"en": "Point of sale systems"})
    make_entry(name="B", headline="Juriste à Salé", country="MA")
    assert found("Salé Maroc") == ["B"]


def test_abbreviations_are_met_in_their_own_case_only():
    make_entry(name="Repas", headline={"en": "Cooking a meal"})
    make_entry(name="Suivi", themes=["PRJ-05"])
    assert found("MEAL")[0] == "Suivi"
    assert "Suivi" not in found("meal")


def test_quotes_ask_for_the_words_in_this_order_and_minus_leaves_out():
    make_entry(name="Ordre", headline="Gestion intégrée des zones")
    make_entry(name="Désordre", headline="Zones intégrées, gestion")
    assert found('"gestion intégrée"') == ["Ordre"]
    assert found("zones -gestion") == []
    assert set(found("gestion zones")) == {"Ordre", "Désordre"}
    assert found('zones -"gestion intégrée"') == ["Désordre"]
    assert found("-ordre") == ["Désordre"]


def test_a_concept_can_be_taken_for_its_words():
    make_entry(name="Thème", themes=["ESS-01"], headline="Juriste")
    make_entry(name="Mot", headline={"en": "Member of a cooperative"})
    assert set(found("cooperatives")) == {"Thème", "Mot"}
    label_words = found("cooperatives", literal=frozenset({"theme-ESS-01"}))
    assert "Mot" in label_words


def test_concepts_are_asked_by_their_codes_without_a_word():
    make_entry(name="Salma", themes=["CIR"], country="MA")
    make_entry(name="Karim", themes=["CIR"], country="FR")
    make_entry(name="Nadia", themes=["EAU-01"], country="MA")
    answer = search.Answer(search.Query(kind="expert", concepts=("theme-CIR", "country-MA")))
    first = search.hits(answer, 0, 1)[0]
    assert first.entry.title == "Salma"
    assert {reason.item.name for reason in first.reasons} == {"themes", "country"}
    assert [concept for concept, _words in answer.understood] == ["theme-CIR", "country-MA"]


def test_concepts_and_words_are_asked_together():
    make_entry(name="Salma", headline="Experte passionnée", themes=["CIR"])
    make_entry(name="Karim", headline="Expert", themes=["CIR"])
    hits = search.search(search.Query(kind="expert", text="passionnée", concepts=("theme-CIR",))).hits
    assert hits[0].entry.title == "Salma"


def test_a_concept_that_nobody_has_is_answered_with_nothing():
    make_entry(themes=["EAU-01"])
    for concepts in (("theme-CIR",), ("theme-NOPE",), ("country-FR", "theme-CIR")):
        assert search.search(search.Query(kind="expert", concepts=concepts)).count == 0


@pytest.mark.parametrize("sort", ["relevance", "name", "newest", "confirmed"])
def test_pages_hold_every_result_once(sort):
    for number in range(25):
        make_entry(name=f"Salma {number:02}", themes=["ESS-01"])
    pages = [found("coopératives", sort=sort, offset=offset, limit=10) for offset in (0, 10, 20, 30)]
    assert [len(page) for page in pages] == [10, 10, 5, 0]
    assert len({title for page in pages for title in page}) == 25
    if sort == "name":
        assert [title for page in pages for title in page] == [f"Salma {number:02}" for number in range(25)]


def test_large_answers_are_paged_without_losing_or_repeating_anybody(monkeypatch):
    monkeypatch.setattr("directory.search.query.RANK_ALL", 5)
    monkeypatch.setattr("directory.search.query.RANKED_OF_MANY", 7)
    for number in range(8):
        make_entry(name=f"Titre {number}", headline="Eau potable")
    for number in range(6):
        make_entry(name=f"Texte {number}", headline="Juriste", biography="Eau potable, eau potable, eau potable.")
    titles = [title for offset in range(0, 20, 4) for title in found("potable", offset=offset, limit=4)]
    assert len(titles) == len(set(titles)) == 14
    assert all(title.startswith("Titre") for title in titles[:7])


def test_kinds_are_searched_apart_and_together():
    make_entry(name="Salma Alaoui", themes=["ESS-01"])
    make_entry("organization", name={"fr": "Coopérative Argan"}, type="association", themes=["ESS-01"], acronym="COPAG")
    make_entry("project", name={"ar": "مشروع التعاونيات"}, themes=["ESS-01"])
    assert ask("cooperatives").count == 1
    assert ask("cooperatives", kind="").count == 3
    assert found("copag", kind="organization") == ["Coopérative Argan"]


def test_a_hidden_entry_is_found_by_nobody():
    entry = make_entry(name="Salma Alaoui", headline="Hydrologue")
    publication.hide(entry, by=make_user(), note="Signalement")
    assert [ask(question).count for question in ("hydrologue", "Alaoui", "", "hydrolgue", "العلوي")] == [0] * 5
    publication.restore(Entry.objects.get(), by=make_user())
    assert ask("hydrologue").count == 1


def test_the_query_cost_does_not_grow_with_results(django_assert_max_num_queries, queries_of_meaning):
    for number in range(30):
        make_entry(name=f"Salma {number}", themes=["ESS-01"], country="MA")
    ask("coopératives")
    with django_assert_max_num_queries(8 + queries_of_meaning):
        assert len(ask("coopératives", chosen={"country": ["MA"], "theme": ["ESS"]}).hits) == 20


def test_what_is_confirmed_unchanged_is_not_indexed_again():
    long_enough_to_lie_out_of_line = " ".join(f"ouvrage{number}" for number in range(300))
    entry = make_entry(name="Salma Alaoui", headline="Hydrologue", biography=long_enough_to_lie_out_of_line)

    def indexed_rows() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                """SELECT pg_stat_get_xact_tuples_updated(oid) - pg_stat_get_xact_tuples_hot_updated(oid)
                   FROM pg_class WHERE relname = 'directory_searchdocument'"""
            )
            return cursor.fetchone()[0]

    before = indexed_rows()
    publish(entry, entry.document)
    assert indexed_rows() == before
    publish(entry, changed(entry, "headline", {"fr": "Géologue", "source": "fr"}))
    assert indexed_rows() == before + 1
    assert (found("hydrologue"), found("géologue")) == ([], ["Salma Alaoui"])


def test_a_new_name_takes_the_place_of_the_old_one():
    entry = make_entry(name="Salma Alaoui")
    publish(entry, changed(entry, "name", {"latin": "Salma Berrada"}))
    keys = {key for (key,) in SearchSuggestion.objects.filter(entry=entry).values_list("key")}
    assert any(key.startswith("berrada") for key in keys)
    assert not any("alaoui" in key for key in keys)


def changed(entry: Entry, field: str, value: dict) -> dict:
    return entry.document | {"fields": entry.document["fields"] | {field: value}}


def publish(entry: Entry, document: dict) -> None:
    publication.publish(publication.lock(entry.pk), document, by=None, action=EntryVersion.Action.FREE_CHANGE)


def test_concrete_work_tells_of_a_theme_that_is_not_named():
    make_entry(name="Salma", headline="Animatrice", biography="Nous creusons des demi-lunes et des cordons pierreux.")
    make_entry(name="Karim", headline="Juriste")
    assert found("désertification") == found("مكافحة التصحر") == ["Salma"]


def test_signs_belong_to_themes_and_have_several_words():
    themes = {row["code"] for row in files.themes()}
    found = list(signs())
    assert {sign.code.removeprefix("theme-") for sign in found} <= themes
    assert [sign.label for sign in found if len(analyse(sign.label, sign.language)) < 2] == []


@pytest.mark.parametrize("title", ["Dr", "Docteur", "Mme", "Madame", "Mrs", "Ms", "Mlle", "Prof.", "الأستاذة", "السيدة", "د."])
def test_a_title_hides_nobody(title):
    make_entry(name={"latin": "Mouna Zitouni", "arabic": "منى الزيتوني"})
    make_entry(name={"latin": "Nadir Alaoui", "arabic": "نادر العلوي"})
    for name in ("Zitouni", "الزيتوني"):
        assert [hit.entry.title for hit in ask(f"{title} {name}").hits] == ["Mouna Zitouni"]


def test_two_names_written_together_are_two():
    make_entry(name="Hamid Doukkali")
    make_entry(name={"arabic": "فاطمة الزهراء"})
    assert ask("HamidDoukkali").count == 1
    assert ask("فاطمةالزهراء").count == 1


@pytest.mark.parametrize("text", ["ODD 6", "odd6", "ODD6", "sdg6", "SDG 6", "هدف 6", "الهدف ٦"])
def test_a_goal_is_met_by_its_number(text):
    make_entry(goals=["6"])
    make_entry(goals=["16"])
    assert ask(text).count == 1


def test_not_excludes_as_a_minus_does():
    make_entry(headline="Eau et irrigation")
    make_entry(headline="Eau et forêts")
    assert ask("eau NOT irrigation").count == ask("eau -irrigation").count == 1
