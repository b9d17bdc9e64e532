"""The one analyser. Index, query and highlighter call it; nothing else makes tokens or lexemes.

analyse("والتعاونيات الفلاحية", "ar")   tokens of a text, with the lexemes to store
analyse_query("l’économie circulaire")   tokens of a question, in whatever language
"""

import re
from functools import lru_cache
from typing import NamedTuple

from text import arabic_stem, latin_stem
from text.fillers import FILLERS, TITLES
from text.fold import APOSTROPHES, fold_word
from text.stopwords import JOINING, LATIN_STOPWORDS, STOPWORDS

# Stored with every index row; raise it when the same text would give other lexemes.
ANALYSER_VERSION = 7

MAX_WORD = 80  # characters; PostgreSQL refuses lexemes over 2 KB

_MARKS = (
    "\u00ad\u061c\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
)
_LETTER = rf"[^\W_][{_MARKS}]*"
# ة ends a word: الطاقةالشمسية are two, though nothing stands between them.
_ENDING_IN_TA = rf"(?:[^\W_ة][{_MARKS}]*+)*+ة[{_MARKS}]*"
_QUOTE = "[" + re.escape(APOSTROPHES) + "]"
_HYPHEN = "[-\u2010\u2011]"
# First parts that are also written together: micro-crédit and microcrédit, e-commerce, co-operative, agro-écologie.
_PREFIX = (
    "co|e|re|micro|macro|mini|agro|socio|[ée]co|bio|inter|multi|mono|auto|anti|post|pr[ée]|g[ée]o|hydro|photo|t[ée]l[ée]|ethno|pluri|"
    "poly|cyber|[ée]lectro|infra|intra|extra|sub|trans|ultra|crypto|nano|neuro|psycho|techno|thermo|euro"
)
_FIRST_PARTS = tuple(fold_word(re.sub(r"\[ée\]", "e", _PREFIX)).split("|"))
SHORTEST_TAIL = 4
_TOKEN = re.compile(
    rf"(?:\b[ldjmnstcLDJMNSTC]|\b(?:[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu|[Qq]uoiqu)){_QUOTE}(?=[^\W\d_])"  # l’, d’, qu’: skipped
    rf"|(?P<acronym>\b(?:[A-Za-zÀ-Þ]\.){{2,}}[A-Za-zÀ-Þ]?|\b[A-Z]&[A-Z]\b)"  # O.N.G., R&D
    rf"|(?P<compound>\b(?i:{_PREFIX}){_HYPHEN}(?:{_LETTER}){{3,}})"
    rf"|(?P<word>{_ENDING_IN_TA}|(?:{_LETTER})+)(?:{_QUOTE}s\b)?"  # women’s
)
_ARABIC = re.compile("[\u0620-\u064a]")
_END = re.compile(r"[.!?؟…;؛:]\s|\n")  # of a sentence: a place is left out behind it, so that nothing reaches across
_NOT_A_WORD = re.compile(r"[\W_]+")

Lexemes = tuple[str, ...]
Reading = tuple[str, str, Lexemes, Lexemes, Lexemes, Lexemes]  # word, form, form variants, written, lexemes, variants


class Token(NamedTuple):
    """One word of a text. `start` and `end` are offsets in the text as given, vowel signs included."""

    surface: str  # as written
    word: str  # folded
    form: str  # number, gender and article taken away: what vocabulary is compared by
    form_variants: tuple[str, ...]  # forms of other readings, where they are safe enough to name a concept
    written: tuple[str, ...]  # the word without its article, as it stands there, and so its other readings
    lexemes: tuple[str, ...]  # stems; any of them may answer the word
    variants: tuple[str, ...]  # stems of other readings: without an attached و or ب, the second part of a compound
    start: int
    end: int
    position: int
    is_stop: bool  # says nothing about the subject

    @property
    def is_arabic(self) -> bool:
        return bool(_ARABIC.search(self.word))


def analyse(text: str, language: str | None = None) -> list[Token]:
    """Tokens of a text to be stored. Never raises. `language` is that of the text ("ar", "fr", "en"), if known."""
    return _tokens(text, language)


