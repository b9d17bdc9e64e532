"""The moderators' desk: the queue of submissions and the public entries. Neither is edited here; verbs change them."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.generic import RedirectView

from directory.models import Entry
from moderation import desk, history
from moderation.models import Submission

ALL = "all"


def _to(url_name: str):
    return RedirectView.as_view(pattern_name=url_name)


class StatusFilter(admin.SimpleListFilter):
    """The queue shows what waits, unless something else is asked for."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        decided = [choice for choice in Submission.Status.choices if choice[0] != Submission.Status.WAITING]
        return [*decided, (ALL, _("All"))]

    def choices(self, changelist):
        waiting, *others = super().choices(changelist)
        return [waiting | {"display": Submission.Status.WAITING.label}, *others]

    def queryset(self, request, queryset):
        if self.value() == ALL:
            return queryset
        return queryset.filter(status=self.value()) if self.value() else queryset.waiting()


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows to find and open; nothing is typed into them."""

    actions = None

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """Django's title asks to select an object, in words that no language of ours can bend."""
        return super().changelist_view(request, {"title": capfirst(self.opts.verbose_name_plural)} | (extra_context or {}))

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def _page(self, route: str, view, name: str):
        url_name = f"{self.opts.app_label}_{self.opts.model_name}_{name}"
        return path(route, self.admin_site.admin_view(view), name=url_name)


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    list_display = ("name", "kind", "novelty", "changed_fields", "submitted_by", "age")
    list_filter = (StatusFilter, "kind")
    list_select_related = ("entry", "submitted_by")
    search_fields = ("title", "submitted_by__email")
    ordering = ("submitted_at", "pk")
    list_per_page = 50
    show_full_result_count = False

    class Media:
        css = {"all": ("css/desk.css",)}

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """What is decided shows how; what waits shows since when."""
        return (*self.list_display[:-1], "status", "decided_at") if request.GET.get("status") else self.list_display

    def get_urls(self):
        return [
            self._page("<int:pk>/review/", desk.review, "review"),
            self._page("<int:pk>/change/", _to("admin:moderation_submission_review"), "change"),
            self._page("<int:pk>/history/", _to("admin:moderation_submission_review"), "history"),
            self._page("<int:pk>/preview/", desk.preview, "preview"),
            *super().get_urls(),
        ]

    @admin.display(description=_("name"), ordering="title")
    def name(self, submission: Submission) -> str:
        return format_html("<bdi>{}</bdi>", submission.title)

    @admin.display(description=_("new or change"), ordering="base_version")
    def novelty(self, submission: Submission):
        return pgettext_lazy("submission", "New page") if submission.is_new else pgettext_lazy("submission", "Change")

    @admin.display(description=_("to read"))
    def changed_fields(self, submission: Submission) -> str:
        published = submission.entry.document if submission.entry and not submission.is_new else None
        count = len(submission.schema.awaiting_review(published, submission.document))
        return ngettext("%(count)d field", "%(count)d fields", count) % {"count": count}

    @admin.display(description=_("waiting for"), ordering="submitted_at")
    def age(self, submission: Submission) -> str:
        days = (timezone.now() - submission.submitted_at).days
        text = ngettext("%(count)d day", "%(count)d days", days) % {"count": days} if days else _("since today")
        return format_html('<time datetime="{}">{}</time>', submission.submitted_at.isoformat(), text)


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ("name", "kind", "status", "version", "first_published_at", "updated_at")
    list_filter = ("kind", "status")
    search_fields = ("slug", "public_id", "document__fields__name")
    ordering = ("-updated_at", "pk")
    list_per_page = 50
    show_full_result_count = False

    class Media:
        css = {"all": ("css/desk.css",)}

    def get_urls(self):
        return [
            self._page("<int:pk>/change/", history.entry_history, "change"),
            self._page("<int:pk>/history/", _to("admin:directory_entry_change"), "history"),
            self._page("<int:pk>/hide/", history.hide, "hide"),
            self._page("<int:pk>/restore/", history.restore, "restore"),
            self._page("<int:pk>/return-to/<int:number>/", history.roll_back, "roll_back"),
            *super().get_urls(),
        ]

    @admin.display(description=_("name"), ordering="slug")
    def name(self, entry: Entry) -> str:
        return format_html("<bdi>{}</bdi>", entry.title)
