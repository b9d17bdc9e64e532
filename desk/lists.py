"""A list of the desk: Django's change list with filters that count, a search, pages, and a way out as a file.

@admin.register(Mail)
class MailAdmin(DeskAdmin):
    filters = MailFilters
    list_display = ("created_at", "kind", "address")
    exported = ("created_at", "kind", "address", "subject")
"""

from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice

from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.admin.views.main import ChangeList, ChangeListSearchForm
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from core.exports import FORMATS
from core.languages import LANGUAGES, language_name
from desk.actions import RIGHT, export_list
from desk.filters import DeskFilters
from desk.journalled import Journalled
from desk.names import named

EXPORT_CHUNK = 500
LONGEST_QUERY = 200


class DeskSearchForm(ChangeListSearchForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].max_length = LONGEST_QUERY


class PatientPaginator(Paginator):
    """A number beyond the last page is the last page: rows disappear while somebody turns pages."""

    def page(self, number: int):
        return super().page(min(max(number, 1), self.num_pages))


class DeskList(ChangeList):
    """The rows that search and filters leave; `filters` for the page to show."""

    search_form_class = DeskSearchForm

    def get_queryset(self, request: HttpRequest, exclude_parameters=None) -> models.QuerySet:
        self.filter_specs, self.has_filters, self.has_active_filters = [], False, False
        rows, may_repeat = self.model_admin.get_search_results(request, self.root_queryset, self.query)
        if may_repeat:
            # As a condition instead of DISTINCT: the filters count these rows.
            rows = self.root_queryset.filter(pk__in=rows.order_by().values("pk"))
        self.filters = self.model_admin.filters(request.GET, queryset=rows, request=request)
        rows = self.filters.qs
        if not rows.query.select_related:
            rows = self.apply_select_related(rows)
        return rows.order_by(*self.get_ordering(request, rows))

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = self.model_admin.prepared(list(self.result_list))
        self.page_num = min(max(self.page_num, 1), self.paginator.num_pages)


class DeskAdmin(Journalled):
    """What every list of ours is made of."""

    filters = DeskFilters
    # The columns with names: found as the public search finds them (desk/names.py), beside search_fields.
    named_by: tuple[str, ...] = ()
    # The columns of the file, as in list_display; without any, those of the list.
    exported: tuple[str, ...] = ()

    change_list_template = "desk/list.html"
    paginator = PatientPaginator
    list_per_page = 50
    list_max_show_all = 0
    list_filter = ()  # of Django's admin, where we build on one
    show_full_result_count = False

    class Media:
        css = {"all": ("css/desk.css",)}

    def get_changelist(self, request, **kwargs) -> type[ChangeList]:
        return DeskList

    def get_search_results(self, request: HttpRequest, queryset: models.QuerySet, search_term: str):
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if not search_term or not self.named_by:
            return found, may_repeat
        by_name = named(queryset, self.named_by, search_term)
        return queryset.filter(Q(pk__in=found.order_by().values("pk")) | Q(pk__in=by_name)), False

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """Django's title asks to select an object, in words that no language of ours can bend."""
        formats = list(FORMATS) if self.may_export(request) else []
        context = {"title": capfirst(self.opts.verbose_name_plural), "formats": formats}
        response = super().changelist_view(request, context | (extra_context or {}))
        if "cl" in (getattr(response, "context_data", None) or {}):
            filters = response.context_data["cl"].filters
            filters.offer_choices()
            response.status_code = 200 if filters.form.is_valid() else 400
        return response

    def get_urls(self):
        return [self._page("export/", require_POST(self.export), "export"), *super().get_urls()]

    def _page(self, route: str, view, name: str):
        url_name = f"{self.opts.app_label}_{self.opts.model_name}_{name}"
        return path(route, self.admin_site.admin_view(view), name=url_name)

    def may_export(self, request: HttpRequest) -> bool:
        return self.has_view_or_change_permission(request) and request.user.has_perm(RIGHT)

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """The rows of the list under this address, all pages of them."""
        if not self.may_export(request):
            raise PermissionDenied
        rows = self.get_changelist_instance(request)
        if request.POST.get("format") not in FORMATS or not rows.filters.form.is_valid():
            return redirect(f"../?{request.GET.urlencode()}")
        filters = rows.filters.chosen + (["search"] if rows.query else [])
        fields = self.exported or [name for name in self.get_list_display(request) if name != "action_checkbox"]
        return export_list(
            self.model,
            [capfirst(self._heading(name)) for name in fields],
            self._values(rows.queryset, fields),
            by=request.user,
            file_format=request.POST["format"],
            count=rows.result_count,
            filters=filters,
        )

    def prepared(self, rows: list[models.Model]) -> list[models.Model]:
        """The rows of a page or a piece of a file, with what their columns need and one query can find for all of them."""
        return rows

    def _values(self, rows: models.QuerySet, fields: Sequence[str]) -> Iterator[list[object]]:
        """A piece at a time: neither the rows nor the file are ever in memory as a whole."""
        stream = rows.iterator(chunk_size=EXPORT_CHUNK)
        while piece := list(islice(stream, EXPORT_CHUNK)):
            for row in self.prepared(piece):
                yield [self._value(name, row) for name in fields]

    def _heading(self, name: str) -> str:
        label = str(label_for_field(name, self.model, self))
        language = name.rpartition("_")[2]
        return f"{label} ({language_name(language, get_language())})" if language in LANGUAGES else label

    def _value(self, name: str, row: models.Model) -> object:
        field, _attribute, value = lookup_field(name, row, self)
        if field is not None and getattr(field, "flatchoices", None):
            return dict(field.flatchoices).get(value, value)
        return unescape(strip_tags(value)) if isinstance(value, SafeString) else value


class ReadOnlyAdmin(DeskAdmin):
    """Rows to find and open; nothing is typed into them."""

    actions = None

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
