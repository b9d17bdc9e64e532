"""The team at the desk: who belongs to it, in which roles, until when, and with which second factor."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import SHORT, role_label, roles_of
from core.languages import in_a_row
from desk.filters import DeskFilters, Values
from desk.lists import ReadOnlyAdmin
from team import actions
from team.forms import ColleagueInvitationForm, FactorResetForm, RemovalForm, RolesForm
from team.models import Colleague, TeamInvitation

LAST = _("You are the last administrator: give this role to a colleague first, without an end date. Nothing was changed.")


class ColleagueFilters(DeskFilters):
    group = Values("groups", names="groups__name", label=_("role"), name_of=role_label)


@admin.register(Colleague)
class ColleagueAdmin(ReadOnlyAdmin):
    change_list_template = "admin/team/list.html"
    list_display = ("email", "name", "roles", "second_factor", "team_until", "last_login")
    exported = list_display
    filters = ColleagueFilters
    search_fields = ("email",)
    named_by = ("name",)
    search_help_text = _("Email address or name")
    ordering = ("email",)

    @admin.display(description=_("roles"))
    def roles(self, colleague: Colleague) -> str:
        return in_a_row(SHORT[role] for role in roles_of(colleague)) or "–"

    @admin.display(description=_("second factor"), boolean=True, ordering="is_secured")
    def second_factor(self, colleague: Colleague) -> bool:
        return colleague.is_secured

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        invitations = TeamInvitation.objects.unanswered().select_related("asked_by")
        return super().changelist_view(request, {"invitations": invitations} | (extra_context or {}))

    def get_urls(self):
        return [
            self._page("invite/", invite, "invite"),
            self._page("invitations/<int:pk>/revoke/", revoke, "revoke"),
            self._page("<int:pk>/change/", colleague_page, "change"),
            self._page("<int:pk>/remove/", remove, "remove"),
            self._page("<int:pk>/reset-factor/", reset_factor, "reset_factor"),
            *super().get_urls(),
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    _require_administrator(request)
    form = ColleagueInvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.invite(data["email"], data["roles"], until=data["until"], by=request.user)
        except actions.AlreadyColleague:
            form.add_error("email", _("This person is in the team already."))
        else:
            messages.success(request, _("Invited: the email with the link is on its way."))
            return redirect("admin:team_colleague_changelist")
    return _page(request, "admin/team/invite.html", form=form, title=_("Invite a colleague"))


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    _require_administrator(request)
    actions.revoke(get_object_or_404(TeamInvitation, pk=pk), by=request.user)
    messages.success(request, _("The invitation no longer works."))
    return redirect("admin:team_colleague_changelist")


@require_http_methods(["GET", "HEAD", "POST"])
def colleague_page(request: HttpRequest, pk: int) -> HttpResponse:
    colleague = _colleague_or_404(request, pk)
    form = RolesForm(request.POST) if request.method == "POST" else None
    if form is None or not form.is_valid():
        return _colleague_page(request, colleague, roles_form=form)
    try:
        actions.change_roles(colleague, form.cleaned_data["roles"], until=form.cleaned_data["until"], by=request.user)
    except actions.LastAdministrator:
        form.add_error(None, LAST)
        return _colleague_page(request, colleague, roles_form=form)
    messages.success(request, _("Saved. Your colleague will receive an email."))
    return redirect("admin:team_colleague_change", pk)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    colleague = _colleague_or_404(request, pk)
    form = RemovalForm(request.POST)
    if not form.is_valid():
        return _colleague_page(request, colleague, removal_form=form)
    try:
        actions.remove(colleague, reason=form.cleaned_data["reason"], by=request.user)
    except actions.LastAdministrator:
        form.add_error(None, LAST)
        return _colleague_page(request, colleague, removal_form=form)
    messages.success(request, _("No longer in the team. The account stays; the person is told by email."))
    return redirect("my_space" if colleague == request.user else "admin:team_colleague_changelist")


@require_POST
def reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    colleague = _colleague_or_404(request, pk)
    form = FactorResetForm(request.POST)
    if not form.is_valid():
        return _colleague_page(request, colleague, factor_form=form)
    actions.reset_second_factor(colleague, by=request.user)
    messages.success(request, _("Reset: your colleague is signed out everywhere and sets up a new factor at the next sign-in."))
    return redirect("admin:team_colleague_change", pk)


def _require_administrator(request: HttpRequest) -> None:
    if not request.user.is_superuser:
        raise PermissionDenied


def _colleague_or_404(request: HttpRequest, pk: int) -> Colleague:
    _require_administrator(request)
    return get_object_or_404(Colleague, pk=pk)


def _colleague_page(
    request: HttpRequest, colleague: Colleague, *, roles_form=None, removal_form=None, factor_form=None
) -> HttpResponse:
    initial = {"roles": roles_of(colleague), "until": colleague.team_until}
    return _page(
        request,
        "admin/team/colleague.html",
        colleague=colleague,
        roles_form=roles_form or RolesForm(initial=initial),
        removal_form=removal_form or RemovalForm(),
        factor_form=factor_form or FactorResetForm(),
        title=colleague.name or colleague.email,
    )


def _page(request: HttpRequest, template: str, **context) -> HttpResponse:
    return render(request, template, admin.site.each_context(request) | {"opts": Colleague._meta} | context)
