import datetime

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from authoring.state import AuthorState
from core.access import login_required, public, read_only
from core.languages import best_text
from directory.kinds import drafts, kinds
from directory.models import Entry
from directory.presentation import page_of
from directory.visibility import ANONYMOUS
from messaging.models import ContactRequest
from organizations.models import Invitation, JoinRequest, Organization
from projects.models import Participation
from projects.schema import PROJECT
from taxonomy.vocabulary import vocabulary

PROJECTS_ON_HOME = 3


@public
@read_only
def home(request: HttpRequest) -> HttpResponse:
    """What the network is, how large it is, and the search box. Two queries."""
    newest = Entry.objects.published().of_kind(PROJECT.kind).order_by("-first_published_at", "pk")[:PROJECTS_ON_HOME]
    counts = dict(Entry.objects.published().values_list("kind").annotate(Count("pk")).order_by())
    context = {
        "figures": [(kind, counts.get(name, 0)) for name, kind in kinds().items()],
        "projects": [page_of(entry, ANONYMOUS, get_language()) for entry in newest],
        "goals": vocabulary().goals,
        "missions": missions(),
    }
    return render(request, "volubilis/home.html", context)


@public
@read_only
def about(request: HttpRequest) -> HttpResponse:
    people = [{name: best_text(texts, get_language()) for name, texts in person.items()} for person in settings.NETWORK_PEOPLE]
    return render(request, "volubilis/about.html", {"missions": missions(), "people": people, "legal": settings.LEGAL})


@public
@read_only
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "volubilis/legal.html", {"legal": settings.LEGAL})


@public
@read_only
def privacy(request: HttpRequest) -> HttpResponse:
    month = datetime.date.fromisoformat(f"{settings.PRIVACY_NOTICE_VERSION}-01")
    return render(request, "volubilis/privacy.html", {"legal": settings.LEGAL, "version": date_format(month, "F Y")})


@public
@read_only
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "volubilis/accessibility.html", {"legal": settings.LEGAL})


@public
@read_only
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "volubilis/robots.txt", {"site_url": settings.SITE_URL}, content_type="text/plain")


def missions() -> list[str]:
    """The six missions of the network in the language of the page."""
    return [label for _code, label in vocabulary().choices("missions", get_language())]


@login_required
@require_safe
def my_space(request: HttpRequest) -> HttpResponse:
    """Everything that the person acts for, whatever its kind: where it stands, and the next thing to do."""
    user = request.user
    sections = [
        (model.document_schema, [AuthorState(draft) for draft in model.objects.acted_for_by(user).with_document_rows()])
        for model in drafts().values()
    ]
    named_in = Participation.objects.answerable_by(user).with_names()
    context = {
        "sections": sections,
        "invitations": Invitation.objects.open().addressed_to(user).select_related("organization"),
        "join_requests": JoinRequest.objects.to_decide_by(user).select_related("organization", "asked_by"),
        "contact_requests": ContactRequest.objects.open().received_by(user).with_names(),
        "asked": named_in.open(),
        "answered": named_in.answered(),
        "read_for": Organization.objects.read_by(user),
    }
    return render(request, "volubilis/my_space.html", context)
