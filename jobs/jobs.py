from datetime import timedelta

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.schedule import Daily, Every, job
from jobs.models import Run

KEPT = timedelta(days=90)


@job("jobs.forget_old_runs", _("Forget the old runs of jobs"), Daily(hour=3))
def forget_old_runs() -> dict[str, int]:
    """All but the last of each job, which says when it is due again."""
    newest = Run.objects.ended().filter(job=OuterRef("job")).values("pk")[:1]
    old = Run.objects.filter(started_at__lt=timezone.now() - KEPT).exclude(pk=Subquery(newest))
    return {"runs": old.delete()[0]}


@job("jobs.forget_expired_cache", _("Forget what the shared cache may forget"), Every(timedelta(hours=1)))
def forget_expired_cache() -> dict[str, int]:
    """Expired limits and codes: the cache itself only looks at them when it is full, and counts its rows at each write."""
    if not isinstance(caches["default"], DatabaseCache):
        return {}
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < now()")  # noqa: S608 a name of the settings
        return {"rows": cursor.rowcount}
