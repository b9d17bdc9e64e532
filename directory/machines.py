"""What machines get under /api/: JSON whatever happens, and no middleware of pages (language, session, cookies, CSRF)."""

import logging
from collections.abc import Callable

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import resolve

from core.middleware import refuse_broken, texts_of

logger = logging.getLogger(__name__)

PREFIX = "/api/"
METHODS = "GET, HEAD, OPTIONS"
DAY = 86_400


def problem(error: object, *, status: int) -> JsonResponse:
    return JsonResponse({"error": error}, status=status)


def answer_machines(get_response: Callable) -> Callable:
    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        response = _answer(request, request.method)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        return response

    return middleware


def _answer(request: HttpRequest, method: str) -> HttpResponse:
    if method == "OPTIONS":
        return _preflight()
    if method not in {"GET", "HEAD"}:
        response = problem("read only", status=405)
        response.headers["Allow"] = METHODS
        return response
    request.method = "GET"  # HEAD has the same headers, ETag included; the server leaves the body out
    try:
        refuse_broken([request.path_info, *texts_of(request.GET)])
        match = resolve(request.path_info)
        return match.func(request, *match.args, **match.kwargs)
    except Http404:  # of the address as well
        return problem("not found", status=404)
    except BadRequest:
        return problem("the request contains characters that no text can have", status=400)
    except SuspiciousOperation:
        return problem("the request asks too much at once", status=400)
    except Exception:
        logger.exception("The API failed at %s", request.path_info)
        return problem("something went wrong here", status=500)
    finally:
        request.method = method


def _preflight() -> HttpResponse:
    """So that a script of another site may send If-None-Match, or any header of its own."""
    allowed = {
        "Allow": METHODS,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "*",
        "Access-Control-Max-Age": DAY,
    }
    return HttpResponse(status=204, headers=allowed)
