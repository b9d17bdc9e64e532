from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.schedule import jobs
from desk.filters import DeskFilters, Values, period
from desk.lists import ReadOnlyAdmin
from jobs.models import Run
from jobs.running import standings


def _label(name: str) -> str:
    return str(jobs()[name].label) if name in jobs() else name


class RunFilters(DeskFilters):
    job = Values("job", label=_("job"), name_of=_label)
    status = Values("status", label=_("status"))
    since, until = period("started_at")


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    """What ran and how it ended; above it, where each job stands."""

    change_list_template = "jobs/list.html"
    list_display = ("label", "status", "started_at", "finished_at", "done", "error")
    list_display_links = None
    exported = ("job", "status", "started_at", "finished_at", "done", "error")
    filters = RunFilters

    def changelist_view(self, request, extra_context=None):
        now = timezone.now()
        rows = [(standing, standing.is_late(now)) for standing in standings()]
        return super().changelist_view(request, {"standings": rows} | (extra_context or {}))

    @admin.display(description=_("job"), ordering="job")
    def label(self, run: Run) -> str:
        return run.label

    @admin.display(description=_("things dealt with"))
    def done(self, run: Run) -> int:
        return sum(run.counts.values())
