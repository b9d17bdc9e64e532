"""Recognises vocabulary (themes, goals, places) in a text or a question, by any of its labels and synonyms.

Labels and texts are compared as word forms, so plurals and articles do not matter, but accountability is not accounting. A label
of two or more words is also compared by its stems (économie circulaire, économique circulaire), unless its stems mean two
concepts of the vocabulary (local governance, local government): then only forms decide. Stop words are skipped on both sides;
one other word may stand between two words of a label; the longest span wins.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from core.text.analyser import Token, analyse

MAX_GAP = 1  # "l’économie dite circulaire"


class Entry(NamedTuple):
    """A label of a concept. An abbreviation is met only as a whole word in its own case: AGR, ToT."""

    code: str
    language: str
    label: str
    is_abbreviation: bool = False


class Match(NamedTuple):
    """Tokens `start_token` to `end_token` (not included) name the concept; `codes` share that name, usually there is one."""

    codes: tuple[str, ...]
    start_token: int
    end_token: int

    @property
    def code(self) -> str:
        return self.codes[0]


@dataclass(slots=True)
class _Node:
    children: dict[str, "_Node"] = field(default_factory=dict)
    codes: dict[str, set[str]] = field(default_factory=dict)  # code -> the languages of its labels that end here

    def insert(self, path: Iterable[str], entry: Entry) -> None:
        node = self
        for step in path:
            node = node.children.setdefault(step, _Node())
        node.codes.setdefault(entry.code, set()).add(entry.language)


class ConceptIndex:
    """Immutable once built; safe to share between threads. About 10,000 labels build in well under a second."""

    def __init__(self, entries: Iterable[Entry | tuple]):
        self._abbreviations = _Node()
        self._forms = _Node()
        self._stems = _Node()
        for entry in (Entry(*each) for each in entries):
            tokens = analyse(entry.label, entry.language)
            if entry.is_abbreviation:
                self._abbreviations.insert((key for token in tokens for key in _exact_keys(token)), entry)
                continue
            words = _words(tokens)
            self._forms.insert((token.form for token in words), entry)
            if len(words) > 1:
                self._stems.insert((token.lexemes[0] for token in words), entry)

    def find(self, tokens: Sequence[Token], language: str | None = None) -> list[Match]:
        """Matches in order of the text, never overlapping. A language settles names that two concepts share (AAP, PAM)."""
        found = []
        index = 0
        while index < len(tokens):
            match = self._longest_at(tokens, index, language)
            if match is None:
                index += 1
            else:
                found.append(match)
                index = match.end_token
        return found

    def _longest_at(self, tokens: Sequence[Token], start: int, language: str | None) -> Match | None:
        """Abbreviations before forms before stems where spans are equal, and names without a gap before others."""
        spans = [
            *_spans(self._abbreviations, tokens, start, _exact_keys, gap=0),
            *_spans(self._forms, tokens, start, _form_keys, gap=MAX_GAP),
            *(span for span in _spans(self._stems, tokens, start, _stem_keys, gap=MAX_GAP) if len(span[1].codes) == 1),
        ]
        if not spans:
            return None
        end, node, _ = max(spans, key=lambda span: (span[0], -span[2]))
        if end == start + 1 and tokens[start].is_stop:
            return None  # "je recherche …" does not ask for research
        own = [code for code, languages in node.codes.items() if language in languages]
        return Match(tuple(sorted(own or node.codes)), start, end)


def _words(tokens: Sequence[Token]) -> list[Token]:
    """What counts of a label; all of it when it has nothing but stop words."""
    return [token for token in tokens if not token.is_stop] or list(tokens)


def _exact_keys(token: Token) -> tuple[str, ...]:
    return (token.surface.replace(".", ""),)


def _form_keys(token: Token) -> tuple[str, ...]:
    return (token.form, *token.form_variants)


def _stem_keys(token: Token) -> tuple[str, ...]:
    return (*token.lexemes, *token.variants)


def _spans(
    root: _Node, tokens: Sequence[Token], start: int, keys: Callable[[Token], tuple[str, ...]], gap: int
) -> Iterator[tuple[int, _Node, int]]:
    """(end, node, words passed over) for every label that begins with the token at `start`."""
    stack = [(root, start, 0, 0)]
    while stack:
        node, index, skipped, passed = stack.pop()
        if index == len(tokens):
            continue
        token = tokens[index]
        for key in keys(token):
            if (child := node.children.get(key)) is not None:
                if child.codes:
                    yield index + 1, child, passed
                stack.append((child, index + 1, 0, passed))
        if index > start and (token.is_stop or skipped < gap):
            step = not token.is_stop
            stack.append((node, index + 1, skipped + step, passed + step))
