"""The verbs of an expert profile, beside those that all kinds share."""

from django.db import transaction

from accounts.models import User
from experts.models import Expert
from journal.actions import record
from journal.verbs import Verb


@transaction.atomic
def start(*, language: str, by: User) -> Expert:
    """Open the profile of this person, written in `language` first; the one that is there already is left as it is."""
    profile, is_new = Expert.objects.get_or_create(user=by, defaults={"source_language": language})
    if is_new:
        record(Verb.PROFILE_STARTED, profile, by=by)
    return profile
