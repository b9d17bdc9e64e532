"""The verbs of an import: a list is sent and checked, started, and undone. The work itself may be left to the job."""

import time
from collections.abc import Callable
from math import inf

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import User
from experts.importing.checking import check, keep_counts
from experts.importing.damage import warnings
from experts.importing.files import PeopleList
from experts.importing.writing import undo_line, write_line
from experts.models import Import, ImportLine
from journal.actions import record
from journal.verbs import Verb

RIGHTS = ("experts.add_expert", "moderation.decide_submission")
Status = Import.Status


class AlreadyAsked(Exception):
    """Somebody was faster, or the import is not there yet; `batch` is as it is now."""

    def __init__(self, batch: Import):
        super().__init__(batch.get_status_display())
        self.batch = batch


def require_coordinator(user: User) -> None:
    if not user.is_active or not user.has_perms(RIGHTS):
        raise PermissionDenied


@transaction.atomic
def send(people: PeopleList, *, by: User, source: str) -> Import:
    """Keep the lines of a list, to be checked. Raises PermissionDenied."""
    require_coordinator(by)
    batch = Import.objects.create(
        by=by, asked_by=by, source=source[:200], language=get_language(), notes=[*people.notes, *warnings(people)]
    )
    ImportLine.objects.bulk_create(ImportLine(of=batch, line=row.line, cells=row.cells, unread=row.faults) for row in people.rows)
    record(Verb.IMPORT_SENT, batch, by=by, lines=len(people))
    return batch


@transaction.atomic
def leave_out(line: ImportLine, *, by: User, left_out: bool = True) -> None:
    """Before a list is imported: not this person, or this one after all. Raises PermissionDenied, AlreadyAsked."""
    require_coordinator(by)
    batch = Import.objects.select_for_update().get(pk=line.of_id)
    if batch.status != Status.CHECKED:
        raise AlreadyAsked(batch)
    batch.lines.filter(pk=line.pk).update(left_out=left_out)
    keep_counts(batch)
    record(Verb.IMPORT_LINE_CHOSEN, batch, by=by, line=line.line, left_out=left_out)


@transaction.atomic
def start(batch: Import, *, by: User, publish: bool, reason: str = "") -> None:
    """Let the good lines be written. Raises PermissionDenied, AlreadyAsked."""
    require_coordinator(by)
    _ask(batch, Status.CHECKED, Status.RUNNING, by=by, publish=publish, reason=(reason or batch.source)[:200])
    record(Verb.IMPORT_STARTED, batch, by=by, publish=publish, lines=batch.lines.to_write().count())


@transaction.atomic
def undo_import(batch: Import, *, by: User) -> None:
    """Let every person of the list be left as before it, each for itself; who has changed since stays, with the reason.

    Raises PermissionDenied, AlreadyAsked.
    """
    require_coordinator(by)
    _ask(batch, Status.DONE, Status.UNDOING, by=by)
    record(Verb.IMPORT_UNDONE, batch, by=by, lines=batch.lines.to_undo().count())


def carry_on(batch: Import, *, progress: Callable[[int], None] = lambda done: None, seconds: float = inf) -> None:
    """Do what is left of what was asked, for so many seconds. It may be killed at any moment and called again.

    Each person is done once. `progress` is told how many are done.
    """
    deadline = time.monotonic() + seconds
    if batch.status == Status.CHECKING:
        check(batch)
        return
    if batch.status not in {Status.RUNNING, Status.UNDOING}:
        return
    require_coordinator(batch.asked_by)
    is_undoing = batch.status == Status.UNDOING
    do, left, ends_as = (
        (undo_line, batch.lines.to_undo(), Status.UNDONE) if is_undoing else (write_line, batch.lines.to_write(), Status.DONE)
    )
    for done, line_id in enumerate(list(left.values_list("pk", flat=True)), start=1):
        do(line_id, batch, by=batch.asked_by)
        progress(done)
        if time.monotonic() > deadline:
            break
    if not left.all().exists():  # else another process is about to finish the last lines
        Import.objects.filter(pk=batch.pk, status=batch.status).update(status=ends_as)
        if not is_undoing:  # the counts of what was imported stay, although the people are gone again
            keep_counts(batch)
    batch.refresh_from_db()


def _ask(batch: Import, before: Status, after: Status, *, by: User, **values) -> None:
    """From one status to the next by one conditional UPDATE: the first wins."""
    values |= {"status": after, "asked_by": by, "asked_at": timezone.now()}
    is_ours = Import.objects.filter(pk=batch.pk, status=before).update(**values)
    batch.refresh_from_db()
    if not is_ours:
        raise AlreadyAsked(batch)
