"""The desk of contact: requests that wait for a moderator, reports, and the expressions at which a request waits.

What people write to each other is theirs: a text is shown here only where the team has to decide about it.
"""

from datetime import datetime

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from accounts.models import User
from desk.filters import Conditions, DeskFilters, Values, period
from desk.lists import DeskAdmin, ReadOnlyAdmin
from messaging import actions
from messaging.forms import SettlementForm
from messaging.models import ContactRequest, HeldExpression, Report

RIGHT = "messaging.decide_contactrequest"
Delivery = ContactRequest.Delivery
HIDDEN_TEXT = _("Between the two: the team reads only what is held or reported.")


def _deliveries() -> dict:
    each = {state.value: (state.label, Q(delivery=state)) for state in Delivery}
    return {Delivery.HELD.value: each.pop(Delivery.HELD.value)} | each


class ContactRequestFilters(DeskFilters):
    """What waits for the team, unless something else is asked for."""

    delivery = Conditions(_deliveries, label=_("delivery"), default=Delivery.HELD.value)
    status = Values("status", label=_("status"))
    purpose = Values("purpose", label=pgettext_lazy("contact request", "purpose"))
    held_because = Values("held_because", label=_("held because"))
    kind = Values("entry__kind", label=_("kind"))
    since, until = period("asked_at", since=_("written from"), until=_("written until"))


