from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from text.analyser import analyse, analyse_query, index_lexemes

LANGUAGES = st.sampled_from(["ar", "fr", "en", None])


def found(query: str, text: str, language: str | None = None) -> bool:
    """Every word of the query that counts is answered by the text."""
    stored = {lexeme for lexeme, _ in index_lexemes(analyse(text, language))}
    return all(not stored.isdisjoint(token.lexemes) for token in analyse_query(query) if not token.is_stop)


def words(tokens) -> list[str]:
    return [token.word for token in tokens if not token.is_stop]


@given(st.text(), LANGUAGES)
def test_any_text_is_analysed_and_offsets_point_into_it(text, language):
    previous = 0
    for token in analyse(text, language):
        assert text[token.start : token.end] == token.surface
        assert previous <= token.start < token.end
        assert token.lexemes
        assert "" not in (*token.lexemes, *token.variants, token.form)
        previous = token.end


@given(st.text())
def test_any_question_is_analysed(text):
    positions = [token.position for token in analyse_query(text)]
    assert positions == sorted(set(positions))
    assert all(after - before in {1, 2} for before, after in pairwise([0, *positions]))


def test_no_phrase_reaches_from_one_sentence_into_the_next():
    assert [token.position for token in analyse("Eau. Sol ; air\nfeu 3.5")] == [1, 3, 5, 7, 8, 9]


WORDS = ["économie", "circulaire", "coopératives", "women’s", "تعاونيات", "والاقتصاد", "O.N.G.", "micro-crédit", "2030", "R&D"]


@given(st.lists(st.sampled_from(WORDS)), LANGUAGES)
def test_a_text_answers_itself_whatever_its_language(parts, language):
    text = " ".join(parts)
    assert found(text, text, language)


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("economie", "L’Économie sociale", "fr"),
        ("énergies renouvelables", "l'énergie renouvelable", "fr"),
        ("diplômée", "des diplômés", "fr"),
        ("coopératives", "une coopérative", "fr"),
        ("directrice", "les directeurs", "fr"),
        ("côtière", "milieux côtiers", "fr"),
        ("travaux", "le travail", "fr"),
        ("organization", "organisations", "en"),
        ("women", "a woman’s cooperative", "en"),
        ("policies", "policy", "en"),
        ("microcrédit", "le micro-crédit", "fr"),
        ("micro-crédit", "le microcrédit", "fr"),
        ("crédit", "le micro-crédit", "fr"),
        ("ONG", "une O.N.G. locale", "fr"),
        ("R&D", "la R&D", "fr"),
        ("اقتصاد دائري", "بالاقتصادِ الدّائريّ", "ar"),
        ("تنمية", "وتنمية القرى", "ar"),
        ("تمويل", "وبتمويل من البنك", "ar"),
        ("مشاريع", "مشروع صغير", "ar"),
        ("٢٠٣٠", "agenda 2030", "en"),
        ("coopératives", "cooperatives", None),
    ],
)
def test_a_question_finds_another_form_of_its_words(query, text, language):
    assert found(query, text, language)


def test_elided_articles_and_stop_words_do_not_count():
    assert words(analyse("L’économie de la mer, d’après qu’il s’agit", "fr")) == ["economie", "mer", "agit"]


def test_a_sentence_is_reduced_to_its_subject():
    assert words(analyse_query("Je cherche un expert en gestion des déchets")) == ["gestion", "dechets"]
    assert words(analyse_query("looking for someone who knows olive growing")) == ["olive", "growing"]
    assert words(analyse_query("أبحث عن خبيرة في الماء")) == ["الماء"]


def test_a_question_of_fillers_or_stop_words_keeps_them():
    assert words(analyse_query("expert")) == ["expert"]
    assert words(analyse_query("the who")) == ["the", "who"]


def test_short_words_in_capitals_are_abbreviations_unless_everything_is_in_capitals():
    assert words(analyse("our IT and AI skills", "en")) == ["it", "ai", "skills"]
    assert words(analyse("EAU ET SOL", "fr")) == ["eau", "sol"]


@pytest.mark.parametrize(
    "text",
    ["eau AND sol", "eau OR sol", "eau ET sol", "eau OU sol", "eau DE LA sol", "Eau Or Sol", "eau WITHOUT sol", "eau أو sol"],
)
def test_joining_words_in_capitals_say_nothing(text):
    assert [token.word for token in analyse_query(text) if not token.is_stop] == ["eau", "sol"]


@pytest.mark.parametrize(
    "title",
    [
        "Dr",
        "DR",
        "Dr.",
        "Pr",
        "Prof.",
        "Professeur",
        "Professeure",
        "M.",
        "Mr",
        "Mme",
        "Mlle",
        "Madame",
        "Monsieur",
        "Docteur",
        "Doctor",
        "Mrs",
        "Ms",
        "Miss",
        "Maître",
        "Me",
        "د.",
        "ذ.",
        "الدكتور",
        "الدكتورة",
        "الأستاذ",
        "الأستاذة",
        "السيد",
        "السيدة",
        "الآنسة",
    ],
)
@pytest.mark.parametrize("name", ["Zitouni", "Hamid Doukkali", "الزاوي", "بشرى الزاوي"])
def test_a_title_before_a_name_says_nothing(title, name):
    assert " ".join(token.surface for token in analyse_query(f"{title} {name}") if not token.is_stop) == name


@pytest.mark.parametrize("text", ["tourbi\u00adères", "zones hu\u00admides", "مي\u061cاه", "Maʿārif", "Maʾārif"])
def test_marks_inside_a_word_do_not_cut_it(text):
    plain = text.replace("\u00ad", "").replace("\u061c", "").translate({0x2BF: None, 0x2BE: None})
    assert [token.lexemes for token in analyse(text)] == [token.lexemes for token in analyse(plain)]


def test_a_word_ends_with_its_ta_marbuta():
    assert [token.surface for token in analyse("الطاقةالشمسية وفاطمةُالزهراء مدرسة")] == [
        "الطاقة",
        "الشمسية",
        "وفاطمةُ",
        "الزهراء",
        "مدرسة",
    ]


def test_stop_words_leave_a_gap_in_the_positions():
    assert index_lexemes(analyse("gestion de projet", "fr")) == [("gestion", 1), ("projet", 3)]


def test_an_endless_word_gives_a_short_lexeme():
    (token,) = analyse("ا" * 5000)
    assert len(token.word) == 80
    assert token.end == 5000
