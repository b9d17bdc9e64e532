import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.arabic_families import FAMILIES
from text.analyser import analyse, analyse_query
from text.arabic_stem import form, stem
from text.fold import fold

ARTICLES = ("ال", "وال", "بال", "كال", "فال", "لل")
LETTERS = ("و", "ف", "ب", "ك", "ل", "ول", "وب")
ARABIC_WORDS = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىأإآؤئ", min_size=2, max_size=12)


def with_article(article: str, word: str) -> str:
    bare = word.removeprefix("ال") if word == "المرأة" else word
    return article + bare


def spellings(word: str) -> list[str]:
    """As written, with a vowel sign, stretched, and as typed in haste."""
    hasty = word.translate(str.maketrans("أإآةى", "اااهي"))
    return [word, word[0] + "ّ" + word[1:] + "ِ", word[:2] + "ـــ" + word[2:], hasty]


@pytest.mark.parametrize(
    "words",
    [
        "اقتصاد والاقتصاد",
        "طاقات الطاقات والطاقة",
        "الشباب والشباب",
        "قدرات القدرات",
        "تعاونيات التعاونيات",
        "نفايات النفايات",
        "مياه المياه",
        "مسؤولية مسئولية",
        "على علي",
        "إلكتروني الإلكتروني",
        "لغة للغة اللغة",
        "سياسات سياستها",
    ],
)
def test_words_the_built_in_stemmer_separates_meet(words):
    assert len({stem(fold(word)) for word in words.split()}) == 1


@pytest.mark.parametrize("word", ["بناء", "بلديات", "فلاحي", "وزارة", "كتاب", "لجنة"])
def test_first_letter_of_the_root_is_not_taken_for_a_preposition(word):
    assert stem(fold(word)).startswith(fold(word)[0])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        *[("زيت", "زيتون"), ("دين", "والدين"), ("بحرية", "حرية"), ("قانون", "قناة"), ("أمر", "امرأة"), ("سكان", "سكة")],
        *[("ماء", "مأوى"), ("شك", "شكوى"), ("عدّ", "عدوى"), ("جد", "جدوى")],
    ],
)
def test_different_words_stay_apart(first, second):
    assert stem(fold(first)) != stem(fold(second))


def test_form_keeps_noun_and_adjective_apart_where_the_stem_joins_them():
    assert form(fold("التعاونيات")) == form(fold("تعاونية")) != form(fold("تعاون"))
    assert stem(fold("التعاونيات")) == stem(fold("تعاون"))


@given(ARABIC_WORDS.map(fold).filter(lambda word: len(word) > 3 and not word.startswith("لل")))
def test_the_stem_does_not_depend_on_definiteness(word):
    assert stem("ال" + word) == stem(word)


def test_families_meet_under_every_article_and_in_every_spelling():
    pairs = [
        stem(fold(with_article(article, spelling))) == stem(fold(family[0]))
        for family in FAMILIES
        for word in family
        for article in ("", *ARTICLES)
        for spelling in spellings(word)
        if not (word.startswith("ال") and word != "المرأة" and article)
    ]
    assert len(FAMILIES) >= 100
    assert sum(pairs) / len(pairs) >= 0.92


def test_families_meet_when_the_text_attaches_a_letter():
    found = []
    for family in FAMILIES:
        asked = {lexeme for token in analyse_query(family[0]) for lexeme in token.lexemes}
        for word in family:
            for letter in LETTERS:
                (token,) = analyse(letter + word, "ar")
                found.append(not asked.isdisjoint((*token.lexemes, *token.variants)))
    assert sum(found) / len(found) >= 0.90


def test_families_hardly_collide():
    owners: dict[str, set[str]] = {}
    for family in FAMILIES:
        for word in family:
            owners.setdefault(stem(fold(word)), set()).add(family[0])
    assert sum(len(heads) > 1 for heads in owners.values()) <= 2
