"""Writing what the public sees. Everything that changes an entry goes through here, inside the caller's transaction."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from directory import search
from directory.document import Document
from directory.kinds import schema_of
from directory.models import Entry, EntryVersion
from text.latin_spelling import latin_spelling

Action = EntryVersion.Action
Status = Entry.Status
# First words of addresses beside those of entries, of every kind: /experts/mine/ is nobody's profile.
RESERVED_SLUGS = frozenset({"start", "mine", "edit", "new"})

# What a further version may change; the row is not written whole, because others write beside it.
CHANGING = ("document", "facts", "image", "status", "version", "updated_at", "confirmed_at", "ended_at")
# A page that is not public holds no address: somebody may have taken it meanwhile.
BACK = frozenset({Action.RESTORED, Action.BROUGHT_BACK})


@transaction.atomic(savepoint=False)
def publish_new(*, kind: str, public_id: str, document: Document, by, action: Action = Action.APPROVED, note: str = "") -> Entry:
    """Make the first published version of a draft."""
    schema_of(kind).check(document)
    now = timezone.now()
    entry = Entry(kind=kind, public_id=public_id, first_published_at=now, updated_at=now, confirmed_at=now)
    _write(entry, document)
    entry.slug = _readable_address(entry)
    _save_with_address(entry, force_insert=True)
    _record(entry, by=by, action=action, note=note)
    return entry


@transaction.atomic(savepoint=False)
def publish(entry: Entry, document: Document, *, by, action: Action, note: str = "") -> Entry:
    """Replace what the public sees. `entry` must have been read under `lock`. What is hidden or ended stays so."""
    schema_of(entry.kind).check(document)
    now = timezone.now()
    _write(entry, document)
    entry.updated_at = now
    if action is not Action.ROLLED_BACK:
        entry.confirmed_at = now
    return _next_version(entry, by=by, action=action, note=note)


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
    return _next_version(entry, by=by, action=Action.FACT)


@transaction.atomic(savepoint=False)
def hide(entry: Entry, *, by, note: str) -> Entry:
    """The team takes an entry off the public site; it answers 404 until it is restored."""
    entry = lock(entry.pk)
    if entry.status == Status.HIDDEN:
        return entry
    entry.status = Status.HIDDEN
    return _next_version(entry, by=by, action=Action.HIDDEN, note=note)


@transaction.atomic(savepoint=False)
def restore(entry: Entry, *, by, note: str = "") -> Entry:
    """The team no longer hides it. What its author has taken down stays down."""
    entry = lock(entry.pk)
    if entry.status != Status.HIDDEN:
        return entry
    entry.status = Status.ENDED if entry.ended_at else Status.PUBLISHED
    return _next_version(entry, by=by, action=Action.RESTORED, note=note)


@transaction.atomic
def take_down(entry: Entry, *, by) -> Entry:
    """Its author wants it public no longer; also of what the team hides, so that it stays down afterwards."""
    entry = lock(entry.pk)
    if entry.ended_at:
        return entry
    entry.ended_at = timezone.now()
    if entry.status == Status.PUBLISHED:
        entry.status = Status.ENDED
    return _next_version(entry, by=by, action=Action.TAKEN_DOWN)


@transaction.atomic
def bring_back(entry: Entry, *, by) -> Entry:
    """Its author wants it public again; what the team hides stays hidden."""
    entry = lock(entry.pk)
    if not entry.ended_at:
        return entry
    entry.ended_at = None
    if entry.status == Status.ENDED:
        entry.status = Status.PUBLISHED
    return _next_version(entry, by=by, action=Action.BROUGHT_BACK)


@transaction.atomic
def erase(public_id: str) -> None:
    """Leave nothing of an entry: document, versions, search rows and grants. Its address answers as if it had never been."""
    for entry in Entry.objects.filter(public_id=public_id):
        search.forget(entry)
        entry.delete()


def lock(entry_id: int) -> Entry:
    """The entry, with its row locked until the transaction ends."""
    return Entry.objects.select_for_update().get(pk=entry_id)


def _next_version(entry: Entry, *, by, action: Action, note: str = "") -> Entry:
    entry.version += 1
    if action in BACK:
        _save_with_address(entry, update_fields=(*CHANGING, "slug"))
    else:
        entry.save(update_fields=CHANGING)
    _record(entry, by=by, action=action, note=note)
    return entry


def _write(entry: Entry, document: Document) -> None:
    entry.document = document
    entry.image = document["fields"].get(schema_of(entry.kind).picture, "")


def _record(entry: Entry, *, by, action: Action, note: str) -> None:
    EntryVersion.objects.create(
        entry=entry, version=entry.version, action=action, document=entry.document, facts=entry.facts, by=by, note=note
    )
    search.index(entry)


def _readable_address(entry: Entry) -> str:
    readable = slugify(_latin_name(entry.document))[:100]
    reserved = RESERVED_SLUGS | schema_of(entry.kind).reserved_slugs
    return readable if readable and readable not in reserved else f"{readable or entry.kind}-{entry.public_id}"


def _save_with_address(entry: Entry, **how) -> None:
    """Save under the address that the entry has; when a namesake was first, the identifier comes behind the name."""
    try:
        with transaction.atomic():
            entry.save(**how)
    except IntegrityError:
        entry.slug = f"{entry.slug[:100]}-{entry.public_id}"
        entry.save(**how)


def _latin_name(document: Document) -> str:
    name = document["fields"].get("name", {})
    return name.get("latin") or name.get("fr") or name.get("en") or latin_spelling(name.get("arabic") or name.get("ar") or "")
