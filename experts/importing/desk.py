"""The import in the admin: send a file, read what it would do, then do it. Wrapped in `admin_view` by experts/admin.py."""

import csv
import io
import secrets
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from experts.importing.files import PeopleList, UnusableFile, read_rows
from experts.importing.forms import COLUMNS
from experts.importing.rows import Outcome, Recap, import_rows

KEPT_SECONDS = 3600
RIGHTS = ["experts.add_expert", "moderation.decide_submission"]


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("List of people"),
        help_text=gettext_lazy("A CSV file or an Excel workbook (.xlsx), at most 10 MB and 5,000 people."),
    )


@dataclass(frozen=True)
class Checked:
    """A file that was read without writing anything, kept in the shared cache until its sender decides."""

    name: str
    content: bytes
    recap: Recap
    notes: list[str]

    @classmethod
    def kept(cls, request: HttpRequest, token: str) -> "Checked":
        """The one that this user sent. Raises Http404 when it has expired or is somebody else's."""
        checked = cache.get(_key(request, token))
        if checked is None:
            raise Http404
        return checked

    def keep(self, request: HttpRequest) -> str:
        token = secrets.token_urlsafe(16)
        cache.set(_key(request, token), self, KEPT_SECONDS)
        return token


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Check a file: a dry run, which writes nothing, and the recap to read."""
    _require_coordinator(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            people = read_rows(io.BytesIO(content), file.name)
        except UnusableFile as error:
            form.add_error("file", str(error))
        else:
            recap = _run(people, file.name, request, dry_run=True, publish=True)
            checked = Checked(file.name, content, recap, people.notes)
            return redirect("admin:experts_expert_import_recap", checked.keep(request))
    return _page(request, "upload", _("Import experts"), form=form, columns=COLUMNS, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def recap(request: HttpRequest, token: str) -> HttpResponse:
    """What the file would do; on POST, do it."""
    _require_coordinator(request)
    checked = Checked.kept(request, token)
    if request.method == "POST":
        people = read_rows(io.BytesIO(checked.content), checked.name)
        done = _run(people, checked.name, request, publish="publish" in request.POST)
        cache.delete(_key(request, token))
        written = done.counts[Outcome.CREATED] + done.counts[Outcome.CHANGED]
        people = ngettext("%(count)d person was imported.", "%(count)d people were imported.", written) % {"count": written}
        pages = ngettext("%(count)d page was published.", "%(count)d pages were published.", done.published)
        messages.success(request, people)
        messages.success(request, pages % {"count": done.published})
        return redirect("admin:experts_import_changelist")
    counts = [(_("new"), Outcome.CREATED), (_("changed"), Outcome.CHANGED), (_("as they are already"), Outcome.UNCHANGED)]
    rows = [(label, checked.recap.counts[outcome]) for label, outcome in counts]
    return _page(request, "recap", checked.name, checked=checked, rows=rows, token=token)


@require_safe
def faults(request: HttpRequest, token: str) -> HttpResponse:
    """The faults as a CSV file, to mend the list beside it."""
    _require_coordinator(request)
    checked = Checked.kept(request, token)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_("line"), _("column"), _("reason")])
    writer.writerows((fault.line, fault.column, fault.reason) for fault in checked.recap.faults)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="import-recap.csv"'
    return response


def _run(people: PeopleList, name: str, request: HttpRequest, **options) -> Recap:
    return import_rows(people, by=request.user, source=name[:200], **options)


def _page(request: HttpRequest, template: str, title: str, *, status: int = 200, **context) -> HttpResponse:
    context |= admin.site.each_context(request) | {"title": title}
    return render(request, f"admin/experts/import_{template}.html", context, status=status)


def _key(request: HttpRequest, token: str) -> str:
    return f"import:{request.user.pk}:{token}"


def _require_coordinator(request: HttpRequest) -> None:
    if not request.user.has_perms(RIGHTS):
        raise PermissionDenied
