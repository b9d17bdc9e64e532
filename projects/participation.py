"""The verbs of being named in a project: a person or an organisation appears in public only after saying yes."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from experts.models import Expert
from moderation import workflow
from notifications import outbox
from organizations.models import Organization
from projects.models import Participation, Project

Status = Participation.Status


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
    participation, is_new = Participation.objects.get_or_create(
        project=project, organization=organization, expert=expert, defaults={"role": role, "asked_by": by}
    )
    if not is_new:
        raise AlreadyNamed
    if may_answer(participation, by):
        return answer(participation, confirmed=True, by=by)
    for user in (organization or expert).people():
        context = {"project": str(project), "role": role, "url": reverse("projects:participation", args=[participation.pk])}
        outbox.queue("participation_request", to=user, context=context)
    return participation


@transaction.atomic
def answer(participation: Participation, *, confirmed: bool, by: User) -> Participation:
    """Say yes or no, at any time; what is public follows at once."""
    if not may_answer(participation, by):
        raise PermissionDenied
    if confirmed:
        status = Status.CONFIRMED
    else:
        status = Status.WITHDRAWN if participation.is_confirmed else Status.DECLINED
    _settle(participation, status, by=by)
    return participation


@transaction.atomic
def remove(participation: Participation, *, by: User) -> None:
    """The project no longer names them."""
    _require_editor(participation.project, by)
    project = participation.project
    participation.delete()
    workflow.publish_free_changes(_fresh(project), by=by)


def may_answer(participation: Participation, user: User) -> bool:
    """Only the person named, or somebody who edits for the organisation named."""
    named = participation.organization or participation.expert
    return type(named).objects.acted_for_by(user).filter(pk=named.pk).exists()


def _settle(participation: Participation, status: str, *, by: User) -> None:
    participation.status, participation.answered_at, participation.answered_by = status, timezone.now(), by
    participation.save(update_fields=["status", "answered_at", "answered_by"])
    workflow.publish_free_changes(_fresh(participation.project), by=by)


def _fresh(project: Project) -> Project:
    return Project.objects.with_document_rows().get(pk=project.pk)


def _require_editor(project: Project, by: User) -> None:
    if not Project.objects.acted_for_by(by).filter(pk=project.pk).exists():
        raise PermissionDenied
