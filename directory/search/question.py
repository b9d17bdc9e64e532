"""What somebody typed -> units, each a word, a phrase or a concept, and the tsqueries that ask for them.

eau "gestion intégrée" -tourisme, or NOT tourisme
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from directory.search.concepts import Concept, concepts
from directory.search.lexemes import concept_lexeme, headline_lexeme, meaning_lexeme, quoted
from text.analyser import Token, analyse_query
from text.binding import Bound, bound
from text.concepts import Recognised, is_abbreviation
from text.fillers import FILLERS, GENERIC, TITLES
from text.meanings import meanings, narrowest, themes
from text.weak_words import FIGURATIVE

MOST_SAID = 3
MOST_UNITS = 24  # what else fits into 200 characters says nothing more
SENTENCE = 5  # words, from where on a question tells more than it asks
POSSESSIVES = frozenset({"notre", "nos", "mon", "ma", "mes", "our", "my"})
SHORT_WORD = 4  # دنيا, هنا: the ending is of the word

_GLUED = re.compile(r"(?<=[a-zß-ÿ]{2})(?=[A-ZÀ-Þ][a-zß-ÿ])")  # HamidDoukkali
_QUOTES = str.maketrans("“”„«»", '"""""')
_PARTS = re.compile(
    r'(?P<minus>(?<!\S)(?:-|NOT\s+))?"(?P<phrase>[^"]*)"|(?<!\S)(?:-|NOT\s+)(?P<excluded>[^\W_][^\s"]*)|(?P<words>(?:(?!(?<!\S)(?:-|NOT\s+)["\w])[^"])+|["-])'
)


class Weight(Enum):
    """How much a unit says about what is wanted."""

    SUBJECT = "subject"  # a theme or a goal
    PLACE = "place"
    WORD = "word"


@dataclass(frozen=True)
class Unit:
    """A part of the question. `concepts` are alternatives; without one the words stand for themselves, and for what they mean."""

    tokens: tuple[Token, ...]
    concepts: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    is_phrase: bool = False
    is_optional: bool = False  # only ranks
    is_askers: bool = False  # our municipality: who asks, and hardly what for

    @classmethod
    def of_concept(cls, concept: str) -> "Unit":
        """A concept that is asked for by its code, without words."""
        return cls((), (concept,))

    @property
    def text(self) -> str:
        """As typed, less what stands between the words."""
        return " ".join(token.surface for token in self.tokens)

    @property
    def weight(self) -> Weight:
        if not self.concepts:
            return Weight.WORD
        return Weight.PLACE if all(Concept.parse(concept).is_place for concept in self.concepts) else Weight.SUBJECT

    @property
    def said(self) -> tuple[str, ...]:
        """The concepts to name when telling how it was understood: women *and* youth, but one of the towns of a name."""
        return self.concepts[: MOST_SAID if self.weight is Weight.SUBJECT else 1]

    @property
    def words(self) -> list[tuple[str, ...]]:
        """Per word the lexemes that answer it."""
        return [token_lexemes(token) for token in self.tokens if not token.is_stop] or [
            token_lexemes(token) for token in self.tokens
        ]

    @property
    def condition(self) -> str:
        return self._either(self._phrase() if self.is_phrase else " & ".join(map(any_of, self.words)))

    @property
    def wide_condition(self) -> str:
        """Likewise, or other words for it: for when few speak of a theme as such."""
        return any_condition([self.condition, *map(quoted, map(meaning_lexeme, self.meanings))])

    @property
    def widest_condition(self) -> str:
        """Likewise, or some theme below in the headline or among the declared ones: for when few speak of a domain as such."""
        below = dict.fromkeys(other for concept in self.concepts for other in concepts().narrower(concept))
        return any_condition([self.wide_condition, *(quoted(headline_lexeme(concept_lexeme(other))) for other in below)])

    @property
    def near_condition(self) -> str:
        """Who has a theme beside those asked in the headline or among the declared ones; "" where none is asked."""
        near = dict.fromkeys(other for concept in self.concepts for other in concepts().near(concept))
        return any_of(headline_lexeme(concept_lexeme(concept)) for concept in near) if near else ""

    @property
    def headline_condition(self) -> str:
        """Likewise in the name, the headline and the declared themes. Words there have no order."""
        words = " & ".join(any_of(map(headline_lexeme, lexemes)) for lexemes in self.words)
        return self._either(words, headline_lexeme)

    @property
    def is_abbreviation(self) -> bool:
        """MEAL is meant, not a meal: folded words would find both."""
        return bool(self.concepts) and len(self.tokens) == 1 and is_abbreviation(self.tokens[0].surface)

    def _either(self, words: str, marked: Callable[[str], str] = str) -> str:
        """The words, or the concept; where there is none, what the words mean. Each lexeme as `marked`.

        The words of a concept of several need not stand together in a text, so they do not speak for it.
        """
        lexemes = map(concept_lexeme, self.concepts) if self.concepts else map(meaning_lexeme, self.meanings)
        spoken = [] if self.is_abbreviation or (self.concepts and len(self.tokens) != 1) else [f"({words})"]
        return any_condition([*spoken, *(quoted(marked(lexeme)) for lexeme in lexemes)])

    def _phrase(self) -> str:
        spoken = [token for token in self.tokens if not token.is_stop] or list(self.tokens)
        parts = [any_of(token_lexemes(spoken[0]))]
        for before, token in pairwise(spoken):
            parts += [f"<{token.position - before.position}>", any_of(token_lexemes(token))]
        return " ".join(parts)


