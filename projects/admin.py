from django.contrib import admin
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from authoring.admin import DraftAdmin, DraftFilters, TraceInline, codes
from directory.labels import label_of
from projects.models import Participation, Project


class ParticipationInline(TraceInline):
    model = Participation
    fields = readonly_fields = ("organization", "expert", "role", "status", "asked_by", "asked_at", "answered_by", "answered_at")


class ProjectFilters(DraftFilters):
    status = codes("status", of="project_statuses", label=_("status"))


@admin.register(Project)
class ProjectAdmin(DraftAdmin):
    list_display = ("__str__", "status_label", "lead", "created_by", "changed_at", "page")
    filters = ProjectFilters
    exported = (
        "name_ar",
        "name_fr",
        "name_en",
        "status_label",
        "lead",
        "created_by",
        "start",
        "end",
        "public_id",
        "changed_at",
        "page",
    )
    list_select_related = ("entry", "lead", "created_by")
    search_fields = ("public_id", "created_by__email")
    named_by = ("name_ar", "name_fr", "name_en")
    search_help_text = _("Title in any language, email address, identifier")
    fields = (
        "public_id",
        "standing",
        "difference",
        "page",
        "submissions",
        "created_by",
        "lead",
        "name_ar",
        "name_fr",
        "name_en",
        "status_label",
        "start",
        "end",
        "created_at",
        "changed_at",
    )
    readonly_fields = fields
    inlines = (ParticipationInline,)

    @admin.display(description=_("status"), ordering="status")
    def status_label(self, project: Project) -> str:
        return label_of("project_statuses", project.status, get_language())
