"""The roles in the coordination team, and the groups behind them. Free of models: app configurations read it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TeamRole(models.TextChoices):
    """What somebody of the team does. Each but the last is a group; what that may do is said where the group is made."""

    MODERATION = "moderation", _("Review: read what was sent and decide, see people and pages")
    VOCABULARY = "vocabulary", _("Vocabulary: edit themes, places and lists")
    DOWNLOADS = "downloads", _("Downloads: take lists out of the portal as files")
    ADMINISTRATION = "administration", _("Administration: everything, the team included")


GROUPS = {TeamRole.MODERATION: "Moderators", TeamRole.VOCABULARY: "Vocabulary editors", TeamRole.DOWNLOADS: "List downloads"}
SHORT = {
    TeamRole.MODERATION: pgettext_lazy("role", "Review"),
    TeamRole.VOCABULARY: _("Vocabulary"),
    TeamRole.DOWNLOADS: _("Downloads"),
    TeamRole.ADMINISTRATION: _("Administration"),
}


def role_label(group: str) -> str:
    """What a group is called on pages: its name is for the code."""
    return next((str(SHORT[role]) for role, name in GROUPS.items() if name == group), group)


def roles_of(user) -> list[TeamRole]:
    """From the groups that were read with the user, where they were."""
    names = {group.name for group in user.groups.all()} if user.is_staff else set()
    roles = [role for role, name in GROUPS.items() if name in names]
    return roles + [TeamRole.ADMINISTRATION] * (user.is_staff and user.is_superuser)


def has_ended(user) -> bool:
    """Whether the last day in the team has passed; a job then takes the roles away (team/jobs.py)."""
    return user.team_until is not None and user.team_until < timezone.localdate()