@dataclass(frozen=True)
class Question:
    units: tuple[Unit, ...] = ()
    excluded: tuple[Unit, ...] = ()
    is_sentence: bool = False
    names: tuple[str, ...] = field(default=())  # what may be a person's name, the likelier reading first

    @property
    def is_empty(self) -> bool:
        return not self.units and not self.excluded

    @property
    def has_subject(self) -> bool:
        return any(unit.weight is Weight.SUBJECT for unit in self.units)

    @property
    def places(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.weight is Weight.PLACE)

    @property
    def required(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if not unit.is_optional)

    def asking(self, units: Sequence[Unit], condition: Callable[[Unit], str] = attrgetter("condition")) -> str:
        """The tsquery of entries with all the units, less what is excluded; "" asks nothing."""
        return " & ".join([*map(condition, units), *(f"!{unit.condition}" for unit in self.excluded)])


def token_lexemes(token: Token) -> tuple[str, ...]:
    """Who asks for e-government does not ask for government: the second part of a compound is stored, not asked for."""
    return tuple(dict.fromkeys((*token.lexemes, *token.variants) if token.is_arabic else token.lexemes))


def any_of(lexemes: Iterable[str]) -> str:
    return any_condition(map(quoted, lexemes))


def any_condition(conditions: Iterable[str]) -> str:
    return "(" + " | ".join(conditions) + ")"


@lru_cache(maxsize=256)
def understand(text: str, literal: frozenset[str], revision: str) -> Question:
    """`literal`: concepts that the asker does not mean. `revision` of the vocabulary keeps the cache true."""
    units: list[Unit] = []
    excluded: list[Unit] = []
    words: list[str] = []
    for match in _PARTS.finditer(text.translate(_QUOTES)):
        phrase = match["phrase"]
        if match["excluded"]:
            excluded += _phrase(match["excluded"])
        elif phrase is not None:
            (excluded if match["minus"] else units).extend(_phrase(phrase))
        elif match["words"].strip('" -'):
            words.append(match["words"])
    spoken = " ".join(words)
    tokens = analyse_query(spoken)
    is_sentence = len(tokens) >= SENTENCE or any(token.word in FILLERS for token in tokens)
    units += _units(tokens, spoken, literal, is_sentence)
    different = list({tuple(token.word for token in unit.tokens): unit for unit in units}.values())
    kept = _with_optional(different[:MOST_UNITS], is_sentence)
    return Question(tuple(kept), tuple(excluded[:MOST_UNITS]), is_sentence, _names(tokens, units))


def read_question(text: str, literal: Collection[str] = ()) -> Question:
    return understand(text, frozenset(literal), concepts().revision)


def _phrase(text: str) -> list[Unit]:
    tokens = tuple(analyse_query(text))
    return [Unit(tokens, is_phrase=True)] if tokens else []


def _units(tokens: Sequence[Token], text: str, literal: frozenset[str], is_sentence: bool) -> list[Unit]:
    """Themes and places first; a longer expression that means something else as a whole comes before them.

    A word names a theme where it stands for itself, and is but a word beside one that makes something else of it.
    """
    meant = {(match.start_token, match.end_token): match.codes for match in meanings().find(tokens)}
    named: dict[tuple[int, int], tuple[str, ...]] = {}
    taken: set[int] = set()  # by what is decided
    matches = _named(tokens)
    tied = _tied(tokens, text, matches)
    for match, spoken in matches:
        if _is_tied(match, tokens, tied, is_sentence):
            continue
        if wanted := tuple(concept for concept in spoken if concept not in literal):
            named[match.start_token, match.end_token] = wanted
        elif spoken:
            taken.update(range(match.start_token, match.end_token))
    spans = []
    for start, end in sorted({*named, *meant}, key=lambda span: (span[0] - span[1], span not in named, span)):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            spans.append((start, end))
    units: list[Unit] = []
    position = 0
    for start, end in sorted(spans):
        units += _words(tokens[position:start])
        own = named.get((start, end), ())
        is_tied = not own and end == start + 1 and start in tied.by_words | tied.by_names
        unit = _meant(tuple(tokens[start:end]), own, meant.get((start, end), ()), literal, is_tied)
        units.append(replace(unit, is_askers=_is_askers(tokens, start)))
        position = end
    return [*units, *_words(tokens[position:])]


