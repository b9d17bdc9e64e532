"""What authors do to a draft."""

from django.db import transaction

from accounts.models import User
from authoring.forms import StepForm
from core.versioning import claim_version
from moderation import actions as moderation_actions
from moderation.models import Publishable


@transaction.atomic
def save_step(form: StepForm, *, by: User) -> Publishable:
    """Save one step of a draft and publish what needs no moderator. Raises StaleVersion.

    Returns the draft read afresh. Only the columns of the form are written: a decision made meanwhile stays.
    """
    claim_version(form.instance, form.cleaned_data["version"])
    form.save()
    return moderation_actions.publish_free_changes(form.instance, by=by)
