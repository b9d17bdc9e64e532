"""How alike two spellings of a name are, in the same script or across scripts, from 0 to 1.

Each unit is written in sounds: lower case vowels for Latin, capitals for the long vowels that Arabic writes. An edit distance
compares them, where it costs little to leave out a short vowel or to read d for ض, and much to lose a consonant. The costs were
tuned on real pairs (`bench/names`, tuning part only).
"""

import heapq
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from text.nameparts import NameUnit, split_units

_LATIN = {
    "tch": "C", "sch": "C", "ch": "C", "sh": "C", "kh": "X", "gh": "G", "dj": "j", "dh": "D", "th": "T", "ph": "f",
    "qu": "k", "gu": "g", "ck": "k", "ou": "u", "oo": "u", "ee": "i", "ay": "ai", "ey": "ei", "y": "i", "w": "u", "v": "f",
    "p": "b", "ce": "se", "ci": "si", "cy": "si", "c": "k", "rh": "G", "x": "ks", "h": "H",
}  # fmt: skip
_LATIN_SOUND = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)) + "|.")
# A ا, I ي, U و, E ع, Y last ه or ة, L last ا, P last ي or ى (Houda هدى);
# T ث, D ذ, S ص, V ض, Z ظ, h ه: sounds one Latin letter stands for.
_ARABIC = str.maketrans("بتثجحخدذرزسشصضطظغفقكلمنهةاوي" + "ع" + "v", "btTjHXdDrzsCSVtZGfqklmnhYAUI" + "E" + "f", "ء")

# Both scripts in few letters, for a first rough choice among many candidates.
_SKETCH = str.maketrans("oAIPUYLTDSVZhqg", "uaiiuaatdsdzHkk", "eE")

_CONSONANT, _OTHER_CONSONANT = 0.9, 1.3
_LATIN_ALONE = {"a": 0.18, "e": 0.08, "i": 0.32, "o": 0.3, "u": 0.64, "H": 0.56}
_ARABIC_ALONE = {"A": 0.3, "L": 0.3, "E": 0.05, "U": 0.4, "I": 0.4, "Y": 0.05, "h": 0.3, "H": 0.3, "P": 0.4}
_PAIRS = {
    "a": {"P": 0.1, "A": 0.03, "L": 0.01, "Y": 0, "E": 0.04, "U": 0.35, "I": 0.35},
    "e": {"P": 0.1, "A": 0.08, "L": 0.16, "Y": 0.05, "E": 0.04, "I": 0.1, "U": 0.3},
    "i": {"P": 0.03, "I": 0.03, "A": 0.77, "L": 0.3, "E": 0.18, "U": 0.5}, "o": {"U": 0, "A": 0.25, "E": 0.13},
    "u": {"P": 0.5, "U": 0, "A": 0.35, "E": 0.15, "I": 0.5}, "t": {"T": 0.2, "V": 0.6}, "T": {"t": 0.15},
    "d": {"D": 0.1, "V": 0.03, "Z": 0, "t": 0.6}, "D": {"V": 0, "Z": 0}, "z": {"Z": 0, "D": 0.15, "V": 0.4, "s": 0.3},
    "s": {"S": 0.03, "T": 0.2, "z": 0.3, "C": 0.6}, "H": {"h": 0, "Y": 0.05}, "g": {"q": 0, "G": 0, "k": 0.2, "j": 0.2},
    "k": {"q": 0.03}, "q": {"k": 0.25}, "G": {"q": 0.4}, "j": {"I": 0.4}, "n": {"m": 0.6}, "b": {"f": 0.6},
    "C": {"j": 0.6, "X": 0.6, "k": 0.6}, "f": {"u": 0.6},
}  # fmt: skip

# A name with a unit more or less, or a misheard unit, ranks after one whose units all share a key.
_MISSING_UNIT = 0.15
_SHARE_OF_WHOLE = 0.3  # the whole name as one string; the rest is unit by unit, in any order
_ARTICLE_LEFT_OUT, _ARTICLE_ADDED = 0.003, 0.05
_ARTICLE = re.compile(r"(?:^|[\s-])(?:(?:el|al|ul)[\s-]|ال)", re.IGNORECASE)


def _sounds(unit: NameUnit) -> str:
    spelling = unit.spellings[0]
    if unit.is_arabic:
        sounds = re.sub("ه$", "ة", spelling).translate(_ARABIC)
        sounds = re.sub("I$", "P", re.sub("A$", "L", sounds))
    else:
        sounds = "".join(_LATIN.get(sound, sound) for sound in _LATIN_SOUND.findall(spelling))
    return re.sub(r"(.)\1+", r"\1", sounds)


def _weight(sounds: str) -> float:
    return sum(_LATIN_ALONE.get(sound, _ARABIC_ALONE.get(sound, _CONSONANT)) for sound in sounds)


