"""The verbs of moderation. Views, the admin, commands and the demo all call these.

Each is one transaction: the decision, the published version, the history row and the mail stand or fall together. Who decides
first is settled by the database; the other is told who it was.
"""

from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from directory import publication
from directory.document import Document
from directory.kinds import drafts, schema_of
from directory.models import Entry, EntryVersion
from journal.actions import record
from journal.verbs import Verb
from moderation.models import ChecklistItem, FieldComment, Publishable, RefusalReason, Submission
from notifications import outbox

Status = Submission.Status
Action = EntryVersion.Action


class NotReady(Exception):
    """The draft lacks something; `missing` says what."""

    def __init__(self, missing: list[ChecklistItem]):
        super().__init__(", ".join(str(item.label) for item in missing))
        self.missing = missing


class NothingToReview(Exception):
    """The draft says nothing that is not public already."""


class AlreadyDecided(Exception):
    """Somebody was faster, or the author sent a newer text; `submission` is as it is now."""

    def __init__(self, submission: Submission):
        super().__init__(submission.get_status_display())
        self.submission = submission


class HiddenByTeam(Exception):
    """The coordination team has hidden the page: its author cannot bring it back."""


class InvalidDecision(ValueError):
    """A decision that makes no sense: a comment on an unchanged field, a refusal without a reason."""


# What authors do


@transaction.atomic
def submit(draft: Publishable, *, by: User) -> Submission:
    """Freeze the draft's document and put it into the queue, in the place of one that waits there already.

    Raises NotReady with the checklist, or NothingToReview when every change is public or free.
    """
    draft = type(draft).objects.reread_locked(public_id=draft.public_id)
    _require_author(draft, by)
    missing = draft.missing_items()
    if missing:
        raise NotReady(missing)
    document = draft.as_document()
    published = draft.entry.document if draft.entry else None
    if published and not draft.document_schema.awaiting_review(published, document):
        raise NothingToReview
    waiting = Submission.objects.waiting().filter(public_id=draft.public_id).first()
    if waiting and waiting.document == document:
        return waiting
    if waiting:
        _decide(waiting, Status.REPLACED)
    submission = Submission.objects.create(
        kind=draft.kind,
        public_id=draft.public_id,
        entry=draft.entry,
        title=_name_for_all(draft)[:300],
        document=document,
        base_version=draft.entry.version if draft.entry else 0,
        submitted_by=by,
    )
    record(Verb.SUBMISSION_SENT, draft, by=by, submission=submission.pk)
    _tell_moderators(submission)
    outbox.queue("submission_received", to=by, about=[submission], context=_mail_context(draft) | {"number": submission.pk})
    return submission


@transaction.atomic
def withdraw(submission: Submission, *, by: User) -> None:
    """Take a waiting submission back out of the queue. Raises AlreadyDecided."""
    draft = submission.draft()
    _require_author(draft, by)
    _decide(submission, Status.WITHDRAWN)
    record(Verb.SUBMISSION_WITHDRAWN, draft, by=by, submission=submission.pk)


@transaction.atomic
def take_down(draft: Publishable, *, by: User) -> Entry:
    """Its author's way out: the page answers as if it had never been, and what waits for review leaves the queue."""
    draft = type(draft).objects.reread_locked(public_id=draft.public_id)
    _require_author(draft, by)
    if waiting := draft.waiting_submission:
        _decide(waiting, Status.WITHDRAWN)
    entry = publication.take_down(publication.lock(draft.entry_id), by=by)
    record(Verb.PAGE_TAKEN_DOWN, entry, by=by)
    return entry


@transaction.atomic
def bring_back(draft: Publishable, *, by: User) -> Entry:
    """Show a page again that its author took down, as it was last approved, less what has been removed since.

    Under a new address when another page has taken the old one. Raises HiddenByTeam, NotReady (send it for review instead).
    """
    draft = type(draft).objects.reread_locked(public_id=draft.public_id)
    _require_author(draft, by)
    entry = publication.lock(draft.entry_id)
    if entry.status == Entry.Status.HIDDEN:
        raise HiddenByTeam
    missing = draft.document_schema.missing(entry.document)
    if missing:
        raise NotReady([ChecklistItem(item.label, item.step) for item in missing])
    entry = publication.bring_back(entry, by=by)
    record(Verb.PAGE_BROUGHT_BACK, entry, by=by)
    return entry


