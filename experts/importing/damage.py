"""Letters that a program has read in the wrong encoding: « IngÃ©nieure ». They are letters, so no check refuses them."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from experts.importing.files import ReadRow

MOST_TOLD = 5
_RUN = re.compile("[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{2,}")
# What French, Arabic and English texts are made of beyond ASCII; other letters come out by chance.
_LIKELY = re.compile("[\u00a0-\u017f\u0600-\u06ff\u2010-\u203a\u20ac]+")


def mended(text: str) -> str:
    """The text as it was before UTF-8 was read as Windows-1252."""
    return _RUN.sub(lambda run: _mended_run(run[0]), text)


def _mended_run(run: str) -> str:
    try:
        # What Windows-1252 leaves open, programs read as the control of the same number.
        read = b"".join(c.encode("latin-1" if "\u0080" <= c <= "\u009f" else "cp1252") for c in run).decode()
    except UnicodeError:
        return run
    return read if _LIKELY.fullmatch(read) else run


def warnings(rows: Iterable[ReadRow]) -> list[str]:
    """A sentence for each of the first damaged lines, and one for the others."""
    told: list[str] = []
    more = 0
    for row in rows:
        damaged = next((column for column, text in row.cells.items() if any(mended(word) != word for word in text.split())), None)
        if damaged is None:
            continue
        if len(told) == MOST_TOLD:
            more += 1
            continue
        word = next(word for word in row.cells[damaged].split() if mended(word) != word)
        told.append(
            _("Line %(line)d, %(column)s: “%(text)s” should perhaps read “%(mended)s”. Save the list again as CSV UTF-8.")
            % {"line": row.line, "column": damaged, "text": word[:60], "mended": mended(word)[:60]}
        )
    if more:
        told.append(ngettext("%(count)d more line looks so.", "%(count)d more lines look so.", more) % {"count": more})
    return told
