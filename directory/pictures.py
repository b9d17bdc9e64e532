"""Pictures of entries: a large one and a small one beside it, readable only while a published entry shows them."""

from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.team import acts_for_team
from directory.kinds import drafts
from directory.models import Entry

SMALL = "-small"


def thumbnail_name(name: str) -> str:
    path = PurePosixPath(name)
    return str(path.with_stem(path.stem + SMALL))


def full_name(name: str) -> str:
    """The name under which an entry knows a picture, whichever size was asked for."""
    path = PurePosixPath(name)
    return str(path.with_stem(path.stem.removesuffix(SMALL)))


def store_thumbnail(name: str, content: ContentFile) -> None:
    default_storage.save(thumbnail_name(name), content)


def folders() -> dict[str, dict[type, str]]:
    """{folder: {draft model: its field}} of the pictures of all kinds: no other file is anybody's picture."""
    found: dict[str, dict[type, str]] = {}
    for model in drafts().values():
        if name := model.document_schema.picture:
            found.setdefault(model._meta.get_field(name).upload_to, {})[model] = name
    return found


def is_public(name: str) -> bool:
    return Entry.objects.published().filter(image=full_name(name)).exists()


def may_see_unpublished(name: str, user) -> bool:
    """Authors see the picture of their own draft, and moderators that of any."""
    if not user.is_authenticated:
        return False
    if user.has_perm("moderation.decide_submission") and acts_for_team(user):
        return True
    shown_in = folders()[PurePosixPath(name).parts[0]]
    return any(model.objects.acted_for_by(user).filter(**{field: full_name(name)}).exists() for model, field in shown_in.items())
