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
FRENCH_ELISION = re.compile(r"\b([dDlL]|[qQ]u)e (?=[AEIOUYÉÈÊÎÔaeiouyéèêîôâ])")
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
        step = 10 if int(low) >= 100 else 1
        values[f"{low}..{high}"] = str(rng.randrange(int(low), int(high) + 1, step))
    return values


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
        text = re.sub(r"\bà Le ", "au ", re.sub(r"\bde Le ", "du ", text))
        text = re.sub(r" ([;:?!%])", "\u00a0\\1", re.sub(r"(?<=\w);", " ;", text))
    if language == "ar":
        text = text.replace("{ل}ال", "لل").replace("{ل}", "ل")
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
