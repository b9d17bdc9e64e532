"""What the page of an import shows: the lines of one part, each with whom it means, what changes and who may be double."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.paginator import Page
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from core.languages import LANGUAGES
from core.pagination import paginate
from experts.importing.doubles import SIGNS
from experts.importing.forms import PersonForm
from experts.importing.states import document_in, listed_state
from experts.models import Expert, Import, ImportLine
from moderation.diff import FieldChange, changes

PER_PAGE = 50
SAID = ("city", *(f"headline_{language}" for language in LANGUAGES))
Outcome = ImportLine.Outcome


@dataclass(frozen=True)
class Double:
    """Somebody who may be the person of the line."""

    name: str
    signs: list[str | Promise]
    expert: Expert | None = None
    line: int = 0


@dataclass
class LineOnPage:
    """One line, and what its page says of it beyond the row itself."""

    line: ImportLine
    changes: list[FieldChange] = field(default_factory=list)
    doubles: list[Double] = field(default_factory=list)

    @property
    def said(self) -> str:
        """What tells this person from a namesake: the town and what somebody does."""
        if person := self.line.expert:
            said = [person.city, *(getattr(person, f"headline_{language}") for language in LANGUAGES)]
        else:
            said = [self.line.cells.get(column, "").strip() for column in SAID]
        town, *headlines = said
        return " · ".join(filter(None, [town, next(filter(None, headlines), "")]))

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """(column, what stands there, reason)"""
        return [(column, self.line.cells.get(column, "")[:80], reason) for column, reason in self.line.faults]


@dataclass(frozen=True)
class Part:
    """The lines of one kind, behind one link."""

    name: str
    label: str | Promise
    count: int
    is_shown: bool


PARTS = {
    "": (_("All"), Q()),
    "created": (Outcome.CREATED.label, Q(outcome=Outcome.CREATED, left_out=False)),
    "changed": (Outcome.CHANGED.label, Q(outcome=Outcome.CHANGED)),
    "unchanged": (Outcome.UNCHANGED.label, Q(outcome=Outcome.UNCHANGED)),
    "doubles": (_("Perhaps twice"), ~Q(doubles=[])),
    "refused": (Outcome.REFUSED.label, Q(outcome=Outcome.REFUSED)),
    "left_out": (_("Left out by you"), Q(left_out=True)),
    "published": (_("Published"), Q(published=True, left_out=False)),
    "kept": (_("Not undone"), ~Q(kept_because="")),
}


def parts(batch: Import, shown: str) -> list[Part]:
    """Those that have lines, and the whole."""
    counts = batch.lines.order_by().aggregate(
        **{f"n_{name}": Count("pk", filter=where) for name, (_label, where) in PARTS.items()}
    )
    labels = {name: label for name, (label, _where) in PARTS.items()}
    if batch.status == Import.Status.CHECKED:
        labels["published"] = pgettext("import", "To be published")
    found = [Part(name, labels[name], counts[f"n_{name}"], name == shown) for name in PARTS]
    return [part for part in found if part.count or not part.name]


def page_of_lines(request: HttpRequest, batch: Import, shown: str) -> tuple[Page, list[LineOnPage]]:
    """In a fixed number of queries, whatever the page shows."""
    lines = batch.lines.filter(PARTS[shown][1]).select_related("expert__user", "expert__entry")
    page = paginate(request, lines, per_page=PER_PAGE)
    rows = [LineOnPage(line) for line in page.object_list]
    if batch.status == Import.Status.CHECKED:
        _add_changes(rows)
    _add_doubles(batch, rows)
    return page, rows


def becoming_public(lines: QuerySet) -> QuerySet:
    """Of lines to be published, those whose person has no page yet."""
    return lines.filter(published=True, left_out=False).filter(Q(expert=None) | Q(expert__entry=None))


def _add_changes(rows: Iterable[LineOnPage]) -> None:
    changed = {row.line.expert_id: row for row in rows if row.line.outcome == Outcome.CHANGED}
    for draft in Expert.objects.with_document_rows().filter(pk__in=changed):
        row = changed[draft.pk]
        form = PersonForm(row.line.cells)
        if form.is_valid():
            after = document_in(draft, listed_state(draft, form.cleaned_data))
            row.changes = changes(draft.as_document(), after, draft.document_schema, get_language())


def _add_doubles(batch: Import, rows: Iterable[LineOnPage]) -> None:
    told = [double for row in rows for double in row.line.doubles]
    experts = Expert.objects.select_related("entry").in_bulk([double["expert"] for double in told if "expert" in double])
    lines = {line.line: line for line in batch.lines.filter(line__in=[double["line"] for double in told if "line" in double])}
    for row in rows:
        for double in row.line.doubles:
            signs = [SIGNS[name] for name in double["signs"]]
            if expert := experts.get(double.get("expert")):
                row.doubles.append(Double(str(expert), signs, expert=expert))
            elif line := lines.get(double.get("line")):
                row.doubles.append(Double(str(line), signs, line=line.line))
