from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from experts.importing import desk
from experts.models import Expert
from moderation.drafts import DraftAdmin, PublishedFilter


@admin.register(Expert)
class ExpertAdmin(DraftAdmin):
    change_list_template = "admin/experts/expert_list.html"

    list_display = ["__str__", "user", "milieu", "country", "changed_at", "page"]
    list_filter = [PublishedFilter, "milieu", "country", "source_language"]
    list_select_related = ["user", "entry"]
    search_fields = ["given_name", "family_name", "given_name_ar", "family_name_ar", "user__email", "external_id", "public_id"]
    search_help_text = _("Name in either script, e-mail address, identifier")
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
