"""The organisations and people of a project: naming them, and their answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.naming import with_a_name
from authoring import pages
from authoring.state import AuthorState
from core.access import login_required
from core.languages import best_text, trilingual
from core.mail_links import mail_page
from directory import search
from directory.presentation import PublicEntry, page_of
from directory.visibility import ANONYMOUS
from experts.models import Expert
from experts.schema import EXPERT
from organizations.models import Organization
from organizations.schema import ORGANIZATION
from projects import actions
from projects.forms import LeadForm, NamingForm
from projects.models import Participation, Project
from projects.schema import Step
from quotas.counting import QuotaSpent

MOST_FOUND = 8
LONGEST_QUERY = 200


def own_project_or_404(request: HttpRequest, public_id: str) -> Project:
    """The draft of somebody who may edit it; to all others it does not exist."""
    return get_object_or_404(Project.objects.acted_for_by(request.user).with_document_rows(), public_id=public_id)


def partners_page(request: HttpRequest, project: Project, *, form: NamingForm | None = None, status: int = 200) -> HttpResponse:
    """The last step of the editor: who leads, who is named, and a search among who is published."""
    text = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    context = {
        **pages.step_context(AuthorState(project), Step.PARTNERS),
        "lead_form": LeadForm(user=request.user, project=project),
        "participations": project.participations.select_related("organization", "expert"),
        "text": text,
        "found": published_by_name(text, project) if text else [],
        "roles": NamingForm().fields["role"].choices,
        "form": form,
    }
    return render(request, "projects/partners.html", context, status=status)


def published_by_name(text: str, project: Project) -> list[PublicEntry]:
    """Organisations and experts of the directory who may be meant, less those named already."""
    named = {row.named.public_id for row in project.participations.all()}
    found = [
        entry for kind in (ORGANIZATION.kind, EXPERT.kind) for entry in search.named(kind, text, limit=MOST_FOUND + len(named))
    ]
    return [page_of(entry, ANONYMOUS, get_language()) for entry in found if entry.public_id not in named]


@login_required
@require_POST
def project_lead(request: HttpRequest, public_id: str) -> HttpResponse:
    project = own_project_or_404(request, public_id)
    form = LeadForm(request.POST, user=request.user, project=project)
    if form.is_valid():
        actions.set_lead(project, form.cleaned_data["lead"], by=request.user)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose one of your organisations."))
    return _to_partners(project)


@login_required
@with_a_name
@require_POST
def project_name(request: HttpRequest, public_id: str) -> HttpResponse:
    """Name somebody who is published. Whoever may answer for them has said yes by doing it; others get a mail."""
    project = own_project_or_404(request, public_id)
    form = NamingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what they do in the project."))
        return _to_partners(project)
    named = _published_or_404(form.cleaned_data["public_id"])
    try:
        row = actions.ask(project, role=form.cleaned_data["role"], by=request.user, **named)
    except actions.AlreadyNamed:
        messages.info(request, _("They are already named in this project."))
    except QuotaSpent as spent:
        messages.error(request, spent.quota.refusal)
    else:
        if row.is_confirmed:
            messages.success(request, _("Added: %(name)s.") % {"name": row.named})
        else:
            messages.success(
                request, _("Request sent: %(name)s. The name will appear once they have agreed.") % {"name": row.named}
            )
    return _to_partners(project)


@login_required
@require_POST
def project_remove(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    project = own_project_or_404(request, public_id)
    actions.remove(get_object_or_404(project.participations, pk=pk), by=request.user)
    messages.success(request, _("Removed. The public page no longer names them."))
    return _to_partners(project)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_participation(request: HttpRequest, pk: int) -> HttpResponse:
    """What a project says of somebody, and their answer: yes, no, or no longer. Others find nothing here."""
    row = get_object_or_404(Participation.objects.answerable_by(request.user).with_names(), pk=pk)
    if request.method != "POST":
        return _participation_page(request, row)
    _answer(request, row, by=request.user)
    return redirect("my_space")


@mail_page
def project_participation_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The same for whoever opens the link of the mail, which was sent to one account and answers in its name."""
    found = Participation.objects.of_link(token)
    if found is None:
        return render(request, "projects/participation_gone.html", status=404)
    row, person = found
    if request.method != "POST":
        return _participation_page(request, row, is_by_mail=True)
    _answer(request, row, by=person)
    return redirect(request.path)


def _participation_page(request: HttpRequest, row: Participation, *, is_by_mail: bool = False) -> HttpResponse:
    summary = best_text(trilingual(row.project, "summary"), get_language())
    context = {"participation": row, "project": row.project, "summary": summary, "is_by_mail": is_by_mail}
    context["summary_is_foreign"] = summary is not None and summary.is_foreign(get_language())
    return render(request, "projects/participation.html", context)


def _answer(request: HttpRequest, row: Participation, *, by: User) -> None:
    """Raises Http404 for an answer that the page does not offer."""
    answer = request.POST.get("answer")
    if answer not in {"confirm", "decline"}:
        raise Http404
    actions.answer(row, confirmed=answer == "confirm", by=by)
    if answer == "confirm":
        messages.success(request, _("Confirmed. You may withdraw at any time."))
    else:
        messages.success(request, _("The project does not name you in public."))


def _published_or_404(public_id: str) -> dict[str, Organization | Expert]:
    """The organisation or expert of a published entry, under the name by which the verb knows it."""
    for name, model in (("organization", Organization), ("expert", Expert)):
        found = model.objects.published().filter(public_id=public_id).first()
        if found:
            return {name: found}
    raise Http404


def _to_partners(project: Project) -> HttpResponseRedirect:
    return redirect(project.edit_url(Step.PARTNERS))
