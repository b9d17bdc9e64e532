from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from authoring import pages
from core.access import login_required, public, read_only
from directory.views import entry_list
from directory.visibility import Viewer, published_or_404
from projects import actions, partners
from projects.forms import FORMS, StartForm
from projects.models import Project
from projects.presentation import ProjectPage, linked_project
from projects.schema import PROJECT, Step

# The public side


@public
@read_only
def project_list(request: HttpRequest) -> HttpResponse:
    return entry_list(request, PROJECT)


@public
@read_only
def project_detail(request: HttpRequest, slug: str) -> HttpResponse:
    entry = published_or_404(request, PROJECT.kind, slug)
    page = ProjectPage(entry, Viewer.of(request.user), get_language())
    return render(request, "projects/detail.html", {"entry": page, "linked_data": linked_project(page)})


# The side of those who lead it


@login_required
def project_start(request: HttpRequest) -> HttpResponse:
    form = StartForm(request.POST or None, user=request.user)
    if request.method != "POST" or not form.is_valid():
        return render(request, "projects/start.html", {"form": form})
    language = get_language()
    project = Project(source_language=language)
    setattr(project, f"name_{language}", form.cleaned_data["name"])
    actions.start(project, lead=form.cleaned_data["lead"], by=request.user)
    return redirect(project.edit_url())


@login_required
def project_edit(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    project = partners.own_project_or_404(request, public_id)
    if step == Step.PARTNERS:
        return partners.partners_page(request, project)
    return pages.edit_step(request, project, step, FORMS)


@login_required
@require_safe
def project_overview(request: HttpRequest, public_id: str) -> HttpResponse:
    return pages.overview(request, partners.own_project_or_404(request, public_id), "projects/overview.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_submit(request: HttpRequest, public_id: str) -> HttpResponse:
    return pages.submit(request, partners.own_project_or_404(request, public_id))


@login_required
@require_POST
def project_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    return pages.withdraw(request, partners.own_project_or_404(request, public_id))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_take_down(request: HttpRequest, public_id: str) -> HttpResponse:
    return pages.take_down(request, partners.own_project_or_404(request, public_id))


@login_required
@require_POST
def project_bring_back(request: HttpRequest, public_id: str) -> HttpResponse:
    return pages.bring_back(request, partners.own_project_or_404(request, public_id))


@login_required
@require_safe
def project_preview(request: HttpRequest, public_id: str, visitor: str) -> HttpResponse:
    return pages.preview(request, partners.own_project_or_404(request, public_id), visitor)
