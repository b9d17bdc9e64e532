"""The groups of the team whose rights every `migrate` sets again: nobody has to remember a command."""

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions

from accounts.roles import GROUPS, TeamRole

MODERATORS = GROUPS[TeamRole.MODERATION]

# Exactly what the desk needs; whoever needs more gets it from a second group, because this one is reset by each migrate.
MODERATOR_RIGHTS = (
    "moderation.decide_submission",
    "moderation.view_submission",
    "directory.view_entry",
    "accounts.view_user",
    "accounts.delete_user",  # to deactivate and erase people, by the verbs of privacy/actions.py
    "directory.view_searchinsight",
    "directory.view_entryversion",
    "experts.view_expert",
    "projects.view_project",
    "projects.view_participation",
    "needs.view_need",
    "needs.view_proposal",
    "notifications.view_mail",  # whether it left, never its text
    "journal.view_record",
    "jobs.view_run",
    "taxonomy.view_theme",
    "experts.add_expert",  # nobody is added by hand: it is the right to import a list, beside that to decide
    "experts.view_import",
    "organizations.view_organization",
    "organizations.view_affiliation",
    "organizations.view_verification",
    "organizations.add_verification",
    "messaging.view_contactrequest",
    "messaging.decide_contactrequest",
    "messaging.view_report",
    "messaging.view_heldexpression",
    "messaging.add_heldexpression",
    "messaging.change_heldexpression",
    "messaging.delete_heldexpression",
)
KEPT = {MODERATORS: MODERATOR_RIGHTS, GROUPS[TeamRole.DOWNLOADS]: ("accounts.export_lists",)}


def sync_groups(sender, using, apps=current_apps, **kwargs) -> None:
    """After migrate. The rights must exist first, whatever the order of the receivers."""
    try:
        Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
        apps.get_model("moderation", "Submission")
    except LookupError:
        return  # migrated back to before these tables
    for name, kept in KEPT.items():
        group, _created = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set(_rights(kept, Permission, using, apps))


def _rights(names, Permission, using, apps) -> list:
    rights = []
    for right in names:
        app_label, codename = right.split(".")
        create_permissions(current_apps.get_app_config(app_label), verbosity=0, using=using, apps=apps)
        # None, when migrated back to before its table.
        rights += Permission.objects.using(using).filter(content_type__app_label=app_label, codename=codename)
    return rights