def _pair_cost(first: str, second: str) -> float:
    if first == second:
        return 0.0
    vowel = first in "aeiou" or first in "AIUELYP"
    return _PAIRS.get(first, {}).get(
        second, _PAIRS.get(second, {}).get(first, 0.3 if vowel and second in "aeiou" else _OTHER_CONSONANT)
    )


_COSTS: dict[tuple[str, str], float] = {}


def _distance(first: str, second: str) -> float:
    alone = [_ARABIC_ALONE.get(sound, _LATIN_ALONE.get(sound, _CONSONANT)) for sound in second]
    row = [0.0]
    for cost in alone:
        row.append(row[-1] + cost)
    for sound in first:
        left_out = _LATIN_ALONE.get(sound, _ARABIC_ALONE.get(sound, _CONSONANT))
        diagonal, row[0] = row[0], row[0] + left_out
        for index, other in enumerate(second):
            pair = _COSTS.get((sound, other))
            if pair is None:
                pair = _COSTS[sound, other] = _pair_cost(sound, other)
            best = min(diagonal + pair, row[index + 1] + left_out, row[index] + alone[index])
            diagonal, row[index + 1] = row[index + 1], best
    return row[-1]


@lru_cache(maxsize=1 << 17)
def _alike(first: str, second: str) -> float:
    return max(0.0, 1 - 2 * _distance(first, second) / ((_weight(first) + _weight(second)) or 1))


class _Profile(NamedTuple):
    units: tuple[str, ...]  # in sounds
    sketch: str
    articles: int
    is_arabic: bool


@lru_cache(maxsize=1 << 15)
def _profile(name: str) -> _Profile:
    units = split_units(name)
    sounds = tuple(filter(None, map(_sounds, units)))
    is_arabic = bool(units) and units[0].is_arabic
    return _Profile(sounds, "".join(sounds).translate(_SKETCH), len(_ARTICLE.findall(name)), is_arabic)


def _article_loss(first: _Profile, second: _Profile) -> float:
    """Latin often leaves out an article that Arabic writes (Mohamed Trabelsi محمد الطرابلسي); the reverse is rare."""
    if first.is_arabic == second.is_arabic:
        return _ARTICLE_LEFT_OUT * abs(first.articles - second.articles)
    latin, arabic = (second, first) if first.is_arabic else (first, second)
    missing = latin.articles - arabic.articles
    return _ARTICLE_ADDED * missing if missing > 0 else -_ARTICLE_LEFT_OUT * missing


def _covered(units: tuple[str, ...], others: tuple[str, ...]) -> float:
    weights = [_weight(unit) for unit in units]
    best = (max(_alike(unit, other) for other in others) for unit in units)
    return sum(weight * alike for weight, alike in zip(weights, best, strict=True)) / (sum(weights) or 1)


def similarity(first: str, second: str) -> float:
    """How alike two names are; articles and the order of the units count for little."""
    one, other = _profile(first), _profile(second)
    if not one.units or not other.units:
        return 0.0
    by_unit = (_covered(one.units, other.units) + _covered(other.units, one.units)) / 2
    whole = _alike("".join(one.units), "".join(other.units))
    return max(0.0, (1 - _SHARE_OF_WHOLE) * by_unit + _SHARE_OF_WHOLE * whole - _article_loss(one, other))


def coverage(query: str, name: str) -> float:
    """How well the units of the query are heard in the name, whatever else the name has: 1 for Benali in محمد بنعلي."""
    one, other = _profile(query), _profile(name)
    return _covered(one.units, other.units) if one.units and other.units else 0.0


SHORTLIST = 60


def rank(query: str, complete: Iterable[str], partial: Iterable[str] = (), limit: int = 10) -> list[tuple[float, str]]:
    """The names most like the query, best first, as (score, name); equal scores in the order of the alphabet.

    `complete` names share a key with every unit of the query, `partial` ones with all but one. Of each, only the `SHORTLIST`
    whose sketches look most alike are compared in full, so a thousand candidates cost little.
    """
    scored = []
    for names, loss in ((complete, 0.0), (partial, _MISSING_UNIT)):
        scored += [(similarity(query, name) - loss, name) for name in _shortlist(query, names)]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:limit]


def _shortlist(query: str, names: Iterable[str]) -> list[str]:
    sketch = _profile(query).sketch
    return heapq.nlargest(SHORTLIST, names, key=lambda name: _overlap(sketch, _profile(name).sketch))


def _overlap(first: str, second: str) -> float:
    """Share of common letters in order: the longest common subsequence, computed in the bits of one integer (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for index, letter in enumerate(first):
        places[letter] = places.get(letter, 0) | 1 << index
    rows = full = (1 << len(first)) - 1
    for letter in second:
        matched = rows & places.get(letter, 0)
        rows = ((rows + matched) | (rows - matched)) & full
    common = len(first) - rows.bit_count()
    return 2 * common / ((len(first) + len(second)) or 1)
