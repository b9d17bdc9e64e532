"""Model fields that refuse hidden characters and normalise what is typed, so that no form can forget it."""

import unicodedata
from typing import Any

from django.db import models

from core import validators


class ComposedTextMixin:
    """Stores text composed (Unicode NFC): é typed in two ways is one é."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


class PlainCharField(ComposedTextMixin, models.CharField):
    default_validators = (validators.validate_single_line,)


class PlainTextField(ComposedTextMixin, models.TextField):
    default_validators = (validators.validate_plain_text,)


class NameField(ComposedTextMixin, models.CharField):
    default_validators = (validators.validate_name,)


class PublicURLField(models.URLField):
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
