"""The names behind the identifiers that a document holds: a project names its organisations and people by number."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from directory.document import Document, DocumentSchema
from directory.kinds import drafts
from directory.models import Entry


def names_of(documents: Iterable[Document | None], schema: DocumentSchema, language: str) -> dict[str, str]:
    """{public id: name} of all pages that these documents name, public or not; one query, a few more for what has no page."""
    referring = [item for item in schema if item.names_pages]
    wanted = {
        record["id"]
        for document in documents
        if document
        for item in referring
        for record in document["fields"].get(item.name, ())
    }
    if not wanted:
        return {}
    found = {entry.public_id: entry.title_in(language) for entry in Entry.objects.filter(public_id__in=wanted)}
    for model in drafts().values():
        if missing := wanted - set(found):
            found |= {draft.public_id: str(draft) for draft in model.objects.filter(public_id__in=missing)}
    return dict.fromkeys(wanted, _("a page that is gone")) | found
