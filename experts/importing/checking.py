"""What a list would do, line by line. Nothing is written but the lines themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.db.models import Count
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from experts.importing.doubles import People, known_people, listed_person
from experts.importing.forms import PersonForm
from experts.importing.states import document_in, listed_state, state_of
from experts.models import Expert, Import, ImportLine

Outcome = ImportLine.Outcome
AT_A_TIME = 200
FOUND = ("faults", "outcome", "published", "doubles", "expert")


class RowRefused(Exception):
    """The line is right in itself, and yet does not fit what is there."""

    def __init__(self, column: str, reason: str):
        super().__init__(reason)
        self.column, self.reason = column, reason


@dataclass(frozen=True)
class Directory:
    """Who is in the portal already, of those whom some lines speak of."""

    drafts: dict[str, Expert]  # by external identifier
    users: dict[str, User]  # by address, in small letters

    @classmethod
    def of(cls, forms: Sequence[PersonForm]) -> "Directory":
        """In a fixed number of queries."""
        good = [form.cleaned_data for form in forms]
        drafts = Expert.objects.with_document_rows().filter(external_id__in=[data.get("external_id") for data in good])
        addresses = [data.get("email", "").lower() for data in good]
        users = User.objects.annotate(lower=Lower("email")).filter(lower__in=addresses).select_related("expert")
        return cls({draft.external_id: draft for draft in drafts}, {user.lower: user for user in users})

    def draft_of(self, data: dict) -> Expert | None:
        """The profile that the line speaks of. Raises RowRefused."""
        draft = self.drafts.get(data["external_id"])
        if draft is not None:
            if draft.user.email.casefold() != data["email"].casefold():
                raise RowRefused("email", _("This person is registered under another address."))
            return draft
        user = self.user_of(data)
        if user is not None and hasattr(user, "expert"):
            raise RowRefused("email", _("The account with this address has another profile."))
        return None

    def user_of(self, data: dict) -> User | None:
        return self.users.get(data["email"].lower())


def is_claimed(user: User) -> bool:
    """Whether the person has taken the account over, by a password or by a code; from then on only the person writes."""
    return user.has_usable_password() or user.last_login is not None


def check(batch: Import) -> None:
    """Say of every line what it would do, and which persons may be double. It can be run again from the beginning."""
    lines = list(batch.lines.all())
    seen: dict[str, dict[str, int]] = {"external_id": {}, "email": {}}
    people = known_people(without=[line.cells.get("external_id", "").strip() for line in lines])
    for some in _in_pieces(lines):
        with override(batch.language):
            _check_piece(some, seen, people)
        with transaction.atomic():
            if not _is_being_checked(batch):
                break  # another process was faster, and somebody has decided
            ImportLine.objects.bulk_update(some, FOUND)
    else:
        with transaction.atomic():
            if _is_being_checked(batch):
                batch.status = Import.Status.CHECKED
                batch.save(update_fields=["status"])
                keep_counts(batch)
    batch.refresh_from_db()


def _is_being_checked(batch: Import) -> bool:
    """With the list locked, so that nobody starts it meanwhile."""
    return Import.objects.select_for_update().filter(pk=batch.pk, status=Import.Status.CHECKING).first() is not None


def keep_counts(batch: Import) -> None:
    """How many lines came to what, for the list of imports."""
    lines = batch.lines.filter(left_out=False)
    found = dict(lines.order_by().values_list("outcome").annotate(Count("pk")))
    counts = {outcome.value: found.get(outcome.value, 0) for outcome in Outcome}
    counts["published"] = lines.filter(published=True).count()
    for name, count in counts.items():
        setattr(batch, name, count)
    batch.save(update_fields=list(counts))


def _check_piece(lines: list[ImportLine], seen: dict, people: People) -> None:
    forms = [PersonForm(line.cells) for line in lines]
    for form in forms:
        form.is_valid()
    directory = Directory.of(forms)
    for line, form in zip(lines, forms, strict=True):
        _check_line(line, form, seen, directory, people)


def _in_pieces(lines: list[ImportLine]) -> Iterator[list[ImportLine]]:
    rest = iter(lines)
    while piece := list(islice(rest, AT_A_TIME)):
        yield piece


def _check_line(line: ImportLine, form: PersonForm, seen: dict, directory: Directory, people: People) -> None:
    line.outcome, line.published, line.doubles, line.expert = Outcome.REFUSED, False, [], None
    line.faults = _faults_of(line, form, seen)
    if line.faults:
        return
    data = form.cleaned_data
    try:
        line.expert = draft = directory.draft_of(data)
    except RowRefused as refusal:
        line.faults = [[refusal.column, refusal.reason]]
        return
    person = listed_person(line, data)
    if draft is None:
        user = directory.user_of(data)
        line.outcome, line.published = Outcome.CREATED, user is None or not is_claimed(user)
        line.doubles = people.doubles_of(person)
    elif is_claimed(draft.user):
        line.outcome = Outcome.UNCHANGED
    else:
        line.outcome, line.published = foreseen(draft, data)
    people.add(person)


def foreseen(draft: Expert, data: dict) -> tuple[Outcome, bool]:
    """Whether the line changes this profile, and whether publishing it would change its page."""
    state = listed_state(draft, data)
    is_same = state == state_of(draft, state["columns"])
    is_news = draft.entry is None or draft.entry.document != document_in(draft, state)
    return Outcome.UNCHANGED if is_same else Outcome.CHANGED, is_news and may_be_published(draft)


def may_be_published(draft: Expert) -> bool:
    """Not what its person answers for, nor what is hidden or taken down: an import brings no page back."""
    return not is_claimed(draft.user) and (draft.entry is None or draft.entry.is_published)


def _faults_of(line: ImportLine, form: PersonForm, seen: dict[str, dict[str, int]]) -> list[list[str]]:
    """What could not be read counts first: what the form says of an unreadable cell would only mislead."""
    faults = [[column, reason] for column, reason in line.unread.items()]
    if "" in line.unread:
        return faults
    faults += [[column, str(error)] for column, errors in form.errors.items() if column not in line.unread for error in errors]
    for column, lines in seen.items():
        value = form.cleaned_data.get(column, "").casefold()
        first = lines.setdefault(value, line.line)
        if value and first != line.line:
            faults.append([column, _("The same value appears in line %(line)d.") % {"line": first}])
    return faults
