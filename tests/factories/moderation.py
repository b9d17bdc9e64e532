"""Drafts, submissions and published pages, made by the same verbs as in real life."""

from itertools import count

from accounts.models import User
from directory.models import Entry
from experts.models import Expert
from moderation import actions as moderation_actions
from moderation.models import Submission
from moderation.publishing import publish_free_changes
from tests.factories.experts import make_expert
from tests.factories.publishing import make_moderator as make_moderator  # the tests of the desk know it from here
from tests.factories.publishing import publish as publish

_numbers = count(1)


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
        "city": "",
        "availability": "",
        "source_language": "fr",
        "themes": {"ENV": "expert"},
        "languages": {"ar": "C2"},
    }
    return make_expert(user, **(texts | fields))


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
    draft = make_draft(**fields)
    publish(draft)
    return draft


def make_edit(draft: Expert | None = None, **fields) -> Submission:
    """A change of a public page, waiting for review."""
    draft = change(draft or make_published(), **(fields or {"headline_fr": "Hydrologue, gestion de l’eau en oasis"}))
    return moderation_actions.submit(draft, by=draft.user)


def entry_of(draft: Expert) -> Entry:
    return Entry.objects.get(public_id=draft.public_id)
