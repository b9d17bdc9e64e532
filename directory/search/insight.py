"""What was searched, without who: words, language, kind, number of results, per day.

Counted in memory and written together, at most once a minute, after an answer has gone out: searching writes nothing, and the
rows do not tell in which order or by whom anything was asked.
"""

import re
import threading
import time
from datetime import date

from django.conf import settings
from django.db import connection
from django.utils import timezone

from text.fold import fold

EVERY_SECONDS = 60
MOST_WAITING = 500
# An address or a number may be somebody's.
PERSONAL = re.compile(r"@|\d[\d\s.-]{5,}")

Key = tuple[date, str, str, str]

_lock = threading.Lock()
_waiting: dict[Key, tuple[int, int]] = {}  # times, results of the last time
_written_at = time.monotonic()


def record(text: str, language: str, kind: str, results: int) -> None:
    words = " ".join(fold(text).split())[:200]
    if not settings.SEARCH_INSIGHT or not words or PERSONAL.search(words):
        return
    key = (timezone.localdate(), language, kind, words)
    with _lock:
        if key in _waiting or len(_waiting) < MOST_WAITING:
            _waiting[key] = (_waiting.get(key, (0, 0))[0] + 1, results)


def write_when_due(**signal: object) -> None:
    """A receiver of `request_finished`."""
    if _waiting and time.monotonic() - _written_at >= EVERY_SECONDS:
        write()


def write() -> None:
    global _written_at
    with _lock:
        rows = [(*key, results, times) for key, (times, results) in sorted(_waiting.items())]
        _waiting.clear()
        _written_at = time.monotonic()
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            """INSERT INTO directory_searchinsight AS known (day, language, kind, text, results, times)
               VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (day, language, kind, text)
               DO UPDATE SET times = known.times + excluded.times, results = excluded.results""",
            rows,
        )
