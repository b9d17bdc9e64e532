"""Writing the journal: one row for each deed, in the transaction of the deed."""

import re
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from journal.models import Record, type_of
from journal.verbs import Verb

# Five years, whatever leap days they hold; the database measures them once more (migration 0001).
KEPT = timedelta(days=5 * 365 + 2)
# Facts are codes, numbers and dates, never texts: what somebody wrote stands in the row it was written in, and is erased there.
CODE = re.compile(r"[A-Za-z0-9_.:-]{0,80}")


def record(verb: str, subject: models.Model, *, by, on_behalf_of=None, **facts) -> Record:
    """Write down that `by` did `verb` to `subject`. `by` is None for what the portal does by itself.

    Raises ValueError for a verb without a line in journal/verbs.py, for a row that is not saved, and for a fact that is not a
    number, a code or a list of them.
    """
    for name, value in facts.items():
        if not _is_impersonal(value):
            raise ValueError(f"the journal keeps codes and numbers, not {name}={value!r}")
    if subject.pk is None:
        raise ValueError("the journal names saved rows only")
    return Record.objects.create(
        verb=Verb(verb),
        subject_type=type_of(subject),
        subject_id=str(subject.pk),
        by=by,
        on_behalf_of=on_behalf_of,
        facts=facts,
        at=timezone.now(),
    )


def purge_expired(now: datetime) -> int:
    """Delete what is older than five years; the number of rows."""
    return Record.objects.in_period(until=now - KEPT).delete()[0]


def _is_impersonal(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(_is_impersonal(item) for item in value)
    if isinstance(value, str):
        return CODE.fullmatch(value) is not None
    return value is None or isinstance(value, bool | int)