def _named(tokens: Sequence[Token]) -> list[tuple[Recognised, list[str]]]:
    """What the vocabulary knows, with those of its concepts that these words do name."""
    found = ((match, tokens[match.start_token : match.end_token]) for match in concepts().index.find(tokens))
    return [(match, [concept for concept in match.codes if _is_named(concept, words)]) for match, words in found]


def _is_tied(match: Recognised, tokens: Sequence[Token], tied: Bound, is_sentence: bool) -> bool:
    """Whether these words name nothing where they stand. A sentence goes around its subject: no figure is sought there."""
    words = tokens[match.start_token : match.end_token]
    if len(words) > 1 or is_abbreviation(words[0].surface) or Concept.parse(match.code).is_place:
        return False
    if not is_sentence and match.start_token in tied.by_words and words[0].word in FIGURATIVE:
        return True
    return match.start_token in tied.by_words | tied.by_names and concepts().index.is_weak(words)


def _tied(tokens: Sequence[Token], text: str, matches: Sequence[tuple[Recognised, list[str]]]) -> Bound:
    spans = [(range(match.start_token, match.end_token), spoken) for match, spoken in matches if spoken]
    places = [span for span, spoken in spans if Concept.parse(spoken[0]).is_place]
    return bound(tokens, text, [span for span, _spoken in spans], places, concepts().english_words)


def _is_askers(tokens: Sequence[Token], start: int) -> bool:
    """notre commune, our town, بلديتنا"""
    first, before = tokens[start], tokens[start - 1] if start else None
    if first.is_arabic:
        return first.word.endswith("نا") and len(first.word) > SHORT_WORD
    return before is not None and before.word in POSSESSIVES


def _is_named(concept: str, tokens: Sequence[Token]) -> bool:
    return not Concept.parse(concept).is_place or concepts().names_place(concept, tokens)


def _meant(
    tokens: tuple[Token, ...], named: tuple[str, ...], meant: tuple[str, ...], literal: frozenset[str], is_tied: bool
) -> Unit:
    """What is meant by an expression: the theme it names, or that most words of its meaning name. Of several meanings those
    that are this theme count, else the narrowest. A word tied to another only means what it means."""
    known = {} if is_tied else {meaning: f"theme-{code}" for meaning, code in themes(meant).items()}
    narrow = narrowest(meant)
    wanted = named or tuple(
        dict.fromkeys(known[meaning] for meaning in narrow if known.get(meaning) in concepts().names.keys() - literal)
    )
    return Unit(tokens, wanted, tuple(meaning for meaning in meant if known.get(meaning) in wanted) or narrow)


def _with_optional(units: Sequence[Unit], is_sentence: bool) -> list[Unit]:
    """Beside a subject the other words of a sentence only rank, and so do general words: "lutte contre la désertification".
    So does who asks, beside whatever is asked."""
    asked = [unit for unit in units if not unit.is_askers and unit.weight is not Weight.PLACE]
    has_subject = any(unit.weight is Weight.SUBJECT for unit in asked)
    return [
        replace(unit, is_optional=True)
        if (unit.is_askers and asked) or (has_subject and _only_tells(unit, is_sentence))
        else unit
        for unit in units
    ]


def _only_tells(unit: Unit, is_sentence: bool) -> bool:
    return unit.weight is Weight.WORD and not unit.is_phrase and (is_sentence or unit.tokens[0].word in GENERIC)


def _words(tokens: Sequence[Token]) -> list[Unit]:
    return [Unit((token,)) for token in tokens if not token.is_stop]


def _names(tokens: Sequence[Token], units: Sequence[Unit]) -> tuple[str, ...]:
    """The words outside concepts: with the small words, among which are Ali and Ben, and without."""
    taken = {token.position for unit in units if unit.concepts and not unit.is_phrase for token in unit.tokens}
    free = [token for token in tokens if token.position not in taken and token.word not in FILLERS | TITLES]
    readings = (free, [token for token in free if not token.is_stop])
    typed = dict.fromkeys(text for reading in readings if (text := " ".join(token.surface for token in reading)))
    return tuple(dict.fromkeys([*typed, *(_GLUED.sub(" ", text) for text in typed)]))
