"""The units of a person's name: particles joined to the word they belong to, articles set apart.

Ben Ali, Abd el Kader, Salah Eddine, Bou Bakr, Nasr Allah are one unit each, however they are spaced.
"""

import re
from dataclasses import dataclass

from text.fold import APOSTROPHES, fold

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


MAX_WORDS = 24  # nobody's name is longer; a longer text is cut


@dataclass(frozen=True, slots=True)
class NameUnit:
    """`spellings` are folded, the plainest first; `bare` is the word after Ben, Bou or Abd ("" when there is none)."""

    spellings: tuple[str, ...]
    bare: str = ""

    @property
    def is_arabic(self) -> bool:
        return _is_arabic(self.spellings[0])


def split_units(name: str) -> list[NameUnit]:
    words = _WORD.findall(fold(name.translate(_KEEP_SOUND)))[:MAX_WORDS]
    units: list[NameUnit] = []
    while words:
        tail, used = _tail(words, units[-1].is_arabic) if units else ("", 0)
        if tail:
            units[-1] = _with_tail(units[-1], tail)
        else:
            unit, used = _unit(words)
            units.append(unit)
        words = words[used:]
    return units


def _is_arabic(word: str) -> bool:
    return bool(_ARABIC.search(word))


def _distinct(*spellings: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(spellings))


def _tail(words: list[str], after_arabic: bool) -> tuple[str, int]:
    """Eddine or Allah, which belong to the unit before, and the number of words that takes; "" if neither comes next."""
    if _is_arabic(words[0]) != after_arabic:
        return "", 0
    if after_arabic:
        return _ARABIC_TAILS.get(words[0], ""), 1
    articles = _latin_articles(words)
    word = words[articles]
    if _LATIN_FAITH.fullmatch(word) and (articles or len(word) > 3):
        return "din", articles + 1
    if _LATIN_GOD.fullmatch(word) and len(word) > 3:
        return "allah", articles + 1
    return "", 0


def _unit(words: list[str]) -> tuple[NameUnit, int]:
    """The next unit and the number of words it takes."""
    arabic = _is_arabic(words[0])
    if not arabic and (articles := _latin_articles(words)):
        unit, used = _unit(words[articles:])
        return unit, used + articles
    word, rest = words[0], words[1:]
    if rest and _is_arabic(rest[0]) == arabic:
        for pattern, prefixes in _ARABIC_PREFIXES if arabic else _LATIN_PREFIXES:
            if pattern.fullmatch(word):
                unit, used = _unit(rest)
                has_article = _without_article(rest[0]) != rest[0] if arabic else _latin_articles(rest) > 0
                inner = unit.spellings[0]
                return NameUnit(
                    _distinct(*(prefix + inner for prefix in prefixes[: None if has_article else 1])), inner
                ), used + 1
    return NameUnit(_arabic_variants(word) if arabic else _latin_variants(word)), 1


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
