"""Marks what answered a question in the text as its author wrote it: vowel signs, accents and spacing are kept.

Segments are plain text; the template escapes them. Joined together they are the text (or the snippet) again, to the letter.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from text.analyser import Token, analyse

ELLIPSIS = "…"
SNIPPET_LENGTH = 240


class Segment(NamedTuple):
    text: str
    is_match: bool


class Span(NamedTuple):
    start: int
    end: int


def matching_spans(
    tokens: Sequence[Token], lexemes: Collection[str], concept_spans: Iterable[tuple[int, int]] = ()
) -> list[Span]:
    """Where words with one of the lexemes stand, and whole concepts (spans of token numbers, as `concepts` gives them).

    Offsets in the text, in order, touching ones merged.
    """
    spans = [Span(tokens[start].start, tokens[end - 1].end) for start, end in concept_spans if start < end]
    wanted = frozenset(lexemes)
    spans += [
        Span(token.start, token.end)
        for token in tokens
        if not token.is_stop and not wanted.isdisjoint((*token.lexemes, *token.variants))
    ]
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def segments(text: str, spans: Iterable[Span]) -> list[Segment]:
    """The whole text, cut at the spans."""
    pieces = []
    position = 0
    for start, end in spans:
        pieces += [Segment(text[position:start], False), Segment(text[start:end], True)]
        position = end
    pieces.append(Segment(text[position:], False))
    return [piece for piece in pieces if piece.text]


def snippet(text: str, spans: Sequence[Span], length: int = SNIPPET_LENGTH) -> list[Segment]:
    """About `length` characters around the passage with the most marks, cut between words, with … where text is left out."""
    if len(text) <= length:
        return segments(text, spans)
    first, last = _best_window(text, spans, length)
    inside = [Span(start - first, end - first) for start, end in spans if first <= start and end <= last]
    pieces = segments(text[first:last], inside)
    if first > 0:
        pieces.insert(0, Segment(ELLIPSIS, False))
    if last < len(text):
        pieces.append(Segment(ELLIPSIS, False))
    return pieces


def highlight(text: str, lexemes: Collection[str], language: str | None = None) -> list[Segment]:
    """The whole text with the words that have one of the lexemes marked."""
    return segments(text, matching_spans(analyse(text, language), lexemes))


def _best_window(text: str, spans: Sequence[Span], length: int) -> tuple[int, int]:
    fitting = [span for span in spans if span.end - span.start <= length]
    if not fitting:
        return 0, _word_end(text, length)

    def marks_from(index: int) -> int:
        return sum(span.end - fitting[index].start <= length for span in fitting[index:])

    best = max(range(len(fitting)), key=marks_from)
    count = marks_from(best)
    first, last = fitting[best].start, fitting[best + count - 1].end
    # What room is left goes before and after, a third of it before: readers need the words that lead to a mark.
    spare = length - (last - first)
    begin = max(0, min(first - spare // 3, len(text) - length))
    begin = _word_start(text, begin, first)
    return begin, max(last, _word_end(text, begin + length))


def _word_start(text: str, position: int, limit: int) -> int:
    """The first beginning of a word from `position` on, at most `limit`."""
    if position == 0 or text[position - 1].isspace():
        return position
    while position < limit and not text[position].isspace():
        position += 1
    while position < limit and text[position].isspace():
        position += 1
    return position


def _word_end(text: str, position: int) -> int:
    """The last end of a word up to `position`; `position` itself in a text without spaces."""
    if position >= len(text):
        return len(text)
    end = position
    while end > 0 and not text[end].isspace():
        end -= 1
    return len(text[:end].rstrip()) or position
