"""A light Arabic stemmer that gives طاقة, الطاقات, والطاقة and للطاقات one stem.

After light10 (Larkey, Ballesteros, Connell, 2007), with four differences: articles are stripped until none is left, so the stem
of a word never depends on its definiteness; endings are peeled until none is left, so قانوني and قانون meet; single attached
letters (و ف ب ك ل) are never stripped from the word itself, because وزارة and بلدية begin with them, but offered beside it as
`clitic_variants`; and broken plurals come from a table.

All functions expect folded words (`text.fold`): ة is ه, ى is ي, hamza sits on nothing except a last ء.
"""

from functools import lru_cache

from text.arabic_lexicon import BROKEN_PLURALS, NO_PREFIX, ROOT_ENDINGS

# Conjunction and preposition before the article; لل is ل + ال.
_ARTICLES = ("وبال", "فبال", "وكال", "ولل", "فلل", "وال", "فال", "بال", "كال", "لل", "ال")
_PRONOUNS = (
    ("هما", 3),
    ("كما", 4),
    ("ها", 3),
    ("هم", 4),
    ("هن", 4),
    ("كم", 4),
    ("نا", 4),
)  # تفاهم, تراكم keep their last letters
# Ending and the letters that must remain. Number, gender and case first; then what makes an adjective of a noun.
_INFLECTION = (("تين", 4), ("تان", 4), ("ات", 2), ("ون", 3), ("ين", 3), ("ان", 3), ("ه", 2), ("ء", 2), ("ا", 3))
_DERIVATION = (("اوي", 3), ("وي", 2), ("ي", 2), *_INFLECTION)  # صحي, جهوي: the noun may keep two letters
_ONLY_ENDINGS = frozenset({"يه", "يات", "يا", "ين", "ون", "ان", "ات", "يين", "يون"})  # آلية, آليات: ال belongs to the root
_PREPOSITIONS = frozenset("بكل")
_CONJUNCTIONS = frozenset("وف")


def _without_articles(word: str) -> str:
    while word not in NO_PREFIX:
        for article in _ARTICLES:
            rest = word[len(article) :]
            if word.startswith(article) and len(rest) >= (3 if article.endswith("لل") else 2) and rest not in _ONLY_ENDINGS:
                word = rest
                break
        else:
            return word[1:] if word.startswith("لل") and len(word) > 3 else word  # للغة is ل + اللغة
    return word


def _without_pronoun(word: str) -> str:
    for pronoun, remaining in _PRONOUNS:
        if word.endswith(pronoun) and len(word) - len(pronoun) >= remaining:
            word = word.removesuffix(pronoun)
            # ة is written ت before a pronoun: سياستها is سياسة.
            return word[:-1] if word.endswith("ت") and not word.endswith("ات") and len(word) > 4 else word
    return word


def _peel(word: str, endings: tuple[tuple[str, int], ...]) -> str:
    while word not in ROOT_ENDINGS:
        for ending, remaining in endings:
            if word.endswith(ending) and len(word) - len(ending) >= remaining:
                word = word.removesuffix(ending)
                break
        else:
            break
    return word


def bare(word: str) -> str:
    """The word as written, without article and pronoun: its number and gender stay."""
    word = _without_articles(word)
    return word if word in ROOT_ENDINGS else _without_pronoun(word)


# Found by the whole plural, before its ending is peeled: سياح is سائح, but سياحة is not.
_SINGULARS = {
    bare(plural): _peel(bare(singular), _INFLECTION) for singular, plurals in BROKEN_PLURALS.items() for plural in plurals
}


@lru_cache(maxsize=1 << 16)
def form(word: str) -> str:
    """One form for all numbers, genders and definitenesses of a word; اقتصاد and اقتصادي stay apart. For vocabulary."""
    written = bare(word)
    return _SINGULARS.get(written) or _peel(written, _INFLECTION)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The form without the ending that makes an adjective: اقتصاد for اقتصاديات. For searching words."""
    return _peel(form(word), _DERIVATION)


@lru_cache(maxsize=1 << 16)
def clitic_variants(word: str) -> tuple[str, ...]:
    """What the word may be without attached letters: وتنمية -> تنمية, وبتمويل -> بتمويل and تمويل, سيعمل -> يعمل.

    Readings, not truths (بلدية gives لدية too): index them beside the word, or use them in a query as alternatives.
    """
    readings = []
    if word[:1] in _CONJUNCTIONS:
        readings.append(word[1:])
    shortest = 2 if word[:1] == "و" else 3  # وحل is also و + حل
    for candidate in (word, *readings):
        if candidate[:1] in _PREPOSITIONS or (candidate[:1] == "س" and candidate[1:2] in frozenset("يتن")):
            readings.append(candidate[1:])
    return tuple(dict.fromkeys(reading for reading in readings if len(reading) >= shortest))
