"""The verbs of the coordination team. Administrators act; each verb is one transaction with its mail; one administrator stays."""

from collections.abc import Collection, Iterable
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from accounts.roles import GROUPS, SHORT, TeamRole
from core.languages import in_a_row
from journal.actions import record
from journal.verbs import Verb
from notifications import outbox
from taxonomy.loading import ensure_editors_group
from team.models import TeamInvitation, invitation_expiry


class AlreadyColleague(Exception):
    """This address is one of the team."""


class TeamInvitationUnusable(Exception):
    """Expired, revoked, used, or for another address."""


class LastAdministrator(Exception):
    """Nobody would be left who may do everything."""


@transaction.atomic
def invite(email: str, roles: Collection[str], *, until: date | None = None, by: User) -> TeamInvitation:
    """Ask one address to join. Inviting it again renews the open invitation. Raises AlreadyColleague."""
    _require_administrator(by)
    if User.objects.filter(email__iexact=email, is_staff=True).exists():
        raise AlreadyColleague
    values = {"roles": _known(roles), "until": until, "expires_at": invitation_expiry(), "asked_by": by}
    invitation = TeamInvitation.objects.unanswered().filter(email__iexact=email).first() or TeamInvitation(email=email)
    for name, value in values.items():
        setattr(invitation, name, value)
    invitation.save()
    record(Verb.TEAM_INVITED, invitation, by=by, roles=invitation.roles)
    known = User.objects.filter(email__iexact=email).first()
    outbox.queue(
        "team_invitation",
        to=known or email,
        about=[by],
        context={
            "inviter": str(by),
            "roles": _readable(invitation.roles, known.language if known else by.language),
            "url": invitation.answer_url,
            "expires": timezone.localdate(invitation.expires_at),
        },
        language=None if known else by.language,
        confidential=True,
    )
    return invitation


@transaction.atomic
def revoke(invitation: TeamInvitation, *, by: User) -> None:
    """Dead at once."""
    _require_administrator(by)
    if invitation.settle(TeamInvitation.Status.REVOKED, by=by, among=TeamInvitation.objects.unanswered()):
        record(Verb.TEAM_INVITATION_REVOKED, invitation, by=by)


@transaction.atomic
def accept(invitation: TeamInvitation, *, by: User) -> None:
    """Join, once, with the address that was invited. Raises TeamInvitationUnusable."""
    if not invitation.is_for(by) or not invitation.settle(TeamInvitation.Status.ACCEPTED, by=by):
        raise TeamInvitationUnusable
    _give(by, invitation.roles, invitation.until)
    record(Verb.TEAM_JOINED, by, by=by, roles=invitation.roles)


@transaction.atomic
def change_roles(colleague: User, roles: Collection[str], *, until: date | None, by: User) -> None:
    """Other roles, or another last day. Raises LastAdministrator."""
    _require_administrator(by)
    _keep_an_administrator(colleague, stays=TeamRole.ADMINISTRATION in roles and until is None)
    _give(colleague, _known(roles), until)
    record(Verb.TEAM_ROLES_CHANGED, colleague, by=by, roles=sorted(roles), until=until.isoformat() if until else None)
    outbox.queue("team_roles_changed", to=colleague, context={"roles": _readable(roles, colleague.language), "until": until})


@transaction.atomic
def remove(colleague: User, *, reason: str, by: User | None) -> None:
    """Out of the team; the account stays. `by` is None when the last day has passed. Raises LastAdministrator."""
    if by is not None:
        _require_administrator(by)
    _keep_an_administrator(colleague, stays=False)
    _give(colleague, [], None)
    record(Verb.TEAM_LEFT, colleague, by=by)
    outbox.queue("team_left", to=colleague, context={"reason": reason})


@transaction.atomic
def reset_second_factor(colleague: User, *, by: User) -> None:
    """For a lost telephone or key: all factors go and all sessions end; the next log-in asks for a new factor."""
    _require_administrator(by)
    Authenticator.objects.filter(user=colleague).delete()
    for session in UserSession.objects.filter(user=colleague):
        session.end()
    record(Verb.TEAM_FACTOR_RESET, colleague, by=by)
    outbox.queue("team_factor_reset", to=colleague, context={"by": str(by)})


def _give(user: User, roles: Iterable[str], until: date | None) -> None:
    """These roles and no others; whoever has none is not of the team."""
    roles = set(roles)
    user.is_staff, user.is_superuser, user.team_until = bool(roles), TeamRole.ADMINISTRATION in roles, until
    user.save(update_fields=["is_staff", "is_superuser", "team_until"])
    if TeamRole.VOCABULARY in roles:
        ensure_editors_group()
    wanted = [name for role, name in GROUPS.items() if role in roles]
    for name in GROUPS.values():
        group, _is_new = Group.objects.get_or_create(name=name)
        (user.groups.add if name in wanted else user.groups.remove)(group)


def _known(roles: Collection[str]) -> list[str]:
    return [role.value for role in TeamRole if role in roles]


def _readable(roles: Collection[str], language: str) -> str:
    with override(language):
        return in_a_row(SHORT[role] for role in TeamRole if role in roles)


def _require_administrator(by: User) -> None:
    if not (by.is_active and by.is_staff and by.is_superuser):
        raise PermissionDenied


def _keep_an_administrator(colleague: User, *, stays: bool) -> None:
    """Locked, so that the last two cannot leave at one moment. Who leaves on a day does not count."""
    administrators = User.objects.filter(Q(team_until=None), is_superuser=True, is_staff=True, is_active=True)
    others = [user for user in administrators.order_by("pk").select_for_update() if user.pk != colleague.pk]
    if not stays and not others and colleague.is_superuser:
        raise LastAdministrator
