from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from journal.models import Record
from journal.reading import labels


class NamedRecords(ChangeList):
    """The records of one page, each with the name of its subject."""

    def get_results(self, request) -> None:
        super().get_results(request)
        names = labels(self.result_list)
        for record in self.result_list:
            record.subject_name = names[record.pk]


@admin.register(Record)
class RecordAdmin(admin.ModelAdmin):
    """The journal is read here, and written by verbs only."""

    actions = None
    list_display = ("at", "verb", "subject", "by", "on_behalf_of", "facts")
    list_display_links = None
    list_filter = ("verb",)
    list_select_related = ("by", "on_behalf_of")
    date_hierarchy = "at"
    search_fields = ("by__email", "on_behalf_of__email")
    search_help_text = _("Email address of who acted")
    list_per_page = 50
    show_full_result_count = False

    def get_changelist(self, request, **kwargs):
        return NamedRecords

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @admin.display(description=_("what or whom"))
    def subject(self, record: Record) -> str:
        return format_html("<bdi>{}</bdi>", record.subject_name)
