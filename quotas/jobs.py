from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.schedule import Every, job
from quotas.models import DeedCount


@job("quotas.forget_ended", _("Forget the limits whose time is over"), Every(timedelta(hours=1)))
def forget_ended() -> dict[str, int]:
    return {"limits": DeedCount.objects.filter(until__lt=timezone.now()).delete()[0]}
