"""By when somebody is wanted, as a question says it: « avant mars », "available in February", ابتداء من شتنبر.

    find_day("tri des déchets, avant mars", today)    the day by which somebody must be free, and the words that say so

A month without a year is the next one. What is past is no condition: who worked in Fez in 2019 may still be wanted.
"""

import calendar
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from text.fold import fold, fold_word

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(\d{1,4})(?:er|re|e|st|nd|rd|th)?")
# In Morocco, Algeria and Tunisia, Egypt and the Levant.
_MONTHS = """
janvier january jan يناير جانفي
février february feb فبراير فيفري شباط
mars march مارس آذار
avril april أبريل أفريل نيسان
mai may ماي مايو أيار
juin june يونيو جوان حزيران
juillet july يوليوز يوليو جويلية تموز
août august غشت أغسطس أوت
septembre september sept شتنبر سبتمبر أيلول
octobre october أكتوبر
novembre november نونبر نوفمبر
décembre december دجنبر ديسمبر
"""
MONTHS = {name: number for number, line in enumerate(_MONTHS.split("\n")[1:-1], start=1) for name in fold(line).split()}


def _expressions(text: str) -> list[tuple[str, ...]]:
    """Longer ones first."""
    return sorted({tuple(fold(line).split()) for line in text.split("\n") if line.strip()}, key=len, reverse=True)


BEFORE, IN, FROM = "before", "in", "from"
_CUES = {
    BEFORE: _expressions("avant\nd ici\nd ici à\nbefore\nby\nقبل\nبحلول\nفي أجل أقصاه"),
    IN: _expressions("en\npour\nau\ncourant\npendant\nin\nduring\nfor\nفي\nخلال"),
    FROM: _expressions(
        "dès\nà partir de\nà partir du\nà partir d\nà compter de\nà compter du\nfrom\nstarting\nstarting in\nas of"
        "\nابتداء من\nانطلاقا من\nمن"
    ),
}
_AT_ONCE = _expressions("""
tout de suite
immédiatement
au plus vite
le plus vite possible
dès maintenant
dès que possible
disponible maintenant
immediately
right away
straight away
right now
as soon as possible
asap
available now
حالا
فورا
في الحال
في أقرب وقت
متاح الآن
متاحة الآن
""")
_AVAILABLE = frozenset(fold("disponible disponibles libre libres available free متاح متاحة متفرغ متفرغة").split())
_BETWEEN = frozenset(fold("le la les l de du d mois début mi the of month beginning early mid شهر بداية فاتح أوائل").split())
_ENDING = frozenset(fold("fin end late نهاية أواخر").split())
_NEXT_MONTH = _expressions("prochain\nnext month\nالشهر القادم\nالشهر المقبل")
FARTHEST = 5  # years


@dataclass(frozen=True)
class Wanted:
    """`start` and `end` are offsets in the text."""

    day: datetime.date
    start: int
    end: int


def find_day(text: str, today: datetime.date) -> Wanted | None:
    """The first condition of a text, if it says one that can still be met."""
    words = list(_WORD.finditer(text))
    folded = [fold_word(word.group()) for word in words]
    for place in range(len(folded)):
        if found := _read(folded, place, today):
            day, after = found
            first = place - 1 if place and folded[place - 1] in _AVAILABLE else place
            return Wanted(day, words[first].start(), words[after - 1].end())
    return None


def _read(words: Sequence[str], place: int, today: datetime.date) -> tuple[datetime.date, int] | None:
    """(day, place behind it) of a condition that begins here."""
    if after := _met(_AT_ONCE, words, place):
        return today, after
    for cue, expressions in _CUES.items():
        if start := _met(expressions, words, place):
            is_end = False
            while start < len(words) and words[start] in _BETWEEN | _ENDING:
                is_end = is_end or words[start] in _ENDING
                start += 1
            if found := _date(IN if is_end and cue == BEFORE else cue, words, start, today):
                return found
    return None


def _met(expressions: Sequence[tuple[str, ...]], words: Sequence[str], place: int) -> int:
    """The place behind one of them; 0 where none stands here."""
    return next((place + len(one) for one in expressions if tuple(words[place : place + len(one)]) == one), 0)


def _date(cue: str, words: Sequence[str], place: int, today: datetime.date) -> tuple[datetime.date, int] | None:
    if after := _met(_NEXT_MONTH, words, place):
        first = (today.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
        return _meant(cue, first.year, first.month, None), after
    if (year := _year(words, place, today)) and cue == BEFORE:
        return _still_to_come(datetime.date(year - 1, 12, 31), today, place + 1)
    day = _day_number(words, place)
    if day:
        place += 1
        while place < len(words) and words[place] in _BETWEEN:
            place += 1
    month = MONTHS.get(words[place]) if place < len(words) else None
    if month is None:
        return None
    place += 1
    if not day and (day := _day_number(words, place)):
        place += 1
    year = _year(words, place, today)
    if year:
        return _still_to_come(_meant(cue, year, month, day), today, place + 1)
    if place < len(words) and re.fullmatch(r"(19|20)\d\d", words[place]):  # a year that is past
        return None
    this, following = (_meant(cue, each, month, day) for each in (today.year, today.year + 1))
    return _still_to_come(this if this and this >= today else following, today, place)


def _still_to_come(day: datetime.date | None, today: datetime.date, after: int) -> tuple[datetime.date, int] | None:
    return (day, after) if day and day >= today else None


def _meant(cue: str, year: int, month: int, day: int | None) -> datetime.date | None:
    """The last day before it, the day itself, or the last day of the month; None for 31 February."""
    last = calendar.monthrange(year, month)[1]
    if day and day > last:
        return None
    if cue == BEFORE:
        return datetime.date(year, month, day or 1) - datetime.timedelta(days=1)
    return datetime.date(year, month, day or (1 if cue == FROM else last))


def _day_number(words: Sequence[str], place: int) -> int | None:
    match = _NUMBER.fullmatch(words[place]) if place < len(words) else None
    return int(match[1]) if match and 1 <= int(match[1]) <= 31 else None


def _year(words: Sequence[str], place: int, today: datetime.date) -> int | None:
    number = words[place] if place < len(words) else ""
    return int(number) if number.isdecimal() and today.year <= int(number) <= today.year + FARTHEST else None
