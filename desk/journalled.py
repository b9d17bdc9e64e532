"""Admin pages of rows whose deeds stand in the journal, in the place of Django's own log."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.pagination import paginate
from journal.actions import record
from journal.models import Record
from journal.verbs import Verb

RECORDS_PER_PAGE = 50


class Journalled(admin.ModelAdmin):
    """What is typed into the admin is a deed too; "History" shows all that was done to the row, by whatever way."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context=None) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        records = Record.objects.of(row).with_people()
        context = self.admin_site.each_context(request) | {
            "title": _("Journal"),
            "subtitle": str(row),
            "object": row,
            "opts": self.opts,
            "page": paginate(request, records, per_page=RECORDS_PER_PAGE),
        }
        return render(request, "desk/history.html", context)

    def construct_change_message(self, request: HttpRequest, form, formsets, add: bool = False) -> list[str]:
        """The names of the fields: the journal keeps no texts."""
        return sorted(form.changed_data)

    def log_addition(self, request: HttpRequest, obj: models.Model, message: list[str]) -> Record:
        return record(Verb.ROW_ADDED, obj, by=request.user)

    def log_change(self, request: HttpRequest, obj: models.Model, message: list[str]) -> Record:
        return record(Verb.ROW_CHANGED, obj, by=request.user, fields=message)

    def log_deletions(self, request: HttpRequest, queryset: models.QuerySet) -> list[Record]:
        return [record(Verb.ROW_DELETED, row, by=request.user) for row in queryset]
