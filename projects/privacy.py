from django.db.models import Q

from core.privacy import ALL, Erased, Personal, Subject, page, person
from moderation.publishing import publish_free_changes
from projects.models import Participation


def leave_projects(subject: Subject) -> None:
    """Their pages name nobody who is gone."""
    named = Q(expert__user=subject.user_id) if subject.user_id else Q(pk__in=[])
    gone = named | Q(organization__public_id__in=subject.pages) | Q(expert__public_id__in=subject.pages)
    for participation in Participation.objects.filter(gone).select_related("project").select_for_update(of=("project",)):
        participation.delete()
        publish_free_changes(participation.project, by=None)


DECLARATIONS = [
    Personal(
        "projects.Project",
        page("public_id"),
        "the page of a project",
        "until nobody edits it any more",
        "with one's data",
        fields={"created_by": Erased.UNLINKED, ALL: Erased.WITH_ROW},
    ),
    Personal(
        "projects.Participation",
        person("expert__user") | page("organization__public_id") | page("project__public_id"),
        "who takes part in a project, with their yes",
        "until the account ends",
        "with one's data",
        fields={"asked_by": Erased.UNLINKED, "answered_by": Erased.UNLINKED, ALL: Erased.WITH_ROW},
        before=leave_projects,
    ),
]
