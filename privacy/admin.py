"""The end of people, in the admin: deactivated or erased, with a reason, after reading what will happen."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.admin import UserAdmin
from accounts.models import User
from privacy import actions
from privacy.forms import EndingReasonForm, ErasureForm

admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People end by verbs: deleting a row alone would leave a page that nobody answers for."""

    change_form_template = "admin/accounts/user/change_form.html"
    readonly_fields = (*UserAdmin.readonly_fields, "is_active")

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def change_view(self, request: HttpRequest, object_id: str, form_url="", extra_context=None) -> HttpResponse:
        person = self.get_object(request, unquote(object_id))
        may_end = person is not None and actions.may_end(person, request.user)
        return super().change_view(request, object_id, form_url, {"may_end": may_end} | (extra_context or {}))

    def get_urls(self):
        return [
            self._page("<int:pk>/end/", end, "end"),
            self._page("<int:pk>/deactivate/", deactivate, "deactivate"),
            self._page("<int:pk>/reactivate/", reactivate, "reactivate"),
            self._page("<int:pk>/erase/", erase, "erase"),
            *super().get_urls(),
        ]


@require_safe
def end(request: HttpRequest, pk: int) -> HttpResponse:
    return _end_page(request, _person_or_404(request, pk))


@require_POST
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person_or_404(request, pk)
    form = EndingReasonForm(request.POST, prefix="deactivate")
    if not form.is_valid():
        return _end_page(request, person, deactivate_form=form)
    try:
        actions.deactivate(person, by=request.user, reason=form.cleaned_data["reason"])
    except actions.LastCoordinator:
        return _refused(request, person)
    messages.success(request, _("Deactivated. The pages of this person are hidden, and the person is told why."))
    return redirect("admin:accounts_user_change", person.pk)


@require_POST
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person_or_404(request, pk)
    actions.reactivate(person, by=request.user)
    messages.success(request, _("Active again, with the pages that were hidden."))
    return redirect("admin:accounts_user_change", person.pk)


@require_POST
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person_or_404(request, pk)
    form = ErasureForm(request.POST, prefix="erase")
    if not form.is_valid():
        return _end_page(request, person, erase_form=form)
    try:
        actions.erase(person, by=request.user, reason=form.cleaned_data["reason"])
    except (actions.StillNeeded, actions.LastCoordinator):
        return _refused(request, person)
    messages.success(request, _("Erased. The journal keeps that it was done, and nothing else."))
    return redirect("admin:accounts_user_changelist")


def _person_or_404(request: HttpRequest, pk: int) -> User:
    if not request.user.has_perm("accounts.delete_user"):
        raise PermissionDenied
    person = get_object_or_404(User, pk=pk)
    actions.require_may_end(person, request.user)
    return person


def _refused(request: HttpRequest, person: User) -> HttpResponse:
    messages.error(request, _("This person is still needed: see what must be done first. Nothing was changed."))
    return redirect("admin:accounts_user_end", person.pk)


def _end_page(request: HttpRequest, person: User, *, deactivate_form=None, erase_form=None) -> HttpResponse:
    context = admin.site.each_context(request) | {
        "person": person,
        "consequences": actions.consequences(person),
        "deactivate_form": deactivate_form or EndingReasonForm(prefix="deactivate"),
        "erase_form": erase_form or ErasureForm(prefix="erase"),
        "opts": User._meta,
        "title": _("Deactivate or erase"),
    }
    return render(request, "admin/accounts/user/end.html", context)
