"""What a question says of when somebody is wanted and of the languages they speak: filters, and no subjects.

« tri des déchets, parle amazigh, avant mars »    language ber, availability 2027-02-28, and the question « tri des déchets, »
"""

import datetime
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from core.languages import LANGUAGES
from taxonomy.vocabulary import vocabulary
from text.days import find_day
from text.fold import fold, fold_word

AVAILABILITY, LANGUAGE = "availability", "language"
_QUOTED = re.compile(r'"[^"]*"|«[^»]*»|“[^”]*”|(?<!\S)-\S+')
_WORD = re.compile(r"[^\W_]+")
_SPEAKING = frozenset(
    fold(
        "parle parlent parlant parler maîtrise maîtrisent maîtrisant speak speaks speaking fluent يتكلم تتكلم يتكلمون يتحدث تتحدث"
        " يتحدثون يجيد تجيد يجيدون يتقن تتقن يتقنون ناطق ناطقة متحدث متحدثة"
    ).split()
)
_BETWEEN = frozenset(fold("l le la bien couramment aussi également in well fluently the اللغة باللغة جيدا أيضا").split())
_AND = frozenset(fold("et and ou or و أو").split())
# Who speaks it, in one word.
_SPEAKERS = {
    fold(word): code
    for words, code in (
        ("arabophone arabophones", "ar"),
        ("francophone francophones francophones", "fr"),
        ("anglophone anglophones", "en"),
        ("amazighophone amazighophones berbérophone berbérophones", "ber"),
        ("hispanophone hispanophones", "es"),
    )
    for word in words.split()
}
_ATTACHED = re.compile(r"^(?:و?ب?ال|ولل|و?لل|و)")


@dataclass(frozen=True)
class Condition:
    """`value` of a facet, and the words that ask for it; no value where they are not read."""

    facet: str
    value: str
    words: str

    @property
    def literal(self) -> str:
        """What to say when these words are not meant so."""
        return self.facet if self.facet == AVAILABILITY else f"{self.facet}-{self.value}"


@dataclass(frozen=True)
class Read:
    """The rest of the question, the conditions of it that are met, and the words of those that are not: the kind has no such
    filter, or their time is no day."""

    text: str
    conditions: tuple[Condition, ...] = ()
    unused: tuple[str, ...] = ()

    @property
    def chosen(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for condition in self.conditions:
            found.setdefault(condition.facet, []).append(condition.value)
        return found


def read_conditions(text: str, facets: Collection[str], literal: Collection[str], today: datetime.date) -> Read:
    """`literal` names conditions that are not meant."""
    plain = _QUOTED.sub(lambda match: " " * len(match.group()), text)
    said = [(condition, span) for condition, span in _said(plain, today) if condition.literal not in literal]
    rest = list(text)
    for _condition, (start, end) in said:
        rest[start:end] = " " * (end - start)
    conditions = dict.fromkeys(condition for condition, _span in said)
    return Read(
        " ".join("".join(rest).split()) if said else text,
        tuple(condition for condition in conditions if condition.value and condition.facet in facets),
        tuple(dict.fromkeys(said.words for said in conditions if not said.value or said.facet not in facets)),
    )


def _said(text: str, today: datetime.date) -> Iterator[tuple[Condition, tuple[int, int]]]:
    if wanted := find_day(text, today):
        span = (wanted.start, wanted.end)
        value = "" if wanted.day is None else "now" if wanted.day == today else wanted.day.isoformat()
        yield Condition(AVAILABILITY, value, text[slice(*span)]), span
    words = list(_WORD.finditer(text))
    folded = [fold_word(word.group()) for word in words]
    place = 0
    while place < len(words):
        codes, after = _spoken(folded, place)
        if codes:
            span = (words[place].start(), words[after - 1].end())
            for code in codes:
                yield Condition(LANGUAGE, code, text[slice(*span)]), span
        place = max(after, place + 1)


def _spoken(words: list[str], place: int) -> tuple[list[str], int]:
    """The languages that are spoken from here, and the place behind them."""
    if code := _SPEAKERS.get(words[place]):
        return [code], place + 1
    if not {words[place], words[place].removeprefix("و")} & _SPEAKING:  # ويتكلم: and speaks
        return [], place
    codes: list[str] = []
    after = place + 1
    while after < len(words):
        if code := _language(words[after]):
            codes.append(code)
            end = after + 1
        elif words[after] not in _BETWEEN and not (codes and words[after] in _AND):
            break
        after += 1
    return (codes, end) if codes else ([], place)


def _language(word: str) -> str | None:
    names = _names(vocabulary().revision)
    return names.get(word) or names.get(_ATTACHED.sub("", word))


@lru_cache(maxsize=1)
def _names(revision: str) -> Mapping[str, str]:
    """{folded name: code}; of several the language that comes first. `revision` of the vocabulary keeps it true."""
    found: dict[str, str] = {}
    for code, language in sorted(vocabulary().languages.items(), key=lambda pair: pair[1].rank):
        for label in (language.labels[code] for code in LANGUAGES):
            for name in _spellings(fold(label)):
                found.setdefault(name, code)
    return found | {
        fold(name): "ber" for name in ("الأمازيغية", "أمازيغية", "amazigh", "amazighe", "tamazight", "berbère", "berber")
    }


def _spellings(label: str) -> Iterator[str]:
    """A label of one word, less what stands in brackets, with the Arabic article and without."""
    name = label.partition("(")[0].strip()
    if _WORD.fullmatch(name):
        yield from (name, name.removeprefix("ال"))