# What moderators do


@transaction.atomic
def approve(
    submission: Submission,
    *,
    by: User,
    fields: set[str] | None = None,
    comments: Mapping[str, str] | None = None,
    message: str = "",
) -> Entry:
    """Publish a submission: all of it, or the named fields only, the others going back to the author with comments.

    Raises AlreadyDecided, InvalidDecision.
    """
    _require_moderator(by)
    draft = submission.lock_draft()
    entry = publication.lock(draft.entry_id) if draft.entry_id else None
    published, current = entry.document if entry else None, draft.as_document()
    changed = {item.name for item in submission.schema.awaiting_review(published, _with_free(submission, current))}
    accepted = changed if fields is None else fields & changed
    returned = changed - accepted
    if changed and not accepted:
        raise InvalidDecision("approving nothing: request changes instead")
    if draft.entry_id is None and any(item.required and item.name not in accepted for item in submission.schema):
        raise InvalidDecision("a new page needs its required fields")
    status, action = (Status.PARTLY_APPROVED, Action.PARTLY_APPROVED) if returned else (Status.APPROVED, Action.APPROVED)
    _decide(submission, status, by=by, accepted_fields=sorted(accepted), message=message)
    notes = _comment(submission, comments or {}, returned)
    document = submission.schema.with_free_changes(submission.schema.accepted(published, submission.document, accepted), current)
    entry = _publish_accepted(entry, draft, document, by=by, action=action)
    verb = Verb.SUBMISSION_PARTLY_APPROVED if returned else Verb.SUBMISSION_APPROVED
    record(verb, draft, by=by, submission=submission.pk, version=entry.version, fields=sorted(accepted))
    _tell_author(
        "submission_partly_approved" if returned else "submission_approved",
        submission,
        draft,
        comments=notes,
        text=message,
        page_url=entry.get_absolute_url(),
    )
    return entry


@transaction.atomic
def request_changes(submission: Submission, *, by: User, comments: Mapping[str, str], message: str = "") -> None:
    """Send everything back with a comment per field or a message. Raises AlreadyDecided, InvalidDecision."""
    _require_moderator(by)
    if not any(text.strip() for text in comments.values()) and not message.strip():
        raise InvalidDecision("say what to change")
    _decide(submission, Status.CHANGES_REQUESTED, by=by, message=message)
    notes = _comment(submission, comments, set(submission.schema.by_name))
    draft = submission.draft()
    record(Verb.CHANGES_REQUESTED, draft, by=by, submission=submission.pk)
    _tell_author("changes_requested", submission, draft, comments=notes, text=message)


@transaction.atomic
def refuse(submission: Submission, *, by: User, reason: str, message: str) -> None:
    """Refuse for a stated reason; what is public stays as it is. Raises AlreadyDecided, InvalidDecision."""
    _require_moderator(by)
    if reason not in RefusalReason.values or not message.strip():
        raise InvalidDecision("a refusal needs a reason and a text")
    _decide(submission, Status.REFUSED, by=by, reason=reason, message=message)
    draft = submission.draft()
    record(Verb.SUBMISSION_REFUSED, draft, by=by, submission=submission.pk, reason=reason)
    _tell_author("submission_refused", submission, draft, reason=RefusalReason(reason).label, text=message)


@transaction.atomic
def hide(entry: Entry, *, by: User, reason: str) -> Entry:
    """Take a page off the public site. The reason is kept and sent to its people. Raises InvalidDecision."""
    _require_moderator(by)
    if not reason.strip():
        raise InvalidDecision("hiding needs a reason")
    entry = publication.lock(entry.pk)
    if entry.status != Entry.Status.HIDDEN:
        entry = publication.hide(entry, by=by, note=reason)
        record(Verb.PAGE_HIDDEN, entry, by=by, version=entry.version)
        _tell_people("entry_hidden", entry, reason=reason)
    return entry


