"""The verbs of belonging to an organisation, and of its verification.

Whoever decides must be an owner; an organisation always keeps one. Each verb is one transaction with its mails.
"""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.actions import record
from journal.verbs import Verb
from moderation.publishing import publish_free_changes
from notifications import outbox
from organizations.models import Affiliation, Invitation, JoinRequest, Organization, Role, Verification, invitation_expiry
from quotas.counting import DAY, Quota, spend

VERIFICATION_YEARS = 2
# Enough for a federation's busy day, and few enough that nobody sends mail in masses through us. Whether an invitation was
# revoked or declined since counts nothing. In the name of an organisation that no moderator has read, fewer.
INVITED = Quota("organizations.invited", 20, DAY)
INVITED_UNREAD = Quota("organizations.invited_unread", 5, DAY)
# One address: whoever invites it, and by one organisation.
REACHED = Quota(
    "organizations.reached", 3, DAY, _("This address has received enough invitations today. Please try again tomorrow.")
)
REACHED_BY_ONE = Quota(
    "organizations.reached_by_one", 1, DAY, _("You have already invited this address today. Please try again tomorrow.")
)
FOUNDED = Quota("organizations.founded", 5, DAY)
ASKED_TO_JOIN = Quota("organizations.asked_to_join", 20, DAY)


class LastOwner(Exception):
    """An organisation must keep an owner: appoint another first."""


class InvitationUnusable(Exception):
    """Expired, revoked or used."""


class AlreadyBelongs(Exception):
    """The person belongs to the organisation already."""


@transaction.atomic
def found(organization: Organization, *, by: User) -> Organization:
    """Save a new organisation with its founder as owner. Raises QuotaSpent."""
    spend(FOUNDED.of(by))
    organization.save()
    Affiliation.objects.create(organization=organization, user=by, role=Role.OWNER)
    record(Verb.ORGANIZATION_FOUNDED, organization, by=by)
    return organization


@transaction.atomic
def invite(organization: Organization, *, email: str, role: str, by: User) -> Invitation:
    """Invite one address. Inviting it again renews the open invitation. Raises AlreadyBelongs, QuotaSpent."""
    spend((INVITED if organization.entry_id else INVITED_UNREAD).of(by))
    _lock_owners(organization, by)
    if organization.affiliations.filter(user__email__iexact=email).exists():
        raise AlreadyBelongs
    unanswered = organization.invitations.unanswered()
    invitation = unanswered.filter(email__iexact=email).first()
    if invitation is None:
        invitation = Invitation.objects.create(organization=organization, email=email, role=role, asked_by=by)
    else:
        invitation.role, invitation.expires_at = role, invitation_expiry()
        invitation.save(update_fields=["role", "expires_at"])
    record(Verb.PERSON_INVITED, organization, by=by, invitation=invitation.pk, role=role)
    mail = outbox.queue(
        "organization_invitation",
        to=email,
        about=[by, organization],
        context={
            "organization": str(organization),
            "inviter": str(by),
            "url": invitation.answer_url,
            "expires": timezone.localdate(invitation.expires_at),
        },
        dedupe_key=f"organization_invitation:{invitation.pk}:{timezone.localdate()}",
        confidential=True,
    )
    if mail:
        spend(REACHED.of(email), REACHED_BY_ONE.of(organization, email))
    return invitation


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> None:
    """Dead at once."""
    _lock_owners(invitation.organization, by)
    if invitation.settle(Invitation.Status.REVOKED, by=by, among=Invitation.objects.unanswered()):
        record(Verb.INVITATION_REVOKED, invitation.organization, by=by, invitation=invitation.pk)


@transaction.atomic
def decline(invitation: Invitation, *, by: User | None) -> None:
    """The invited person does not want it. Whoever holds the link may say so, without an account too."""
    if invitation.settle(Invitation.Status.DECLINED, by=by):
        record(Verb.INVITATION_DECLINED, invitation.organization, by=by, invitation=invitation.pk)


@transaction.atomic
def accept(invitation: Invitation, *, by: User) -> Affiliation:
    """Use an invitation, once. Raises InvitationUnusable, AlreadyBelongs."""
    if not invitation.settle(Invitation.Status.ACCEPTED, by=by):
        raise InvitationUnusable
    affiliation = _join(invitation.organization, by, invitation.role)
    record(Verb.INVITATION_ACCEPTED, invitation.organization, by=by, invitation=invitation.pk, role=invitation.role)
    return affiliation


