"""The verbs of being named in a project: a person or an organisation appears in public only after saying yes."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.labels import label_of
from experts.models import Expert
from moderation import actions as moderation_actions
from notifications import outbox
from organizations.models import Organization
from projects.models import Participation, Project

Status = Participation.Status
# Codes of the list "project_roles".
LEAD, PARTNER = "lead", "partner"


class AlreadyNamed(Exception):
    """The person or organisation is named in this project already."""


@transaction.atomic
def ask(
    project: Project, *, role: str, by: User, organization: Organization | None = None, expert: Expert | None = None
) -> Participation:
    """Name somebody in a project and ask for their yes. Who names himself or his own organisation has said it.

    Raises AlreadyNamed.
    """
    _require_editor(project, by)
    project = _lock(project)
    participation, is_new = Participation.objects.get_or_create(
        project=project, organization=organization, expert=expert, defaults={"role": role, "asked_by": by}
    )
    if not is_new:
        raise AlreadyNamed
    if may_answer(participation, by):
        return _settle(participation, Status.CONFIRMED, by=by)
    for user in participation.named.people():
        _send_request(participation, user)
    return participation


@transaction.atomic
def answer(participation: Participation, *, confirmed: bool, by: User) -> Participation:
    """Say yes or no, at any time; what is public follows at once."""
    if not may_answer(participation, by):
        raise PermissionDenied
    _lock(participation.project)
    participation.refresh_from_db()
    if confirmed:
        return _settle(participation, Status.CONFIRMED, by=by)
    return _settle(participation, Status.WITHDRAWN if participation.is_confirmed else Status.DECLINED, by=by)


@transaction.atomic
def remove(participation: Participation, *, by: User) -> None:
    """The project no longer names them."""
    _require_editor(participation.project, by)
    project = _lock(participation.project)
    participation.delete()
    moderation_actions.publish_free_changes(project, by=by)


@transaction.atomic
def set_lead(project: Project, organization: Organization | None, *, by: User) -> None:
    """Let an organisation for which one acts lead the project, and say so on its page. None: nobody but its author."""
    _require_editor(project, by)
    if organization and not Organization.objects.acted_for_by(by).filter(pk=organization.pk).exists():
        raise PermissionDenied
    project = _lock(project)
    if project.lead_id == (organization and organization.pk):
        return
    if project.lead_id:
        project.participations.filter(organization=project.lead_id, role=LEAD).update(role=PARTNER)
    project.lead = organization
    project.save(update_fields=["lead"])
    if organization:
        participation, _is_new = Participation.objects.get_or_create(
            project=project, organization=organization, expert=None, defaults={"role": LEAD, "asked_by": by}
        )
        participation.role = LEAD
        _settle(participation, Status.CONFIRMED, by=by)
    else:
        moderation_actions.publish_free_changes(project, by=by)


def may_answer(participation: Participation, user: User) -> bool:
    """Only the person named, or somebody who edits for the organisation named."""
    return Participation.objects.answerable_by(user).filter(pk=participation.pk).exists()


def _settle(participation: Participation, status: str, *, by: User) -> Participation:
    participation.status, participation.answered_at, participation.answered_by = status, timezone.now(), by
    participation.save(update_fields=["role", "status", "answered_at", "answered_by"])
    moderation_actions.publish_free_changes(participation.project, by=by)
    return participation


def _send_request(participation: Participation, user: User) -> None:
    context = {
        "project": str(participation.project),
        "role": label_of("project_roles", participation.role, user.language),
        "url": reverse("projects:participation", args=[participation.pk]),
    }
    # Named, removed and named again in one day: one mail.
    key = f"participation_request:{participation.project_id}:{participation.named.public_id}:{user.pk}:{timezone.localdate()}"
    outbox.queue("participation_request", to=user, context=context, dedupe_key=key)


def _lock(project: Project) -> Project:
    """Two answers at once would each publish the page without the other."""
    return Project.objects.select_for_update().get(pk=project.pk)


def _require_editor(project: Project, by: User) -> None:
    if not Project.objects.acted_for_by(by).filter(pk=project.pk).exists():
        raise PermissionDenied
