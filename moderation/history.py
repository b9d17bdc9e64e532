"""The page of one public entry at the desk: its versions, what changed in each, and hide, show again, return to a version."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directory.kinds import schema_of
from directory.models import Entry, EntryVersion
from moderation import actions
from moderation.diff import FieldChange, Line, audience_changes, changes, compare, fact_changes
from moderation.forms import ReasonForm
from moderation.named import names_of
from moderation.records import records_of

MOST_RECORDS = 100
VERSIONS_PER_PAGE = 10


@dataclass(frozen=True)
class HistoryStep:
    """One version, what it changed, and the form to return to it (none for the present one)."""

    version: EntryVersion
    changes: list[FieldChange]
    audiences: list[Line]
    form: ReasonForm | None

    @property
    def is_first(self) -> bool:
        return self.version.version == 1


@require_safe
def entry_history(request: HttpRequest, pk: int) -> HttpResponse:
    return _history_page(request, _entry_or_404(request, pk))


@require_POST
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    entry = _entry_or_404(request, pk)
    form = ReasonForm(request.POST, prefix="hide")
    if not form.is_valid():
        return _history_page(request, entry, hide_form=form)
    actions.hide(entry, by=request.user, reason=form.cleaned_data["reason"])
    return _back(request, entry, _("The page is hidden. Those responsible for it will receive an email with the reason."))


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    entry = _entry_or_404(request, pk)
    restored = actions.restore(entry, by=request.user)
    if not restored.is_published:
        return _back(request, entry, _("You no longer hide the page. It stays down, because its author has taken it down."))
    if restored.slug != entry.slug:
        messages.warning(request, _("Another page has taken its old address meanwhile, so it has a new one."))
    return _back(request, entry, _("The page is public again. Those responsible for it will receive an email."))


@require_POST
def roll_back(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    entry = _entry_or_404(request, pk)
    version = get_object_or_404(entry.versions, version=number)
    form = ReasonForm(request.POST, prefix=f"version-{number}")
    if not form.is_valid():
        return _history_page(request, entry, roll_back_form=(number, form))
    actions.roll_back(entry, version, by=request.user, reason=form.cleaned_data["reason"])
    return _back(
        request,
        entry,
        _("The page shows version %(number)s again. Those responsible for it will receive an email with the reason.")
        % {"number": number},
    )


def _entry_or_404(request: HttpRequest, pk: int) -> Entry:
    if not request.user.has_perms(["moderation.decide_submission", "directory.view_entry"]):
        raise PermissionDenied
    return get_object_or_404(Entry, pk=pk)


def _back(request: HttpRequest, entry: Entry, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("admin:directory_entry_change", entry.pk)


def _history_page(
    request: HttpRequest,
    entry: Entry,
    *,
    hide_form: ReasonForm | None = None,
    roll_back_form: tuple[int, ReasonForm] | None = None,
) -> HttpResponse:
    def form_of(number: int) -> ReasonForm:
        return roll_back_form[1] if roll_back_form and roll_back_form[0] == number else ReasonForm(prefix=f"version-{number}")

    page = Paginator(entry.versions.select_related("by"), VERSIONS_PER_PAGE).get_page(request.GET.get("page"))
    context = admin.site.each_context(request) | {
        "entry": entry,
        "page": page,
        "steps": _steps(entry, page, form_of),
        "unsent": _unsent(entry),
        "records": records_of(entry)[:MOST_RECORDS],
        "hide_form": hide_form or ReasonForm(prefix="hide"),
        "opts": Entry._meta,
        "title": _("History"),
    }
    return render(request, "admin/directory/entry_history.html", context)


def _unsent(entry: Entry) -> list[FieldChange]:
    """What its author has written and the public does not see."""
    draft = actions.draft_of(entry)
    if draft is None:
        return []
    schema, document = schema_of(entry.kind), draft.as_document()
    return [compare(item, entry.document, document, get_language()) for item in schema.awaiting_review(entry.document, document)]


def _steps(entry: Entry, page: Page, form_of: Callable[[int], ReasonForm]) -> list[HistoryStep]:
    """Each version of this page beside the one before it, newest first."""
    schema, language = schema_of(entry.kind), get_language()
    versions = list(page.object_list)
    before_first = entry.versions.filter(version=versions[-1].version - 1).first() if versions else None
    names = names_of([version.document for version in [*versions, before_first] if version], schema, language)
    steps = []
    for version, previous in zip(versions, [*versions[1:], before_first], strict=True):
        old = previous.document if previous else None
        steps.append(
            HistoryStep(
                version,
                changes(old, version.document, schema, language, names)
                + fact_changes(previous.facts if previous else {}, version.facts, schema, language),
                audience_changes(old, version.document, schema) if old else [],
                None if version.version == entry.version else form_of(version.version),
            )
        )
    return steps
