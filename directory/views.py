"""What the lists of all kinds, and their pictures, have in common."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from core.access import public, read_only
from core.uploads import photo_response
from directory import territories
from directory.kinds import Kind, kinds
from directory.listing import Listing
from directory.pictures import folders, is_public, may_see_unpublished
from directory.search import insight
from directory.search.suggest import suggestions


def entry_list(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The list page of a kind: its template extends directory/list.html. A question nobody can answer gets a kind 400."""
    listing = Listing(request, kind)
    if listing.is_valid and listing.form.text and "page" not in request.GET:
        insight.record(listing.form.text, listing.language, kind.kind, listing.count)
    return render(request, f"{kind.namespace}/list.html", {"listing": listing}, status=200 if listing.is_valid else 400)


@public
@read_only
def territory_list(request: HttpRequest) -> HttpResponse:
    """The answers of one kind by country and region; `?kind=`, and whatever the list of the kind understands."""
    known = kinds()
    listing = Listing(request, known.get(request.GET.get("kind", ""), next(iter(known.values()))))
    if not listing.is_valid:
        return render(request, "400.html", status=400)
    context = {"listing": listing, "tabs": territories.tabs(listing), "territories": territories.territories(listing)}
    return render(request, "directory/territories.html", context)


@public
@read_only
def territory(request: HttpRequest, code: str) -> HttpResponse:
    """A country, or one of its regions: who works there. A place of our lists where nobody works yet has its page too."""
    page = territories.page_of(code, get_language())
    if page is None:
        raise Http404
    return render(request, "directory/territory.html", page)


@public
@read_only
@cache_control(max_age=60)
def suggest(request: HttpRequest) -> JsonResponse:
    """What the search box offers while somebody types, in groups with their names."""
    labels = {name: kind.plural for name, kind in kinds().items()} | {"theme": _("Themes"), "place": _("Places")}
    found = suggestions(request.GET.get("q", ""), get_language())
    groups = [
        {
            "label": str(label),
            "items": [{"text": one.text, "lang": one.language, "url": one.url} for one in found if one.group == group],
        }
        for group, label in labels.items()
    ]
    status = ngettext("%(count)d suggestion", "%(count)d suggestions", len(found)) % {"count": len(found)}
    return JsonResponse({"groups": [group for group in groups if group["items"]], "status": status})


@public
@read_only
def picture(request: HttpRequest, folder: str, name: str) -> HttpResponse:
    """A photograph or logo, as long as a published entry shows it; its author and the moderators see it before.

    Behind nginx the answer may instead carry X-Accel-Redirect to an internal location: the decision stays here.
    """
    path = f"{folder}/{name}"
    is_picture = folder in folders()
    shown = is_picture and is_public(path)
    if not shown and not (is_picture and may_see_unpublished(path, request.user)):
        raise Http404
    try:
        response = photo_response(default_storage.open(path))
    except FileNotFoundError:
        raise Http404 from None
    if not shown:
        response["Cache-Control"] = "private, no-store"
    return response
