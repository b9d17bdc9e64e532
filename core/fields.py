"""Fields that clean what is typed and refuse what deceives, so that no form can forget it."""

import unicodedata
from typing import Any

from django import forms
from django.db import models

from core import characters, validators

WITHOUT_ORDER_MARKS = dict.fromkeys(map(ord, characters.ORDER_MARKS))


class CleanTextMixin:
    """Stores text composed (Unicode NFC): é typed in two ways is one é; and without invisible characters that hide nothing."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return unicodedata.normalize("NFC", characters.cleaned(value)) if isinstance(value, str) else value


class IdentifierMixin:
    """Addresses are pasted from texts in both directions: no mark of these may stay in them, for nobody could see it."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(characters.cleaned_identifier(value) if isinstance(value, str) else value)


class PlainCharField(CleanTextMixin, models.CharField):
    default_validators = (validators.validate_single_line,)


class PlainTextField(CleanTextMixin, models.TextField):
    default_validators = (validators.validate_plain_text,)


class NameField(CleanTextMixin, models.CharField):
    default_validators = (validators.validate_name,)

    def to_python(self, value: Any) -> Any:
        """A name keeps no mark of direction: two names that look the same are the same."""
        value = super().to_python(value)
        return value.translate(WITHOUT_ORDER_MARKS) if isinstance(value, str) else value


class AddressFormField(IdentifierMixin, forms.EmailField):
    """An e-mail address as typed or pasted.

    A plain input: for an e-mail one Chromium itself refuses an invisible mark, with a message in which it cannot be seen.
    """

    widget = forms.TextInput(attrs={"inputmode": "email", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"})


class AddressField(IdentifierMixin, models.EmailField):
    """An e-mail address."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**({"form_class": AddressFormField} | kwargs))

    def deconstruct(self) -> tuple:
        """In the database it is an address like any other: no migration."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs


class PublicURLField(IdentifierMixin, models.URLField):
    default_validators = (validators.validate_public_url,)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", validators.MAX_URL_LENGTH)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(assume_scheme="https", **kwargs)


class OrcidField(models.CharField):
    default_validators = (validators.validate_orcid,)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 19)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        return validators.normalise_orcid(value) if isinstance(value, str) else value

    def formfield(self, **kwargs: Any) -> Any:
        # Room for the address form, https://orcid.org/0000-…
        return super().formfield(max_length=60, **kwargs)
