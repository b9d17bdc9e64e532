"""Whether a word of a question stands for itself, or only together with the word beside it.

"Climat" asks for the climate, "climat de confiance" and "learning environment" do not ask for climate and environment. A word is
bound by what follows it beside it or behind "of", an English word also by what stands right before it; not by general words
("gestion de …", "local"), by names of places, or across "and" and commas.
"""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from text.analyser import Token
from text.fillers import GENERIC
from text.fold import fold
from text.stopwords import words

# Of the general words those that are a subject when another word is said of them: culture d’entreprise, company culture.
_SUBJECTS = words("""
entreprise entreprises company companies business businesses projet projets project projects produit produits product products
service services système systèmes system systems chain sector secteur secteurs market plan plans programme programs
مقاولة مقاولات منتج منتجات مشروع مشاريع خدمة خدمات نظام نظم
""")
# Where or how large something is does not make it another thing.
_WHERE = words("""
marocain marocaine marocains marocaines moroccan moroccans algérien algérienne tunisien tunisienne maghrébin maghrébine africain
africaine africains african méditerranéen méditerranéenne mediterranean européen européenne européens european international
internationale internationaux régional régionale régionaux regional urbain urbaine urbains urban communal communale communales
municipal municipale provincial mondial mondiale global public publique publics publiques privé privée north south nord sud
مغربي مغربية المغربي المغربية جزائري تونسي إفريقي إفريقية أفريقي متوسطي دولي دولية الدولي الدولية جهوي جهوية الجهوي الجهوية
حضري حضرية عمومي عمومية العمومي العمومية العالمي العالمية القروي القروية المحلي المحلية الوطني الوطنية
""")
# French words that say of the word before them what it is: aide mutuelle.
_ADJECTIVES = words("mutuelle mutuelles mutuel mutuels")
_LOOSE = (GENERIC - _SUBJECTS) | _WHERE
_APART = re.compile(r"[,;:،؛/+&]|\b(?:et|and|ou|or)\b")
_OF = re.compile(r"\b(?:de|du|des|of)\b|\bd['’]")


class Bound(NamedTuple):
    """Places of words that are bound: by words that are of no name, and by names, which bind only what is weak: culture de
    l’olivier is no culture, santé des réfugiés is health."""

    by_words: frozenset[int]
    by_names: frozenset[int]


def bound(
    tokens: Sequence[Token], text: str, named: Collection[range], places: Collection[range], english: Collection[str]
) -> Bound:
    """`named` are the spans of names, of which `places` are names of places; `english` are words that may be English, which are
    told more closely by what precedes them."""
    taken = {place for span in named for place in span}
    told = _ADJECTIVES.union(english)
    somewhere = {place for span in places for place in span}
    spoken = [place for place, token in enumerate(tokens) if not token.is_stop and place not in somewhere]
    by_words, by_names = set(), set()
    for place, after in pairwise(spoken):
        if _binds_before(tokens, text, place, after, after in taken):
            (by_names if after in taken else by_words).add(place)
    for before, place in pairwise(spoken):
        if before not in taken and tokens[place].word in told and _binds_behind(tokens, text, before, place):
            by_words.add(place)
    return Bound(frozenset(by_words), frozenset(by_names))


def _binds_before(tokens: Sequence[Token], text: str, place: int, after: int, is_named: bool) -> bool:
    """culture de l’olivier, climat social, مناخ الثقة"""
    word, next_word = tokens[place], tokens[after]
    between = _between(text, word, next_word)
    if _APART.search(between) or (next_word.is_arabic and next_word.word.startswith("و")) or next_word.word in _LOOSE:
        return False
    if _OF.search(between):
        return True
    return _is_beside(tokens, place, after) and (not is_named or _is_construct(word, next_word))


def _is_construct(word: Token, next_word: Token) -> bool:
    """ثقافة الزيتون is the growing of olives: without an article the first word is told by the second."""
    return word.is_arabic and not word.word.startswith("ال") and next_word.word.startswith("ال")


def _binds_behind(tokens: Sequence[Token], text: str, before: int, place: int) -> bool:
    """learning environment"""
    word, word_before = tokens[place], tokens[before]
    if word.is_arabic or word_before.word in _LOOSE or _APART.search(_between(text, word_before, word)):
        return False
    return _is_beside(tokens, before, place)


def _is_beside(tokens: Sequence[Token], first: int, second: int) -> bool:
    return second == first + 1 and tokens[second].position == tokens[first].position + 1


def _between(text: str, first: Token, second: Token) -> str:
    return fold(text[first.end : second.start])
