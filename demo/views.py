from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from core.access import public
from demo.look import samples


@public
def look(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for those who write templates. In the demo only."""
    if not settings.DEMO:
        raise Http404
    return render(request, "demo/look.html", samples())
