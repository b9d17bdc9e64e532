"""The lexemes of an index row, and how they are written for PostgreSQL.

Words are bare stems; everything else has a prefix that no word can have:
    c:theme-ESS-01   a concept, declared or recognised      h:…   stands in the name, the headline or the declared themes
    m:waste          a meaning of a word
    n:bnl            a key of the name                      f:goal:8   a facet value
"""

from collections import defaultdict
from collections.abc import Iterable

MOST_POSITIONS = 12
LAST_POSITION = 16000  # PostgreSQL keeps none beyond 16383
# Between two texts, so that no phrase and no proximity reaches from one into the next.
GAP = 20
HEADLINE = ("A", "B")


def concept_lexeme(concept: str) -> str:
    return f"c:{concept}"


def meaning_lexeme(meaning: str) -> str:
    return f"m:{meaning}"


def name_lexeme(key: str) -> str:
    return f"n:{key}"


def facet_lexeme(facet: str, value: str) -> str:
    return f"f:{facet}:{value}"


def headline_lexeme(lexeme: str) -> str:
    return f"h:{lexeme}"


def quoted(lexeme: str) -> str:
    """A lexeme as it stands in tsvector and tsquery literals, whatever it holds."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


class LexemeBag:
    """Collects lexemes with their places and weights, then writes them as a tsvector."""

    def __init__(self) -> None:
        self._placed: defaultdict[str, dict[int, str]] = defaultdict(dict)
        self._bare: set[str] = set()
        self._end = 0

    def place(self, lexemes: Iterable[tuple[str, int, str]]) -> None:
        """(lexeme, position within the text, weight) of one text, behind all texts before."""
        start = last = self._end
        for lexeme, position, weight in lexemes:
            last = max(last, start + position)
            if start + position <= LAST_POSITION:
                at = self._placed[lexeme]
                at[start + position] = min(at.get(start + position, weight), weight)
        self._end = last + GAP

    def add(self, lexemes: Iterable[str]) -> None:
        """Lexemes that only filter."""
        self._bare.update(lexemes)

    def headline(self) -> set[str]:
        return {lexeme for lexeme, places in self._placed.items() if any(weight in HEADLINE for weight in places.values())}

    def tsvector(self) -> str:
        parts = [quoted(lexeme) for lexeme in self._bare | {headline_lexeme(lexeme) for lexeme in self.headline()}]
        for lexeme, places in self._placed.items():
            kept = places.items() if len(places) <= MOST_POSITIONS else _heaviest(places)
            parts.append(f"{quoted(lexeme)}:{','.join([f'{position}{weight}' for position, weight in kept])}")
        return " ".join(parts)


def _heaviest(places: dict[int, str]) -> list[tuple[int, str]]:
    return sorted(places.items(), key=lambda place: (place[1], place[0]))[:MOST_POSITIONS]
