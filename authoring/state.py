"""The author's side of every kind: saving a step of the draft, where the draft stands, what it still wants."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from directory.document import Document, DocumentField
from directory.models import Entry, EntryVersion
from moderation.diff import FieldChange, compare
from moderation.models import ChecklistItem, Publishable, Submission

Status = Submission.Status


class Standing(models.TextChoices):
    """Where a draft stands, in the eyes of its author."""

    NOT_SENT = "not_sent", pgettext_lazy("standing", "Not sent for review yet")
    WAITING = "waiting", pgettext_lazy("standing", "Waiting for review")
    CHANGES_REQUESTED = "changes_requested", pgettext_lazy("standing", "Changes requested")
    PARTLY_APPROVED = "partly_approved", pgettext_lazy("standing", "Published in part")
    REFUSED = "refused", pgettext_lazy("standing", "Not accepted")
    PUBLISHED = "published", pgettext_lazy("standing", "Published")
    DIFFERS = "differs", pgettext_lazy("standing", "Published, but different from the draft")
    HIDDEN = "hidden", pgettext_lazy("standing", "Hidden by the coordination team")
    ENDED = "ended", pgettext_lazy("standing", "Taken down by you")

    @property
    def badge(self) -> str:
        """Which of the badges of components/status_badge.html."""
        return BADGES[self]


BADGES = {
    Standing.NOT_SENT: "draft",
    Standing.WAITING: "waiting",
    Standing.CHANGES_REQUESTED: "changes",
    Standing.PARTLY_APPROVED: "changes",
    Standing.REFUSED: "refused",
    Standing.PUBLISHED: "published",
    Standing.DIFFERS: "changes",
    Standing.HIDDEN: "refused",
    Standing.ENDED: "draft",
}

# A decision that the author has something to do about. The others leave the draft published or not sent.
OPEN_DECISIONS = {
    Status.CHANGES_REQUESTED: Standing.CHANGES_REQUESTED,
    Status.PARTLY_APPROVED: Standing.PARTLY_APPROVED,
    Status.REFUSED: Standing.REFUSED,
}


@dataclass
class AuthorState:
    """What an author reads about a draft, made once a page. `draft` should come from `with_document_rows()`."""

    draft: Publishable
    document: Document = field(init=False)

    def __post_init__(self):
        self.document = self.draft.as_document()

    @cached_property
    def _submissions(self) -> list[Submission]:
        return list(Submission.objects.standing_of(self.draft.public_id))

    @property
    def waiting(self) -> Submission | None:
        return next((submission for submission in self._submissions if submission.status == Status.WAITING), None)

    @property
    def decided(self) -> Submission | None:
        """The last decision."""
        return next((submission for submission in self._submissions if submission.status != Status.WAITING), None)

    @cached_property
    def comments(self) -> dict[str, str]:
        """{field: comment} of the last decision, less those that the author has answered by sending a changed field."""
        if self.decided is None:
            return {}
        comments = {comment.field: comment.text for comment in self.decided.comments.all()}
        if self.waiting is None:
            return comments
        asked, answered = self.decided.document["fields"], self.waiting.document["fields"]
        return {name: text for name, text in comments.items() if asked.get(name) == answered.get(name)}

    @cached_property
    def points(self) -> list["Point"]:
        """What the moderator asks for and the author has still to answer, in the order of the editor."""
        if self.standing not in OPEN_DECISIONS.values():
            return []
        asked = self.decided.document["fields"]
        return [
            Point(item, self.comments[item.name], self.draft.edit_url(item.step), self._now(item) == asked.get(item.name))
            for item in self.draft.document_schema.fields
            if item.name in self.comments
        ]

    def _now(self, item: DocumentField):
        return self.document["fields"].get(item.name)

    @property
    def unchanged_points(self) -> list["Point"]:
        """Points whose field says what it said when the moderator commented on it."""
        return [point for point in self.points if point.is_unchanged]

    @property
    def published(self) -> Document | None:
        return self.draft.entry.document if self.draft.entry else None

    @property
    def standing(self) -> Standing:
        if self.draft.entry and self.draft.entry.status == Entry.Status.HIDDEN:
            return Standing.HIDDEN
        if self.waiting:
            return Standing.WAITING
        if self.draft.entry and not self.draft.entry.is_published:
            return Standing.ENDED
        if self.decided and self.decided.status in OPEN_DECISIONS and self.unsent:
            return OPEN_DECISIONS[Status(self.decided.status)]
        if self.draft.entry is None:
            return Standing.NOT_SENT
        return Standing.DIFFERS if self.unsent else Standing.PUBLISHED

    @property
    def since(self) -> datetime | None:
        match self.standing:
            case Standing.WAITING:
                return self.waiting.submitted_at
            case Standing.CHANGES_REQUESTED | Standing.PARTLY_APPROVED | Standing.REFUSED:
                return self.decided.decided_at
            case Standing.PUBLISHED | Standing.DIFFERS | Standing.HIDDEN:
                return self.draft.entry.updated_at
            case Standing.ENDED:
                return self.draft.entry.ended_at
        return None

    @cached_property
    def in_review(self) -> list[DocumentField]:
        """The changes that a moderator is about to read."""
        return self._reviewed_changes(self.published, self.waiting.document) if self.waiting else []

    @cached_property
    def unsent(self) -> list[DocumentField]:
        """The changes that the public does not see and that no moderator has been sent."""
        return self._reviewed_changes(self.waiting.document if self.waiting else self.published, self.document)

    @cached_property
    def returned(self) -> EntryVersion | None:
        """The public version by which the team went back to an earlier text, while the draft still says otherwise."""
        if self.standing is not Standing.DIFFERS:
            return None
        last = self.draft.entry.versions.exclude(action=EntryVersion.Action.FREE_CHANGE).first()
        return last if last.action == EntryVersion.Action.ROLLED_BACK else None

    @property
    def returned_because(self) -> str:
        """The reason alone: the note names the version first (moderation.actions.roll_back)."""
        return self.returned.note.partition(": ")[2]

    def differences(self, language: str) -> list[FieldChange]:
        """What a moderator would read of the draft beside the public page; nothing where there is no page."""
        if self.published is None:
            return []
        return [
            compare(item, self.published, self.document, language)
            for item in self._reviewed_changes(self.published, self.document)
        ]

    @cached_property
    def missing(self) -> list[ChecklistItem]:
        return self.draft.missing_items()

    @property
    def missing_links(self) -> list[dict[str, str | Promise]]:
        return [{"label": item.label, "url": self.draft.edit_url(item.step)} for item in self.missing]

    @property
    def next_url(self) -> str:
        """Where the next best action is done."""
        return self.draft.edit_url(self.completeness.step) if self.completeness.step else ""

    @property
    def overview_url(self) -> str:
        return self.draft.author_url("overview")

    @property
    def submit_url(self) -> str:
        return self.draft.author_url("submit")

    @property
    def withdraw_url(self) -> str:
        return self.draft.author_url("withdraw")

    @property
    def take_down_url(self) -> str:
        return self.draft.author_url("take_down")

    @property
    def bring_back_url(self) -> str:
        return self.draft.author_url("bring_back")

    @property
    def can_bring_back(self) -> bool:
        return self.standing == Standing.ENDED

    @property
    def can_submit(self) -> bool:
        return bool(self.unsent) and not self.missing

    @cached_property
    def completeness(self) -> "Completeness":
        return completeness(self.draft, self.document)

    def _reviewed_changes(self, old: Document | None, new: Document) -> list[DocumentField]:
        return self.draft.document_schema.awaiting_review(old, new)


@dataclass(frozen=True)
class Point:
    """One comment of a moderator, with the field that it is about."""

    item: DocumentField
    comment: str
    step_url: str
    is_unchanged: bool

    @property
    def url(self) -> str:
        """The field itself, in its step."""
        return f"{self.step_url}#field-{self.item.name}"


@dataclass(frozen=True)
class Completeness:
    """How much of a good page is there, and the one thing to do next."""

    percent: int
    action: str | Promise = ""
    step: str = ""


def completeness(draft: Publishable, document: Document | None = None) -> Completeness:
    """Measured against what the kind wishes for; what is required comes before what is only useful."""
    present = (document or draft.as_document())["fields"]
    wanted = draft.document_schema.wishes
    absent = [item for item in wanted if item.name not in present]
    if not absent:
        return Completeness(100)
    following = min(absent, key=lambda item: not item.required)
    percent = 100 * (len(wanted) - len(absent)) // len(wanted)
    return Completeness(percent, following.wish.sentence, following.step)
