from django import forms
from django.utils.translation import gettext_lazy as _

from core.validators import validate_plain_text


class UnderstoodForm(forms.Form):
    understood = forms.BooleanField(
        label=_("I have read what will happen. It cannot be undone."),
        error_messages={"required": _("Tick the box, so that nothing is deleted by accident.")},
    )


class EndingReasonForm(forms.Form):
    """Why a person is deactivated."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        validators=[validate_plain_text],
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("It is sent to the person."),
    )


class ErasureForm(UnderstoodForm, EndingReasonForm):
    field_order = ["reason", "understood"]
