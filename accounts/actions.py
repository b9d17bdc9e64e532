"""What people do with their own account, beside what django-allauth does for them (accounts/signals.py)."""

from django import forms
from django.db import transaction

from journal.actions import record
from journal.verbs import Verb

from .models import User


@transaction.atomic
def save_settings(form: forms.ModelForm, *, by: User) -> User:
    """Save what the person says of himself or herself: the name, the language of the mails."""
    user = form.save()
    record(Verb.SETTINGS_CHANGED, user, by=by, fields=sorted(form.changed_data))
    return user
