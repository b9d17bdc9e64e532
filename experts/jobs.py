from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.schedule import Daily, WhenAsked, job
from experts.importing.actions import carry_on
from experts.models import Import, ImportLine

# A list that nobody decided about; and lines that became nobody, for those who mend them.
UNDECIDED_KEPT = timedelta(days=1)
LEFT_OUT_KEPT = timedelta(days=30)


def _since() -> datetime | None:
    first = Import.objects.waiting().first()
    return first.asked_at if first else None


@job("experts.carry_on_imports", _("Check, import or undo long lists of people"), WhenAsked(_since))
def carry_on_imports() -> dict[str, int]:
    """Also what a request began and could not finish."""
    done = 0
    for batch in Import.objects.waiting().select_related("asked_by"):
        try:
            if batch.asked_by is None:
                raise PermissionDenied
            carry_on(batch)
        except PermissionDenied:
            # Whoever asked is no coordinator any more. What is done stays; the rest waits for another one.
            before = Import.Status.DONE if batch.status == Import.Status.UNDOING else Import.Status.CHECKED
            Import.objects.filter(pk=batch.pk).update(status=before)
        done += 1
    return {"lists": done}


@job("experts.forget_lists", _("Forget lists of people that were not imported"), Daily(hour=3))
def forget_lists() -> dict[str, int]:
    """What a list says of people who are not in the portal is kept no longer than it takes to mend it."""
    now = timezone.now()
    undecided = Import.objects.filter(status__in=[Import.Status.CHECKING, Import.Status.CHECKED], at__lt=now - UNDECIDED_KEPT)
    lists = undecided.count()
    undecided.delete()
    lines = ImportLine.objects.filter(done_at=None, of__at__lt=now - LEFT_OUT_KEPT).delete()[0]
    return {"lists": lists, "lines": lines}
