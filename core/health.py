"""For load balancers and monitoring: is this process able to serve pages?"""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from core.access import public, read_only


@public
@read_only
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and no migration waits, else 503."""
    try:
        waiting = migrations_wait()
    except DatabaseError:
        return JsonResponse({"status": "database unavailable"}, status=503)
    return JsonResponse({"status": "migrations waiting"}, status=503) if waiting else JsonResponse({"status": "ok"})


def migrations_wait() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
