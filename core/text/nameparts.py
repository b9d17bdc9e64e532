"""The units of a person's name: particles joined to the word they belong to, articles set apart.

Ben Ali, Abd el Kader, Salah Eddine, Bou Bakr, Nasr Allah are one unit each, however they are spaced.
"""

import re
from dataclasses import dataclass

from core.text.fold import APOSTROPHES, fold

# Letters whose sound folding would lose: ç is s before every vowel; ڤ is v, and g in Algeria (بلڤاسم Belgacem).
_KEEP_SOUND = str.maketrans({"ç": "ss", "Ç": "ss", "ڤ": "v", "ڥ": "v"} | dict.fromkeys(APOSTROPHES))
_WORD = re.compile(r"[^\W_]+")
_ARABIC = re.compile("[\u0620-\u064a]")

_LATIN_ARTICLE = re.compile("e?l|al|ul|oul")
_LATIN_SUN_ARTICLE = re.compile("(?:[aeu]|ou)([dnrstz])|(?:[ae])([cs]h)")  # en Nasiri, ach Chaabi
_LATIN_FAITH = re.compile("(?:(?:[aeu]|ou)[dl]?-?)?d(?:i|ee)ne?")
_LATIN_GOD = re.compile("(?:[aeu]|ou)?ll?[ae]h?")

# Particle -> how it is written before its word: without an article, then what an article may add.
_LATIN_PREFIXES = (
    (re.compile("b[ei]n|ebn|ibn(?:ou|u)?"), ("ben", "bel", "benl")),
    (re.compile("bel"), ("ben",)),
    (re.compile("a?b(?:ou|u)|abi"), ("bou", "boul")),
    (re.compile("ab(?:ou|u)l"), ("boul",)),
    (re.compile("abd(?:[aeiou]+[ldnrstz]|[aeiou]+[cs]h)?|abed"), ("abd", "abdel")),  # abder Rahman, abdes Salam
)
_ARABIC_PREFIXES = (
    (re.compile("ا?بن"), ("بن", "بل", "بنل")),
    (re.compile("ا?بو|ابي|ابا"), ("بو", "بول")),
    (re.compile("عبد"), ("عبد", "عبدل")),
)
_ARABIC_TAILS = {"الدين": "دين", "الله": "الله", "اله": "الله"}
_SUN_LETTERS = frozenset("تثدذرزسشصضطظلن")


@dataclass(frozen=True, slots=True)
class NameUnit:
    """One unit; `spellings` are folded, the plainest first; `bare` is the word after Ben or Bou ("" when there is none)."""

    spellings: tuple[str, ...]
    bare: str = ""

    @property
    def is_arabic(self) -> bool:
        return bool(_ARABIC.search(self.spellings[0]))


def split_units(name: str) -> list[NameUnit]:
    words = _WORD.findall(fold(name.translate(_KEEP_SOUND)))
    units: list[NameUnit] = []
    position = 0
    while position < len(words):
        take = _arabic_unit if _ARABIC.search(words[position]) else _latin_unit
        unit, used = take(words[position:], units)
        if used < 0:  # eddine, allah: a tail that belongs to the unit before
            units[-1] = unit
        else:
            units.append(unit)
        position += abs(used)
    return units


def _distinct(*spellings: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(spellings))


def _latin_unit(words: list[str], units: list[NameUnit]) -> tuple[NameUnit, int]:
    """The next unit and the number of words it takes, negative when it continues the last unit."""
    word, rest = words[0], words[1:]
    skipped = _latin_articles(words)
    if units and not units[-1].is_arabic:
        if _LATIN_FAITH.fullmatch(words[skipped]) and (skipped or len(word) > 3):
            return _with_tail(units[-1], "din"), -skipped - 1
        if _LATIN_GOD.fullmatch(words[skipped]) and len(word) > 3:
            return _with_tail(units[-1], "allah"), -skipped - 1
    if skipped:
        unit, used = _latin_unit(words[skipped:], [])
        return unit, used + skipped
    for pattern, prefixes in _LATIN_PREFIXES:
        if rest and pattern.fullmatch(word):
            return _prefixed(prefixes, _latin_articles(rest), _latin_unit(rest, []))
    return NameUnit(_latin_variants(word)), 1


def _prefixed(prefixes: tuple[str, ...], article: object, inner: tuple[NameUnit, int]) -> tuple[NameUnit, int]:
    """Ben, Bou or Abd with what follows; the second and later prefixes (with its article) only where an article stood."""
    unit, used = inner
    allowed = prefixes if article else prefixes[:1]
    return NameUnit(_distinct(*(prefix + unit.spellings[0] for prefix in allowed)), unit.spellings[0]), used + 1


def _latin_articles(words: list[str]) -> int:
    """How many articles stand at the head (el, al, l; en- before n and the like); at least one word is left."""
    count = 0
    while count + 1 < len(words):
        sun = _LATIN_SUN_ARTICLE.fullmatch(words[count])
        if not _LATIN_ARTICLE.fullmatch(words[count]) and not (sun and words[count + 1].startswith(sun[1] or sun[2])):
            break
        count += 1
    return count


def _latin_variants(word: str) -> tuple[str, ...]:
    if match := re.match("(abd)[aeou]{1,2}l(.{2,})", word):  # Abdelkader = Abd Kader
        return _distinct(match[1] + match[2], word)
    if re.match("bel[^l].", word):
        return _distinct(word, "ben" + word[3:])  # Belaid = Ben el Aid
    if match := re.match("[ae]l([^aeiouyl].{3,})", word):  # Elhossary = El Hossary
        return _distinct(match[1], word)
    if match := re.match("(.{2,})[aeou][ld]d(?:i|ee)ne?$", word):  # Nureldin = Noureddine
        return _distinct(match[1] + "din", word)
    return (word,)


def _arabic_unit(words: list[str], units: list[NameUnit]) -> tuple[NameUnit, int]:
    word, rest = words[0], words[1:]
    if units and units[-1].is_arabic and word in _ARABIC_TAILS:
        return _with_tail(units[-1], _ARABIC_TAILS[word]), -1
    for pattern, prefixes in _ARABIC_PREFIXES:
        if rest and pattern.fullmatch(word) and _ARABIC.search(rest[0]):
            return _prefixed(prefixes, _without_article(rest[0]) != rest[0], _arabic_unit(rest, []))
    return NameUnit(_arabic_variants(word)), 1


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 3 else word


def _arabic_variants(word: str) -> tuple[str, ...]:
    if match := re.match("عبدال(.{2,})", word):
        return _distinct("عبد" + match[1], word)
    if match := re.match("با?ل(.{3,})", word):  # بالطيب is Bettaieb and Ben Taieb
        return _distinct(word, "بن" + match[1], *(["ب" + match[1]] if match[1][0] in _SUN_LETTERS else []))
    if match := re.match("(.{2,})الدين$", word):
        return _distinct(match[1] + "دين", word)
    return _distinct(_without_article(word), word)


def _with_tail(unit: NameUnit, tail: str) -> NameUnit:
    # Before a tail the last ه of هبه is ة, which is silent or t: Hibat Allah.
    return NameUnit(tuple(re.sub("ه$", "ة", spelling) + tail for spelling in unit.spellings), unit.bare)
