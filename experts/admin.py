"""Drafts in the admin: found, looked at, followed to their page and their submissions. Their text is their author's."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from directory.models import Entry
from experts.importing import desk
from experts.models import Expert
from moderation.admin import ReadOnlyAdmin
from moderation.editing import AuthorState


class PublishedFilter(admin.SimpleListFilter):
    title = _("public page")
    parameter_name = "page"

    def lookups(self, request, model_admin):
        return [(Entry.Status.PUBLISHED, _("Published")), (Entry.Status.HIDDEN, _("Hidden")), ("none", _("Never published"))]

    def queryset(self, request, queryset):
        match self.value():
            case None:
                return queryset
            case "none":
                return queryset.filter(entry=None)
        return queryset.filter(entry__status=self.value())


@admin.register(Expert)
class ExpertAdmin(ReadOnlyAdmin):
    """Read only: what is public changes through the desk, which leaves a trace."""

    change_list_template = "admin/experts/expert_list.html"

    list_display = ["__str__", "user", "milieu", "country", "changed_at", "page"]
    list_filter = [PublishedFilter, "milieu", "country", "source_language"]
    list_select_related = ["user", "entry"]
    search_fields = ["given_name", "family_name", "given_name_ar", "family_name_ar", "user__email", "external_id", "public_id"]
    search_help_text = _("Name in either script, e-mail address, identifier")
    date_hierarchy = "changed_at"
    ordering = ["-changed_at"]
    fields = [
        "user",
        "public_id",
        "external_id",
        "standing",
        "page",
        "submissions",
        "given_name",
        "family_name",
        "given_name_ar",
        "family_name_ar",
        "headline_ar",
        "headline_fr",
        "headline_en",
        "milieu",
        "country",
        "region",
        "city",
        "created_at",
        "changed_at",
    ]
    readonly_fields = fields

    def get_urls(self):
        return [
            self._page("import/", desk.upload, "import"),
            self._page("import/<str:token>/", desk.recap, "import_recap"),
            self._page("import/<str:token>/faults/", desk.faults, "import_faults"),
            *super().get_urls(),
        ]

    @admin.display(description=_("page"))
    def page(self, expert: Expert) -> str:
        if expert.entry is None:
            return _("Never published")
        return format_html('<a href="{}">{}</a>', expert.entry.get_absolute_url(), expert.entry.get_status_display())

    @admin.display(description=_("standing"))
    def standing(self, expert: Expert) -> str:
        return AuthorState(expert).standing.label

    @admin.display(description=_("submissions"))
    def submissions(self, expert: Expert) -> str:
        address = reverse("admin:moderation_submission_changelist", query={"public_id": expert.public_id, "status": "all"})
        return format_html('<a href="{}">{}</a>', address, _("Everything this person has sent"))
