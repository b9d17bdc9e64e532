"""The road of any kind to its public page."""

from django.contrib.auth.models import Group

from accounts.models import User
from directory.models import Entry
from moderation import actions as moderation_actions
from moderation.groups import MODERATORS
from moderation.models import Publishable
from tests.factories.accounts import make_staff


def make_moderator(**fields) -> User:
    """Staff with the rights of the group and no others."""
    user = make_staff(**fields)
    user.groups.add(Group.objects.get(name=MODERATORS))
    return user


def publish(draft: Publishable, by: User | None = None) -> Entry:
    """The whole road for any kind: sent by its author, approved by a moderator. The draft then knows its entry."""
    submission = moderation_actions.submit(draft, by=draft.people().first())
    entry = moderation_actions.approve(submission, by=by or make_moderator())
    draft.refresh_from_db()
    return entry
