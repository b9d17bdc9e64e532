"""Writing what the public sees. Everything that changes an entry goes through here, inside the caller's transaction."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from directory import search
from directory.document import Document
from directory.kinds import schema_of
from directory.models import Entry, EntryVersion

Action = EntryVersion.Action
# First words of addresses beside those of entries, of every kind: /experts/mine/ is nobody's profile.
RESERVED_SLUGS = frozenset({"start", "mine", "edit", "new"})


@transaction.atomic(savepoint=False)
def publish_new(*, kind: str, public_id: str, document: Document, by, action: Action = Action.APPROVED, note: str = "") -> Entry:
    """Make the first published version of a draft."""
    schema_of(kind).check(document)
    now = timezone.now()
    entry = Entry(kind=kind, public_id=public_id, first_published_at=now, updated_at=now, confirmed_at=now)
    _write(entry, document)
    _save_with_slug(entry)
    _record(entry, by=by, action=action, note=note)
    return entry


@transaction.atomic(savepoint=False)
def publish(entry: Entry, document: Document, *, by, action: Action, note: str = "") -> Entry:
    """Replace what the public sees. `entry` must have been read under `lock`."""
    schema_of(entry.kind).check(document)
    now = timezone.now()
    _write(entry, document)
    entry.updated_at = now
    if action is not Action.ROLLED_BACK:
        entry.confirmed_at = now
    _save_next_version(entry)
    _record(entry, by=by, action=action, note=note)
    return entry


@transaction.atomic(savepoint=False)
def set_fact(entry: Entry, name: str, value: dict[str, Any] | None, *, by) -> Entry:
    """Show a fact that a room above has contributed to this kind (directory/facts.py); None or {} takes it away.

    Whoever calls has asked who may: the fact is the room's. Raises KeyError for a fact that nobody contributed.
    """
    item = schema_of(entry.kind).contributed[name]
    entry = lock(entry.pk)
    facts = {**entry.facts, name: value}
    if item.is_empty(value):
        facts.pop(name)
    if facts == entry.facts:
        return entry
    entry.facts = facts
    entry.updated_at = timezone.now()
    _save_next_version(entry)
    _record(entry, by=by, action=Action.FACT, note="")
    return entry


@transaction.atomic(savepoint=False)
def hide(entry: Entry, *, by, note: str) -> Entry:
    """Take an entry off the public site; it answers 404 until it is restored."""
    return _set_status(entry, Entry.Status.HIDDEN, by=by, action=Action.HIDDEN, note=note)


@transaction.atomic(savepoint=False)
def restore(entry: Entry, *, by, note: str = "") -> Entry:
    return _set_status(entry, Entry.Status.PUBLISHED, by=by, action=Action.RESTORED, note=note)


def lock(entry_id: int) -> Entry:
    """The entry, with its row locked until the transaction ends."""
    return Entry.objects.select_for_update().get(pk=entry_id)


def _set_status(entry: Entry, status: str, *, by, action: Action, note: str) -> Entry:
    entry = lock(entry.pk)
    if entry.status == status:
        return entry
    entry.status = status
    _save_next_version(entry)
    _record(entry, by=by, action=action, note=note)
    return entry


def _write(entry: Entry, document: Document) -> None:
    entry.document = document
    entry.image = document["fields"].get(schema_of(entry.kind).picture, "")


def _save_next_version(entry: Entry) -> None:
    entry.version += 1
    entry.save(update_fields=["document", "facts", "image", "status", "version", "updated_at", "confirmed_at"])


def _record(entry: Entry, *, by, action: Action, note: str) -> None:
    EntryVersion.objects.create(
        entry=entry, version=entry.version, action=action, document=entry.document, facts=entry.facts, by=by, note=note
    )
    search.index(entry)


def _save_with_slug(entry: Entry) -> None:
    """Save a new entry under a readable address; a namesake gets the identifier behind the name."""
    readable = slugify(_latin_name(entry.document))[:100]
    if readable and readable not in RESERVED_SLUGS | schema_of(entry.kind).reserved_slugs:
        entry.slug = readable
        try:
            with transaction.atomic():
                return entry.save(force_insert=True)
        except IntegrityError:
            pass  # a namesake was first
    entry.slug = f"{readable or entry.kind}-{entry.public_id}"
    entry.save(force_insert=True)


def _latin_name(document: Document) -> str:
    name = document["fields"].get("name", {})
    return name.get("latin") or name.get("fr") or name.get("en") or ""
