from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from authoring import pages
from core.access import login_required, public, read_only
from core.uploads import private_file_response
from directory.views import entry_list
from directory.visibility import Viewer, published_or_404
from experts import actions
from experts.forms import FORMS
from experts.models import Expert
from experts.presentation import ExpertProfile, linked_person
from experts.schema import EXPERT


def own_profile_or_404(request: HttpRequest) -> Expert:
    """The draft of the person who asks; nobody reaches any other."""
    profile = Expert.objects.acted_for_by(request.user).with_document_rows().first()
    if profile is None:
        raise Http404
    return profile


# The public side


@public
@read_only
def expert_list(request: HttpRequest) -> HttpResponse:
    return entry_list(request, EXPERT)


@public
@read_only
def expert_detail(request: HttpRequest, slug: str) -> HttpResponse:
    entry = published_or_404(request, EXPERT.kind, slug)
    profile = ExpertProfile(entry, Viewer.of(request.user), get_language())
    return render(request, "experts/detail.html", {"entry": profile, "linked_data": linked_person(profile)})


# The author's side


@login_required
def expert_start(request: HttpRequest) -> HttpResponse:
    """Open one's profile. What is written there stays private until a moderator has approved it."""
    if Expert.objects.acted_for_by(request.user).exists():
        return redirect("experts:overview")
    if request.method == "POST":
        return redirect(actions.start(language=get_language(), by=request.user).edit_url())
    return render(request, "experts/start.html")


@login_required
def expert_edit(request: HttpRequest, step: str) -> HttpResponse:
    return pages.edit_step(request, own_profile_or_404(request), step, FORMS)


@login_required
@require_safe
def expert_overview(request: HttpRequest) -> HttpResponse:
    profile = Expert.objects.acted_for_by(request.user).with_document_rows().first()
    if profile is None:
        return redirect("experts:start")
    return pages.overview(request, profile, "experts/overview.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def expert_submit(request: HttpRequest) -> HttpResponse:
    return pages.submit(request, own_profile_or_404(request), "experts/check.html")


@login_required
@require_POST
def expert_withdraw(request: HttpRequest) -> HttpResponse:
    return pages.withdraw(request, own_profile_or_404(request))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def expert_take_down(request: HttpRequest) -> HttpResponse:
    return pages.take_down(request, own_profile_or_404(request))


@login_required
@require_POST
def expert_bring_back(request: HttpRequest) -> HttpResponse:
    return pages.bring_back(request, own_profile_or_404(request))


@login_required
@require_safe
def expert_preview(request: HttpRequest, visitor: str) -> HttpResponse:
    return pages.preview(request, own_profile_or_404(request), visitor)


@login_required
@require_safe
def expert_cv(request: HttpRequest) -> HttpResponse:
    """One's own CV, as a download. Nobody else's, and never public."""
    profile = own_profile_or_404(request)
    if not profile.cv:
        raise Http404
    return private_file_response(profile.cv, "cv.pdf")
