"""From the sentence patterns of `data/` to sentences: voice, gender, numbers, small words (notation: data/README.md)."""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

TRIPLE = ("fr", "ar", "en")  # the order of the texts in data/
NUMBER = re.compile(r"\{(\d+)\.\.(\d+)\}")
GENDERED = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
VOICED = re.compile(r"<([^<>|]*)\|([^<>|]*)>")
SLOT = re.compile(r"\{(\w+)\}")
PRONOUNS = {"fr": ("il", "elle"), "en": ("he", "she"), "ar": ("هو", "هي")}
# A Y before a vowel is a consonant: que Younes, d’Yves.
FRENCH_ELISION = re.compile(r"\b([dDlL]|[qQ]u)e (?=[AEIOUÉÈÊÎÔaeiouéèêîôâ]|[Yy][bcdfghjklmnpqrstvwxz])")
FRENCH_CONTRACTIONS = {"à Le": "au", "de Le": "du", "à le": "au", "de le": "du", "à les": "aux", "de les": "des", "de des": "de"}
# A letter that joins the next one is drawn out before a digit: لـ13.
BEFORE_A_NUMBER = re.compile(r"(?<![\u0621-\u064a])([بل])(?=\d)")
ENGLISH_VOWEL = re.compile(r"[aeiou]", re.IGNORECASE)

Text = dict[str, str]


@dataclass(frozen=True)
class Speaker:
    """Whose sentence it is: gender "f" or "m", speaking in the first person or spoken of."""

    gender: str
    first_person: bool
    names: Mapping[str, str]

    def pick(self, masculine: str, feminine: str) -> str:
        return feminine if self.gender == "f" else masculine


def as_text(triple: list[str]) -> Text:
    return dict(zip(TRIPLE, triple, strict=True))


def draw(pattern: Text, rng: random.Random) -> dict[str, str]:
    """A number for each range of a pattern, the same in its three languages: {"12..40": "27"}. Hundreds go in steps of ten."""
    values = {}
    for low, high in NUMBER.findall(pattern["fr"]):
        numbers = range(int(low), int(high) + 1, 10 if int(low) >= 100 else 1)
        values[f"{low}..{high}"] = str(rng.choice([number for number in numbers if takes_a_singular(number)]))
    return values


def takes_a_singular(number: int) -> bool:
    """Whether the noun after it stands in the accusative singular in Arabic: then a pattern needs one form of it."""
    return number % 100 > 10


def render(pattern: str, language: str, speaker: Speaker, slots: Mapping[str, str], *, opens: bool = False) -> str:
    """One sentence. When it `opens` a text in the third person, the person's name stands in the place of the pronoun."""
    text = NUMBER.sub(lambda match: slots[f"{match[1]}..{match[2]}"], pattern)
    text = SLOT.sub(lambda match: slots.get(match[1], match[0]), text)
    while GENDERED.search(text):
        text = GENDERED.sub(lambda match: speaker.pick(match[1], match[2]), text)
    text = VOICED.sub(lambda match: match[1] if speaker.first_person else match[2], text)
    return polish(_with_subjects(text, language, speaker, opens=opens), language)


def _with_subjects(text: str, language: str, speaker: Speaker, *, opens: bool) -> str:
    if opens:
        text = text.replace("~", speaker.names[language], 1)
    pronoun = speaker.pick(*PRONOUNS[language])
    text = re.sub(r"(^|[.?!] )~", lambda match: match[1] + pronoun.capitalize(), text)
    return text.replace("~", pronoun)


def polish(text: str, language: str) -> str:
    """The small words that depend on the next one, and a capital at the beginning."""
    if language == "fr":
        text = FRENCH_ELISION.sub(r"\1’", text)
        for apart, joined in FRENCH_CONTRACTIONS.items():
            text = re.sub(rf"\b{apart} ", f"{joined} ", text)
        text = re.sub(r" ([;:?!%])", "\u00a0\\1", re.sub(r"(?<=\w);", " ;", text))
    if language == "ar":
        text = text.replace("{ل}ال", "لل").replace("{ل}", "ل")
        text = BEFORE_A_NUMBER.sub("\\1\u0640", text)
    return text[:1].upper() + text[1:]


def with_article(noun: str) -> str:
    return f"{'an' if ENGLISH_VOWEL.match(noun) else 'a'} {noun}"


def duration(years: int, language: str) -> str:
    """A number of years, the noun agreeing: Arabic has a dual, a plural up to ten, and a singular after."""
    if language == "ar":
        if years <= 2:
            return ("سنة", "سنتين")[years - 1]
        return f"{years} {'سنوات' if years <= 10 else 'سنة'}"
    if language == "en":
        return "one year" if years == 1 else f"{years} years"
    return "un an" if years == 1 else f"{years} ans"