def analyse_query(text: str) -> list[Token]:
    """Tokens of a question. Words like "looking for an expert in" count as stop words, unless nothing else is asked."""
    tokens = _tokens(text, None, FILLERS | TITLES)
    if any(not token.is_stop for token in tokens):
        return tokens
    tokens = _tokens(text, None)
    return tokens if any(not token.is_stop for token in tokens) else _tokens(text, None, stopwords=False)


def index_lexemes(tokens: list[Token]) -> list[tuple[str, int]]:
    """(lexeme, position) of everything to store, positions from 1; stop words leave a gap."""
    return [
        (lexeme, token.position)
        for token in tokens
        if not token.is_stop
        for lexeme in dict.fromkeys((*token.lexemes, *token.variants))
    ]


def _tokens(text: str, language: str | None, fillers: frozenset[str] = frozenset(), *, stopwords: bool = True) -> list[Token]:
    shouting = not any(character.islower() for character in text)
    tokens: list[Token] = []
    position = end = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind is None:
            continue
        surface = match.group(kind)
        reading, may_stop = _read(surface[:MAX_WORD], language, kind == "compound")
        word = reading[0]
        if not word:
            continue
        # IT, AI, SE: in capitals a short word is an abbreviation, unless everything is in capitals, or it joins: eau ET sol.
        abbreviation = len(surface) > 1 and surface.isupper() and not shouting and word not in JOINING
        is_stop = stopwords and not abbreviation and (may_stop or word in fillers)
        position += 2 if tokens and _END.search(text, end, match.start(kind)) else 1
        start, end = match.span(kind)
        tokens.append(Token(surface, *reading, start, end, position, is_stop))
    return tokens


def compound_tails(token: Token) -> list[str]:
    """What may follow the first part of a compound, also of one written in one word: construction of co-construction."""
    beginnings = () if token.is_arabic else _FIRST_PARTS
    tails = [token.word.removeprefix(first) for first in beginnings if token.word.startswith(first)]
    return [tail for tail in tails if len(tail) >= SHORTEST_TAIL]


def _plain_word(surface: str) -> str:
    return _NOT_A_WORD.sub("", fold_word(surface).replace("&", "n"))


@lru_cache(maxsize=1 << 16)
def _read(surface: str, language: str | None, is_compound: bool) -> tuple[Reading, bool]:
    """What a word as written is, and whether it is a stop word."""
    word = _plain_word(surface)
    tail = _plain_word(re.split(_HYPHEN, surface, maxsplit=1)[1]) if is_compound else ""
    return (word, *_stems(word, language, tail)), bool(word) and _is_stopword(word, language)


def _stems(word: str, language: str | None, tail: str) -> tuple[str, Lexemes, Lexemes, Lexemes, Lexemes]:
    if _ARABIC.search(word):
        stem, readings = arabic_stem.stem(word), arabic_stem.clitic_variants(word)
        variants = dict.fromkeys(map(arabic_stem.stem, readings))
        variants.pop(stem, None)
        # بحرية (marine) is not ب + حرية, and بصمة (a print) in وبصمة not ب + صمة
        safe = [reading for reading in readings if len(reading) > 4 or reading == word.removeprefix("و")]
        written = tuple(map(arabic_stem.bare, (word, *safe)))
        forms = tuple(arabic_stem.form(reading) for reading in safe if len(reading) > 3)  # واجب (duty) is not و + أجبان
        return arabic_stem.form(word), forms, written, (stem,), tuple(variants)
    if not word.isascii() or word.isdigit():
        return word, (), (word,), (word,), ()
    return latin_stem.form(word), (), (word,), latin_stem.stems(word, language), latin_stem.stems(tail, language) if tail else ()


def _is_stopword(word: str, language: str | None) -> bool:
    if _ARABIC.search(word):
        return word in STOPWORDS["ar"]
    # A query does not say its language, so a text must not keep what a query drops.
    return word in LATIN_STOPWORDS or (len(word) == 1 and not word.isdigit())
