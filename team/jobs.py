from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext

from core.schedule import Daily, job
from team import actions
from team.models import Colleague


@job("team.end_terms", _("End the terms in the team whose last day has passed"), Daily(hour=0))
def end_terms() -> dict[str, int]:
    """Their access has ended with that day already (accounts/team.py); here the roles go, and the person is told."""
    ended = 0
    for colleague in Colleague.objects.filter(team_until__lt=timezone.localdate()):
        with override(colleague.language):
            reason = pgettext("team", "The last day that was agreed has passed.")
        try:
            actions.remove(colleague, reason=reason, by=None)
        except actions.LastAdministrator:
            continue
        ended += 1
    return {"colleagues": ended}