@transaction.atomic
def restore(entry: Entry, *, by: User) -> Entry:
    """Hide a page no longer. It is public again, unless its author has taken it down."""
    _require_moderator(by)
    entry = publication.lock(entry.pk)
    if entry.status == Entry.Status.HIDDEN:
        entry = publication.restore(entry, by=by)
        record(Verb.PAGE_RESTORED, entry, by=by, version=entry.version)
        if entry.is_published:
            _tell_people("entry_restored", entry, page_url=entry.get_absolute_url())
    return entry


@transaction.atomic
def roll_back(entry: Entry, version: EntryVersion, *, by: User, reason: str) -> Entry:
    """Publish an earlier version again, less what its author has since withdrawn. Raises InvalidDecision."""
    _require_moderator(by)
    if version.entry_id != entry.pk or not reason.strip():
        raise InvalidDecision("rolling back needs a version of this entry and a reason")
    entry = publication.lock(entry.pk)
    draft = draft_of(entry)
    # Audiences and free fields stay as their author has them today: an old version must not show more than that.
    today = draft.as_document() if draft else entry.document
    document = schema_of(entry.kind).with_free_changes(version.document, today)
    note = f"v{version.version}: {reason}"
    entry = publication.publish(entry, document, by=by, action=Action.ROLLED_BACK, note=note)
    record(Verb.PAGE_ROLLED_BACK, entry, by=by, version=entry.version, to=version.version)
    if draft:
        _tell_people("entry_rolled_back", entry, reason=reason, day=version.at, overview_url=draft.author_url("overview"))
    return entry


@transaction.atomic
def publish_import(draft: Publishable, *, by: User, note: str) -> Entry:
    """Publish a draft that a coordinator imported, without a submission. The import has checked it by rules of its own."""
    _require_moderator(by)
    draft = type(draft).objects.reread_locked(public_id=draft.public_id)
    document = draft.as_document()
    if draft.entry_id is None:
        entry = _publish_first(draft, document, by=by, action=Action.IMPORTED, note=note)
    else:
        entry = publication.lock(draft.entry_id)
        if entry.document == document:
            return entry
        publication.publish(entry, document, by=by, action=Action.IMPORTED, note=note)
    record(Verb.PAGE_IMPORTED, entry, by=by, version=entry.version)
    return entry


@transaction.atomic
def take_back_import(draft: Publishable, *, version: int, by: User, note: str) -> None:
    """Show the public what it saw before an import: this version of the page, or no page if there was none (0).

    Whoever calls has made sure that nothing happened since. Nobody is told: the import told nobody either.
    """
    _require_moderator(by)
    draft = type(draft).objects.reread_locked(public_id=draft.public_id)
    record(Verb.PAGE_IMPORT_UNDONE, draft, by=by, version=version)
    if not version:
        publication.erase(draft.public_id)
        return
    entry = publication.lock(draft.entry_id)
    earlier = entry.versions.get(version=version)
    publication.publish(entry, earlier.document, by=by, action=Action.ROLLED_BACK, note=note)


def moderators() -> QuerySet[User]:
    """The active members of the coordination team who may decide on submissions."""
    permission = Q(codename="decide_submission", content_type__app_label="moderation")
    allowed = Permission.objects.filter(permission)
    return User.objects.filter(
        Q(is_superuser=True) | Q(user_permissions__in=allowed) | Q(groups__permissions__in=allowed), is_active=True, is_staff=True
    ).distinct()


def proposed(submission: Submission, draft: Publishable) -> Document:
    """What approving everything would publish: the submitted texts, with the free fields, audiences and removals of today."""
    return _with_free(submission, draft.as_document())


def _with_free(submission: Submission, current: Document) -> Document:
    return submission.schema.with_free_changes(submission.document, current)


