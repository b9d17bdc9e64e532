"""The moderators' desk: the queue of submissions and the public entries. Neither is edited here; verbs change them."""

from django.contrib import admin
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.generic import RedirectView

from desk.filters import DeskFilters, Values, period
from desk.lists import ReadOnlyAdmin
from directory.models import Entry
from moderation import desk, history
from moderation.models import Submission
from moderation.queue import FIRST_IN_FIRST_OUT, SubmissionFilters


def _to(url_name: str):
    return RedirectView.as_view(pattern_name=url_name)


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    list_display = ("name", "kind", "novelty", "changed_fields", "submitted_by", "age")
    exported = ("title", "kind", "novelty", "status", "submitted_by", "submitted_at", "decided_by", "decided_at", "reason")
    filters = SubmissionFilters
    list_select_related = ("entry", "submitted_by", "decided_by")
    search_fields = ("submitted_by__email", "submitted_by__name", "public_id")
    named_by = ("title", "document__fields__name")
    search_help_text = _("Name, email address of who sent it, identifier")
    ordering = FIRST_IN_FIRST_OUT

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """What is decided shows how, by whom and when; what waits shows since when and how much there is to read."""
        if self._shows_the_queue(request):
            return self.list_display
        return ("name", "kind", "novelty", "status", "decided_by", "decided_at", "submitted_by")

    def get_ordering(self, request: HttpRequest):
        """The oldest first in the queue, the last decision first in what is decided."""
        return (
            self.ordering if self._shows_the_queue(request) else (F("decided_at").desc(nulls_last=True), "-submitted_at", "-pk")
        )

    @staticmethod
    def _shows_the_queue(request: HttpRequest) -> bool:
        return not request.GET.get("status")

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
        return format_html("<bdi>{}</bdi>", submission.name)

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
        return format_html('<time datetime="{}">{}</time>', submission.submitted_at.isoformat(timespec="seconds"), text)


class EntryFilters(DeskFilters):
    kind = Values("kind", label=_("kind"))
    status = Values("status", label=_("status"))
    since, until = period("updated_at", since=_("changed from"), until=_("changed until"))


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ("name", "kind", "status", "version", "first_published_at", "updated_at")
    exported = ("title", "kind", "status", "public_id", "version", "first_published_at", "updated_at", "confirmed_at")
    filters = EntryFilters
    search_fields = ("slug", "public_id")
    named_by = ("document__fields__name",)
    search_help_text = _("Name, address of the page, identifier")
    ordering = ("-updated_at", "pk")

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
