"""A text cut into its sentences, and sentences gathered into passages of a size that one vector can hold."""

import re
from collections.abc import Iterable, Iterator

_END = re.compile(r"(?<=[.!?؟…;؛])\s+|\s*\n\s*")
_WORD = re.compile(r"[^\W\d_]{2,}")
LONGEST = 320  # characters of a sentence; what goes on is cut between words
PASSAGE = 400  # characters, about sixty words


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, as written; what holds no word is left out."""
    for part in _END.split(text):
        for piece in _pieces(part.strip()):
            if _WORD.search(piece):
                yield piece


def passages(of: Iterable[str]) -> Iterator[list[str]]:
    """Neighbouring sentences together, as long as they are short."""
    gathered: list[str] = []
    for sentence in of:
        if gathered and sum(map(len, gathered)) + len(sentence) > PASSAGE:
            yield gathered
            gathered = []
        gathered.append(sentence)
    if gathered:
        yield gathered


def _pieces(sentence: str) -> Iterator[str]:
    while len(sentence) > LONGEST:
        end = sentence.rfind(" ", 0, LONGEST)
        end = end if end > 0 else LONGEST
        yield sentence[:end]
        sentence = sentence[end:].strip()
    yield sentence