def _publish_accepted(entry: Entry | None, draft: Publishable, document: Document, *, by: User, action: Action) -> Entry:
    if entry is None:
        return _publish_first(draft, document, by=by, action=action)
    if entry.ended_at and draft.document_schema.missing(document):
        raise InvalidDecision("a page that comes back needs its required fields")
    entry = publication.publish(entry, document, by=by, action=action)
    # Who sends a page for review that was taken down wants it public again.
    return publication.bring_back(entry, by=by) if entry.ended_at else entry


def _publish_first(draft: Publishable, document: Document, *, by: User, action: Action, note: str = "") -> Entry:
    draft.entry = publication.publish_new(
        kind=draft.kind, public_id=draft.public_id, document=document, by=by, action=action, note=note
    )
    draft.save(update_fields=["entry"])
    Submission.objects.filter(public_id=draft.public_id).update(entry=draft.entry)
    return draft.entry


def _decide(submission: Submission, status: Status, *, by: User | None = None, **values) -> None:
    """Settle a waiting submission by one conditional UPDATE: the first wins. Raises AlreadyDecided for the second.

    Whoever locks its draft or entry as well locks these first, in this order: two orders would be a deadlock.
    """
    values["status"] = status
    if by is not None:
        values |= {"decided_by": by, "decided_at": timezone.now()}
    if not Submission.objects.waiting().filter(pk=submission.pk).update(**values):
        submission.refresh_from_db()
        raise AlreadyDecided(submission)
    for name, value in values.items():
        setattr(submission, name, value)


def _comment(submission: Submission, comments: Mapping[str, str], allowed: set[str]) -> list[tuple[str, str]]:
    """Keep the comments; returns [(label of the field, text)] for the mail."""
    written = {name: text.strip() for name, text in comments.items() if text.strip()}
    if not set(written) <= allowed:
        raise InvalidDecision(f"comments on {sorted(set(written) - allowed)}")
    FieldComment.objects.bulk_create(FieldComment(submission=submission, field=name, text=text) for name, text in written.items())
    return [(submission.schema.by_name[name].label, text) for name, text in written.items()]


def draft_of(entry: Entry) -> Publishable | None:
    """None when its people are gone."""
    return drafts()[entry.kind].objects.with_document_rows().filter(entry=entry).first()


def _require_author(draft: Publishable, by: User) -> None:
    if not type(draft).objects.acted_for_by(by).filter(pk=draft.pk).exists():
        raise PermissionDenied


def _require_moderator(by: User) -> None:
    if not by.is_active or not by.has_perm("moderation.decide_submission"):
        raise PermissionDenied


def _tell_author(mail_kind: str, submission: Submission, draft: Publishable, **context) -> None:
    """One mail to whoever sent the submission, or to the people of the draft when that account is gone."""
    recipients = [submission.submitted_by] if submission.submitted_by else draft.people()
    for user in recipients:
        outbox.queue(mail_kind, to=user, context=_mail_context(draft) | context)


def _tell_people(mail_kind: str, entry: Entry, **context) -> None:
    draft = draft_of(entry)
    for user in draft.people() if draft else ():
        outbox.queue(mail_kind, to=user, context=_mail_context(draft) | context)


def _tell_moderators(submission: Submission) -> None:
    context = {
        "name": submission.title,
        "kind": submission.schema.label,
        "review_url": submission.get_absolute_url(),
    }
    today = timezone.localdate()
    for user in moderators():
        # One mail a day is enough to open the queue; the queue itself shows the rest.
        key = f"submission_waiting:{user.pk}:{today}"
        outbox.queue("submission_waiting", to=user, about=[submission], context=context, dedupe_key=key)


def _mail_context(draft: Publishable) -> dict:
    return {"name": _name_for_all(draft), "edit_url": draft.author_url("overview")}


def _name_for_all(draft: Publishable) -> str:
    """One name for the queue and the mails, whatever the language of the person who acts."""
    with override(settings.LANGUAGE_CODE):
        return str(draft)
