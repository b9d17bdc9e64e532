from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from authoring.admin import DraftAdmin, DraftFilters, TraceInline, codes
from desk.filters import Conditions
from directory.labels import label_of
from needs.models import Closing, Need, Proposal


class ProposalInline(TraceInline):
    model = Proposal
    fields = readonly_fields = ("expert", "score", "status", "asked_by", "asked_at", "mailed_at", "reminded_at", "answered_at")


def _closings() -> dict:
    return {"open": (_("Open"), Q(closing=""))} | {each.value: (each.label, Q(closing=each.value)) for each in Closing}


class NeedFilters(DraftFilters):
    type = codes("type", of="need_types", label=_("type of need"))
    country = codes("country", of="country", label=_("country"))
    closing = Conditions(_closings, label=_("standing"))


@admin.register(Need)
class NeedAdmin(DraftAdmin):
    list_display = ("__str__", "number", "type_label", "organization", "created_by", "deadline", "changed_at", "page")
    filters = NeedFilters
    exported = (
        "number",
        "name_ar",
        "name_fr",
        "name_en",
        "type_label",
        "organization",
        "created_by",
        "country",
        "region",
        "start",
        "deadline",
        "closing",
        "external_id",
        "public_id",
        "changed_at",
        "page",
    )
    list_select_related = ("entry", "organization", "created_by")
    search_fields = ("name_ar", "name_fr", "name_en", "public_id", "external_id", "created_by__email")
    search_help_text = _("Title in any language, email address, identifier")
    fields = (
        "number",
        "public_id",
        "standing",
        "page",
        "people_page",
        "submissions",
        "created_by",
        "organization",
        "project",
        "name_ar",
        "name_fr",
        "name_en",
        "type_label",
        "deadline",
        "closed_at",
        "closing",
        "created_at",
        "changed_at",
    )
    readonly_fields = fields
    inlines = (ProposalInline,)

    @admin.display(description=_("type of need"), ordering="type")
    def type_label(self, need: Need) -> str:
        return label_of("need_types", need.type, get_language())

    @admin.display(description=_("number"), ordering="pk")
    def number(self, need: Need) -> str:
        return need.number

    @admin.display(description=_("who could help"))
    def people_page(self, need: Need) -> str:
        return format_html('<a href="{}">{}</a>', reverse("needs:people", args=[need.public_id]), _("The list with its reasons"))
