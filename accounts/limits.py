from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def too_many_requests(request: HttpRequest, *, retry_after: int = 60) -> HttpResponse:
    """`retry_after` in seconds. Also the site's handler429, which django-allauth calls."""
    response = render(request, "429.html", {"minutes": retry_after // 60}, status=429)
    response.headers["Retry-After"] = str(retry_after)
    return response
