"""The last answer: 503 when the database is away, 500 when we are wrong."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

RETRY_AFTER_SECONDS = 5


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """handler500. The templates touch no context processor and no database, for either may be the cause.

    OperationalError is PostgreSQL stopped, restarting, full, out of connections, or a statement over its time limit. A handler
    sees it wherever it was raised, in middleware too; a middleware would only see those of the views.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
    return HttpResponse(render_to_string("500.html"), status=500)
