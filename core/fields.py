"""Fields that clean what is typed and refuse what deceives, so that no form can forget it."""

import unicodedata
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.db import models

from core import characters, validators

# The day first, as everybody in the network writes it.
DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y/%m/%d")
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


class _Length(MaxLengthValidator):
    """A line break is one character, as its writer counts; browsers send two."""

    def clean(self, text: str) -> int:
        return len(text.replace("\r\n", "\n"))


class LongTextFormField(forms.CharField):
    """Says that a text is too long, instead of letting the browser cut what is pasted."""

    def __init__(self, *, max_length: int | None = None, **options: Any):
        super().__init__(**options)
        if max_length is not None:
            self.validators.append(_Length(max_length))


class PlainTextField(CleanTextMixin, models.TextField):
    default_validators = (validators.validate_plain_text,)

    def formfield(self, **options: Any) -> forms.Field:
        return super().formfield(**{"form_class": LongTextFormField, **options})


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
        kwargs.pop("widget", None)  # of the admin: an input in which Chromium refuses what nobody sees
        return super().formfield(**({"form_class": AddressFormField} | kwargs))

    def deconstruct(self) -> tuple:
        """In the database it is an address like any other: no migration."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs


class DayFormField(forms.DateField):
    """A day as it is typed where there is no calendar to choose from: 1.12.2026, 01/12/2026, ١/١٢/٢٠٢٦."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"input_formats": DAY_FORMATS} | options))

    def to_python(self, value: Any) -> Any:
        return super().to_python(with_plain_digits(characters.cleaned_identifier(value)) if isinstance(value, str) else value)


class DayField(models.DateField):
    """A day."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**({"form_class": DayFormField} | kwargs))

    def deconstruct(self) -> tuple:
        """In the database it is a day like any other: no migration."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs


def with_plain_digits(text: str) -> str:
    """The digits of any script as those of ASCII."""
    return "".join(str(unicodedata.decimal(character, character)) for character in text)


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
