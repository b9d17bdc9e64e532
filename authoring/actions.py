"""What authors do to a draft."""

from django.db import transaction

from accounts.models import User
from authoring.forms import StepForm
from core.versioning import claim_version
from journal.actions import record
from journal.verbs import Verb
from moderation.models import Publishable
from moderation.publishing import publish_free_changes


@transaction.atomic
def save_step(form: StepForm, *, by: User) -> Publishable:
    """Save one step of a draft and publish what needs no moderator. Raises StaleVersion.

    Returns the draft read afresh. Only the columns of the form are written: a decision made meanwhile stays.
    """
    claim_version(form.instance, form.cleaned_data["version"])
    form.save()
    draft = publish_free_changes(form.instance, by=by)
    record(Verb.DRAFT_SAVED, draft, by=by, fields=sorted(set(form.changed_data) - {"version"}))
    return draft
