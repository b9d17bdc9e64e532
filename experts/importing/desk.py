"""The import in the admin: send a list, read what it would do, do it, undo it. Wrapped in `admin_view` by experts/admin.py."""

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.exports import FORMATS
from experts.importing import template
from experts.importing.actions import AlreadyAsked, carry_on, leave_out, require_coordinator, send, start, undo_import
from experts.importing.columns import COLUMNS, LIST_COLUMNS
from experts.importing.files import UnusableFile, read_rows
from experts.importing.pages import PARTS, becoming_public, page_of_lines, parts
from experts.models import Import, ImportLine

# So long a list is checked, and so long people are written, while the sender waits; the rest is left to the job, and the page
# tells how far it is.
CHECKED_AT_ONCE = 500
WAITED_SECONDS = 8
RELOAD_SECONDS = 5
Status = Import.Status


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("List of people"),
        help_text=gettext_lazy("A CSV file or an Excel workbook (.xlsx), at most 10 MB and 5,000 people."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm"}),
    )


class StartForm(forms.Form):
    """Publishing people is said twice: that it is meant, and that they agreed."""

    publish = forms.BooleanField(required=False)
    agreed = forms.BooleanField(required=False, label=gettext_lazy("These people have agreed to be published in this directory."))

    def clean(self) -> dict:
        data = super().clean()
        if data.get("publish") and not data.get("agreed"):
            self.add_error("agreed", _("Confirm that they agreed, or import without publishing."))
        return data


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a list, and check it: nothing is written but the list itself."""
    require_coordinator(request.user)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            people = read_rows(file, file.name)
        except UnusableFile as error:
            form.add_error("file", str(error))
        else:
            batch = send(people, by=request.user, source=file.name)
            if len(people) <= CHECKED_AT_ONCE:
                carry_on(batch)
            return _to(batch)
    columns = [(column, column.title(get_language())) for column in LIST_COLUMNS]
    context = {"form": form, "columns": columns, "formats": FORMATS}
    return _page(request, "upload", _("Import experts"), status=400 if form.errors else 200, **context)


@require_safe
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _batch_or_404(request, pk)
    if batch.status in Import.AT_WORK:
        return _progress(request, batch)
    return _lines_page(request, batch)


@require_POST
def start_import(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _batch_or_404(request, pk)
    form = StartForm(request.POST)
    if not form.is_valid() and batch.status == Status.CHECKED:
        return _lines_page(request, batch, form, status=400)
    chosen = form.cleaned_data
    try:
        start(batch, by=request.user, publish=chosen["publish"])
    except AlreadyAsked:
        messages.warning(request, _("This list was imported already. Nothing was done twice."))
        return _to(batch)
    carry_on(batch, seconds=WAITED_SECONDS)
    if batch.status == Status.DONE:
        written = batch.created + batch.changed
        people = ngettext("%(count)d person was imported.", "%(count)d people were imported.", written) % {"count": written}
        pages = ngettext("%(count)d page was published.", "%(count)d pages were published.", batch.published)
        messages.success(request, f"{people} {pages % {'count': batch.published}}")
    return _to(batch)


@require_POST
def choose_line(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Leave a person out who may be there already, or take the person in after all; back to where the page was."""
    batch = _batch_or_404(request, pk)
    line = get_object_or_404(batch.lines, line=number)
    try:
        leave_out(line, by=request.user, left_out="leave_out" in request.POST)
    except AlreadyAsked:
        messages.warning(request, _("This list was imported already. Nothing was done twice."))
        return _to(batch)
    part, page = request.GET.get("part", ""), request.GET.get("page", "")
    here = reverse("admin:experts_import_change", args=[batch.pk], query={"part": part, "page": page})
    return redirect(f"{here}#line-{number}")


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _batch_or_404(request, pk)
    if "understood" not in request.POST:
        messages.error(request, _("Tick the box, so that nothing is undone by accident."))
        return _to(batch)
    try:
        undo_import(batch, by=request.user)
    except AlreadyAsked:
        messages.warning(request, _("This import was undone already. Nothing was done twice."))
        return _to(batch)
    carry_on(batch, seconds=WAITED_SECONDS)
    if batch.status == Status.UNDONE:
        messages.success(request, _("The import is undone, except for people who have changed since."))
    return _to(batch)


@require_safe
def faults(request: HttpRequest, pk: int, file_format: str) -> HttpResponseBase:
    """The lines left out, as a list to mend and to send again: what was wrong stands in columns that the reader passes over."""
    batch = _batch_or_404(request, pk)
    lines = batch.lines.filter(outcome=ImportLine.Outcome.REFUSED)
    rows = (
        [line.line, "\n".join(": ".join(filter(None, fault)) for fault in line.faults), *(line.cells.get(c, "") for c in COLUMNS)]
        for line in lines
    )
    header = [f"# {_('line')}", f"# {_('reason')}", *(column.title(get_language()) for column in LIST_COLUMNS)]
    return _format(file_format)("import-recap", header, rows)


@require_safe
def template_file(request: HttpRequest, file_format: str) -> HttpResponseBase:
    require_coordinator(request.user)
    _format(file_format)
    return template.workbook() if file_format == "xlsx" else FORMATS[file_format](template.NAME, template.HEADER, template.ROWS)


def _format(name: str):
    if name not in FORMATS:
        raise Http404
    return FORMATS[name]


def _batch_or_404(request: HttpRequest, pk: int) -> Import:
    require_coordinator(request.user)
    return get_object_or_404(Import.objects.open_to(request.user).select_related("by", "asked_by"), pk=pk)


def _to(batch: Import) -> HttpResponse:
    return redirect("admin:experts_import_change", batch.pk)


def _progress(request: HttpRequest, batch: Import) -> HttpResponse:
    """How far it is. The page asks anew by itself, without a script, until somebody asks it to stand still."""
    good = batch.lines.good()
    total, left = {
        Status.CHECKING: (batch.lines.all(), batch.lines.filter(outcome="")),
        Status.RUNNING: (good, batch.lines.to_write()),
        Status.UNDOING: (good, batch.lines.to_undo()),
    }[batch.status]
    total, left = total.count(), left.count()
    is_still = "still" in request.GET
    response = _page(
        request, "progress", batch.source, batch=batch, total=total, done=total - left, is_still=is_still, seconds=RELOAD_SECONDS
    )
    if not is_still:
        response["Refresh"] = str(RELOAD_SECONDS)
    return response


def _lines_page(request: HttpRequest, batch: Import, form: StartForm | None = None, status: int = 200) -> HttpResponse:
    shown = request.GET.get("part", "")
    shown = shown if shown in PARTS else ""
    page, rows = page_of_lines(request, batch, shown)
    context = {
        "batch": batch,
        "parts": parts(batch, shown),
        "part_shown": shown,
        "page": page,
        "rows": rows,
        "form": form or StartForm(),
        "good": batch.created + batch.changed + batch.unchanged,
        "to_write": batch.created + batch.changed,
        "new_pages": becoming_public(batch.lines.all()).count(),
        "formats": FORMATS,
        "undoable": batch.lines.to_undo().count() if batch.status == Status.DONE else 0,
        "kept": batch.lines.exclude(kept_because="").count(),
        "is_checked": batch.status == Status.CHECKED,
    }
    context["changed_pages"] = batch.published - context["new_pages"]
    return _page(request, "lines", batch.source, status=status, **context)


def _page(request: HttpRequest, name: str, title: str, *, status: int = 200, **context) -> HttpResponse:
    context |= admin.site.each_context(request) | {"title": title, "opts": Import._meta}
    return render(request, f"admin/experts/import_{name}.html", context, status=status)
