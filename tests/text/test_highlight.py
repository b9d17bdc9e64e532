from hypothesis import given
from hypothesis import strategies as st

from text.analyser import analyse, analyse_query
from text.highlight import ELLIPSIS, highlight, matching_spans, segments, snippet


def marked(query: str, text: str) -> list[str]:
    lexemes = {lexeme for token in analyse_query(query) for lexeme in token.lexemes}
    return [segment.text for segment in highlight(text, lexemes) if segment.is_match]


def test_vowel_signs_and_accents_are_kept():
    assert marked("اقتصاد دائري", "خبيرٌ بالاقتصادِ الدّائريِّ هنا") == ["بالاقتصادِ", "الدّائريِّ"]
    assert marked("economie", "L’Économie") == ["Économie"]


def test_markup_stays_text():
    assert "".join(segment.text for segment in highlight("<b>eau</b> & sel", {"eau"})) == "<b>eau</b> & sel"


@given(st.text(), st.sets(st.sampled_from(["eau", "اقتصاد", "a", "1"])))
def test_segments_joined_are_the_text(text, lexemes):
    assert "".join(segment.text for segment in highlight(text, lexemes)) == text


@given(st.text("eau mer\nxy اقتصاد.", max_size=400), st.integers(10, 120))
def test_a_snippet_is_a_passage_of_the_text(text, length):
    spans = matching_spans(analyse(text), {"eau", "mer"})
    pieces = snippet(text, spans, length)
    passage = "".join(piece.text for piece in pieces).removeprefix(ELLIPSIS).removesuffix(ELLIPSIS)
    assert passage in text
    assert len(passage) <= length
    if spans:
        assert any(piece.is_match for piece in pieces)


def test_the_snippet_shows_the_passage_with_most_marks():
    text = "eau " + "rien " * 60 + "eau et mer et eau " + "rien " * 60
    pieces = snippet(text, matching_spans(analyse(text, "fr"), {"eau", "mer"}), 80)
    assert [piece.text for piece in pieces if piece.is_match] == ["eau", "mer", "eau"]
    assert pieces[0].text == pieces[-1].text == ELLIPSIS


def test_a_concept_is_marked_as_one_passage():
    text = "l’économie dite circulaire"
    tokens = analyse(text, "fr")
    assert [tuple(segment) for segment in segments(text, matching_spans(tokens, set(), [(0, 3)]))] == [
        ("l’", False),
        ("économie dite circulaire", True),
    ]
