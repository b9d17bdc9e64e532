"""Arabic as it is often typed, and Latin words with one slip of the finger."""

import unicodedata
from random import Random

HAMZA = str.maketrans("أإآ", "ااا")
SHADDA, FATHA, KASRA = "\u0651", "\u064e", "\u0650"
TATWEEL = "\u0640"
LATIN_LETTERS = "aeiorstnlmdu"
ARABIC_LETTERS = "ابتدرسلمني"


def without_accents(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def careless_arabic(text: str, random: Random) -> str:
    """Every third word or so without its hamza, with ه for ة, ى for ي, or with signs that are usually left out."""
    return " ".join(random.choice(SLIPS)(word) if random.random() < 0.35 else word for word in text.split(" "))


def _without_hamza(word: str) -> str:
    return word.translate(HAMZA)


def _open_ta(word: str) -> str:
    return word[:-1] + "ه" if word.endswith("ة") else word


def _dotless_ya(word: str) -> str:
    return word[:-1] + "ى" if len(word) > 3 and word.endswith("ي") else word


def _vocalised(word: str) -> str:
    return word[0] + FATHA + word[1:-1] + KASRA + word[-1] if len(word) > 3 and word.isalpha() else word


def _stretched(word: str) -> str:
    return word[:2] + TATWEEL + word[2:] if len(word) > 4 and word[1] in "بتسلمنيه" else word


SLIPS = (_without_hamza, _without_hamza, _open_ta, _open_ta, _dotless_ya, _vocalised, _stretched)


def with_typo(text: str, random: Random) -> str:
    """One letter of the longest word left out, doubled, replaced or swapped with the next one; the word's beginning is kept."""
    words = text.split(" ")
    index = max(range(len(words)), key=lambda number: len(words[number]))
    word = words[index]
    at = random.randrange(3, len(word) - 1)
    letters = ARABIC_LETTERS if "\u0600" <= word[at] <= "\u06ff" else LATIN_LETTERS
    replacement = random.choice([letter for letter in letters if letter != word[at]])
    slips = [word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word[:at] + replacement + word[at + 1 :]]
    if word[at] != word[at + 1]:
        slips.append(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    words[index] = random.choice(slips)
    return " ".join(words)
