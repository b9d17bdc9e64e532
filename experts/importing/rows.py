"""Checked rows -> drafts and accounts, one savepoint each, so that a bad row stops no other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from experts.importing.files import ReadRow
from experts.importing.forms import PersonForm
from experts.models import Expert, Import
from journal.actions import record
from journal.verbs import Verb
from moderation import actions as moderation_actions

TEXT_ORDER = ("fr", "ar", "en")


class Outcome(Enum):
    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell; `column` is empty when it concerns the whole row."""

    line: int
    column: str
    reason: str


@dataclass
class Recap:
    """What an import did, or would do."""

    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    published: int = 0
    lines: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def good(self) -> int:
        return sum(self.counts.values())

    @property
    def bad_lines(self) -> list[int]:
        return sorted({fault.line for fault in self.faults})

    def keep(self, row: Import) -> None:
        for outcome, count in self.counts.items():
            setattr(row, outcome.value, count)
        row.published, row.refused = self.published, len(self.bad_lines)
        row.save()


class RowRefused(Exception):
    def __init__(self, column: str, reason: str):
        super().__init__(reason)
        self.column, self.reason = column, reason


class _Undo(Exception):
    """Leaves a savepoint without a trace."""


def import_rows(
    rows: Iterable[ReadRow],
    *,
    by: User,
    source: str,
    publish: bool = False,
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> Recap:
    """Write each good row as a draft of its own person, and publish it if asked. `source` names the list in the history.

    Running the same rows twice changes nothing. A person who has taken over the account is left alone.
    Raises PermissionDenied for anybody but coordinators.
    """
    if not by.is_active or not by.has_perms(["experts.add_expert", "moderation.decide_submission"]):
        raise PermissionDenied
    recap = Recap()
    kept = None if dry_run else Import.objects.create(by=by, source=source[:200])
    try:
        _import_all(rows, recap, by=by, source=source, publish=publish, dry_run=dry_run, progress=progress)
    finally:
        # Also when the file cannot be read to its end: the lines before are in.
        if kept:
            recap.keep(kept)
    return recap


def _import_all(
    rows: Iterable[ReadRow], recap: Recap, *, by: User, source: str, publish: bool, dry_run: bool, progress: Callable[[int], None]
) -> None:
    seen: dict[str, dict[str, int]] = {"external_id": {}, "email": {}}
    for done, row in enumerate(rows, start=1):
        form = PersonForm(row.cells)
        faults = _faults_of(row, form, seen)
        if faults:
            recap.faults += faults
        else:
            _import_row(row.line, form, recap, by=by, source=source, publish=publish, dry_run=dry_run)
        recap.lines = done
        progress(done)


def _faults_of(row: ReadRow, form: PersonForm, seen: dict[str, dict[str, int]]) -> list[Fault]:
    """What could not be read counts first: what the form says of an unreadable cell would only mislead."""
    faults = [Fault(row.line, column, reason) for column, reason in row.faults.items()]
    if "" in row.faults:
        return faults
    faults += [
        Fault(row.line, column, str(error))
        for column, errors in form.errors.items()
        if column not in row.faults
        for error in errors
    ]
    for column, lines in seen.items():
        value = form.cleaned_data.get(column, "").casefold()
        first = lines.setdefault(value, row.line)
        if value and first != row.line:
            faults.append(Fault(row.line, column, _("The same value appears in line %(line)d.") % {"line": first}))
    return faults


def _import_row(line: int, form: PersonForm, recap: Recap, *, by: User, source: str, publish: bool, dry_run: bool) -> None:
    published = False
    outcome = Outcome.UNCHANGED
    try:
        with transaction.atomic():
            draft, outcome = _write_draft(form.cleaned_data)
            if outcome is not Outcome.UNCHANGED:
                record(Verb.PROFILE_IMPORTED, draft, by=by, on_behalf_of=draft.user, outcome=outcome.value)
            if publish and not _is_claimed(draft):
                before = draft.entry.version if draft.entry else 0
                published = moderation_actions.publish_import(draft, by=by, note=source).version != before
            if dry_run or (outcome is Outcome.UNCHANGED and not published):
                raise _Undo
    except RowRefused as refusal:
        recap.faults.append(Fault(line, refusal.column, refusal.reason))
        return
    except _Undo:
        pass
    recap.counts[outcome] += 1
    recap.published += published


def _write_draft(data: dict) -> tuple[Expert, Outcome]:
    """The draft of this row, written if it differs from what is there. Raises RowRefused."""
    draft = Expert.objects.with_document_rows().filter(external_id=data["external_id"]).first()
    if draft is None:
        draft = Expert(user=_account(data["email"], _source_language(data)), external_id=data["external_id"])
        _fill(draft, data)
        return draft, Outcome.CREATED
    if draft.user.email.casefold() != data["email"].casefold():
        raise RowRefused("email", _("This person is registered under another address."))
    if _is_claimed(draft):
        return draft, Outcome.UNCHANGED
    if _says_the_same(draft, data):
        return draft, Outcome.UNCHANGED
    _fill(draft, data)
    return draft, Outcome.CHANGED


def _is_claimed(draft: Expert) -> bool:
    """Whether the person has taken the account over; from then on only the person changes the profile."""
    return draft.user.has_usable_password()


def _account(email: str, language: str) -> User:
    """The account of this address, made without a usable password: the person claims it by the reset mail."""
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        return User.objects.create_user(email, language=language)
    if Expert.objects.filter(user=user).exists():
        raise RowRefused("email", _("The account with this address has another profile."))
    return user


def _values(data: dict) -> dict:
    """The columns of the draft that this row fills."""
    texts = {
        f"{field}_{language}": data[f"{column}_{language}"]
        for field, column in (("headline", "headline"), ("biography", "bio"))
        for language in TEXT_ORDER
    }
    plain = (
        "given_name",
        "family_name",
        "given_name_ar",
        "family_name_ar",
        "country",
        "region",
        "city",
        "years_experience",
        "availability",
    )
    named = {"source_language": _source_language(data), "milieu": data["sector"], "goals": data["sdgs"]}
    return {column: data[column] for column in plain} | texts | named


def _says_the_same(draft: Expert, data: dict) -> bool:
    return (
        all(getattr(draft, column) == value for column, value in _values(data).items())
        and {row.theme for row in draft.expertises.all()} == set(data["themes"])
        and {(row.code, row.level) for row in draft.spoken_languages.all()} == set(data["languages"])
    )


def _fill(draft: Expert, data: dict) -> None:
    for column, value in _values(data).items():
        setattr(draft, column, value)
    draft.save()
    # A theme that stays keeps its level and years, which the list does not know.
    draft.expertises.exclude(theme__in=data["themes"]).delete()
    for code in data["themes"]:
        draft.expertises.get_or_create(theme=code)
    draft.spoken_languages.exclude(code__in=[code for code, _level in data["languages"]]).delete()
    for code, level in data["languages"]:
        draft.spoken_languages.update_or_create(code=code, defaults={"level": level})


def _source_language(data: dict) -> str:
    """The language in which most was written first: French, Arabic, English, whichever has a biography."""
    for column in ("bio", "headline"):
        for language in TEXT_ORDER:
            if data[f"{column}_{language}"]:
                return language
    return TEXT_ORDER[0]
