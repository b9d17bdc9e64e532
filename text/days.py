"""By when somebody is wanted, as a question says it: « avant mars », "available in February", ابتداء من شتنبر.

    find_day("tri des déchets, avant mars", today)    the day by which somebody must be free, and the words that say so

A month without a year is the next one. What is past is no condition: who worked in Fez in 2019 may still be wanted.
« Avant l’été », « avant le 31 février » say when in a way that is not read: the day is None then, so that the page can say so.
"""

import calendar
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from text.fold import fold, fold_word

_WORD = re.compile(r"\d+(?:[/.-]\d+){1,2}|[^\W_]+")
_FIGURES = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?|(\d{4})[/-](\d{1,2})[/-](\d{1,2})")
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


# « Avant le 15 » is the 14th at the latest, "by the 15th" the 15th; of a month both are its eve. ON wants a day.
BEFORE, BY, IN, ON, FROM = "before", "by", "in", "on", "from"
_CUES = {
    BEFORE: _expressions("avant\nbefore\nقبل\nوقبل"),
    BY: _expressions("d ici\nd ici à\nd ici au\nau plus tard\njusqu au\nby\nno later than\nبحلول\nفي أجل أقصاه\nإلى غاية"),
    ON: _expressions("le\non\nيوم\nبتاريخ"),
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
urgent
urgente
urgents
urgentes
de toute urgence
urgently
عاجل
عاجلة
عاجلا
مستعجل
مستعجلة
بشكل عاجل
على وجه السرعة
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
_NEXT_MONTH = _expressions("prochain\nmois prochain\nnext month\nالشهر القادم\nالشهر المقبل")
# By themselves, as they are said: (months, weeks, days) from the end of this one.
_SOON = {
    (0, 0, 1): _expressions("demain\ntomorrow\nغدا"),
    (0, 1, 0): _expressions("cette semaine\nthis week\nهذا الأسبوع"),
    (0, 2, 0): _expressions("la semaine prochaine\nnext week\nالأسبوع القادم\nالأسبوع المقبل"),
    (1, 0, 0): _expressions("ce mois\nce mois ci\nthis month\nهذا الشهر"),
    (2, 0, 0): _expressions("le mois prochain\nnext month\nالشهر القادم\nالشهر المقبل"),
}
_WITHIN = _expressions("dans\ndans les\nsous\nd ici\nwithin\nwithin the next\nin the next\nخلال\nفي غضون\nفي ظرف")
_NUMBERS = {
    fold(word): number
    for number, line in (
        (1, "un une a an one"),
        (2, "deux two"),
        (3, "trois three ثلاثة ثلاث"),
        (4, "quatre four أربعة"),
        (6, "six ستة"),
        (8, "huit eight"),
        (10, "dix ten عشرة"),
        (15, "quinze fifteen"),
    )
    for word in line.split()
}
_UNITS = {  # (months, days); the Arabic dual counts by itself
    fold(word): (months, days)
    for months, days, line in (
        (0, 1, "jour jours day days يوم أيام يوما"),
        (0, 2, "يومين"),
        (0, 7, "semaine semaines week weeks أسبوع أسابيع"),
        (0, 14, "أسبوعين"),
        (1, 0, "mois month months شهر أشهر شهور"),
        (2, 0, "شهرين"),
    )
    for word in line.split()
}
# Times that have no day of their own.
_VAGUE = frozenset(
    fold(
        "été automne hiver printemps rentrée ramadan aïd noël vacances trimestre semestre summer autumn winter spring quarter"
        " semester christmas holidays الصيف الخريف الشتاء الربيع رمضان العيد العطلة الدخول الفصل"
    ).split()
)
FARTHEST = 5  # years


@dataclass(frozen=True)
class Wanted:
    """`start` and `end` are offsets in the text; without a day, its words say when in a way that is not read."""

    day: datetime.date | None
    start: int
    end: int


def find_day(text: str, today: datetime.date) -> Wanted | None:
    """The first condition of a text that can still be met, else the first that is not read."""
    words = list(_WORD.finditer(text))
    folded = [fold_word(word.group()) for word in words]
    for reading in (_read, _unread):
        for place in range(len(folded)):
            if found := reading(folded, place, today):
                day, after = found
                first = place - 1 if place and folded[place - 1] in _AVAILABLE else place
                return Wanted(day, words[first].start(), words[after - 1].end())
    return None


def _read(words: Sequence[str], place: int, today: datetime.date) -> tuple[datetime.date, int] | None:
    """(day, place behind it) of a condition that begins here."""
    if after := _met(_AT_ONCE, words, place):
        return today, after
    for distance, expressions in _SOON.items():
        if after := _met(expressions, words, place):
            return _end_of(distance, today), after
    for cue, expressions in _CUES.items():
        if start := _met(expressions, words, place):
            end = _after(_BETWEEN | _ENDING, words, start)
            is_end = bool(_ENDING.intersection(words[start:end]))
            if found := _date(IN if is_end and cue in {BEFORE, BY} else cue, words, end, today):
                return found
    if start := _met(_WITHIN, words, place):
        return _distance(words, start, today)
    return None


def _unread(words: Sequence[str], place: int, today: datetime.date) -> tuple[None, int] | None:
    """A time without a day of its own, or a day that no calendar has."""
    for cue in (BEFORE, BY, FROM):
        if start := _met(_CUES[cue], words, place):
            start = _after(_BETWEEN | _ENDING, words, start)
            if start < len(words) and words[start] in _VAGUE:
                return None, start + 1
            if start < len(words) and (_FIGURES.fullmatch(words[start]) and not _figures(words[start], today)):
                return None, start + 1
            if _day_number(words, start) and start + 1 < len(words) and words[start + 1] in MONTHS:
                day, month = _day_number(words, start), MONTHS[words[start + 1]]
                return (None, start + 2) if _next(ON, month, day, today) is None else None
    return None


def _end_of(distance: tuple[int, int, int], today: datetime.date) -> datetime.date:
    """The last day of this week or month or of the next, or so many days on."""
    months, weeks, days = distance
    if months:
        return _month_later(today.replace(day=1), months) - datetime.timedelta(days=1)
    return today + datetime.timedelta(days=days + (7 * weeks - today.isoweekday() if weeks else 0))


def _distance(words: Sequence[str], place: int, today: datetime.date) -> tuple[datetime.date, int] | None:
    """« Trois semaines », "two months", أسبوعين."""
    word = words[place] if place < len(words) else ""
    number = _NUMBERS.get(word) or (int(word) if word.isdecimal() and 0 < int(word) <= 99 else 0)
    place += bool(number)
    unit = _UNITS.get(words[place]) if place < len(words) else None
    if not unit:
        return None
    months, days = unit
    return _month_later(today, months * (number or 1)) + datetime.timedelta(days=days * (number or 1)), place + 1


def _month_later(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _after(passed: frozenset[str], words: Sequence[str], place: int) -> int:
    while place < len(words) and words[place] in passed:
        place += 1
    return place


def _met(expressions: Sequence[tuple[str, ...]], words: Sequence[str], place: int) -> int:
    """The place behind one of them; 0 where none stands here."""
    return next((place + len(one) for one in expressions if tuple(words[place : place + len(one)]) == one), 0)


def _date(cue: str, words: Sequence[str], place: int, today: datetime.date) -> tuple[datetime.date, int] | None:
    if after := _met(_NEXT_MONTH, words, place):
        first = _month_later(today.replace(day=1), 1)
        return (_meant(cue, first.year, first.month, None), after) if cue != ON else None
    if place < len(words) and (written := _figures(words[place], today)):
        return _still_to_come(_meant(cue, written.year, written.month, written.day), today, place + 1)
    if (year := _year(words, place, today)) and cue in {BEFORE, BY}:
        return _still_to_come(datetime.date(year - 1, 12, 31), today, place + 1)
    day = _day_number(words, place)
    if day:
        place = _after(_BETWEEN, words, place + 1)
    month = MONTHS.get(words[place]) if place < len(words) else None
    if month is None:
        return None
    place += 1
    if not day and (day := _day_number(words, place)):
        place += 1
    if cue == ON and not day:
        return None
    year = _year(words, place, today)
    if year:
        return _still_to_come(_meant(cue, year, month, day), today, place + 1)
    if place < len(words) and re.fullmatch(r"(19|20)\d\d", words[place]):  # a year that is past
        return None
    return _still_to_come(_next(cue, month, day, today), today, place)


def _next(cue: str, month: int, day: int | None, today: datetime.date) -> datetime.date | None:
    """Of this year, or where that is past of the next."""
    this, following = (_meant(cue, each, month, day) for each in (today.year, today.year + 1))
    return this if this and this >= today else following


def _figures(word: str, today: datetime.date) -> datetime.date | None:
    """15/03/2027, 15.3.27, 15/3, 2027-03-15: the day first, as on both shores, unless there is no such month."""
    match = _FIGURES.fullmatch(word)
    if not match:
        return None
    year, month, day = (match[4], match[5], match[6]) if match[4] else (match[3], match[2], match[1])
    month, day = int(month), int(day)
    if month > 12 and not match[4]:
        month, day = day, month
    if not 1 <= month <= 12 or not day:
        return None
    if not year:
        return _next(ON, month, day, today)
    return _meant(ON, int(year) + 2000 * (len(year) == 2), month, day)


def _still_to_come(day: datetime.date | None, today: datetime.date, after: int) -> tuple[datetime.date, int] | None:
    return (day, after) if day and day >= today else None


def _meant(cue: str, year: int, month: int, day: int | None) -> datetime.date | None:
    """The last day before it, the day itself, or the last day of the month; None for 31 February."""
    last = calendar.monthrange(year, month)[1]
    if day and day > last:
        return None
    if cue == BEFORE or (cue == BY and not day):
        return datetime.date(year, month, day or 1) - datetime.timedelta(days=1)
    return datetime.date(year, month, day or (1 if cue == FROM else last))


def _day_number(words: Sequence[str], place: int) -> int | None:
    match = _NUMBER.fullmatch(words[place]) if place < len(words) else None
    return int(match[1]) if match and 1 <= int(match[1]) <= 31 else None


def _year(words: Sequence[str], place: int, today: datetime.date) -> int | None:
    number = words[place] if place < len(words) else ""
    return int(number) if number.isdecimal() and today.year <= int(number) <= today.year + FARTHEST else None
