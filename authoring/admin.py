"""Drafts in the admin: found, looked at, followed to their page and their submissions. Their text is their author's."""

from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from authoring.state import AuthorState
from core.languages import in_a_row
from desk.filters import Conditions, DeskFilters, Values, period
from desk.lists import ReadOnlyAdmin
from directory.labels import label_of
from directory.models import Entry
from moderation.models import Publishable


def _pages() -> dict:
    return {
        "published": (pgettext("entry", "Published"), Q(entry__status=Entry.Status.PUBLISHED)),
        "hidden": (_("Hidden"), Q(entry__status=Entry.Status.HIDDEN)),
        "ended": (_("Taken down by its author"), Q(entry__status=Entry.Status.ENDED)),
        "none": (_("Never published"), Q(entry=None)),
    }


def codes(column: str, *, of: str, label) -> Values:
    """A filter by a code of the vocabulary that occurs, shown with its label."""
    return Values(column, label=label, name_of=lambda code: label_of(of, code, get_language()))


class DraftFilters(DeskFilters):
    page = Conditions(_pages, label=_("public page"))
    since, until = period("changed_at", since=_("changed from"), until=_("changed until"))


class DraftAdmin(ReadOnlyAdmin):
    """Read only: what is public changes through the desk, which leaves a trace."""

    filters = DraftFilters
    ordering = ("-changed_at",)

    @admin.display(description=_("page"))
    def page(self, draft: Publishable) -> str:
        if draft.entry is None:
            return _("Never published")
        public = draft.entry.is_published
        address = draft.entry.get_absolute_url() if public else reverse("admin:directory_entry_change", args=[draft.entry_id])
        return format_html('<a href="{}">{}</a>', address, draft.entry.get_status_display())

    @admin.display(description=_("standing"))
    def standing(self, draft: Publishable) -> str:
        return AuthorState(draft).standing.label

    @admin.display(description=_("difference from the public page"))
    def difference(self, draft: Publishable) -> str:
        """The fields in which the draft says something else than the page, and where both can be read."""
        changes = AuthorState(draft).differences(get_language())
        if not changes:
            return "–"
        address = reverse("admin:directory_entry_change", args=[draft.entry_id])
        labels = in_a_row(change.label for change in changes)
        return format_html('{} · <a href="{}#draft">{}</a>', labels, address, _("Read both"))

    @admin.display(description=_("submissions"))
    def submissions(self, draft: Publishable) -> str:
        address = reverse("admin:moderation_submission_changelist", query={"q": draft.public_id, "status": "all"})
        return format_html('<a href="{}">{}</a>', address, _("Everything sent for review"))


class TraceInline(admin.TabularInline):
    """Rows beside a draft, to read."""

    extra = 0
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False
