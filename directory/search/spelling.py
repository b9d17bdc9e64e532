"""The nearest words that lead somewhere: "did you mean"."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from directory.models import SearchWord
from directory.search.concepts import concepts
from directory.search.counting import answers
from directory.search.question import Question, Unit, read_question
from text.analyser import Token, analyse, compound_tails
from text.fold import fold
from text.meanings import words as meaning_words
from text.spelling import MAX_LENGTH, MIN_LENGTH, Correction, SpellingIndex, deletions, ranked

MOST_WRONG = 3
MOST_CANDIDATES = 4


def corrected(text: str, question: Question, kind: int | None) -> str:
    """The text with its unknown words replaced by known ones, so that somebody answers all of it.

    "" when some word has no neighbour, when all are known, or when of several none is.
    """
    wrong = [unit.tokens[0] for unit in _unknown(question.required, kind)]
    if not 0 < len(wrong) <= MOST_WRONG or len(wrong) == len(question.required) > 1:
        return ""
    alternatives = [_alternatives(token) for token in wrong]
    if not all(alternatives):
        return ""
    texts = [_replaced(text, wrong, words) for words in product(*alternatives)]
    found = answers([_asking(candidate) for candidate in texts], kind)
    answered = [candidate for candidate, has_answer in zip(texts, found, strict=True) if has_answer]
    # What makes a concept of several words is meant: "circulair economy" is circular economy, not circulaire.
    return max(answered, key=lambda candidate: (_words_in_concepts(candidate), -texts.index(candidate)), default="")


def _asking(text: str) -> str:
    question = read_question(text)
    return question.asking(question.required)


def _unknown(units: Sequence[Unit], kind: int | None) -> list[Unit]:
    """The words to which nobody answers, and that no theme and no meaning has."""
    words = [unit for unit in units if not unit.concepts and not unit.is_phrase and not _is_spelt(unit.tokens[0])]
    found = answers([unit.condition for unit in words], kind)
    return [unit for unit, has_answer in zip(words, found, strict=True) if not has_answer]


def _is_spelt(token: Token) -> bool:
    """Whether the vocabulary has the word, in any form, or what stands behind its first part: éco- and co-construction differ."""
    spelt, forms = _label_words(concepts().revision), _label_forms(concepts().revision)
    known = token.word in spelt or not forms.isdisjoint((token.form, *token.form_variants))
    return known or any(tail in spelt for tail in compound_tails(token))


@lru_cache(maxsize=1)
def _label_forms(revision: str) -> frozenset[str]:
    """The forms of all words of the names of themes."""
    return frozenset(token.form for word in concepts().words for token in analyse(word) if len(word) >= MIN_LENGTH)


def _alternatives(token: Token) -> list[str]:
    """Words one slip away, likeliest first."""
    if not MIN_LENGTH <= len(token.word) <= MAX_LENGTH:
        return []
    of_index = SearchWord.objects.filter(shortened__overlap=sorted(deletions(token.word))).values_list("word", flat=True)
    candidates = {word: Correction(word, 1) for word in of_index[:200]}
    candidates |= {each.word: each for each in _label_words(concepts().revision).corrections(token.word)}
    return [correction.word for correction in ranked(token.word, candidates.values())][:MOST_CANDIDATES]


@lru_cache(maxsize=1)
def _label_words(revision: str) -> SpellingIndex:
    """Of the vocabulary, and of all words whose meaning is known."""
    known = Counter(word for text in meaning_words() for word in re.findall(r"[^\W\d_]+", fold(text)))
    return SpellingIndex((known + Counter(concepts().words)).items())


def _replaced(text: str, wrong: Sequence[Token], words: Sequence[str]) -> str:
    for token, word in zip(wrong, words, strict=True):
        text = re.sub(rf"(?<!\w){re.escape(token.surface)}(?!\w)", lambda _: word, text)  # noqa: B023 called at once
    return text


def _words_in_concepts(text: str) -> int:
    return sum(len(unit.tokens) for unit in read_question(text).units if unit.concepts)
