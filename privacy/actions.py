"""The verbs with which an account, a person or an organisation ends. What happens is said before: see `consequences`."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from core.privacy import Subject
from directory.erasure import erase as erase_subject
from directory.kinds import drafts
from directory.models import Entry
from journal.actions import record
from journal.verbs import Verb
from moderation import actions as moderation_actions
from moderation.models import Publishable
from notifications import outbox
from organizations.models import Organization
from projects.models import Project


class StillNeeded(Exception):
    """Organisations would be left without an owner: they must be handed over or closed first."""

    def __init__(self, organizations: list[Organization]):
        super().__init__(", ".join(map(str, organizations)))
        self.organizations = organizations


class LastCoordinator(Exception):
    """Nobody would be left to look after the network."""


@dataclass(frozen=True)
class Consequences:
    """What the end of an account means for the pages of its person."""

    ends: list[Publishable]
    handed_over: list[Organization]
    stays: list[Project]
    needed_first: list[Organization]
    is_last_coordinator: bool

    @property
    def is_possible(self) -> bool:
        return not self.needed_first and not self.is_last_coordinator


def consequences(person: User) -> Consequences:
    needed = list(Organization.objects.without_owner_but(person))
    own = Organization.objects.owned_by(person).exclude(pk__in=[organization.pk for organization in needed])
    return Consequences(
        ends=[draft for model in drafts().values() for draft in model.objects.ending_with(person)],
        handed_over=list(own),
        stays=list(Project.objects.filter(created_by=person, lead__isnull=False)),
        needed_first=needed,
        is_last_coordinator=_is_last_coordinator(person),
    )


@transaction.atomic
def close_account(*, by: User) -> None:
    """One's own account, with its profile and everything personal. Raises StillNeeded, LastCoordinator."""
    _end(by, Verb.ACCOUNT_CLOSED, by=by, mail="account_closed")


@transaction.atomic
def erase(person: User, *, by: User, reason: str) -> None:
    """A person as if never registered; the person is told why. Raises StillNeeded, LastCoordinator, PermissionDenied."""
    require_may_end(person, by)
    _end(person, Verb.PERSON_ERASED, by=by, mail="account_erased", reason=reason)


@transaction.atomic
def deactivate(person: User, *, by: User, reason: str) -> None:
    """No log-in, and the person's pages hidden, until `reactivate`. Raises LastCoordinator, PermissionDenied."""
    require_may_end(person, by)
    _keep_a_coordinator(person)
    if not User.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        return
    record(Verb.PERSON_DEACTIVATED, person, by=by)
    for entry in _pages_of(person).filter(status=Entry.Status.PUBLISHED):
        moderation_actions.hide(entry, by=by, reason=reason)
    outbox.queue("account_deactivated", to=person, context={"reason": reason})


@transaction.atomic
def reactivate(person: User, *, by: User) -> None:
    require_may_end(person, by)
    if not User.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        return
    record(Verb.PERSON_REACTIVATED, person, by=by)
    for entry in _pages_of(person).filter(status=Entry.Status.HIDDEN):
        moderation_actions.restore(entry, by=by)


@transaction.atomic
def close_organization(organization: Organization, *, by: User) -> None:
    """By its last owner: page, draft and files go, and projects no longer name it."""
    if not Organization.objects.without_owner_but(by).select_for_update(of=("self",)).filter(pk=organization.pk).exists():
        raise PermissionDenied
    record(Verb.ORGANIZATION_CLOSED, organization, by=by)
    led = Project.objects.filter(lead=organization, created_by=None)
    erase_subject(Subject(pages=frozenset({organization.public_id, *led.values_list("public_id", flat=True)})))


def may_end(person: User, coordinator: User) -> bool:
    """Coordinators end people; only whoever may do everything ends one of the team."""
    rights = ["accounts.delete_user", "moderation.decide_submission"]
    may = coordinator.is_active and coordinator.is_staff and coordinator.has_perms(rights)
    return may and (not person.is_staff or person == coordinator or coordinator.is_superuser)


def require_may_end(person: User, coordinator: User) -> None:
    if not may_end(person, coordinator):
        raise PermissionDenied


def _end(person: User, verb: Verb, *, by: User, mail: str, **context) -> None:
    _keep_a_coordinator(person)
    owned = Organization.objects.select_for_update().filter(pk__in=Organization.objects.owned_by(person).values("pk"))
    list(owned.order_by("pk"))  # two owners who leave at one moment must not leave nobody
    needed = list(Organization.objects.without_owner_but(person))
    if needed:
        raise StillNeeded(needed)
    record(verb, person, by=by)
    address, language = person.email, person.language
    erase_subject(_subject(person))
    outbox.queue(mail, to=address, language=language, context={"address": address, **context})


def _subject(person: User) -> Subject:
    addresses = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    return Subject(
        user_id=person.pk,
        addresses=frozenset({person.email, *addresses}),
        pages=frozenset(draft.public_id for model in drafts().values() for draft in model.objects.ending_with(person)),
    )


def _pages_of(person: User):
    ids = [draft.public_id for model in drafts().values() for draft in model.objects.ending_with(person)]
    return Entry.objects.filter(public_id__in=ids)


def _keep_a_coordinator(person: User) -> None:
    # Locked, so that the last two cannot leave at one moment.
    list(User.objects.filter(is_staff=True, is_active=True).order_by("pk").select_for_update())
    if _is_last_coordinator(person):
        raise LastCoordinator


def _is_last_coordinator(person: User) -> bool:
    team = moderation_actions.moderators()
    of_team = person in team
    alone = of_team and not team.exclude(pk=person.pk).exists()
    superusers = User.objects.filter(is_superuser=True, is_active=True)
    last_superuser = person.is_superuser and not superusers.exclude(pk=person.pk).exists()
    return alone or last_superuser
