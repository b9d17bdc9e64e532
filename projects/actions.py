"""The verbs of being named in a project: a person or an organisation appears in public only after saying yes."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from directory.labels import label_of
from experts.models import Expert
from journal.actions import record
from journal.verbs import Verb
from moderation.publishing import publish_free_changes
from notifications import outbox
from organizations.models import Organization
from projects.models import Participation, Project
from quotas.counting import DAY, Quota, spend

Status = Participation.Status
# Codes of the list "project_roles".
LEAD, PARTNER = "lead", "partner"
# Somebody else, who is asked by mail; naming and removing again frees nothing.
NAMED = Quota("projects.named", 40, DAY)
ANSWERS = {
    Status.CONFIRMED: Verb.PARTICIPATION_CONFIRMED,
    Status.DECLINED: Verb.PARTICIPATION_DECLINED,
    Status.WITHDRAWN: Verb.PARTICIPATION_WITHDRAWN,
}


class AlreadyNamed(Exception):
    """The person or organisation is named in this project already."""


@transaction.atomic
def start(project: Project, *, lead: Organization | None, by: User) -> Project:
    """Save a new project of this author, led by an organisation for which the author acts, or by nobody yet."""
    project.created_by = by
    project.save()
    record(Verb.PROJECT_STARTED, project, by=by, lead=lead.public_id if lead else None)
    if lead:
        _lead(project, lead, by=by)
    return project


@transaction.atomic
def ask(
    project: Project, *, role: str, by: User, organization: Organization | None = None, expert: Expert | None = None
) -> Participation:
    """Name somebody in a project and ask for their yes. Who names himself or his own organisation has said it.

    Raises AlreadyNamed, QuotaSpent.
    """
    _require_editor(project, by)
    project = _lock(project)
    participation, is_new = Participation.objects.get_or_create(
        project=project, organization=organization, expert=expert, defaults={"role": role, "asked_by": by}
    )
    if not is_new:
        raise AlreadyNamed
    record(Verb.PARTICIPATION_ASKED, project, by=by, named=participation.named.public_id, role=role)
    if may_answer(participation, by):
        return _settle(participation, Status.CONFIRMED, by=by)
    spend(NAMED.of(by))
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
        status = Status.CONFIRMED
    else:
        status = Status.WITHDRAWN if participation.is_confirmed else Status.DECLINED
    record(ANSWERS[status], participation.project, by=by, named=participation.named.public_id)
    return _settle(participation, status, by=by)


@transaction.atomic
def remove(participation: Participation, *, by: User) -> None:
    """The project no longer names them."""
    _require_editor(participation.project, by)
    project = _lock(participation.project)
    named = participation.named.public_id
    participation.delete()
    record(Verb.PARTICIPATION_REMOVED, project, by=by, named=named)
    publish_free_changes(project, by=by)


@transaction.atomic
def set_lead(project: Project, organization: Organization | None, *, by: User) -> None:
    """Let an organisation for which one acts lead the project, and say so on its page. None: nobody but its author."""
    _require_editor(project, by)
    project = _lock(project)
    if project.lead_id == (organization.pk if organization else None):
        return
    record(Verb.LEAD_CHANGED, project, by=by, lead=organization.public_id if organization else None)
    _lead(project, organization, by=by)


def may_answer(participation: Participation, user: User) -> bool:
    """Only the person named, or somebody who edits for the organisation named."""
    return Participation.objects.answerable_by(user).filter(pk=participation.pk).exists()


def _lead(project: Project, organization: Organization | None, *, by: User) -> None:
    if organization and not Organization.objects.acted_for_by(by).filter(pk=organization.pk).exists():
        raise PermissionDenied
    if project.lead_id:
        project.participations.filter(organization=project.lead_id, role=LEAD).update(role=PARTNER)
    project.lead = organization
    project.save(update_fields=["lead"])
    if organization:
        participation, _is_new = Participation.objects.get_or_create(
            project=project, organization=organization, expert=None, defaults={"role": LEAD, "asked_by": by}
        )
        participation.role = LEAD
        participation.save(update_fields=["role"])
        _settle(participation, Status.CONFIRMED, by=by)
    else:
        publish_free_changes(project, by=by)


def _settle(participation: Participation, status: str, *, by: User) -> Participation:
    """An answer may be changed at any time: it is settled among all, and the lock on the project says who is first."""
    participation.settle(status, by=by, among=Participation.objects.all())
    publish_free_changes(participation.project, by=by)
    return participation


def _send_request(participation: Participation, user: User) -> None:
    context = {
        "project": str(participation.project),
        "role": label_of("project_roles", participation.role, user.language),
        "asker": str(participation.asked_by),
        "url": participation.mail_url(user),
    }
    # Named, removed and named again in one day: one mail.
    key = f"participation_request:{participation.project_id}:{participation.named.public_id}:{user.pk}:{timezone.localdate()}"
    outbox.queue(
        "participation_request", to=user, about=[participation.project, participation.named], context=context, dedupe_key=key
    )


def _lock(project: Project) -> Project:
    """Two answers at once would each publish the page without the other."""
    return Project.objects.select_for_update().get(pk=project.pk)


def _require_editor(project: Project, by: User) -> None:
    if not Project.objects.acted_for_by(by).filter(pk=project.pk).exists():
        raise PermissionDenied
