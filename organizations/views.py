from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from authoring import pages
from core.access import login_required, public, read_only
from directory.views import entry_list
from directory.visibility import ANONYMOUS, Viewer, published_or_404
from organizations import actions
from organizations.access import ANYBODY_INSIDE, EDITORS, represents_organization
from organizations.duplicates import published_namesakes
from organizations.forms import FORMS, StartForm
from organizations.models import Organization
from organizations.presentation import OrganizationPage, linked_organization
from organizations.schema import ORGANIZATION
from quotas.counting import QuotaSpent

# The public side


@public
@read_only
def organization_list(request: HttpRequest) -> HttpResponse:
    return entry_list(request, ORGANIZATION)


@public
@read_only
def organization_detail(request: HttpRequest, slug: str) -> HttpResponse:
    entry = published_or_404(request, ORGANIZATION.kind, slug)
    page = OrganizationPage(entry, Viewer.of(request.user), get_language())
    return render(request, "organizations/detail.html", {"entry": page, "linked_data": linked_organization(page)})


# The side of its people


@login_required
def organization_start(request: HttpRequest) -> HttpResponse:
    """Register an organisation, unless it is in the directory already: then its people are asked."""
    form = StartForm(request.POST or None, language=get_language())
    known: list[OrganizationPage] = []
    if request.method == "POST" and form.is_valid():
        entries = published_namesakes(form.cleaned_data["name"], form.cleaned_data["website"])
        known = [OrganizationPage(entry, ANONYMOUS, get_language()) for entry in entries]
        if not known or form.cleaned_data["confirmed"]:
            try:
                organization = actions.found(form.save(commit=False), by=request.user)
            except QuotaSpent as spent:
                form.add_error(None, spent.quota.refusal)
            else:
                return redirect(organization.edit_url())
    return render(request, "organizations/start.html", {"form": form, "known": known})


@represents_organization(*EDITORS)
def organization_edit(request: HttpRequest, organization: Organization, step: str) -> HttpResponse:
    return pages.edit_step(request, organization, step, FORMS)


@represents_organization(*EDITORS)
@require_safe
def organization_overview(request: HttpRequest, organization: Organization) -> HttpResponse:
    return pages.overview(request, organization, "organizations/overview.html")


@represents_organization(*EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def organization_submit(request: HttpRequest, organization: Organization) -> HttpResponse:
    return pages.submit(request, organization)


@represents_organization(*EDITORS)
@require_POST
def organization_withdraw(request: HttpRequest, organization: Organization) -> HttpResponse:
    return pages.withdraw(request, organization)


@represents_organization(*EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def organization_take_down(request: HttpRequest, organization: Organization) -> HttpResponse:
    return pages.take_down(request, organization)


@represents_organization(*EDITORS)
@require_POST
def organization_bring_back(request: HttpRequest, organization: Organization) -> HttpResponse:
    return pages.bring_back(request, organization)


@represents_organization(*ANYBODY_INSIDE)
@require_safe
def organization_preview(request: HttpRequest, organization: Organization, visitor: str) -> HttpResponse:
    return pages.preview(request, organization, visitor)
