"""Recognises vocabulary (themes, goals, places) in a text or a question, by any of its labels and synonyms.

Labels and texts are compared as word forms, so plurals and articles do not matter, but accountability is not accounting. A label
of two or more words is also compared by its stems (économie circulaire, économique circulaire), unless its stems mean two
concepts of the vocabulary (local governance, local government): then only forms decide. With `single_stems` so are Latin labels
of one word. Stop words are skipped on both sides; one other word may stand between two words of a label, but no end of a
sentence; the longest span wins. "Inclusion of women and youth" names two concepts that share a word: both are met.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from itertools import chain, pairwise
from typing import NamedTuple

from text.analyser import Token, analyse
from text.weak_words import AS_WRITTEN

SAFE_STEM = 5
# A word is met as written, by its forms or by its stems; signs by their stems, too; a label of one word by its forms, but behind
# an attached letter as written. Between two words of a label another one may stand ("l’économie dite circulaire"), of an
# abbreviation none.
EXACT, ALONE, FORMS, STEMS, SIGNS = range(5)
MAX_GAP = (0, 0, 1, 1)
WORDS_KEPT, QUESTIONS_KEPT = 1 << 15, 1 << 8
REACH = 6  # words, from where a longer name may lie across another one
CONJUNCTIONS = frozenset({"et", "and", "ou", "or"})

Keys = tuple[tuple[str, ...], ...]  # of a word, by EXACT, ALONE, FORMS and STEMS
Codes = dict[str, set[str]]  # code -> the languages of its labels

# AGR, ToT, R&D, COVID-19: met in their own case only. FinTech, EdTech are words.
_ABBREVIATION = re.compile(r"(?=(?:.*[A-Z]){2})(?:[A-Za-z0-9&./+-]{2,5}|[A-Z0-9&./+-]{6,9})s?")


def is_abbreviation(name: str) -> bool:
    return bool(_ABBREVIATION.fullmatch(name))


class Wording(NamedTuple):
    """A label of a concept. An abbreviation is met only as a whole word in its own case: AGR, ToT.

    A sign has several words; it tells a text's subject without naming it ("dig half-moons"), and no question asks by it.
    """

    code: str
    language: str
    label: str
    is_abbreviation: bool = False
    is_sign: bool = False


class Recognised(NamedTuple):
    """Tokens `start_token` to `end_token` (not included) name the concept; `codes` share that name, usually there is one."""

    codes: tuple[str, ...]
    start_token: int
    end_token: int
    is_sign: bool = False

    @property
    def code(self) -> str:
        return self.codes[0]


@dataclass(slots=True)
class _Node:
    children: dict[str, "_Node"] = field(default_factory=dict)
    names: Codes | None = None  # whose labels end here
    signs: Codes | None = None

    def insert(self, path: Iterable[str], entry: Wording) -> None:
        node = self
        for step in path:
            if (child := node.children.get(step)) is None:
                child = node.children[step] = _Node()
            node = child
        if entry.is_sign:
            node.signs = codes = node.signs or {}
        else:
            node.names = codes = node.names or {}
        codes.setdefault(entry.code, set()).add(entry.language)


class ConceptIndex:
    """Immutable once built; safe to share between threads. About 10,000 labels build in well under a second."""

    def __init__(self, entries: Iterable[Wording | tuple], *, single_stems: bool = False, weak: Iterable[str] = ()):
        """`weak`: words that name a concept when they are asked for, but say too little alone in a text."""
        self._weak = frozenset(token.form for token in analyse(" ".join(weak)))
        self._roots = tuple(_Node() for _way in MAX_GAP)
        self._ways_from = lru_cache(WORDS_KEPT)(self._find_ways)
        self._beginnings: defaultdict[str, set[str]] = defaultdict(set)  # {code: first words of its names and signs}
        self._beginnings_of = lru_cache(QUESTIONS_KEPT)(self._join_beginnings)
        for entry in (Wording(*each) for each in entries):
            tokens = analyse(entry.label, entry.language)
            if entry.is_abbreviation:
                self._insert(EXACT, [_keys(token)[EXACT][0] for token in tokens], entry)
                continue
            words = _words(tokens)
            if entry.is_sign:
                if len(words) > 1:
                    self._insert(STEMS, [token.lexemes[0] for token in words], entry)
                continue
            if len(words) == 1:
                for key in _alone(words[0]):
                    self._insert(ALONE, [key], entry)
            else:
                self._insert(FORMS, [token.form for token in words], entry)
            if len(words) > 1 or (single_stems and _tells(words[0])):
                self._insert(STEMS, [token.lexemes[0] for token in words], entry)

    def _insert(self, way: int, path: list[str], entry: Wording) -> None:
        self._roots[way].insert(path, entry)
        self._beginnings[entry.code].update(path[:1])

    def find(self, tokens: Sequence[Token], language: str | None = None) -> list[Recognised]:
        """Matches in order of the text, never overlapping. A language settles names that two concepts share (AAP, PAM)."""
        candidates = [candidate for candidate in self._all(tokens) if candidate.way != SIGNS]
        return _matches(_joined(_apart(candidates), candidates, tokens), language)

    def find_all(
        self, tokens: Sequence[Token], language: str | None = None, only: frozenset[str] | None = None
    ) -> list[Recognised]:
        """What a text tells of: as `find`, and also by signs, and names in one piece that lie in a longer one or across it.

        "Santé mentale des réfugiés" tells of mental health, and also of health and of refugees. A weak word alone tells nothing.
        With `only` some codes wanted, no more is read than what stands around the words with which their names begin.
        """
        candidates = self._all(tokens, None if only is None else self._around(tokens, only))
        inner = [candidate for candidate in candidates if not candidate.passed]
        found = {*_matches([*_apart(candidates), *inner], language)}
        return sorted(match for match in found if not self.is_weak(tokens[match.start_token : match.end_token]))

    def is_weak(self, tokens: Sequence[Token]) -> bool:
        """Whether these words are one that says too little when it only stands in a text, or together with others."""
        spoken = [token for token in tokens if not token.is_stop]
        return len(spoken) == 1 and not self._weak.isdisjoint(_keys(spoken[0])[FORMS])

    def _around(self, tokens: Sequence[Token], only: frozenset[str]) -> list[int]:
        """Where names of these may begin, and where names begin that lie across them."""
        beginnings = self._beginnings_of(only)
        starts = [place for place, token in enumerate(tokens) if not beginnings.isdisjoint(chain(*_keys(token)))]
        return sorted({near for start in starts for near in range(max(0, start - REACH), min(len(tokens), start + REACH + 1))})

    def _join_beginnings(self, codes: frozenset[str]) -> frozenset[str]:
        return frozenset(chain.from_iterable(self._beginnings[code] for code in codes & self._beginnings.keys()))

    def _all(self, tokens: Sequence[Token], starts: Sequence[int] | None = None) -> list["_Candidate"]:
        keys = [_keys(token) for token in tokens]
        stops = [token.is_stop for token in tokens]
        goes_on = [after.position == token.position + 1 for token, after in pairwise(tokens)]
        goes_on.append(False)
        return [
            candidate
            for start in (range(len(tokens)) if starts is None else starts)
            for way in self._ways_from(keys[start])
            for candidate in self._candidates(way, keys, stops, goes_on, start)
        ]

    def _find_ways(self, keys: Keys) -> tuple[int, ...]:
        """The ways in which a label may begin with a word: often none."""
        return tuple(way for way, root in enumerate(self._roots) if not root.children.keys().isdisjoint(keys[way]))

    def _candidates(
        self, way: int, keys: Sequence[Keys], stops: Sequence[bool], goes_on: Sequence[bool], start: int
    ) -> Iterator["_Candidate"]:
        for end, node, passed in _spans(self._roots[way], way, keys, stops, goes_on, start):
            if end == start + 1 and stops[start]:
                continue  # "je recherche …" does not ask for research
            words = end - start - sum(stops[start:end]) - len(passed)
            for found, codes in ((way, node.names), (SIGNS, node.signs)):
                if codes and (found < STEMS or len(codes) == 1):
                    yield _Candidate(start, end, codes, words, found, end - start - words, passed)


class _Candidate(NamedTuple):
    start: int
    end: int
    codes: Codes
    words: int  # of the name
    way: int
    between: int  # words of the text that are none of the name
    passed: tuple[int, ...]  # of these, what are no stop words

    def precedence(self) -> tuple[int, ...]:
        """More words of the name first; then abbreviations before forms before stems, names in one piece before others.

        So خبيرة في الاقتصاد الدائري is the circular economy, and not an economist (خبير اقتصادي) who goes round.
        """
        return -self.words, self.way, self.between, self.start

    def overlaps(self, other: "_Candidate") -> bool:
        return self.start < other.end and other.start < self.end

    def with_codes(self, other: "_Candidate") -> "_Candidate":
        start, end = min(self.start, other.start), max(self.end, other.end)
        return self._replace(codes=self.codes | other.codes, start=start, end=end)

    def own(self, tokens: Sequence[Token]) -> set[int]:
        """The places of the words of the name, stop words aside."""
        return {place for place in range(self.start, self.end) if not tokens[place].is_stop} - {*self.passed}


def _tells(word: Token) -> bool:
    """Whether the stem of a word alone is safe: HIV is not hiver, تعلم not التعلم الآلي."""
    return not word.is_arabic and len(word.lexemes[0]) >= SAFE_STEM


def _apart(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """The best candidates of which none overlaps another."""
    taken: set[int] = set()
    found = []
    for candidate in sorted(candidates, key=_Candidate.precedence):
        span = range(candidate.start, candidate.end)
        if taken.isdisjoint(span):
            taken.update(span)
            found.append(candidate)
    return found


def _joined(found: Sequence[_Candidate], candidates: Sequence[_Candidate], tokens: Sequence[Token]) -> list[_Candidate]:
    """Those found, each with the concepts that share a word with it and are joined to it: inclusion of women *and* youth."""
    joined: list[_Candidate] = []
    for each in sorted(found, key=_Candidate.precedence):
        if not any(each.overlaps(other) for other in joined):
            joined.append(reduce(_Candidate.with_codes, (other for other in candidates if _is_joined(each, other, tokens)), each))
    return joined


def _is_joined(each: _Candidate, other: _Candidate, tokens: Sequence[Token]) -> bool:
    if min(each.words, other.words) < 2 or not (each.passed or other.passed) or not each.overlaps(other):
        return False
    own, others = each.own(tokens), other.own(tokens)
    return bool(own & others) and _are_coordinated(own - others, others - own, tokens)


def _are_coordinated(some: set[int], others: set[int], tokens: Sequence[Token]) -> bool:
    """Whether the words that only one of two names has follow each other, with "and" between them."""
    if not some or not others:
        return False
    first, second = sorted((some, others), key=min)
    between = tokens[max(first) + 1 : min(second)]
    if max(first) > min(second) or any(not token.is_stop for token in between):
        return False
    return any(map(_is_conjunction, between)) or _joins(tokens[min(second)])


def _is_conjunction(token: Token) -> bool:
    return token.word in CONJUNCTIONS


def _joins(token: Token) -> bool:
    """Whether an Arabic word begins with "and"."""
    return token.is_arabic and token.word.startswith("و")


def _matches(candidates: Iterable[_Candidate], language: str | None) -> list[Recognised]:
    return [
        Recognised(_spoken(candidate.codes, language), candidate.start, candidate.end, candidate.way == SIGNS)
        for candidate in sorted(candidates, key=lambda candidate: candidate.start)
    ]


def _spoken(codes: Codes, language: str | None) -> tuple[str, ...]:
    own = [code for code, languages in codes.items() if language in languages]
    return tuple(sorted(own or codes))


def _words(tokens: Sequence[Token]) -> list[Token]:
    """What counts of a label; all of it where one word alone would be left: ما قبل المدرسة is no school."""
    words = [token for token in tokens if not token.is_stop]
    return words if len(words) > 1 else list(tokens)


def _keys(token: Token) -> Keys:
    return (
        (token.surface.replace(".", ""),),
        (*map(_as_written, token.written), token.form),
        (token.form, *token.form_variants),
        (*token.lexemes, *token.variants),
    )


def _alone(word: Token) -> tuple[str, ...]:
    """What a label of one word is met by."""
    written = _as_written(word.written[0])
    return (written,) if word.written[0] in AS_WRITTEN else (written, word.form)


def _as_written(word: str) -> str:
    return f"={word}"


def _spans(
    root: _Node, way: int, keys: Sequence[Keys], stops: Sequence[bool], goes_on: Sequence[bool], start: int
) -> Iterator[tuple[int, _Node, tuple[int, ...]]]:
    """(end, node, places of words passed over) for every label that begins with the token at `start`."""
    stack: list[tuple[_Node, int, int, tuple[int, ...]]] = [(root, start, 0, ())]
    while stack:
        node, index, skipped, passed = stack.pop()
        for key in keys[index][way]:
            if (child := node.children.get(key)) is not None:
                if child.names or child.signs:
                    yield index + 1, child, passed
                if child.children and goes_on[index]:
                    stack.append((child, index + 1, 0, passed))
        if index > start and goes_on[index] and (stops[index] or skipped < MAX_GAP[way]):
            stack.append((node, index + 1, skipped, passed) if stops[index] else (node, index + 1, skipped + 1, (*passed, index)))