@transaction.atomic
def ask_to_join(organization: Organization, *, message: str, by: User) -> JoinRequest:
    """Ask the owners. Asking again while a request is open changes its message. Raises AlreadyBelongs, QuotaSpent."""
    if organization.affiliations.filter(user=by).exists():
        raise AlreadyBelongs
    spend(ASKED_TO_JOIN.of(by))
    request, is_new = JoinRequest.objects.update_or_create(
        organization=organization, asked_by=by, status=JoinRequest.Status.ASKED, defaults={"message": message}
    )
    record(Verb.JOIN_ASKED, organization, by=by, request=request.pk)
    if is_new:
        for owner in organization.people_in(Role.OWNER):
            outbox.queue(
                "join_request",
                to=owner,
                about=[by, organization],
                context={
                    "person": str(by),
                    "organization": str(organization),
                    "url": reverse("organizations:people", args=[organization.public_id]),
                },
                # Somebody declined may ask again, but not by a mail each time.
                dedupe_key=f"join_request:{organization.pk}:{by.pk}:{owner.pk}:{timezone.localdate()}",
            )
    return request


@transaction.atomic
def decide_request(request: JoinRequest, *, accepted: bool, by: User, role: str = Role.READER) -> bool:
    """Accept or decline; False when somebody decided before."""
    _lock_owners(request.organization, by)
    status = JoinRequest.Status.ACCEPTED if accepted else JoinRequest.Status.DECLINED
    if not request.settle(status, by=by):
        return False
    if accepted and not request.organization.affiliations.filter(user=request.asked_by).exists():
        _join(request.organization, request.asked_by, role)
    verb = Verb.JOIN_ACCEPTED if accepted else Verb.JOIN_DECLINED
    record(verb, request.organization, by=by, request=request.pk, person=request.asked_by_id)
    kind = "join_accepted" if accepted else "join_declined"
    outbox.queue(kind, to=request.asked_by, about=[request.organization], context={"organization": str(request.organization)})
    return True


@transaction.atomic
def change_role(affiliation: Affiliation, role: str, *, by: User) -> None:
    """Raises LastOwner."""
    owners = _lock_owners(affiliation.organization, by)
    _keep_an_owner(affiliation, owners, leaves=role != Role.OWNER)
    Affiliation.objects.filter(pk=affiliation.pk).update(role=role)
    record(Verb.ROLE_CHANGED, affiliation.organization, by=by, person=affiliation.user_id, role=role)


@transaction.atomic
def remove(affiliation: Affiliation, *, by: User) -> None:
    """Somebody leaves, or an owner removes somebody. Raises LastOwner."""
    owners = _lock_owners(affiliation.organization, by if affiliation.user_id != by.pk else None)
    _keep_an_owner(affiliation, owners, leaves=True)
    Affiliation.objects.filter(pk=affiliation.pk).delete()
    verb = Verb.PERSON_LEFT if affiliation.user_id == by.pk else Verb.PERSON_REMOVED
    record(verb, affiliation.organization, by=by, person=affiliation.user_id)


@transaction.atomic
def verify(organization: Organization, *, method: str, by: User, note: str = "", on: date | None = None) -> Verification:
    """Record a check by the coordination team, in the place of the current one, and show it on the public page."""
    _require_verifier(by)
    organization = _lock(organization)
    day = on or timezone.localdate()
    organization.verifications.end(day)
    verification = Verification.objects.create(
        organization=organization,
        method=method,
        since=day,
        until=day + timedelta(days=365 * VERIFICATION_YEARS),
        granted_by=by,
        note=note,
    )
    publish_free_changes(organization, by=by)
    record(
        Verb.VERIFIED,
        organization,
        by=by,
        verification=verification.pk,
        method=method,
        until=verification.until.isoformat(),
    )
    return verification


@transaction.atomic
def end_verification(organization: Organization, *, by: User) -> None:
    _require_verifier(by)
    organization = _lock(organization)
    if organization.verifications.end(timezone.localdate()):
        publish_free_changes(organization, by=by)
        record(Verb.VERIFICATION_ENDED, organization, by=by)


def _join(organization: Organization, user: User, role: str) -> Affiliation:
    affiliation, is_new = Affiliation.objects.get_or_create(organization=organization, user=user, defaults={"role": role})
    if not is_new:
        raise AlreadyBelongs
    JoinRequest.objects.open().filter(organization=organization, asked_by=user).settle(JoinRequest.Status.ACCEPTED, by=None)
    return affiliation


def _lock(organization: Organization) -> Organization:
    return Organization.objects.select_for_update().get(pk=organization.pk)


def _lock_owners(organization: Organization, by: User | None) -> list[int]:
    """The ids of the owners' affiliations; nobody else decides about people meanwhile, so two cannot leave at one moment.

    Raises PermissionDenied unless `by` is one of them; None leaves that open.
    """
    _lock(organization)
    owners = dict(organization.affiliations.filter(role=Role.OWNER).values_list("user_id", "pk"))
    if by is not None and by.pk not in owners:
        raise PermissionDenied
    return list(owners.values())


def _keep_an_owner(affiliation: Affiliation, owners: list[int], *, leaves: bool) -> None:
    if leaves and owners == [affiliation.pk]:
        raise LastOwner


def _require_verifier(by: User) -> None:
    if not by.is_active or not by.has_perm("organizations.add_verification"):
        raise PermissionDenied
