from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def too_many_requests(request: HttpRequest, *, retry_after: int = 60) -> HttpResponse:
    """`retry_after` in seconds. Also the site's handler429, which django-allauth calls."""
    return render(
        request, "429.html", {"minutes": max(1, retry_after // 60)}, status=429, headers={"Retry-After": str(retry_after)}
    )
