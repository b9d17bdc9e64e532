"""Two people edit one row: the second to save is told, and loses nothing of what was typed.

    with transaction.atomic():
        claim_version(expert, form.cleaned_data["version"])
        form.save()

and around it `except StaleVersion:` answer 409 with both texts (authoring/pages.py), made readable by readable_value().
"""

from typing import Any

from django import forms
from django.db import models, transaction

LARGEST_VERSION = 2**31 - 1


class StaleVersion(Exception):
    """Somebody saved the row after this form was opened."""


def claim_version(instance: models.Model, expected: int) -> None:
    """Move the row from version `expected` to the next, or raise StaleVersion.

    One conditional UPDATE: its row lock makes whoever comes second wait for the first to commit, and then find the row changed.
    Hence the transaction, which must also hold the write that follows.
    """
    manager = type(instance)._base_manager
    if not transaction.get_connection(manager.db).in_atomic_block:
        raise transaction.TransactionManagementError("claim_version must share a transaction with the write that follows.")
    claimed = manager.filter(pk=instance.pk, version=expected).update(version=expected + 1)
    if not claimed:
        raise StaleVersion
    instance.version = expected + 1


class VersionedFormMixin(forms.Form):
    """Carries the version that the form was opened with, as a hidden field. For model forms of rows with `version`."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST_VERSION)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version


def readable_value(field: forms.BoundField) -> str:
    """What a person sees in this form field: the text, or the labels of what is chosen."""
    value = field.value()
    choices = getattr(field.field, "choices", None)
    if choices is None:
        return "" if value is None else str(value).replace("\r\n", "\n").strip()
    chosen = {str(item) for item in value} if isinstance(value, list | tuple | set | models.QuerySet) else {str(value)}
    return ", ".join(str(label) for code, label in flat_choices(choices) if str(code) in chosen and str(code))


def flat_choices(choices: Any) -> list[tuple[Any, Any]]:
    """Choices without their groups."""
    flat = []
    for code, label in choices:
        flat.extend(label if isinstance(label, list | tuple) else [(code, label)])
    return flat
