"""The people of an organisation: roles, invitations, requests to join."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.naming import with_a_name
from core.access import login_required
from core.mail_links import mail_page
from directory.visibility import ANONYMOUS, published_or_404
from organizations import actions
from organizations.access import ANYBODY_INSIDE, OWNERS, represents_organization
from organizations.forms import InvitationForm, JoinForm, RoleForm
from organizations.models import Invitation, Organization, Role
from organizations.presentation import OrganizationPage
from organizations.schema import ORGANIZATION
from quotas.counting import QuotaSpent


@represents_organization(*ANYBODY_INSIDE)
@require_safe
def organization_people(request: HttpRequest, organization: Organization) -> HttpResponse:
    return _people_page(request, organization, InvitationForm())


@represents_organization(*OWNERS)
@with_a_name
@require_POST
def organization_invite(request: HttpRequest, organization: Organization) -> HttpResponse:
    """Invite an address, or send an open invitation again."""
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _people_page(request, organization, form)
    try:
        invitation = actions.invite(organization, **form.cleaned_data, by=request.user)
    except actions.AlreadyBelongs:
        form.add_error("email", _("This person belongs to the organisation already."))
    except QuotaSpent as spent:
        form.add_error(None, spent.quota.refusal)
    else:
        messages.success(
            request, _("Invitation sent: %(email)s. The link in the email works once.") % {"email": invitation.email}
        )
        return _to_people(organization)
    return _people_page(request, organization, form)


@represents_organization(*OWNERS)
@require_POST
def organization_revoke(request: HttpRequest, organization: Organization, pk: int) -> HttpResponse:
    actions.revoke(get_object_or_404(organization.invitations, pk=pk), by=request.user)
    messages.success(request, _("Revoked. The link in the email no longer works."))
    return _to_people(organization)


@represents_organization(*OWNERS)
@require_POST
def organization_change_role(request: HttpRequest, organization: Organization, pk: int) -> HttpResponse:
    affiliation = get_object_or_404(organization.affiliations, pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        actions.change_role(affiliation, form.cleaned_data["role"], by=request.user)
    except actions.LastOwner:
        messages.error(request, _("An organisation must have at least one owner. Make someone else an owner first."))
    else:
        messages.success(request, _("The role is changed."))
    return _to_people(organization)


@represents_organization(*ANYBODY_INSIDE)
@require_POST
def organization_remove(request: HttpRequest, organization: Organization, pk: int) -> HttpResponse:
    """An owner removes somebody, or somebody leaves."""
    affiliation = get_object_or_404(organization.affiliations, pk=pk)
    leaves = affiliation.user_id == request.user.pk
    try:
        actions.remove(affiliation, by=request.user)
    except PermissionDenied:
        raise Http404 from None
    except actions.LastOwner:
        messages.error(request, _("An organisation must have at least one owner. Make someone else an owner first."))
        return _to_people(organization)
    if leaves:
        messages.success(request, _("You have left %(organization)s.") % {"organization": organization})
        return redirect("my_space")
    messages.success(request, _("Removed. This person no longer acts for the organisation."))
    return _to_people(organization)


@represents_organization(*OWNERS)
@require_POST
def organization_decide_request(request: HttpRequest, organization: Organization, pk: int) -> HttpResponse:
    join_request = get_object_or_404(organization.join_requests, pk=pk)
    form = RoleForm(request.POST)
    answer = request.POST.get("answer")
    if answer not in {"accept", "decline"} or not form.is_valid():
        raise Http404
    accepted = answer == "accept"
    if not actions.decide_request(join_request, accepted=accepted, role=form.cleaned_data["role"], by=request.user):
        messages.info(request, _("Another owner has answered in the meantime."))
    elif accepted:
        messages.success(request, _("Accepted. The person will receive an email."))
    else:
        messages.success(request, _("Declined. The person will receive an email."))
    return _to_people(organization)


@login_required
@with_a_name
@require_http_methods(["GET", "HEAD", "POST"])
def organization_join(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the owners of a published organisation to be taken in."""
    entry = published_or_404(request, ORGANIZATION.kind, slug)
    organization = get_object_or_404(Organization, entry=entry)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_to_join(organization, message=form.cleaned_data["message"], by=request.user)
        except actions.AlreadyBelongs:
            messages.info(request, _("You belong to this organisation already."))
        except QuotaSpent as spent:
            messages.error(request, spent.quota.refusal)
        else:
            messages.success(request, _("Request sent. You will receive an email when an owner has answered."))
        return redirect(entry)
    page = OrganizationPage(entry, ANONYMOUS, get_language())
    return render(request, "organizations/join.html", {"entry": page, "form": form})


@mail_page
def organization_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What an invitation says, and its answer. Mail programs open links: only a button uses it."""
    invitation = Invitation.objects.of_link(token).select_related("organization", "asked_by").first()
    if invitation is None:
        return _no_invitation(request)
    if request.method != "POST":
        return _invitation_page(request, invitation)
    if request.POST.get("answer") == "decline":
        actions.decline(invitation, by=request.user if request.user.is_authenticated else None)
        messages.success(request, _("Declined. The invitation no longer works."))
        return redirect("home")
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not invitation.is_for(request.user) and "other_address" not in request.POST:
        return _invitation_page(request, invitation)
    return _accept(request, invitation)


def _accept(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    organization = invitation.organization
    try:
        affiliation = actions.accept(invitation, by=request.user)
    except actions.InvitationUnusable:
        return _no_invitation(request)
    except actions.AlreadyBelongs:
        messages.info(request, _("You belong to this organisation already."))
        return _to_people(organization)
    messages.success(request, _("Welcome to %(organization)s.") % {"organization": organization})
    return _to_people(organization) if affiliation.role == Role.READER else redirect(organization.author_url("overview"))


def _invitation_page(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    is_other_address = request.user.is_authenticated and not invitation.is_for(request.user)
    context = {"invitation": invitation, "is_other_address": is_other_address}
    return render(request, "organizations/invitation.html", context)


def _people_page(request: HttpRequest, organization: Organization, form: InvitationForm) -> HttpResponse:
    own = get_object_or_404(organization.affiliations, user=request.user)
    is_owner = own.role == Role.OWNER
    context = {
        "organization": organization,
        "affiliations": organization.affiliations.select_related("user"),
        "own": own,
        "is_owner": is_owner,
        "is_last_owner": is_owner and organization.affiliations.filter(role=Role.OWNER).count() == 1,
        "roles": Role.choices,
        "invitations": organization.invitations.unanswered() if is_owner else [],
        "requests": organization.join_requests.open().select_related("asked_by") if is_owner else [],
        "form": form,
    }
    return render(request, "organizations/people.html", context)


def _to_people(organization: Organization) -> HttpResponseRedirect:
    return redirect("organizations:people", public_id=organization.public_id)


def _no_invitation(request: HttpRequest) -> HttpResponse:
    """Used, taken back, too old or never written: one answer, which says what to do."""
    return render(request, "organizations/invitation_gone.html", status=404)
