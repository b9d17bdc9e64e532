"""The author's side of every kind: saving a step of the draft, where the draft stands, what it still wants."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from accounts.models import User
from core.versioning import claim_version
from directory.document import Document, DocumentField
from directory.models import Entry
from moderation import actions as moderation_actions
from moderation.models import ChecklistItem, Publishable, Submission

if TYPE_CHECKING:
    from authoring.forms import StepForm

Status = Submission.Status


@transaction.atomic
def save_step(form: "StepForm", *, by: User) -> Publishable:
    """Save one step of a draft and publish what needs no moderator. Raises StaleVersion.

    Returns the draft read afresh. Only the columns of the form are written: a decision made meanwhile stays.
    """
    claim_version(form.instance, form.cleaned_data["version"])
    form.save()
    draft = read_draft(form.instance)
    moderation_actions.publish_free_changes(draft, by=by)
    return draft


def read_draft(draft: Publishable) -> Publishable:
    """The draft as the database has it now, with the rows of its document."""
    return type(draft).objects.with_document_rows().get(pk=draft.pk)


class Standing(models.TextChoices):
    """Where a draft stands, in the eyes of its author."""

    NOT_SENT = "not_sent", pgettext_lazy("standing", "Not sent for review yet")
    WAITING = "waiting", pgettext_lazy("standing", "Waiting for review")
    CHANGES_REQUESTED = "changes_requested", pgettext_lazy("standing", "Changes requested")
    PARTLY_APPROVED = "partly_approved", pgettext_lazy("standing", "Published in part")
    REFUSED = "refused", pgettext_lazy("standing", "Not accepted")
    PUBLISHED = "published", pgettext_lazy("standing", "Published")
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
    """What an author reads about a draft. `draft` should come from `with_document_rows()`."""

    draft: Publishable
    document: Document = field(init=False)

    def __post_init__(self):
        self.document = self.draft.as_document()

    @cached_property
    def waiting(self) -> Submission | None:
        return self.draft.waiting_submission

    @cached_property
    def decided(self) -> Submission | None:
        return last_decided(self.draft)

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
        return Standing.PUBLISHED if self.draft.entry else Standing.NOT_SENT

    @property
    def since(self) -> datetime | None:
        match self.standing:
            case Standing.WAITING:
                return self.waiting.submitted_at
            case Standing.CHANGES_REQUESTED | Standing.PARTLY_APPROVED | Standing.REFUSED:
                return self.decided.decided_at
            case Standing.PUBLISHED | Standing.HIDDEN:
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


def author_state(draft: Publishable) -> AuthorState:
    return AuthorState(draft)


def last_decided(draft: Publishable) -> Submission | None:
    decided = Submission.objects.filter(public_id=draft.public_id, decided_at__isnull=False)
    return decided.order_by("-decided_at", "-pk").first()


def field_comments(draft: Publishable) -> dict[str, str]:
    """{field: comment} of the last decision, less those that the author has answered by sending a changed field."""
    decided = last_decided(draft)
    if decided is None:
        return {}
    answer = draft.waiting_submission
    comments = dict(decided.comments.values_list("field", "text"))
    if answer is None:
        return comments
    asked, answered = decided.document["fields"], answer.document["fields"]
    return {name: text for name, text in comments.items() if asked.get(name) == answered.get(name)}


@dataclass(frozen=True)
class Completeness:
    """How much of a good page is there, and the one thing to do next."""

    percent: int
    action: str | Promise = ""
    step: str = ""


def completeness(draft: Publishable, document: Document | None = None) -> Completeness:
    """Measured against `good_page`; what is required comes before what is only useful."""
    present = (document or draft.as_document())["fields"]
    wanted = draft.good_page
    absent = [name for name in wanted if name not in present]
    if not absent:
        return Completeness(100)
    schema = draft.document_schema
    following = min(absent, key=lambda name: not schema.by_name[name].required)
    percent = 100 * (len(wanted) - len(absent)) // len(wanted)
    return Completeness(percent, wanted[following], draft.step_of_field[following])
