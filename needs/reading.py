"""One sentence, as somebody would say it -> what it asks for, each piece with the words it was read in."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from directory.search.concepts import Concept
from directory.search.question import read_question
from needs.schema import WorkMode
from taxonomy.vocabulary import vocabulary
from text.days import MONTHS
from text.fold import fold

THEME, GOAL, COUNTRY, REGION, LANGUAGE, START, MODE = "theme", "goal", "country", "region", "language", "start", "mode"
MOST_THEMES = 4
LEVEL = "B2"  # what a language of the work needs, until somebody says otherwise
NICE = re.compile(r"si possible|idealement|de preference|un plus|if possible|ideally|preferably|ان امكن|اذا امكن|يفضل|يستحسن")
ONSITE = re.compile(r"\bsur place\b|\bsur le terrain\b|\bon site\b|\bon the spot\b|عين المكان|في الميدان|ميداني")
REMOTE = re.compile(r"\ba distance\b|\ben ligne\b|\bremotely\b|\bonline\b|عن بعد")
_MONTH = re.compile(rf"(?<!\w)(?:(\d{{1,2}})\s+)?({'|'.join(MONTHS)})(?:\s+(20\d\d))?(?!\w)")
_NEAR_BEFORE = 40  # characters between "if possible" and what it is said of


@dataclass(frozen=True)
class ReadPiece:
    """One piece: `code` of its list, `words` in which it was read, and whether it sounds required."""

    what: str
    code: str
    words: str
    must: bool = False

    @property
    def name(self) -> str:
        """How the form calls it."""
        return f"{self.what}:{self.code}"


def read_sentence(sentence: str) -> list[ReadPiece]:
    """Everything that was understood, in the order in which it is shown; each piece once."""
    found: dict[str, ReadPiece] = {}
    for reading in (*_concepts(sentence), *_languages(sentence), *_modes(sentence), *_starts(sentence)):
        found.setdefault(reading.name, reading)
    themes = [reading for reading in found.values() if reading.what == THEME][:MOST_THEMES]
    return [*themes, *(reading for reading in found.values() if reading.what != THEME)]


def _concepts(sentence: str) -> Iterator[ReadPiece]:
    for unit in read_question(sentence[:600]).units:
        for name in unit.said[:1]:
            concept = Concept.parse(name)
            if concept.kind == "theme":
                yield ReadPiece(THEME, concept.code, unit.text)
            elif concept.kind == "goal":
                yield ReadPiece(GOAL, concept.code, unit.text)
            elif place := _place(concept, unit.text):
                yield place


def _place(concept: Concept, words: str) -> ReadPiece | None:
    known = vocabulary()
    match concept.kind:
        case "city" if concept.code in known.cities:
            city = known.cities[concept.code]
            return (
                ReadPiece(REGION, known.region_of(city.subdivision), words, True)
                if city.subdivision
                else ReadPiece(COUNTRY, city.country, words, True)
            )
        case "region":
            return ReadPiece(REGION, known.region_of(concept.code), words, True)
        case "country":
            return ReadPiece(COUNTRY, concept.code, words, True)
    return None


def _languages(sentence: str) -> Iterator[ReadPiece]:
    """The names of the languages of the portal's list that stand in the sentence; those of the region first."""
    folded = fold(sentence)
    for code, language in sorted(vocabulary().languages.items(), key=lambda pair: (pair[1].rank, pair[0])):
        for label in language.labels.values():
            name = re.escape(fold(label))
            if match := re.search(rf"(?<!\w)(?:و|ب|ال|بال|وال)?{name}(?!\w)", folded):
                yield ReadPiece(LANGUAGE, code, match[0], _sounds_required(folded, match.start()))
                break


def _modes(sentence: str) -> Iterator[ReadPiece]:
    folded = fold(sentence)
    for pattern, mode in ((ONSITE, WorkMode.ONSITE), (REMOTE, WorkMode.REMOTE)):
        if match := pattern.search(folded):
            yield ReadPiece(MODE, mode.value, match[0])
            return


def _starts(sentence: str) -> Iterator[ReadPiece]:
    """The first month that is named: its day, or its first."""
    match = _MONTH.search(fold(sentence))
    if match is None:
        return
    today = timezone.localdate()
    month, day = MONTHS[match[2]], int(match[1] or 1)
    year = int(match[3] or 0) or (today.year if month > today.month else today.year + 1)
    try:
        yield ReadPiece(START, datetime.date(year, month, day).isoformat(), match[0])
    except ValueError:
        return


def _sounds_required(folded: str, place: int) -> bool:
    """Whether no "if possible" stands right before it."""
    return not NICE.search(folded[max(0, place - _NEAR_BEFORE) : place])
