"""The one place that decides what a viewer may read. Every output goes through `visible_to`."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest

from accounts.team import acts_for_team
from directory.document import Audience, Document
from directory.kinds import drafts, schema_of
from directory.models import Entry, Grant

FROM_WIDEST = list(Audience)


@dataclass(eq=False)
class Viewer:
    """Who is looking. What it takes a query to know is asked only when a field depends on it."""

    user: Any = None
    pretended: Audience | None = None
    _acts_for: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, user) -> "Viewer":
        return cls(user=user if user is not None and user.is_authenticated else None)

    @classmethod
    def pretending(cls, audience: Audience) -> "Viewer":
        """A viewer who belongs to this audience and to all wider ones, but to nothing narrower: for « see as »."""
        return cls(pretended=audience)

    @cached_property
    def is_coordinator(self) -> bool:
        """Whoever may read entries at the desk, and is let in there today."""
        return self.user is not None and self.user.has_perm("directory.view_entry") and acts_for_team(self.user)

    @cached_property
    def is_member(self) -> bool:
        """Somebody with a published profile, or who acts for a published organisation."""
        if self.user is None or not self.user.is_active:
            return False
        published = Entry.Status.PUBLISHED
        return any(model.objects.acted_for_by(self.user).filter(entry__status=published).exists() for model in drafts().values())

    def acts_for(self, entry: Entry) -> bool:
        if self.user is None:
            return False
        if entry.kind not in self._acts_for:
            own = drafts()[entry.kind].objects.acted_for_by(self.user)
            self._acts_for[entry.kind] = frozenset(own.values_list("public_id", flat=True))
        return entry.public_id in self._acts_for[entry.kind]

    @cached_property
    def contacts(self) -> frozenset[int]:
        """The ids of the entries whose people count this viewer among their contacts."""
        if self.user is None or not self.user.is_active:
            return frozenset()
        return frozenset(Grant.objects.current().filter(user=self.user).values_list("entry_id", flat=True))

    def may_read(self, audience: Audience, entry: Entry) -> bool:
        if audience is Audience.PUBLIC:
            return True
        if self.pretended is not None:
            return FROM_WIDEST.index(audience) <= FROM_WIDEST.index(self.pretended)
        if audience is Audience.MEMBERS and self.is_member:
            return True
        if audience in {Audience.MEMBERS, Audience.CONTACTS} and entry.pk in self.contacts:
            return True
        return self.is_coordinator or self.acts_for(entry)


ANONYMOUS = Viewer()


def visible_to(entry: Entry, viewer: Viewer) -> dict[str, Any]:
    """The fields of a published entry that this viewer may read: {field name: value}."""
    return visible_fields(entry, entry.document, viewer)


def visible_fields(entry: Entry, document: Document, viewer: Viewer) -> dict[str, Any]:
    """Likewise for any document of that entry, such as a draft in « see as ». The facts beside it belong to it."""
    schema = schema_of(entry.kind)
    described = schema.readable
    readable = {group.name for group in schema.groups if viewer.may_read(schema.audience_of(group, document["audiences"]), entry)}
    return {
        name: value
        for name, value in (document["fields"] | entry.facts).items()
        if name in described and described[name].group in readable
    }


def published_or_404(request: HttpRequest, kind: str, slug: str) -> Entry:
    """The published entry at this address; hidden and absent raise the same Http404."""
    entry = Entry.objects.published().of_kind(kind).filter(slug=slug).first()
    if entry is None:
        raise Http404
    return entry
