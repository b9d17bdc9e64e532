"""Drafts, submissions and published pages, made by the same verbs as in real life."""

from itertools import count

from django.contrib.auth.models import Group

from accounts.models import User
from directory.models import Entry
from experts.models import Expert, Expertise, SpokenLanguage
from moderation import actions as moderation_actions
from moderation.groups import MODERATORS, sync_groups
from moderation.models import Publishable, Submission
from moderation.publishing import publish_free_changes
from tests.factories.accounts import make_staff, make_user

_numbers = count(1)


def make_moderator(**fields) -> User:
    """Staff with the rights of the group and no others."""
    if not Group.objects.filter(name=MODERATORS, permissions__codename="decide_submission").exists():
        sync_groups(sender=None, using="default")  # a test with transactions of its own has emptied the tables
    user = make_staff(**fields)
    user.groups.add(Group.objects.get(name=MODERATORS))
    return user


def make_draft(*, user: User | None = None, **fields) -> Expert:
    """An expert's draft with everything that the checklist asks for, and nothing public yet."""
    texts = {
        "given_name": "Amina",
        "family_name": f"Idrissi {next(_numbers)}",
        "given_name_ar": "أمينة",
        "family_name_ar": "الإدريسي",
        "headline_fr": "Hydrologue, gestion de l’eau agricole",
        "headline_ar": "مختصة في الموارد المائية",
        "biography_fr": "Je conseille les associations d’irrigants depuis dix ans.",
        "biography_ar": "أُقدِّمُ المشورة لجمعيات مستعملي مياه السقي منذ عشر سنوات.",
        "milieu": "academic",
        "country": "MA",
        "source_language": "fr",
    }
    expert = Expert.objects.create(user=user or make_user(), **(texts | fields))
    Expertise.objects.create(expert=expert, theme="ENV", level="expert", years=10)
    SpokenLanguage.objects.create(expert=expert, code="ar", level="C2")
    return expert


def change(draft: Expert, **fields) -> Expert:
    """Save a draft as the editor does: what needs no moderator is public at once."""
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save()
    publish_free_changes(draft, by=draft.user)
    return draft


def make_submission(**fields) -> Submission:
    """A new page waiting for review."""
    draft = make_draft(**fields)
    return moderation_actions.submit(draft, by=draft.user)


def make_published(**fields) -> Expert:
    """A draft whose page is public."""
    submission = make_submission(**fields)
    moderation_actions.approve(submission, by=make_moderator())
    return submission.draft()


def make_edit(draft: Expert | None = None, **fields) -> Submission:
    """A change of a public page, waiting for review."""
    draft = change(draft or make_published(), **(fields or {"headline_fr": "Hydrologue, gestion de l’eau en oasis"}))
    return moderation_actions.submit(draft, by=draft.user)


def entry_of(draft: Expert) -> Entry:
    return Entry.objects.get(public_id=draft.public_id)


def publish(draft: Publishable, by: User | None = None) -> Entry:
    """The whole road for any kind: sent by its author, approved by a moderator. The draft then knows its entry."""
    submission = moderation_actions.submit(draft, by=draft.people().first())
    entry = moderation_actions.approve(submission, by=by or make_moderator())
    draft.refresh_from_db()
    return entry
