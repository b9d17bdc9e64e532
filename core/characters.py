"""Characters that nobody sees: those that harm nothing are taken out, those that deceive are named.

Invisible is what Unicode calls Default_Ignorable_Code_Point (DerivedCoreProperties.txt, Unicode 16), and the controls.
"""

import re
import unicodedata
from collections.abc import Iterator

ARABIC = "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Marks by which keyboards and word processors order honest bidirectional text.
ORDER_MARKS = "\u200e\u200f\u061c"
JOINERS = "\u200c\u200d"
LINE_SEPARATORS = re.compile("\u2028|\u2029|\x85|\x0b|\x0c|\r\n?")
# What Word writes for its bullets, in the private area of its symbol font.
BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\ufffc": None})
# Letters in the shape they have at one place of a word, as some PDFs and old programs write them; not ﷲ and ﷺ, which are words.
SHAPES = re.compile("[\ufb50-\ufdcf\ufe70-\ufefc]+")
# The flags of England, Scotland and Wales are a black flag followed by tag characters.
FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")
# Taken for letters when drawn, or drawn as nothing or as a blank.
FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
OVERRIDES = frozenset("\u202d\u202e")
UNREADABLE = "\ufffd"  # what a program writes for a letter that it could not read
MOST_AROUND = 80


def cleaned(text: str) -> str:
    """The text less what is invisible and hides nothing, with one kind of line break and plain Arabic letters.

    What deceives stays, to be refused.
    """
    if text.isascii() and text.isprintable():
        return text
    text = LINE_SEPARATORS.sub("\n", text).translate(BULLETS)
    text = SHAPES.sub(lambda run: unicodedata.normalize("NFKC", run[0]).replace(" ", ""), text)
    return IGNORABLE.sub(lambda match: match[0] if _stays(text, match.start()) else "", text)


def cleaned_identifier(text: str) -> str:
    """An address, a number or a code as pasted, without any invisible character and white space around it."""
    return "".join(c for c in text if not IGNORABLE.match(c) and unicodedata.category(c) not in {"Cc", "Cf"}).strip()


def deceptive(text: str) -> Iterator[tuple[str, str]]:
    """(character, the words around it) for each kind of invisible or broken character left after `cleaned`."""
    flags = [match.span() for match in FLAG.finditer(text)]
    met = set()
    for place, character in enumerate(text):
        if character not in met and _deceives(text, place, character, flags):
            met.add(character)
            yield character, _words_around(text, place)


def _words_around(text: str, place: int) -> str:
    """The word with the character, one before and one after, without what cannot be seen."""
    before, after = text[:place].split(" ")[-2:], text[place:].split(" ")[:2]
    words = f"{' '.join(before)}{' '.join(after)}"[-MOST_AROUND:]
    return "".join(c for c in words if unicodedata.category(c)[0] not in "CZ" or c == " ").strip()


def _stays(text: str, place: int) -> bool:
    """Whether an ignorable character means something here, or must be left for `deceptive` to refuse."""
    character, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if character in ORDER_MARKS or character in OVERRIDES or character in FILLERS:
        return True
    if character in JOINERS:
        return _joins(before, after) or _are_letters(before, after)
    if "\ufe00" <= character <= "\ufe0f":
        return _takes_selector(before)
    return "\U000e0000" <= character <= "\U000e007f"


def _deceives(text: str, place: int, character: str, flags: list[tuple[int, int]]) -> bool:
    category = unicodedata.category(character)
    if category in {"Cc", "Zl", "Zp"}:
        return character not in "\n\r\t"
    if (
        character in OVERRIDES
        or character in FILLERS
        or character == UNREADABLE
        or category == "Cs"
        or is_noncharacter(character)
    ):
        return True
    if character in JOINERS:
        return not _joins(text[place - 1 : place], text[place + 1 : place + 2])
    if "\U000e0000" <= character <= "\U000e007f":
        return not any(start <= place < end for start, end in flags)
    return character not in ORDER_MARKS and bool(IGNORABLE.match(character)) and not _is_symbol_selector(text, place)


def _is_symbol_selector(text: str, place: int) -> bool:
    before = text[place - 1 : place] if place else ""
    return "\ufe00" <= text[place] <= "\ufe0f" and _takes_selector(before)


def _takes_selector(before: str) -> bool:
    """Whether a variation selector behind this changes how it is drawn: 1️⃣, ❤️."""
    return before in {*"#*0123456789"} or _is_symbol(before)


def _joins(before: str, after: str) -> bool:
    """ZWNJ and ZWJ shape letters inside Persian, Urdu and some Maghrebi words, after an Indic virama, and between emoji."""
    if not before or not after:
        return False
    arabic = re.fullmatch(f"[{ARABIC}]{{2}}", before + after)
    return bool(arabic) or unicodedata.combining(before) == 9 or (_is_symbol(before) and _is_symbol(after))


def _are_letters(before: str, after: str) -> bool:
    return before.isalpha() and after.isalpha()


def _is_symbol(character: str) -> bool:
    """An emoji, the colour of a skin, or the selector behind one."""
    return bool(character) and (unicodedata.category(character) in {"So", "Sk"} or "\ufe00" <= character <= "\ufe0f")


def is_noncharacter(character: str) -> bool:
    """The code points Unicode promises never to assign."""
    code = ord(character)
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
