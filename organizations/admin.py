from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from authoring.admin import DraftAdmin, DraftFilters, TraceInline, codes
from desk.filters import Conditions
from directory.labels import label_of
from organizations import actions
from organizations.forms import VerificationForm
from organizations.models import Affiliation, Organization, Verification


def _verifications() -> dict:
    of_this_one = {"organization": OuterRef("pk")}
    current = Verification.objects.current().filter(**of_this_one)
    expired = Verification.objects.expired().filter(**of_this_one)
    return {
        "valid": (pgettext_lazy("verification", "Valid"), Q(Exists(current)) & ~Q(Exists(expired))),
        "expired": (pgettext_lazy("verification", "Expired"), Q(Exists(expired))),
        "none": (pgettext_lazy("verification", "None"), ~Q(Exists(current))),
    }


class OrganizationFilters(DraftFilters):
    verification = Conditions(_verifications, label=_("verification"))
    type = codes("type", of="organisation_types", label=_("type"))
    country = codes("country", of="country", label=_("country"))


class AffiliationInline(TraceInline):
    model = Affiliation
    fields = readonly_fields = ("user", "role", "since")


class VerificationInline(TraceInline):
    model = Verification
    fields = readonly_fields = ("method", "since", "until", "granted_by", "note", "ended_on")


@admin.register(Organization)
class OrganizationAdmin(DraftAdmin):
    change_form_template = "admin/organizations/organization/change_form.html"
    list_display = ("__str__", "type_label", "country_label", "changed_at", "page", "verified")
    filters = OrganizationFilters
    exported = (
        "name_ar",
        "name_fr",
        "name_en",
        "acronym",
        "type_label",
        "country_label",
        "city",
        "website",
        "public_id",
        "verified",
        "created_at",
        "changed_at",
        "page",
    )
    list_select_related = ("entry",)
    search_fields = ("acronym", "website", "public_id", "affiliations__user__email")
    named_by = ("name_ar", "name_fr", "name_en", "acronym")
    search_help_text = _("Name in any language, acronym, website, email address of its people, identifier")
    fields = (
        "public_id",
        "standing",
        "difference",
        "page",
        "submissions",
        "name_ar",
        "name_fr",
        "name_en",
        "acronym",
        "type_label",
        "founded",
        "country_label",
        "region",
        "city",
        "website",
        "contact_email",
        "phone",
        "created_at",
        "changed_at",
    )
    readonly_fields = fields
    inlines = (VerificationInline, AffiliationInline)

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).prefetch_related("verifications")

    def get_urls(self):
        return [
            self._page("<int:pk>/verify/", require_POST(self.verify), "verify"),
            self._page("<int:pk>/end-verification/", require_POST(self.end_verification), "end_verification"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        may_verify = request.user.has_perm("organizations.add_verification")
        context = {"may_verify": may_verify, "verification_form": VerificationForm()}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def verify(self, request: HttpRequest, pk: int) -> HttpResponse:
        organization = self._organization_or_403(request, pk)
        form = VerificationForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Nothing was recorded: say how it was checked, in plain text."))
        else:
            actions.verify(organization, **form.cleaned_data, by=request.user)
            messages.success(request, _("Verified as of today. The public page says so."))
        return redirect("admin:organizations_organization_change", pk)

    def end_verification(self, request: HttpRequest, pk: int) -> HttpResponse:
        actions.end_verification(self._organization_or_403(request, pk), by=request.user)
        messages.success(request, _("The verification has ended. The public page no longer mentions it."))
        return redirect("admin:organizations_organization_change", pk)

    def _organization_or_403(self, request: HttpRequest, pk: int) -> Organization:
        if not request.user.has_perms(["organizations.view_organization", "organizations.add_verification"]):
            raise PermissionDenied
        return get_object_or_404(Organization, pk=pk)

    @admin.display(description=_("type"), ordering="type")
    def type_label(self, organization: Organization) -> str:
        return label_of("organisation_types", organization.type, get_language())

    @admin.display(description=_("country"), ordering="country")
    def country_label(self, organization: Organization) -> str:
        return label_of("country", organization.country, get_language())

    @admin.display(description=_("verification"))
    def verified(self, organization: Organization) -> str:
        current = next((row for row in organization.verifications.all() if row.ended_on is None), None)
        if current is None:
            return "–"
        if current.is_expired:
            return pgettext_lazy("verification", "Expired")
        return pgettext_lazy("verification", "Valid")