@admin.register(ContactRequest)
class ContactRequestAdmin(ReadOnlyAdmin):
    change_form_template = "admin/messaging/contactrequest.html"
    list_display = ("asked_at", "sender_name", "entry", "purpose", "delivery", "held_because", "status")
    list_display_links = ("asked_at", "sender_name")
    # Neither an address nor a text: those are between the two.
    exported = ("asked_at", "entry", "purpose", "language", "delivery", "held_because", "delivered_at", "status", "answered_at")
    filters = ContactRequestFilters
    list_select_related = ("entry",)
    search_fields = ("entry__public_id",)
    named_by = ("sender_name", "sender_organization", "entry__document__fields__name")
    search_help_text = _("Who writes, name or identifier of the page")
    ordering = ("-asked_at", "-pk")
    fields = (
        "sender_name",
        "sender_organization",
        "organization",
        "entry",
        "purpose",
        "language",
        "wanted_by",
        "text",
        "asked_at",
        "delivery",
        "held_because",
        "delivered_at",
        "expires_at",
        "status",
        "answered_at",
    )
    readonly_fields = fields

    @admin.display(description=_("message"))
    def text(self, request: ContactRequest) -> str:
        if not may_be_read(request):
            return HIDDEN_TEXT
        return format_html('<div lang="{}" dir="auto">{}</div>', request.language, request.message)

    def get_urls(self):
        return [
            self._page("<int:pk>/release/", require_POST(self.release), "release"),
            self._page("<int:pk>/stop/", require_POST(self.stop), "stop"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        held = ContactRequest.objects.held().filter(pk=object_id) if str(object_id).isdigit() else ContactRequest.objects.none()
        context = {"may_decide": request.user.has_perm(RIGHT) and held.exists()}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def release(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._decided(
            request, actions.release(_held_or_403(request, pk), by=request.user), _("Released: it is on its way.")
        )

    def stop(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._decided(
            request, actions.stop(_held_or_403(request, pk), by=request.user), _("Not passed on; the sender is told.")
        )

    def _decided(self, request: HttpRequest, done: bool, said) -> HttpResponse:
        if done:
            messages.success(request, said)
        else:
            messages.warning(request, _("Somebody else has already decided about this request."))
        return redirect("admin:messaging_contactrequest_changelist")


def may_be_read(request: ContactRequest) -> bool:
    """Whether the team has, or had, to decide about it."""
    return request.delivery in {Delivery.HELD, Delivery.STOPPED} or request.reports.exists()


def _held_or_403(request: HttpRequest, pk: int) -> ContactRequest:
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    return get_object_or_404(ContactRequest, pk=pk)


def _report_states() -> dict:
    return {state.value: (state.label, Q(status=state)) for state in Report.Status}


def _subjects() -> dict:
    return {
        "page": (pgettext_lazy("report", "A page"), Q(request=None)),
        "message": (pgettext_lazy("report", "A message"), Q(request__isnull=False)),
    }


class ReportFilters(DeskFilters):
    """What is open, unless something else is asked for."""

    status = Conditions(_report_states, label=_("status"), default=Report.Status.ASKED.value)
    subject = Conditions(_subjects, label=_("about"))
    reason = Values("reason", label=_("reason"))
    since, until = period("asked_at", since=_("written from"), until=_("written until"))


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    change_form_template = "admin/messaging/report.html"
    list_display = ("reported_at", "name", "reason", "reported_by", "status", "settled_by", "settled_at")
    list_display_links = ("reported_at", "name")
    exported = ("reported_at", "name", "reason", "status", "settled_by", "settled_at", "note")
    filters = ReportFilters
    list_select_related = ("entry", "request__entry", "asked_by", "answered_by")
    search_fields = ("entry__public_id",)
    named_by = ("entry__document__fields__name", "request__entry__document__fields__name")
    search_help_text = _("Name or identifier of the page")
    ordering = ("asked_at", "pk")
    fields = (
        "name",
        "link",
        "reason",
        "text",
        "reported_by",
        "address",
        "reported_at",
        "status",
        "note",
        "settled_by",
        "settled_at",
    )
    readonly_fields = fields

    @admin.display(description=_("reported on"), ordering="asked_at")
    def reported_at(self, report: Report) -> datetime:
        return report.asked_at

    @admin.display(description=_("reported by"), ordering="asked_by__email")
    def reported_by(self, report: Report) -> User | None:
        return report.asked_by

    @admin.display(description=_("settled by"), ordering="answered_by__email")
    def settled_by(self, report: Report) -> User | None:
        return report.answered_by

    @admin.display(description=_("settled on"), ordering="answered_at")
    def settled_at(self, report: Report) -> datetime | None:
        return report.answered_at

    @admin.display(description=_("about"))
    def name(self, report: Report) -> str:
        return str(report.entry or report.request.entry)

    @admin.display(description=_("what it is about"))
    def link(self, report: Report) -> str:
        if report.request:
            message = report.request.message or "–"
            return format_html('<div lang="{}" dir="auto">{}</div>', report.request.language, message)
        return format_html('<a href="{}">{}</a>', report.entry.get_absolute_url(), _("Open the page"))

    def get_urls(self):
        return [self._page("<int:pk>/settle/", require_POST(self.settle), "settle"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        waiting = Report.objects.unanswered().filter(pk=object_id) if str(object_id).isdigit() else Report.objects.none()
        context = {"may_decide": request.user.has_perm(RIGHT) and waiting.exists(), "settlement": SettlementForm()}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def settle(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied
        report = get_object_or_404(Report, pk=pk)
        form = SettlementForm(request.POST, instance=Report())
        if not form.is_valid():
            messages.error(request, _("Nothing was recorded: write the note in plain text."))
            return redirect("admin:messaging_report_change", pk)
        acted = request.POST.get("decision") == Report.Status.ACTED
        if actions.settle_report(report, acted=acted, note=form.cleaned_data["note"], by=request.user):
            messages.success(request, _("Settled."))
        else:
            messages.warning(request, _("Somebody else has already settled this report."))
        return redirect("admin:messaging_report_changelist")


class HeldExpressionFilters(DeskFilters):
    language = Values("language", label=_("language"))
    is_active = Values("is_active", label=_("in use"))


@admin.register(HeldExpression)
class HeldExpressionAdmin(DeskAdmin):
    list_display = ("text", "language", "is_active")
    filters = HeldExpressionFilters
    search_fields = ("text",)
    fields = ("text", "language", "is_active")
