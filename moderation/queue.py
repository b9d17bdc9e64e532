"""The queue: what can be asked of it, and which submission comes next."""

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desk.filters import Conditions, DeskFilters, Values, period
from moderation.models import Submission

WAITING, DECIDED = "waiting", "decided"
FIRST_IN_FIRST_OUT = ("submitted_at", "pk")


def _states() -> dict:
    """What waits, what moderators decided, and each state by itself."""
    states = Submission.Status
    each = {state.value: (state.label, Q(status=state)) for state in states}
    return {WAITING: each.pop(WAITING), DECIDED: (_("Decided by a moderator"), Q(decided_at__isnull=False))} | each


def _novelties() -> dict:
    return {
        "new": (pgettext_lazy("submission", "New page"), Q(base_version=0)),
        "change": (pgettext_lazy("submission", "Change"), ~Q(base_version=0)),
    }


class SubmissionFilters(DeskFilters):
    """The queue shows what waits, unless something else is asked for; who decided and when can be asked of the rest."""

    status = Conditions(_states, label=_("status"), default=WAITING)
    kind = Values("kind", label=_("kind"))
    novelty = Conditions(_novelties, label=_("new or change"))
    decided_by = Values("decided_by", names="decided_by__email", label=_("decided by"))
    since, until = period("decided_at", since=_("decided from"), until=_("decided until"))

    def __init__(self, data=None, **options):
        super().__init__(data, **options)
        if not (data or {}).get("status"):
            for name in ("decided_by", "since", "until"):
                del self.filters[name]


def next_in_queue(filters: str) -> Submission | None:
    """The one that has waited longest under these filters, as they stand in the address of the list."""
    asked = QueryDict(filters, mutable=True)
    asked.pop("status", None)
    return SubmissionFilters(asked, queryset=Submission.objects.waiting()).qs.order_by(*FIRST_IN_FIRST_OUT).first()
