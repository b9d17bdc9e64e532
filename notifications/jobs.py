from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.schedule import Daily, job

from .models import Mail

# How long somebody of the team can still read what was written (docs/deployment.md).
BODIES_KEPT = timedelta(days=180)


@job("notifications.empty_old_mails", _("Empty the emails that were dealt with long ago"), Daily(hour=3))
def empty_old_mails() -> dict[str, int]:
    """That a mail went out, to whom and about what stays; what it said does not."""
    old = Mail.objects.dealt_with().filter(created_at__lt=timezone.now() - BODIES_KEPT).exclude(text="")
    return {"mails": old.update(text="", html="")}
