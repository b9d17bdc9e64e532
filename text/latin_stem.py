"""French and English words, folded first, so that économie and economie are one word.

`form` joins number and gender only, by one rule set for both languages (a query does not say its language); `stems` are the
Snowball stems, which also join économie and économique. They stand in one namespace: cognates meet, and a query word is looked
for under its French and its English stem while a text is indexed in the language it is written in.
"""

import re
import threading
from functools import lru_cache

import Stemmer

_ALGORITHMS = {"fr": "french", "en": "english"}

# Forms no rule joins. Value: the word whose stem they take.
_IRREGULAR = {
    "women": "woman", "men": "man", "children": "child", "feet": "foot", "mice": "mouse", "lives": "life", "wives": "wife",
    "analyses": "analyse", "analysis": "analyse", "criteria": "criterion", "theses": "these", "thesis": "these",
    "crises": "crise", "crisis": "crise", "travaux": "travail", "baux": "bail", "yeux": "oeil", "programmes": "programme",
    "program": "programme", "programs": "programme", "centre": "center", "centres": "center", "labour": "labor",
    "behaviour": "behavior", "neighbourhood": "neighborhood", "licence": "license", "defence": "defense", "fibre": "fiber",
    "theatre": "theater",
}  # fmt: skip
_OWN_STEMS = {"donnee": "donnee", "donnees": "donnee"}  # data are no gifts
# organisation and organization are one word.
_AMERICAN = re.compile(r"(?<=[a-z]{3})(?:iz(?=e|ation|ing|or)|yz(?=e|ing))")
# Folding hides é and è, by which Snowball knows formée and côtière as feminines; créatrice it never joins to créateur.
_FRENCH_FEMININES = (
    (re.compile(r"(?<=[a-z]{2})ees?$"), "e"),
    (re.compile(r"(?<=[a-z]{2})ieres?$"), "ier"),
    (re.compile(r"(?<=[a-z]{2})trices?$"), "teur"),
)

_threads = threading.local()  # a Stemmer object must not be shared between threads


def _snowball(language: str, word: str) -> str:
    stemmers = _threads.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(_ALGORITHMS[language], 0)
    return stemmers[language].stemWord(word)


@lru_cache(maxsize=1 << 16)
def stem(word: str, language: str) -> str:
    """The Snowball stem of a folded word in "fr" or "en"."""
    if word in _OWN_STEMS:
        return _OWN_STEMS[word]
    word = _AMERICAN.sub(lambda match: match.group()[0] + "s", _IRREGULAR.get(word, word))
    if language == "fr":
        for ending, replacement in _FRENCH_FEMININES:
            word = ending.sub(replacement, word)
    return _snowball(language, word)


def stems(word: str, language: str | None = None) -> tuple[str, ...]:
    """The stem in the language; in both when it is unknown or neither."""
    languages = (language,) if language in _ALGORITHMS else tuple(_ALGORITHMS)
    return tuple(dict.fromkeys(stem(word, each) for each in languages))


# Ending -> what takes its place, first match only. Plural first, then the feminine, then what is silent.
# Forms that are their own: a cooperative is not what is coopératif.
_OWN_FORMS = {**_OWN_STEMS, "cooperative": "cooperative", "cooperatives": "cooperative"}
_PLURALS = (("eaux", "eau"), ("aux", "al"), ("ies", "ie"), ("ss", "s"), ("us", "us"), ("s", ""), ("x", "x"))
_FEMININES = (("trice", "teur"), ("euse", "eur"), ("ive", "if"), ("y", "i"))


def _replace_ending(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    for ending, replacement in endings:
        if word.endswith(ending):
            return word.removesuffix(ending) + replacement
    return word


@lru_cache(maxsize=1 << 16)
def form(word: str) -> str:
    """One form for numbers and genders (after Savoy's minimal French stemmer); accountability stays apart from accounting."""
    if word in _OWN_FORMS:
        return _OWN_FORMS[word]
    word = _AMERICAN.sub(lambda match: match.group()[0] + "s", _IRREGULAR.get(word, word))
    if len(word) < 4:
        return word
    word = _replace_ending(_replace_ending(word, _PLURALS), _FEMININES).rstrip("e") or word
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word
