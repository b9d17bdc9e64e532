"""What was searched, in the admin. Entries are registered in `moderation`, where the verbs are that change them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from directory.models import SearchInsight


class FoundFilter(admin.SimpleListFilter):
    title = _("results")
    parameter_name = "found"

    def lookups(self, request, model_admin):
        return [("nothing", _("Found nothing")), ("something", _("Found something"))]

    def queryset(self, request, queryset):
        match self.value():
            case "nothing":
                return queryset.filter(results=0)
            case "something":
                return queryset.filter(results__gt=0)
        return queryset


@admin.register(SearchInsight)
class SearchInsightAdmin(admin.ModelAdmin):
    """Words asked at least three times: names for the vocabulary that it lacks are among those that found nothing."""

    list_display = ["text", "times", "results", "day", "language", "kind"]
    list_display_links = None
    list_filter = [FoundFilter, "language", "kind", "day"]
    search_fields = ["text"]
    date_hierarchy = "day"

    def get_queryset(self, request):
        return super().get_queryset(request).asked_often()

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
