"""Signs: what tells of a theme in a text without naming it, "dig half-moons". Nobody asks by them, and no page shows them.

data/signs.csv has a row for each theme: `theme,ar,fr,en`, expressions of several words separated by `|`. It was written for this
network (CC0 1.0). Whoever changes it raises ANALYSER_VERSION, and every entry is read again.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from core.languages import LANGUAGES
from text.concepts import Wording

FILE = Path(__file__).parent / "data" / "signs.csv"


def signs() -> Iterator[Wording]:
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for language in LANGUAGES:
                for sign in filter(None, row[language].split("|")):
                    yield Wording(f"theme-{row['theme']}", language, sign, is_sign=True)
