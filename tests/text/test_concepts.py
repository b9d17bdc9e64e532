import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.analyser import analyse, analyse_query
from text.concepts import ConceptIndex, Wording

INDEX = ConceptIndex(
    [
        ("CIR", "fr", "économie circulaire"),
        ("CIR", "en", "circular economy"),
        ("CIR", "ar", "الاقتصاد الدائري"),
        ("ECO", "fr", "économie"),
        ("ESS-01", "ar", "تعاونية"),
        ("ESS-01", "fr", "coopératives"),
        ("GOV-09", "en", "local governance"),
        ("GOV-02", "en", "local government"),
        ("GOV-05", "en", "accountability"),
        ("FIN-09", "en", "accounting"),
        ("RCH", "fr", "recherche"),
        ("RCH-01", "fr", "recherche scientifique"),
        ("PRJ-05", "en", "MEAL", True),
        ("FIN-02", "fr", "AAP", True),
        ("HUM-07", "en", "AAP", True),
        ("DRT", "ar", "حرية"),
    ]
)


def codes(text: str, language: str | None = None) -> list[str]:
    return [code for match in INDEX.find(analyse(text, language), language) for code in match.codes]


@pytest.mark.parametrize(
    "text",
    [
        "Économies circulaires",
        "l’économie circulaire",
        "economie dite circulaire",
        "the circular economies",
        "بالاقتصادِ الدّائريّ",
        "واقتصاد دائري",
        "للاقتصاد الدائري",
    ],
)
def test_a_concept_is_met_in_every_form_of_its_labels(text):
    assert codes(text) == ["CIR"]


def test_the_longest_span_wins():
    assert codes("économie") == ["ECO"]
    assert codes("économie et finance circulaire") == ["CIR"]
    assert codes("économie avec finance très circulaire et") == ["CIR"]


def test_two_words_between_are_too_many():
    assert codes("économie bleue plutôt circulaire", "fr") == ["ECO"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("local governance", ["GOV-09"]), ("local government", ["GOV-02"]), ("accounting", ["FIN-09"]), ("accountable", [])],
)
def test_words_that_stemmers_confuse_stay_apart(text, expected):
    assert codes(text, "en") == expected


def test_cooperation_is_not_a_cooperative():
    assert codes("تعاون") == codes("coopération") == []
    assert codes("والتعاونيات") == codes("coopérative") == ["ESS-01"]


def test_a_preposition_is_not_guessed_before_a_short_word():
    assert codes("بحرية") == []
    assert codes("وحرية") == ["DRT"]


def test_abbreviations_need_their_own_case():
    assert codes("MEAL officer") == codes("M.E.A.L. officer") == ["PRJ-05"]
    assert codes("a good meal") == []


def test_the_language_settles_a_shared_abbreviation():
    assert codes("un AAP", "fr") == ["FIN-02"]
    assert codes("an AAP", "en") == ["HUM-07"]
    assert codes("AAP") == ["FIN-02", "HUM-07"]


def test_looking_for_somebody_is_not_research():
    (match,) = INDEX.find(analyse_query("je recherche une économie circulaire"))
    assert match.code == "CIR"
    assert [match.code for match in INDEX.find(analyse_query("recherche"))] == ["RCH"]
    assert [match.code for match in INDEX.find(analyse_query("expert en recherche scientifique"))] == ["RCH-01"]


WORDS = ["économie", "circulaire", "local", "governance", "AAP", "تعاونية", "et", ",", "recherche", "x"]


@given(st.lists(st.sampled_from(WORDS)))
def test_matches_are_ordered_and_never_overlap(parts):
    tokens = analyse(" ".join(parts))
    previous = 0
    for match in INDEX.find(tokens):
        assert previous <= match.start_token < match.end_token <= len(tokens)
        previous = match.end_token


