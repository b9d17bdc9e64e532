import pytest

from text.analyser import analyse_query
from text.binding import bound

ENGLISH = frozenset({"environment", "culture", "climate"})


def tied(text: str, word: str, named: str = "", place: str = "") -> bool:
    """Whether the word of the text is bound; `named` and `place` are words that are names."""
    tokens = analyse_query(text)
    spans = {name: [range(at, at + 1) for at, token in enumerate(tokens) if token.surface == name] for name in (named, place)}
    (at,) = [at for at, token in enumerate(tokens) if token.surface == word]
    found = bound(tokens, text, [*spans[named], *spans[place]], spans[place], ENGLISH)
    return at in found.by_words | found.by_names


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("climat de confiance", "climat"),
        ("culture d’entreprise", "culture"),
        ("environnement hostile", "environnement"),
        ("learning environment", "environment"),
        ("مناخ الثقة", "مناخ"),
    ],
)
def test_a_word_is_bound_by_what_makes_something_else_of_it(text, word):
    assert tied(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("climat", "climat"),
        ("gestion de l’environnement", "environnement"),
        ("environment policy", "environment"),
        ("chargée de mission environnement", "environnement"),
        ("climat et confiance", "climat"),
        ("climat, confiance", "climat"),
        ("المناخ والثقة", "المناخ"),
        ("culture locale", "culture"),
        ("culture marocaine", "culture"),
        ("ministère de la culture", "culture"),
    ],
)
def test_a_word_stands_for_itself_beside_general_words_and_across_a_conjunction(text, word):
    assert not tied(text, word)


def test_a_place_does_not_bind():
    assert not tied("climat Fès", "climat", place="Fès")


def test_a_subject_binds_behind_of_and_not_beside():
    assert tied("culture de l’olivier", "culture", named="olivier")
    assert not tied("climat eau", "climat", named="eau")
    assert tied("ثقافة الزيتون", "ثقافة", named="الزيتون")
