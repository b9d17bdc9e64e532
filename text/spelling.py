"""Finds the words of a list that are one edit away: "did you mean" (the deletion index of SymSpell, W. Garbe 2012).

Two words are one edit apart (a letter left out, added, changed, or two neighbours swapped) only if they share a word with at
most one letter left out. So each word is filed under its own deletions, and a misspelt word is looked up under its own.
"""

from collections.abc import Iterable
from typing import NamedTuple

from text.fold import fold

MIN_LENGTH = 4  # every word of three letters is one edit from dozens
MAX_LENGTH = 40


class Correction(NamedTuple):
    word: str
    frequency: int


def deletions(word: str) -> frozenset[str]:
    """The word and every word made by leaving out one letter: the keys under which to store it, and to look it up."""
    return frozenset({word, *(word[:index] + word[index + 1 :] for index in range(len(word)))})


def one_edit_apart(first: str, second: str) -> bool:
    """True for equal words, one insertion, deletion or replacement, or a swap of neighbours."""
    if abs(len(first) - len(second)) > 1:
        return False
    start = 0
    shortest = min(len(first), len(second))
    while start < shortest and first[start] == second[start]:
        start += 1
    first, second = first[start:], second[start:]
    if len(first) == len(second):
        swapped = len(first) > 1 and first[:2] == second[1::-1] and first[2:] == second[2:]
        return first[1:] == second[1:] or swapped
    return first[1:] == second if len(first) > len(second) else first == second[1:]


def ranked(word: str, candidates: Iterable[Correction]) -> list[Correction]:
    """Candidates truly one edit away, likeliest first: same first letter, then more frequent, then the alphabet."""
    return sorted(
        {candidate for candidate in candidates if candidate.word != word and one_edit_apart(word, candidate.word)},
        key=lambda candidate: (not _is_slip(word, candidate.word), -candidate.frequency, candidate.word),
    )


def _is_slip(word: str, correction: str) -> bool:
    """The first letter is right, which misspellings seldom miss."""
    return word[:1] == correction[:1]


class SpellingIndex:
    """Corrections from a list of folded words with their frequencies, in memory."""

    def __init__(self, words: Iterable[tuple[str, int]]):
        self._frequencies = {word: frequency for word, frequency in words if MIN_LENGTH <= len(word) <= MAX_LENGTH}
        self._words: dict[str, list[str]] = {}
        for word in self._frequencies:
            for key in deletions(word):
                self._words.setdefault(key, []).append(word)

    def __contains__(self, word: str) -> bool:
        return fold(word) in self._frequencies

    def corrections(self, word: str) -> list[Correction]:
        """Words one edit away, likeliest first. A word of the list is offered its neighbours too: ask `in` first."""
        word = fold(word)
        if not MIN_LENGTH <= len(word) <= MAX_LENGTH:
            return []
        found = {each for key in deletions(word) for each in self._words.get(key, ())}
        return ranked(word, (Correction(each, self._frequencies[each]) for each in found))
