"""Whatever is typed is a question: parsed, never an error."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory import search
from directory.search.question import read_question
from tests.factories.directory import make_entry

pytestmark = pytest.mark.django_db

SIGNS = st.text(alphabet="ab eéلاوت\"“«-'’()|&!:*<>\\%_\t٢9.\u200f😀", max_size=40)
WORDS = st.lists(
    st.sampled_from(
        ["eau", "-eau", '"eau', 'potable"', "الاقتصاد", "الدائري", "circular", "economy", "MEAL", "-", '""', "Fès", "l’"]
    ),
    max_size=12,
).map(" ".join)


@settings(max_examples=60)
@given(
    text=SIGNS
    | WORDS
    | st.text(max_size=200).filter(lambda text: "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text))
)
def test_any_text_gets_an_answer(text):
    answer = search.Answer(search.Query(text=text, kind="expert"))
    assert len(search.hits(answer, 0, 20)) == min(20, answer.count)


def parts(text: str) -> tuple[list[str], list[str]]:
    question = read_question(text)
    return [unit.text for unit in question.units], [unit.text for unit in question.excluded]


@pytest.mark.parametrize(
    ("text", "asked", "excluded"),
    [
        ("eau potable", ["eau potable"], []),
        ("xyza eau -tourisme", ["xyza", "eau"], ["tourisme"]),
        ('"xyza zyxa" eau', ["xyza zyxa", "eau"], []),
        ("«xyza zyxa»", ["xyza zyxa"], []),
        ('-"xyza zyxa"', [], ["xyza zyxa"]),
        ('"xyza', ["xyza"], []),
        ("agro-xyza", ["agro-xyza"], []),
        ("- xyza", ["xyza"], []),
        ("je cherche un expert en xyza", ["xyza"], []),
    ],
)
def test_quotes_and_minus(text, asked, excluded):
    found, left_out = parts(text)
    assert sorted(found) == sorted(asked)
    assert left_out == excluded


PATHOLOGICAL = [
    "a", "ا", "%", "_", "*", "'", '"', "\\", ":*", "<->", "a:*", "!", "!!a", "&", "|", "(", "((((((", "a & b", "a | b", "a <-> b",
    "' OR 1=1 --", "eau " * 50, "a " * 100, '"' * 200, "-" * 200, "-a " * 66, "و" * 200, "x" * 200,
    " ".join(f"w{n}" for n in range(50)),
    "😀" * 100, "\u202e\u200f", "ﷺ" * 50, "eau OR air " * 18, "٠١٢٣٤٥٦٧٨٩" * 20, "a\tb\nc", "Ali",
    "المدينة " * 25, "c:theme-ESS", "f:country:MA", "n:bnl",
]  # fmt: skip


@pytest.mark.parametrize("text", PATHOLOGICAL)
def test_pathological_questions_are_answered(client, text):
    make_entry(headline="Hydrologue", country="MA")
    assert client.get("/fr/experts/", {"q": text[:200]}).status_code == 200


def test_lexemes_of_the_index_cannot_be_asked_by_their_name():
    make_entry(name="A", headline="Hydrologue", country="MA", themes=["ESS-01"])
    for text in ("f:country:MA", "c:country-MA", "n:slm"):
        assert search.search(search.Query(text=text, kind="expert")).count == 0


@pytest.mark.parametrize(
    ("text", "optional"),
    [
        ("gestion de la désertification", ["gestion"]),
        ("preschool education", []),
        ("désertification argan baobab", []),
        ("Notre commune cherche quelqu’un pour le tri des déchets", ["commune"]),
    ],
)
def test_beside_a_subject_general_words_and_those_of_a_sentence_only_rank(text, optional):
    assert [unit.text for unit in read_question(text).units if unit.is_optional] == optional


def concepts_of(text: str) -> list[str]:
    return [concept for unit in read_question(text).units for concept in unit.concepts]


@pytest.mark.parametrize(
    ("word", "place"),
    [("البحر", "country-BH"), ("المالية", "country-ML"), ("الغابات", "country-GA"), ("جديد", "city-2550078")],
)
def test_an_arabic_word_is_no_place_whose_name_ends_otherwise(word, place):
    assert place not in concepts_of(word)


@pytest.mark.parametrize(
    ("name", "place"),
    [("البحرين", "country-BH"), ("بموريتانيا", "country-MR"), ("للغابون", "country-GA"), ("والجديدة", "city-2550078")],
)
def test_a_place_is_met_behind_an_attached_letter(name, place):
    assert place in concepts_of(name)


@pytest.mark.parametrize("text", ["notre commune et le compostage", "our municipality and composting", "بلديتنا والتسميد"])
def test_who_asks_is_not_what_is_asked(text):
    asking, *asked = read_question(text).units
    assert asking.is_optional
    assert not any(unit.is_optional for unit in asked)


def test_who_asks_counts_where_nothing_else_is_asked():
    assert [unit.is_optional for unit in read_question("notre commune").units] == [False]


def test_a_meaning_that_is_a_theme_asks_for_the_theme():
    assert "theme-EAU-10" in concepts_of("المياه الجوفية")
