from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import TeamRole
from core.fields import AddressFormField
from core.validators import validate_plain_text


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=TeamRole.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )
    until = forms.DateField(
        label=_("In the team until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Optional: the last day of access, for an internship or a replacement."),
    )

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise forms.ValidationError(_("This day has passed."))
        return until


class ColleagueInvitationForm(RolesForm):
    email = AddressFormField(label=_("Email address"), max_length=254)
    field_order = ["email", "roles", "until"]


class RemovalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("It will be included in the email."),
    )


class FactorResetForm(forms.Form):
    sure = forms.BooleanField(
        label=_("I have made sure, by voice or in person, that it is my colleague who asks for it."),
        error_messages={"required": _("Make sure first: whoever gets in this way can do what your colleague can.")},
    )
