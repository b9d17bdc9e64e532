from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.schedule import Daily, job


@job("accounts.forget_expired_sessions", _("Forget the sessions that have expired"), Daily(hour=3))
def forget_expired_sessions() -> dict[str, int]:
    """And what stood beside them in the list of sessions: address and browser of somebody who is long gone."""
    expired = Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
    listed = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()[0]
    return {"sessions": expired, "listed": listed}
