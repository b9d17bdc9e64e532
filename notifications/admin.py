from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from desk.filters import DeskFilters, Values, period
from desk.lists import DeskAdmin

from . import actions
from .models import Mail
from .rendering import UnsafeMail, check_subject
from .responses import mail_document


class MailForm(forms.ModelForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.update({"lang": self.instance.language, "dir": self.instance.direction})

    def clean_subject(self) -> str:
        subject = self.cleaned_data["subject"]
        try:
            check_subject(subject)
        except UnsafeMail as error:
            raise ValidationError(_("The subject is one line of plain text.")) from error
        return subject


class MailFilters(DeskFilters):
    status = Values("status", label=_("status"))
    kind = Values("kind", label=_("kind"))
    language = Values("language", label=_("language"))
    since, until = period("created_at", since=_("written from"), until=_("written until"))


@admin.register(Mail)
class MailAdmin(DeskAdmin):
    form = MailForm
    list_display = ("created_at", "kind", "address", "subject", "status", "next_attempt_at")
    list_display_links = ("created_at", "kind")
    filters = MailFilters
    exported = ("created_at", "kind", "address", "language", "subject", "status", "attempts", "sent_at", "last_error")
    search_fields = ("address", "subject")
    search_help_text = _("Email address or subject")
    actions = ["cancel_mails", "retry_mails"]
    facts = ("kind", "address", "language", "status", "attempts", "next_attempt_at", "last_error", "created_at", "sent_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Mail | None = None) -> tuple[str, ...]:
        """Whoever may only look learns whether an email left; what it says is between the portal and its reader."""
        if not self.has_change_permission(request, obj):
            return (*self.facts, "masked_text")
        return (
            (*self.facts, "subject", "masked_text") if obj and obj.confidential else (*self.facts, "subject", "text", "preview")
        )

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return self._shown(request, self.list_display)

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return self._shown(request, self.search_fields)

    def _shown(self, request: HttpRequest, fields: tuple[str, ...]) -> tuple[str, ...]:
        return fields if self.has_change_permission(request) else tuple(name for name in fields if name != "subject")

    def get_readonly_fields(self, request: HttpRequest, obj: Mail | None = None) -> tuple[str, ...]:
        if obj and obj.is_editable:
            return (*self.facts, "preview")
        return (*self.facts, "subject", "text", "masked_text", "preview")

    def save_model(self, request: HttpRequest, obj: Mail, form: forms.ModelForm, change: bool) -> None:
        if form.changed_data and not actions.edit(obj, subject=obj.subject, text=obj.text, by=request.user):
            self.message_user(request, _("This email has already been sent: your changes came too late."), messages.ERROR)

    @admin.display(description=_("text"))
    def masked_text(self, mail: Mail) -> str:
        if mail.confidential:
            return _("Hidden: this email contains a code or a personal link for its recipient alone.")
        return _("Hidden: only its recipient and administrators read it.")

    @admin.display(description=_("preview"))
    def preview(self, mail: Mail) -> str:
        address = reverse("admin:notifications_mail_html", args=[mail.pk])
        return format_html(
            '<iframe src="{}" class="mail-preview" sandbox title="{}" width="680" height="480"></iframe>', address, mail.subject
        )

    @admin.action(description=_("Cancel the selected emails"), permissions=["change"])
    def cancel_mails(self, request: HttpRequest, queryset) -> None:
        count = actions.cancel(queryset, by=request.user)
        self.message_user(
            request, ngettext("%(count)d email cancelled.", "%(count)d emails cancelled.", count) % {"count": count}
        )

    @admin.action(description=_("Send the selected emails again now"), permissions=["change"])
    def retry_mails(self, request: HttpRequest, queryset) -> None:
        count = actions.retry(queryset, by=request.user)
        text = ngettext("%(count)d email will be sent within a minute.", "%(count)d emails will be sent within a minute.", count)
        self.message_user(request, text % {"count": count})

    def get_urls(self):
        return [self._page("<int:pk>/html/", self.html_view, "html"), *super().get_urls()]

    def html_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        mail = self.get_object(request, str(pk))
        if mail is None or mail.confidential:
            raise Http404
        if not self.has_change_permission(request, mail):
            raise PermissionDenied
        return mail_document(mail)
