"""Drafts in the admin: found, looked at, followed to their page and their submissions. Their text is their author's."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from authoring.state import AuthorState
from directory.labels import label_of
from directory.models import Entry
from moderation.admin import ReadOnlyAdmin
from moderation.models import Publishable


class PublishedFilter(admin.SimpleListFilter):
    title = _("public page")
    parameter_name = "page"

    def lookups(self, request, model_admin):
        return [*Entry.Status.choices, ("none", _("Never published"))]

    def queryset(self, request, queryset):
        match self.value():
            case None:
                return queryset
            case "none":
                return queryset.filter(entry=None)
        return queryset.filter(entry__status=self.value())


class CodeFilter(admin.SimpleListFilter):
    """By a code of the vocabulary that occurs, shown with its label."""

    list_name = ""

    def lookups(self, request, model_admin):
        codes = (
            model_admin.model.objects.exclude(**{self.parameter_name: ""}).order_by().values_list(self.parameter_name, flat=True)
        )
        labels = [(code, label_of(self.list_name, code, get_language())) for code in codes.distinct()]
        return sorted(labels, key=lambda choice: choice[1])

    def queryset(self, request, queryset):
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() else queryset


class DraftAdmin(ReadOnlyAdmin):
    """Read only: what is public changes through the desk, which leaves a trace."""

    date_hierarchy = "changed_at"
    ordering = ("-changed_at",)

    @admin.display(description=_("page"))
    def page(self, draft: Publishable) -> str:
        if draft.entry is None:
            return _("Never published")
        return format_html('<a href="{}">{}</a>', draft.entry.get_absolute_url(), draft.entry.get_status_display())

    @admin.display(description=_("standing"))
    def standing(self, draft: Publishable) -> str:
        return AuthorState(draft).standing.label

    @admin.display(description=_("submissions"))
    def submissions(self, draft: Publishable) -> str:
        address = reverse("admin:moderation_submission_changelist", query={"public_id": draft.public_id, "status": "all"})
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
