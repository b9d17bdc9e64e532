from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from authoring.admin import CodeFilter, DraftAdmin, PublishedFilter, TraceInline
from directory.labels import label_of
from organizations import actions
from organizations.forms import VerificationForm
from organizations.models import Affiliation, Organization, Verification


class VerificationFilter(admin.SimpleListFilter):
    title = _("verification")
    parameter_name = "verification"

    def lookups(self, request, model_admin):
        return [
            ("valid", pgettext_lazy("verification", "Valid")),
            ("expired", pgettext_lazy("verification", "Expired")),
            ("none", pgettext_lazy("verification", "None")),
        ]

    def queryset(self, request, queryset):
        current, expired = Verification.objects.current(), Verification.objects.expired()
        match self.value():
            case "valid":
                return queryset.filter(verifications__in=current.exclude(pk__in=expired))
            case "expired":
                return queryset.filter(verifications__in=expired)
            case "none":
                return queryset.exclude(verifications__in=current)
        return queryset


class TypeFilter(CodeFilter):
    title = _("type")
    parameter_name = "type"
    list_name = "organisation_types"


class CountryFilter(CodeFilter):
    title = _("country")
    parameter_name = "country"
    list_name = "country"


class AffiliationInline(TraceInline):
    model = Affiliation
    fields = readonly_fields = ("user", "role", "since")


class VerificationInline(TraceInline):
    model = Verification
    fields = readonly_fields = ("method", "verified_on", "valid_until", "verified_by", "note", "ended_on")


@admin.register(Organization)
class OrganizationAdmin(DraftAdmin):
    change_form_template = "admin/organizations/organization/change_form.html"
    list_display = ("__str__", "type_label", "country_label", "changed_at", "page", "verified")
    list_filter = (PublishedFilter, VerificationFilter, TypeFilter, CountryFilter)
    list_select_related = ("entry",)
    search_fields = ("name_ar", "name_fr", "name_en", "acronym", "website", "public_id", "affiliations__user__email")
    search_help_text = _("Name in any language, acronym, website, email address of its people, identifier")
    fields = (
        "public_id",
        "standing",
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

    class Media:
        css = {"all": ("css/desk.css",)}

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
        if current.valid_until < timezone.localdate():
            return pgettext_lazy("verification", "Expired")
        return pgettext_lazy("verification", "Valid")
