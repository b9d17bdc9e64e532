"""One line of a checked list -> a profile of its own person, published if asked; and back again.

Each line is a transaction that locks the line first: two processes, or one that begins again, do each person once.
"""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from core.privacy import Subject
from directory.erasure import erase
from experts.importing.checking import Directory, RowRefused, foreseen, is_claimed, may_be_published
from experts.importing.forms import PersonForm
from experts.importing.states import State, listed_state, new_state, source_language, state_of, write
from experts.models import Expert, Import, ImportLine
from journal.actions import record
from journal.models import Record
from journal.verbs import Verb
from moderation import actions as moderation_actions

Outcome, Kept = ImportLine.Outcome, ImportLine.Kept
# Rows of these rooms come and go with a person; those of others are somebody else's word.
OWN_ROOMS = frozenset(
    {"experts", "directory", "moderation", "notifications", "accounts", "account", "mfa", "usersessions", "admin"}
)


def write_line(line_id: int, batch: Import, *, by: User) -> None:
    """Do what the list says of this person, unless it is done already. What no longer fits becomes a fault of the line."""
    with transaction.atomic():
        line = _locked(line_id, batch.lines.to_write())
        if line is None:
            return
        try:
            with transaction.atomic(), override(batch.language):
                _write(line, batch, by=by)
            line.cells, line.done_at = {}, timezone.now()
        except (RowRefused, IntegrityError) as error:
            line = _refused(line, error)
        line.save()


def _refused(line: ImportLine, error: Exception) -> ImportLine:
    """The line as it was before it was tried, with its fault."""
    line = ImportLine.objects.get(pk=line.pk)
    fault = ["", _("Somebody else wrote this person at the same moment. Send the line again.")]
    if isinstance(error, RowRefused):
        fault = [error.column, error.reason]
    line.outcome, line.faults, line.published, line.expert = Outcome.REFUSED, [fault], False, None
    return line


def _locked(line_id: int, lines) -> ImportLine | None:
    """The line, unless another process has it or has dealt with it."""
    return lines.select_for_update(skip_locked=True, of=("self",)).filter(pk=line_id).first()


def _write(line: ImportLine, batch: Import, *, by: User) -> None:
    form = PersonForm(line.cells)
    if not form.is_valid():  # the vocabulary has changed since the check
        column, errors = next(iter(form.errors.items()))
        raise RowRefused(column, str(errors[0]))
    data = form.cleaned_data
    directory = Directory.of([form])
    line.expert, line.published = directory.draft_of(data), False
    state = _write_profile(line, data, directory)
    draft = line.expert
    if line.outcome is not Outcome.UNCHANGED:
        record(Verb.PROFILE_IMPORTED, draft, by=by, on_behalf_of=draft.user, outcome=line.outcome.value)
    if batch.publish and may_be_published(draft):
        before = _page_version(draft)
        draft.entry = moderation_actions.publish_import(draft, by=by, note=batch.reason)
        line.published = draft.entry.version != before
    line.after = state | {"version": _page_version(draft)}


def _write_profile(line: ImportLine, data: dict, directory: Directory) -> State:
    """The profile as the line has it, written if it differs; a claimed one is left alone."""
    if line.expert is None:
        line.outcome, line.before, state = Outcome.CREATED, None, new_state(data)
        line.expert, line.made_account = _new_draft(data, directory)
        write(line.expert, state)
        return state
    draft, state = line.expert, listed_state(line.expert, data)
    line.before = state_of(draft, state["columns"]) | {"version": _page_version(draft)}
    line.outcome = Outcome.UNCHANGED if is_claimed(draft.user) else foreseen(draft, data)[0]
    if line.outcome is Outcome.CHANGED:
        write(draft, state)
    return state


def _new_draft(data: dict, directory: Directory) -> tuple[Expert, bool]:
    """A profile, and whether its account is new."""
    user = directory.user_of(data)
    is_new = user is None
    if is_new:
        # Without a usable password: the person claims it by the reset mail, or by a code that confirms the address as well.
        user = User.objects.create_user(data["email"], language=source_language(data))
        EmailAddress.objects.create(user=user, email=user.email.lower(), primary=True)
    return Expert(user=user, external_id=data["external_id"]), is_new


def _page_version(draft: Expert) -> int:
    return draft.entry.version if draft.entry else 0


def undo_line(line_id: int, batch: Import, *, by: User) -> None:
    """Leave the person as before the import, or say in the line why that can no longer be done."""
    with transaction.atomic():
        line = _locked(line_id, batch.lines.to_undo())
        if line is None:
            return
        draft = Expert.objects.reread_locked(public_id=line.expert.public_id)
        line.kept_because = _reason_to_keep(line, draft)
        if not line.kept_because:
            record(Verb.PROFILE_IMPORT_UNDONE, draft, by=by, on_behalf_of=draft.user, outcome=line.outcome)
            if line.before is None:
                _forget(draft, with_account=line.made_account)
                return  # the line went with its person
            _restore(draft, line, by=by, note=batch.reason)
            line.undone_at = timezone.now()
        line.save()


def _reason_to_keep(line: ImportLine, draft: Expert) -> str:
    """Why the person cannot be left as before: because something happened since that nobody may lose."""
    user, entry = draft.user, draft.entry
    state = state_of(draft, line.after["columns"])
    # Who had an account before the import had no profile: that is what goes.
    was_there_before = line.before is None and not line.made_account
    if is_claimed(user) and not was_there_before:
        return Kept.CLAIMED
    if any(state[name] != line.after[name] for name in state):
        return Kept.EDITED
    if _page_version(draft) != line.after["version"]:
        return Kept.PUBLISHED
    subjects = [row for row in (draft, entry, None if was_there_before else user) if row is not None]
    if Record.objects.of(*subjects).filter(at__gt=line.done_at).exists():
        return Kept.ACTED_UPON
    if line.before is None and (_is_named(draft) or (line.made_account and _is_named(user))):
        return Kept.NAMED
    return ""


def _is_named(row) -> bool:
    """Whether rows of other rooms hang on this one, and would be lost with it."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.related_objects
        if relation.related_model._meta.app_label not in OWN_ROOMS
    )


def _forget(draft: Expert, *, with_account: bool) -> None:
    """As if the person had never been in the list."""
    user = draft.user
    pages = frozenset({draft.public_id})
    if with_account:
        erase(Subject(user_id=user.pk, addresses=frozenset({user.email}), pages=pages))
    else:
        erase(Subject(pages=pages))
        draft.delete()


def _restore(draft: Expert, line: ImportLine, *, by: User, note: str) -> None:
    if line.outcome == Outcome.CHANGED:
        write(draft, line.before)
    if line.published:
        moderation_actions.take_back_import(draft, version=line.before["version"], by=by, note=note)
