from allauth.account import forms as allauth_forms
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.fields import AddressFormField

from .models import Consent, User

NAME = User._meta.get_field("name")


class PastedAddressMixin:
    """The addresses of django-allauth's forms, typed or pasted: an invisible mark is taken out before they are checked."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in {"login", "email"} & self.fields.keys():
            given = self.fields[name]
            self.fields[name] = AddressFormField(label=given.label, required=given.required, help_text=given.help_text)
            attributes = {name: value for name, value in given.widget.attrs.items() if name != "type"}
            self.fields[name].widget.attrs |= attributes


class LoginForm(PastedAddressMixin, allauth_forms.LoginForm):
    pass


class LoginCodeForm(PastedAddressMixin, allauth_forms.RequestLoginCodeForm):
    pass


class ResetPasswordForm(PastedAddressMixin, allauth_forms.ResetPasswordForm):
    pass


class AddEmailForm(PastedAddressMixin, allauth_forms.AddEmailForm):
    pass


class SignupForm(PastedAddressMixin, allauth_forms.SignupForm):
    purpose = forms.ChoiceField(
        label=_("How will you use the network?"),
        choices=User.Purpose.choices,
        initial=User.Purpose.EXPERT,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=NAME.max_length,
        help_text=NAME.help_text,
        validators=NAME.default_validators,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    privacy = forms.BooleanField(
        label=_("I have read the privacy notice and agree to my data being used as it describes."),
        error_messages={"required": _("We need your agreement to open an account.")},
    )
    field_order = ["purpose", "name", "email", "password1", "privacy"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # django-allauth hides its trap for robots with an inline style, which our security policy forbids.
        trap = self.fields[settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD]
        trap.widget = forms.TextInput(
            attrs={"class": "visually-hidden", "tabindex": "-1", "autocomplete": "off", "aria-hidden": "true"}
        )

    def try_save(self, request: HttpRequest):
        if self.account_already_exists:
            # As long as the hash that a new account needs: the time of the answer must not tell who has an account.
            make_password(self.cleaned_data["password1"])
        try:
            return super().try_save(request)
        except IntegrityError:
            # Twice the same sign-up at the same moment: the second is told what a later one would be told.
            self.account_already_exists = True
            return super().try_save(request)

    @transaction.atomic
    def save(self, request: HttpRequest) -> User:
        user = super().save(request)
        user.purpose = self.cleaned_data["purpose"]
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["purpose", "name"])
        user.consents.create(purpose=Consent.Purpose.PRIVACY, text_version=settings.PRIVACY_NOTICE_VERSION)
        return user


class SettingsForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "language"]
        labels = {"name": _("Your name"), "language": _("Language of the emails we send you")}
        help_texts = {"language": ""}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"})}


class NameForm(forms.ModelForm):
    """Asked before the first act that others will see."""

    class Meta:
        model = User
        fields = ["name"]
        labels = SettingsForm.Meta.labels
        widgets = SettingsForm.Meta.widgets

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
