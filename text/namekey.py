"""Keys by which Latin and Arabic spellings of a name meet: Benali = Ben Ali = بنعلي = بن علي.

Both scripts are written in one alphabet of consonants (capitals: H ح ه, X خ, G غ, C ش, W و, Y ي at the head). Vowels, ع and ء
drop, because Latin spellings of the Maghreb disagree about them; a letter that is written in several ways gives several keys,
at most 16 a unit. Two units match when they share a key. Keys are coarse on purpose (Ali and Alaoui are both "l"): always rank
the matches with `text.namerank`.
"""

import re
from functools import lru_cache
from itertools import pairwise, product

from text.nameparts import NameUnit, split_units

MAX_KEYS = 16

# Spelling -> the consonants it may stand for. The longest spelling wins.
_LATIN = {
    "tch": ("C", "tC"), "sch": ("C",), "ch": ("C",), "sh": ("C", "sH"), "kh": ("X", "kH"), "gh": ("G", "k"),
    "rh": ("G", "rH"), "dj": ("j",), "dh": ("d", "z", "dH"), "th": ("t", "tH"), "ph": ("f",), "qu": ("k",),
    "gu": ("k", "G"), "ck": ("k",), "b": ("b",), "c": ("k",), "d": ("d",), "f": ("f",), "g": ("k", "j", "G"), "h": ("H",),
    "j": ("j",), "k": ("k",), "l": ("l",), "m": ("m",), "n": ("n",), "p": ("b",), "q": ("k",), "r": ("r",), "s": ("s",),
    "t": ("t",), "v": ("f",), "x": ("ks",), "z": ("z",),
}  # fmt: skip
_ARABIC = {
    "ب": ("b",), "ت": ("t",), "ث": ("t", "s"), "ج": ("j",), "ح": ("H",), "خ": ("X",), "د": ("d",), "ذ": ("d", "z"), "ر": ("r",),
    "ز": ("z",), "س": ("s",), "ش": ("C",), "ص": ("s",), "ض": ("d",), "ط": ("t",), "ظ": ("d", "z"), "غ": ("G",), "ف": ("f",),
    "ق": ("k",), "ك": ("k",), "ل": ("l",), "م": ("m",), "ن": ("n",), "ه": ("H",), "v": ("f", "k"), "ة": ("", "t"),
}  # fmt: skip
# The first letter of a pair that Latin spells as one sound: عنبر Ambar, مرادجي Maradji, تشالابي Tchalabi.
_ARABIC_PAIRS = {"نب": ("n", "m"), "دج": ("", "d"), "تش": ("", "t")}
_VOWELS = frozenset("aeiouy")
_LATIN_SOUND = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)))


def _latin_options(word: str) -> list[tuple[str, ...]]:
    options: list[tuple[str, ...]] = []
    if re.match("(?:ou|u|w)[aeiy]", word):
        options.append(("W", ""))  # Ouahid, Wahid واحد
    elif word[0] == "w":
        options.append(("W", "f"))  # Weber فيبر
    elif re.match("[yi][aeou]", word):
        options.append(("Y",) if word[0] == "y" else ("Y", ""))  # Iassine, Yassine ياسين
    elif word[0] == "j":
        options.append(("j", "Y", "X"))  # Jugurtha يوغرطة, Jasmine; Javier خافيير
        word = word[1:]
    for match in _LATIN_SOUND.finditer(word):
        sound, before, after = match.group(), word[match.start() - 1 : match.start()], word[match.end() : match.end() + 1]
        if sound == "h" and not after:
            continue  # Salah and صلاح, Fatimah and فاطمة: a last h or ح may be silent
        if sound == "c" and after in {"e", "i", "y"}:
            options.append(("s", "C"))  # Italian: Lucia لوتشيا
        elif sound == "ch" and after in {"e", "i"}:
            options.append(("C", "k"))  # Italian: Bianchi بيانكي
        elif sound == "ch" and after not in _VOWELS:
            options.append(("C", "X"))  # German: Bach باخ
        elif sound == "s" and re.fullmatch("[aeiouy]{2}", before + after):
            options.append(("s", "z"))  # French reads one s between vowels as z
        else:
            options.append(_LATIN[sound])
    return options


def _arabic_options(word: str) -> list[tuple[str, ...]]:
    options: list[tuple[str, ...]] = []
    last = len(word) - 1
    for index, letter in enumerate(word):
        if index == 0 and letter in "وي":
            options.append(("W", "") if letter == "و" else ("Y",))
        elif index == last and letter in "هح":
            if letter == "ه" and word[index - 1] == "ا":
                options.append(("", "t"))  # نجاة Najat
        elif word[index : index + 2] in _ARABIC_PAIRS:
            options.append(_ARABIC_PAIRS[word[index : index + 2]])
        elif letter in _ARABIC:
            options.append(_ARABIC[letter])
    return options


def _spelling_keys(spelling: str, arabic: bool) -> list[str]:
    options = _arabic_options(spelling) if arabic else _latin_options(spelling)
    count = 1
    for index, choices in enumerate(options):
        if count * len(choices) > MAX_KEYS:
            options[index] = choices[:1]
        count *= len(options[index])
    return [re.sub(r"(.)\1+", r"\1", "".join(letters)) for letters in product(*options)]


@lru_cache(maxsize=1 << 16)
def unit_keys(unit: NameUnit) -> tuple[str, ...]:
    """At most 16 keys, the likeliest first. A name of vowels only (Aya آية) has the empty skeleton, written "-"."""
    keys = [key for spelling in unit.spellings for key in _spelling_keys(spelling, unit.is_arabic)]
    return tuple(dict.fromkeys(key or "-" for key in keys))[:MAX_KEYS]


def query_keys(name: str) -> list[frozenset[str]]:
    """One set per unit, all of which the indexed name should meet (AND); Fatima Zahra also meets Fatimazahra."""
    units = split_units(name)
    sets = [set(unit_keys(unit)) for unit in units]
    for index, pair in enumerate(pairwise(units)):
        joined = _joined_keys(*pair)
        sets[index] |= joined
        sets[index + 1] |= joined
    return [frozenset(keys) for keys in sets]


def index_keys(name: str) -> frozenset[str]:
    """Every key under which the name is found: its units, neighbours written as one, and the word after Ben or Bou."""
    units = split_units(name)
    keys = {key for unit in units for key in unit_keys(unit)}
    for unit in units:
        if unit.bare:
            keys.update(unit_keys(NameUnit((unit.bare,))))
    for pair in pairwise(units):
        keys |= _joined_keys(*pair)
    return frozenset(keys)


def _joined_keys(first: NameUnit, second: NameUnit) -> set[str]:
    if first.is_arabic != second.is_arabic:
        return set()
    spelling = first.spellings[0].removesuffix("ه") + second.spellings[0]  # فاطمة الزهراء, Fatimazahra
    return {key for key in _spelling_keys(spelling, first.is_arabic) if key}
