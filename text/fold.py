"""One spelling for what readers take as one letter: case, accents, Arabic marks and letter forms, digits.

`fold` works character by character and never looks at neighbours (one exception: the hamza before و), so a word may be
folded alone and its offsets in the original stay those of the word.
"""

import re
import unicodedata
from functools import lru_cache

TATWEEL = "\u0640"
APOSTROPHES = "'’‘ʼʹ`´＇ʻʿʾ"  # the last two: ع and ء in the transliteration of scholars

# Letters that Unicode does not decompose, with the plain letter a Maghrebi keyboard or a hurried writer puts in their place.
_LETTERS = str.maketrans(
    {
        "ٱ": "ا", "ٲ": "ا", "ٳ": "ا",  # wasla and wavy alefs; أ إ آ decompose by themselves
        "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ۍ": "ي", "ێ": "ي",
        "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه",
        "ک": "ك", "گ": "ك", "ڭ": "ك", "ݣ": "ك", "ڪ": "ك", "ݢ": "ك",  # g in Morocco and Persia
        "ڨ": "ق", "ڧ": "ق",  # g in Tunisia (ڨفصة), Maghrebi qaf
        "ڤ": "ف", "ڢ": "ف", "پ": "ب", "چ": "ج", "ژ": "ز", "ڥ": "ف",
        "ٹ": "ت", "ڈ": "د", "ڑ": "ر", "ں": "ن",
        "œ": "oe", "æ": "ae", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "ø": "o", "ı": "i", "þ": "th", "ħ": "h", "ŧ": "t",
        "ŋ": "n", "ə": "e", "ɛ": "e", "ɣ": "gh",  # the last three: Amazigh in Latin letters
    }
)  # fmt: skip
_DROPPED = frozenset({"Mn", "Me", "Cf", "Cc"})  # marks, tashkeel, bidi and zero-width controls
_KEPT_CONTROLS = frozenset("\n\t\r\v\f\x1c\x1d\x1e\x1f\x85")  # white space: they separate words

# مسئولية and مسؤولية, شئون and شؤون are one word in two orthographies: before و the hamza sits on و.
_HAMZA_BEFORE_WAW = re.compile("(?:ئ|ي(?=\u0654))(?=[\u064b-\u065f\u0670\u0640]*[وؤ])")


def _fold_once(text: str) -> str:
    plain = (c for c in unicodedata.normalize("NFKD", text) if c in _KEPT_CONTROLS or unicodedata.category(c) not in _DROPPED)
    return "".join(plain).casefold().replace(TATWEEL, "").translate(_LETTERS)


class _CharacterTable(dict):
    """Filled as characters are met: `str.translate` then folds at the speed of C."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in APOSTROPHES:
            folded = "'"
        elif 0xFE70 <= code <= 0xFE7F:
            folded = ""  # isolated tashkeel: NFKD would put a space into the word
        else:
            folded = _fold_once(character)
            while (again := _fold_once(folded)) != folded:  # ligatures of ligatures, so that folding twice changes nothing
                folded = again
        decimal = unicodedata.decimal(character, None)  # ٢ and ۲ and ２ are 2
        self[code] = folded if decimal is None else str(decimal)
        return self[code]


_TABLE = _CharacterTable()


def fold(text: str) -> str:
    """The text in lower case without accents, marks and letter variants; idempotent."""
    return _HAMZA_BEFORE_WAW.sub("ؤ", text).translate(_TABLE)


fold_word = lru_cache(maxsize=1 << 16)(fold)
