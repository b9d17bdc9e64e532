"""What verbs that change a draft have in common: the public page follows, as far as no moderator is needed."""

from django.db import transaction

from accounts.models import User
from directory import publication
from directory.models import EntryVersion
from moderation.models import Publishable


@transaction.atomic
def publish_free_changes(draft: Publishable, *, by: User) -> Publishable:
    """After a save: publish at once what needs no moderator, that is free fields, audiences and removals.

    Returns the draft read afresh: what the caller holds may be older than what was saved beside it.
    """
    draft = type(draft).objects.reread(draft)
    if draft.entry_id is None:
        return draft
    draft.entry = entry = publication.lock(draft.entry_id)
    document = draft.document_schema.with_free_changes(entry.document, draft.as_document())
    if document != entry.document:
        publication.publish(entry, document, by=by, action=EntryVersion.Action.FREE_CHANGE)
    return draft
