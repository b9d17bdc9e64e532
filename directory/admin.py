"""What was searched, in the admin. Entries are registered in `moderation`, where the verbs are that change them."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.languages import language_name
from desk.filters import Conditions, DeskFilters, Values, period
from desk.lists import ReadOnlyAdmin
from directory.models import SearchInsight


def _results() -> dict:
    return {"nothing": (_("Found nothing"), Q(results=0)), "something": (_("Found something"), Q(results__gt=0))}


class SearchInsightFilters(DeskFilters):
    found = Conditions(_results, label=_("results"))
    language = Values("language", label=_("language"), name_of=lambda code: language_name(code, get_language()))
    kind = Values("kind", label=_("kind"))
    since, until = period("day")


@admin.register(SearchInsight)
class SearchInsightAdmin(ReadOnlyAdmin):
    """Words asked at least three times: names for the vocabulary that it lacks are among those that found nothing."""

    list_display = ["text", "times", "results", "day", "language", "kind"]
    list_display_links = None
    filters = SearchInsightFilters
    search_fields = ["text"]

    def get_queryset(self, request):
        return super().get_queryset(request).asked_often()
