"""What verbs that change a draft have in common: the public page follows, as far as no moderator is needed."""

from django.db import transaction

from accounts.models import User
from directory import publication
from directory.document import Document, DocumentField
from directory.models import EntryVersion
from moderation.models import Publishable


class RequiredFieldEmptied(Exception):
    """The public page would lose something that no page is without; `items` says what."""

    def __init__(self, items: list[DocumentField]):
        super().__init__(", ".join(str(item.label) for item in items))
        self.items = items


@transaction.atomic
def publish_free_changes(draft: Publishable, *, by: User) -> Publishable:
    """After a save: publish at once what needs no moderator, that is free fields, audiences and removals.

    Returns the draft read afresh: what the caller holds may be older than what was saved beside it. Raises RequiredFieldEmptied:
    a public page keeps its required fields until it is taken down.
    """
    draft = type(draft).objects.reread(draft)
    if draft.entry_id is None:
        return draft
    draft.entry = entry = publication.lock(draft.entry_id)
    document = draft.document_schema.with_free_changes(entry.document, draft.as_document())
    if entry.ended_at is None:
        _refuse_emptied(draft, entry.document, document)
    if document != entry.document:
        publication.publish(entry, document, by=by, action=EntryVersion.Action.FREE_CHANGE)
    return draft


def _refuse_emptied(draft: Publishable, before: Document, after: Document) -> None:
    schema = draft.document_schema
    was_missing = schema.missing(before)
    emptied = [item for item in schema.missing(after) if item not in was_missing]
    if emptied:
        raise RequiredFieldEmptied(emptied)
