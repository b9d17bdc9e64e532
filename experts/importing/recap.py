"""A whole import in one go, as the command does it, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import User
from experts.importing.actions import carry_on, send, start
from experts.importing.files import PeopleList
from experts.models import Import, ImportLine

Outcome = ImportLine.Outcome


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell; `column` is empty when it concerns the whole line."""

    line: int
    column: str
    reason: str


@dataclass
class Recap:
    """What an import did, or would do."""

    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    published: int = 0
    lines: int = 0
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def of(cls, batch: Import) -> "Recap":
        recap = cls()
        for line in batch.lines.all():
            recap.lines += 1
            recap.counts[Outcome(line.outcome)] += 1
            recap.published += line.published
            recap.faults += [Fault(line.line, column, reason) for column, reason in line.faults]
        return recap

    @property
    def good(self) -> int:
        return sum(self.counts[outcome] for outcome in ImportLine.GOOD)

    @property
    def bad_lines(self) -> list[int]:
        return sorted({fault.line for fault in self.faults})


def import_rows(
    people: PeopleList,
    *,
    by: User,
    source: str,
    reason: str = "",
    publish: bool = False,
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> Recap:
    """Check a list and import it; `reason` stands in the history of each page, by default the name of the file.

    A dry run leaves nothing behind. Raises PermissionDenied for anybody but coordinators.
    """
    with transaction.atomic():
        batch = send(people, by=by, source=source)
        carry_on(batch)
        if dry_run:
            recap = Recap.of(batch)
            transaction.set_rollback(True)
            if not publish:
                recap.published = 0
            return recap
        start(batch, by=by, publish=publish, reason=reason)
    carry_on(batch, progress=progress)
    return Recap.of(batch)
