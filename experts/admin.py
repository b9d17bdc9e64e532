from django.contrib import admin
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from authoring.admin import DraftAdmin, DraftFilters, codes
from desk.filters import DeskFilters, Values, period
from desk.lists import ReadOnlyAdmin
from directory.labels import label_of
from experts.importing import desk
from experts.models import Expert, Import


class ExpertFilters(DraftFilters):
    milieu = codes("milieu", of="milieux", label=_("sector"))
    country = codes("country", of="country", label=_("country"))
    source_language = Values("source_language", label=_("language"))


@admin.register(Expert)
class ExpertAdmin(DraftAdmin):
    change_list_template = "admin/experts/expert_list.html"

    list_display = ["__str__", "user", "milieu_label", "country_label", "changed_at", "page"]
    filters = ExpertFilters
    exported = [
        "given_name",
        "family_name",
        "given_name_ar",
        "family_name_ar",
        "user",
        "milieu_label",
        "country_label",
        "region_label",
        "city",
        "headline_ar",
        "headline_fr",
        "headline_en",
        "external_id",
        "public_id",
        "created_at",
        "changed_at",
        "page",
    ]
    list_select_related = ["user", "entry"]
    search_fields = ["user__email", "external_id", "public_id"]
    named_by = ("given_name family_name", "given_name_ar family_name_ar")
    search_help_text = _("Name in either script, email address, identifier")
    fields = [
        "user",
        "public_id",
        "external_id",
        "standing",
        "difference",
        "page",
        "submissions",
        "given_name",
        "family_name",
        "given_name_ar",
        "family_name_ar",
        "headline_ar",
        "headline_fr",
        "headline_en",
        "milieu_label",
        "country_label",
        "region_label",
        "city",
        "created_at",
        "changed_at",
    ]
    readonly_fields = fields

    def get_urls(self):
        return [
            self._page("import/", desk.upload, "import"),
            self._page("import/template.<str:file_format>", desk.template_file, "import_template"),
            *super().get_urls(),
        ]

    @admin.display(description=_("sector"), ordering="milieu")
    def milieu_label(self, expert: Expert) -> str:
        return label_of("milieux", expert.milieu, get_language())

    @admin.display(description=_("country"), ordering="country")
    def country_label(self, expert: Expert) -> str:
        return label_of("country", expert.country, get_language())

    @admin.display(description=_("region"))
    def region_label(self, expert: Expert) -> str:
        return label_of("subdivision", expert.region, get_language())


class ImportFilters(DeskFilters):
    status = Values("status", label=_("status"))
    by = Values("by", names="by__email", label=_("by"))
    since, until = period("at")


@admin.register(Import)
class ImportAdmin(ReadOnlyAdmin):
    """What was brought in, by whom, and what became of it; the page of one import is that of experts/importing/desk.py."""

    change_list_template = "admin/experts/import_list.html"
    list_display = ["source", "at", "by", "status", "created", "changed", "published", "refused"]
    exported = [*list_display, "unchanged"]
    list_select_related = ["by"]
    filters = ImportFilters
    search_fields = ["source"]

    def get_queryset(self, request):
        return super().get_queryset(request).open_to(request.user)

    def get_urls(self):
        return [
            self._page("<int:pk>/change/", desk.import_page, "change"),
            self._page("<int:pk>/start/", desk.start_import, "start"),
            self._page("<int:pk>/lines/<int:number>/", desk.choose_line, "line"),
            self._page("<int:pk>/undo/", desk.undo, "undo"),
            self._page("<int:pk>/left-out.<str:file_format>", desk.faults, "left_out"),
            *super().get_urls(),
        ]
