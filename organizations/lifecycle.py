"""The verbs of belonging to an organisation, and of its verification.

Whoever decides must be an owner; an organisation always keeps one. Each verb is one transaction with its mails.
"""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from moderation import workflow
from notifications import outbox
from organizations.models import Invitation, JoinRequest, Membership, Organization, Role, Verification, invitation_expiry

VERIFICATION_YEARS = 2


class LastOwner(Exception):
    """An organisation must keep an owner: appoint another first."""


class InvitationUnusable(Exception):
    """Expired, revoked or used."""


class AlreadyBelongs(Exception):
    """The person belongs to the organisation already."""


@transaction.atomic
def found(organization: Organization, *, by: User) -> Organization:
    """Save a new organisation with its founder as owner."""
    organization.save()
    Membership.objects.create(organization=organization, user=by, role=Role.OWNER)
    return organization


@transaction.atomic
def invite(organization: Organization, *, email: str, role: str, by: User) -> Invitation:
    """Invite one address. Inviting it again renews the open invitation. Raises AlreadyBelongs."""
    _require_owner(organization, by)
    if organization.memberships.filter(user__email__iexact=email).exists():
        raise AlreadyBelongs
    open_ones = organization.invitations.select_for_update().filter(accepted_at=None, revoked_at=None)
    invitation = open_ones.filter(email__iexact=email).first()
    if invitation is None:
        invitation = Invitation.objects.create(organization=organization, email=email, role=role, invited_by=by)
    else:
        invitation.role, invitation.expires_at = role, invitation_expiry()
        invitation.save(update_fields=["role", "expires_at"])
    outbox.queue(
        "organization_invitation",
        to=email,
        context={
            "organization": str(organization),
            "inviter": str(by),
            "url": reverse("organizations:invitation", args=[invitation.token]),
            "expires": timezone.localdate(invitation.expires_at),
        },
        confidential=True,
    )
    return invitation


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> None:
    _require_owner(invitation.organization, by)
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def accept(invitation: Invitation, *, by: User) -> Membership:
    """Use an invitation, once. Raises InvitationUnusable, AlreadyBelongs."""
    now = timezone.now()
    usable = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None, expires_at__gt=now)
    if not usable.update(accepted_at=now, accepted_by=by):
        raise InvitationUnusable
    return _join(invitation.organization, by, invitation.role)


@transaction.atomic
def ask_to_join(organization: Organization, *, message: str, by: User) -> JoinRequest:
    """Ask the owners. Asking again while a request is open changes its message. Raises AlreadyBelongs."""
    if organization.memberships.filter(user=by).exists():
        raise AlreadyBelongs
    request, is_new = JoinRequest.objects.update_or_create(
        organization=organization, user=by, status=JoinRequest.Status.OPEN, defaults={"message": message}
    )
    if is_new:
        for owner in organization.members.filter(memberships__role=Role.OWNER, is_active=True):
            outbox.queue(
                "join_request",
                to=owner,
                context={
                    "person": str(by),
                    "organization": str(organization),
                    "url": reverse("organizations:people", args=[organization.public_id]),
                },
            )
    return request


@transaction.atomic
def decide_request(request: JoinRequest, *, accepted: bool, by: User, role: str = Role.READER) -> bool:
    """Accept or decline; False when somebody decided before."""
    _require_owner(request.organization, by)
    status = JoinRequest.Status.ACCEPTED if accepted else JoinRequest.Status.DECLINED
    claimed = JoinRequest.objects.filter(pk=request.pk, status=JoinRequest.Status.OPEN).update(
        status=status, decided_at=timezone.now(), decided_by=by
    )
    if not claimed:
        return False
    if accepted and not request.organization.memberships.filter(user=request.user).exists():
        _join(request.organization, request.user, role)
    kind = "join_accepted" if accepted else "join_declined"
    outbox.queue(kind, to=request.user, context={"organization": str(request.organization)})
    return True


@transaction.atomic
def change_role(membership: Membership, role: str, *, by: User) -> None:
    """Raises LastOwner."""
    _require_owner(membership.organization, by)
    _keep_an_owner(membership, leaves=role != Role.OWNER)
    Membership.objects.filter(pk=membership.pk).update(role=role)


@transaction.atomic
def remove(membership: Membership, *, by: User) -> None:
    """Somebody leaves, or an owner removes somebody. Raises LastOwner."""
    if membership.user_id != by.pk:
        _require_owner(membership.organization, by)
    _keep_an_owner(membership, leaves=True)
    Membership.objects.filter(pk=membership.pk).delete()


@transaction.atomic
def verify(organization: Organization, *, method: str, by: User, note: str = "", on: date | None = None) -> Verification:
    """Record a check by the coordination team, in the place of the current one, and show it on the public page."""
    _require_verifier(by)
    day = on or timezone.localdate()
    organization.verifications.filter(ended_on=None).update(ended_on=day)
    verification = Verification.objects.create(
        organization=organization,
        method=method,
        verified_on=day,
        valid_until=day + timedelta(days=365 * VERIFICATION_YEARS),
        verified_by=by,
        note=note,
    )
    workflow.publish_free_changes(organization, by=by)
    return verification


@transaction.atomic
def end_verification(organization: Organization, *, by: User) -> None:
    _require_verifier(by)
    organization.verifications.filter(ended_on=None).update(ended_on=timezone.localdate())
    workflow.publish_free_changes(organization, by=by)


def _join(organization: Organization, user: User, role: str) -> Membership:
    membership, is_new = Membership.objects.get_or_create(organization=organization, user=user, defaults={"role": role})
    if not is_new:
        raise AlreadyBelongs
    return membership


def _keep_an_owner(membership: Membership, *, leaves: bool) -> None:
    """Locks the organisation's owners, so that two of them cannot leave at the same moment."""
    owners = list(
        membership.organization.memberships.select_for_update()
        .filter(role=Role.OWNER)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if leaves and owners == [membership.pk]:
        raise LastOwner


def _require_owner(organization: Organization, by: User) -> None:
    if not organization.memberships.filter(user=by, role=Role.OWNER).exists():
        raise PermissionDenied


def _require_verifier(by: User) -> None:
    if not by.is_active or not by.has_perm("organizations.add_verification"):
        raise PermissionDenied
