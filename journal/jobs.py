from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.schedule import Daily, job
from journal.actions import purge_expired


@job("journal.purge_expired", _("Forget the journal of more than five years ago"), Daily(hour=3))
def purge() -> dict[str, int]:
    return {"records": purge_expired(timezone.now())}
