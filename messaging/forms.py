"""What is typed when people get in touch."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from messaging.addresses import own_addresses, own_phones
from messaging.facts import ContactWay
from messaging.models import ANSWER_DAYS, LONGEST_LINE, LONGEST_MESSAGE, ContactRequest, Purpose, Reply, Report
from organizations.models import Organization

TEXT_AREA = {"dir": "auto"}


class ContactRequestForm(forms.ModelForm):
    """Asks a member for nothing that the portal knows; a visitor also says who writes."""

    purpose = forms.ChoiceField(label=_("Why are you writing?"), choices=Purpose, widget=forms.RadioSelect)
    wanted_by = forms.DateField(
        label=_("Answer wanted by"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    class Meta:
        model = ContactRequest
        fields = ["purpose", "message", "sender_name", "sender_organization", "sender_address", "organization", "wanted_by"]
        labels = {"message": _("Your message"), "sender_name": _("Your name"), "sender_address": _("Your email address")}
        widgets = {
            "message": forms.Textarea(attrs=TEXT_AREA | {"rows": 8, "maxlength": LONGEST_MESSAGE}),
            "sender_name": forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
            "sender_organization": forms.TextInput(attrs={"autocomplete": "organization", "dir": "auto"}),
        }

    def __init__(self, *args, user: User | None, **options) -> None:
        super().__init__(*args, **options)
        self.user = user
        self.fields["message"].required = True
        self.last_day = timezone.localdate() + timedelta(days=ANSWER_DAYS)
        day = self.fields["wanted_by"].widget.attrs
        day["min"], day["max"] = timezone.localdate().isoformat(), self.last_day.isoformat()
        if user:
            self._know(user)
        else:
            self.fields["sender_organization"].label = _("Your organisation")
            self.fields["sender_address"].required = True
            self.fields["sender_address"].widget.attrs["autocomplete"] = "email"
            del self.fields["organization"]

    def _know(self, user: User) -> None:
        del self.fields["sender_organization"]
        if user.name:
            del self.fields["sender_name"]
            self.instance.sender_name = user.name
        addresses = own_addresses(user)
        self.fields["sender_address"] = forms.ChoiceField(
            label=_("If they accept, they see this address"), choices=[(address, address) for address in addresses]
        )
        organizations: QuerySet = Organization.objects.published().acted_for_by(user).distinct()
        if organizations:
            self.fields["organization"].label = _("You write on behalf of")
            self.fields["organization"].queryset = organizations
            self.fields["organization"].empty_label = _("Myself")
        else:
            del self.fields["organization"]

    def clean_wanted_by(self) -> date | None:
        day = self.cleaned_data["wanted_by"]
        if day and not timezone.localdate() <= day <= self.last_day:
            last = date_format(self.last_day, "DATE_FORMAT")
            raise ValidationError(_("Choose a day between today and %(last)s, when the request expires.") % {"last": last})
        return day


class AcceptForm(forms.Form):
    """What the sender will see."""

    address = forms.ChoiceField(label=_("The address that the other person will see"), widget=forms.RadioSelect)
    phone = forms.ChoiceField(label=_("Telephone"), required=False)

    def __init__(self, *args, user: User, draft, **options) -> None:
        super().__init__(*args, **options)
        addresses, phones = own_addresses(user), own_phones(user)
        self.fields["address"].choices = [(address, address) for address in addresses]
        written = getattr(draft, "contact_email", "")
        self.fields["address"].initial = written if written in addresses else addresses[0]
        if phones:
            self.fields["phone"].choices = [("", _("Do not show a number")), *((phone, phone) for phone in phones)]
        else:
            del self.fields["phone"]


class DeclineForm(forms.Form):
    line = forms.CharField(
        label=_("A line to the sender"),
        required=False,
        max_length=LONGEST_LINE,
        help_text=_("Without one, the sender hears nothing."),
        widget=forms.Textarea(attrs=TEXT_AREA | {"rows": 2}),
        validators=ContactRequest._meta.get_field("answer_line").default_validators,
    )


class ReplyForm(forms.ModelForm):
    class Meta:
        model = Reply
        fields = ["text"]
        labels = {"text": _("Your reply")}
        widgets = {"text": forms.Textarea(attrs=TEXT_AREA | {"rows": 5, "maxlength": LONGEST_MESSAGE})}

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["text"].required = True


class ReportForm(forms.ModelForm):
    class Meta:
        model = Report
        fields = ["reason", "text", "address"]
        labels = {"reason": _("What is wrong?"), "text": _("Tell us more"), "address": _("Your email address")}
        help_texts = {"address": _("Only if you would like an answer.")}
        widgets = {"reason": forms.RadioSelect, "text": forms.Textarea(attrs=TEXT_AREA | {"rows": 5})}

    def __init__(self, *args, user: User | None, **options) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = Report.Reason.choices
        if user:
            del self.fields["address"]


class ReachForm(forms.Form):
    """How one page is reached."""

    reach = forms.ChoiceField(label=_("How may people reach you?"), choices=ContactWay, widget=forms.RadioSelect)


class SettlementForm(forms.ModelForm):
    """What a moderator did about a report."""

    class Meta:
        model = Report
        fields = ["note"]
        widgets = {"note": forms.Textarea(attrs=TEXT_AREA | {"rows": 3})}