def test_a_text_also_tells_of_what_lies_inside_a_longer_name():
    index = ConceptIndex([("SAN-03", "fr", "santé mentale"), ("SAN", "fr", "santé")])
    found = index.find_all(analyse("Santé mentale en ville", "fr"), "fr")
    assert [(match.code, match.start_token, match.end_token) for match in found] == [("SAN", 0, 1), ("SAN-03", 0, 2)]


def test_a_weak_word_names_its_theme_in_a_question_and_not_alone_in_a_text():
    index = ConceptIndex([("ESS-06", "fr", "équitable"), ("ESS-06", "fr", "commerce équitable")], weak=["équitable"])
    assert [match.code for match in index.find(analyse_query("équitable"))] == ["ESS-06"]
    assert index.find_all(analyse("un partage équitable", "fr"), "fr") == []
    assert [match.code for match in index.find_all(analyse("le commerce équitable", "fr"), "fr")] == ["ESS-06"]


def test_a_sign_tells_of_its_concept_in_a_text_and_is_no_name_of_it():
    index = ConceptIndex([("BIO-03", "en", "desertification"), Wording("BIO-03", "en", "half-moons and zaï pits", is_sign=True)])
    tokens = analyse("We dig half moons and zai pits until millet grows again.", "en")
    assert [match.code for match in index.find_all(tokens)] == ["BIO-03"]
    assert index.find(tokens) == []


def test_small_words_count_where_a_label_has_but_one_other():
    index = ConceptIndex([("EDU-08", "ar", "ما قبل المدرسة")])
    assert index.find(analyse("المدرسة القروية")) == []
    assert [match.code for match in index.find(analyse("أطفال ما قبل المدرسة"))] == ["EDU-08"]


def joint(text: str) -> list[tuple[str, ...]]:
    index = ConceptIndex(
        [
            ("INC-02", "fr", "inclusion des femmes"),
            ("INC-04", "fr", "inclusion des jeunes"),
            ("INC-24", "fr", "jeunes"),
            ("INC-02", "ar", "إدماج المرأة"),
            ("INC-04", "ar", "إدماج الشباب"),
            ("ENE-02", "en", "solar energy"),
            ("ENE-03", "en", "wind energy"),
        ]
    )
    return [match.codes for match in index.find(analyse(text))]


@pytest.mark.parametrize(
    "text", ["inclusion des femmes et des jeunes", "inclusion des jeunes ou des femmes", "إدماج المرأة والشباب"]
)
def test_two_names_that_share_a_word_and_are_joined_are_both_meant(text):
    assert joint(text) == [("INC-02", "INC-04")]


def test_so_are_two_that_share_the_last_word():
    assert joint("solar and wind energy") == [("ENE-02", "ENE-03")]


def test_without_a_conjunction_only_one_is_meant():
    assert joint("inclusion des femmes jeunes") == [("INC-02",), ("INC-24",)]


def test_some_words_alone_are_met_only_as_they_are_written():
    index = ConceptIndex(
        [
            ("INC-12", "fr", "agricultrices"),
            ("AGR", "fr", "agriculteurs"),
            ("AGR-12", "fr", "dattes"),
            ("AGR-14", "ar", "الأجبان"),
        ]
    )

    def met(text: str) -> list[str]:
        return [match.code for match in index.find(analyse(text))]

    assert (met("agricultrices"), met("agriculteurs"), met("agriculteur")) == (["INC-12"], ["AGR"], ["AGR"])
    assert (met("dattes"), met("date"), met("dates")) == (["AGR-12"], [], [])
    assert (met("والأجبان"), met("واجب")) == (["AGR-14"], [])


def test_behind_an_attached_letter_a_short_word_is_met_as_it_is_written():
    index = ConceptIndex([("EAU", "ar", "الماء"), ("INC-18", "ar", "الصم")])
    assert [match.code for match in index.find(analyse("وماء"))] == ["EAU"]
    assert index.find(analyse("وبصمة")) == []


def test_data_are_no_gifts():
    index = ConceptIndex([("RSE-06", "fr", "collecte de dons")])
    assert index.find(analyse("collecte de données")) == []
