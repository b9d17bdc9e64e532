"""Words planted in everything that a person leaves, and a dump of everything in which they are looked for."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from accounts.models import User
from directory.pictures import thumbnail_name
from experts.models import Experience, Expert, Link
from messaging import actions as contacts
from messaging.models import Report
from moderation import actions as moderation_actions
from notifications import outbox
from organizations import actions as organization_actions
from tests.factories.experts import make_expert
from tests.factories.messaging import make_request
from tests.factories.moderation import change, make_moderator
from tests.factories.organizations import make_organization
from tests.factories.projects import make_project, name_somebody

WORD = "kanarienvogel"


def plant(user: User) -> Expert:
    """A published expert with a full trace: versions, submissions, mails, files, invitations, participations, sessions."""
    expert = make_expert(
        user,
        published=True,
        given_name=WORD.capitalize(),
        family_name=f"Alt{WORD}",
        headline=f"Headline {WORD}",
        city=WORD,
    )
    change(expert, headline_fr=f"Neue {WORD}")
    moderation_actions.request_changes(moderation_actions.submit(expert, by=user), by=make_moderator(), comments={}, message=WORD)
    change(expert, contact_email=f"{WORD}@example.org", audiences={"email": "public"})
    plant_files(expert)
    Experience.objects.create(expert=expert, title=WORD, start_year=2010)
    Link.objects.create(expert=expert, label=WORD, url="https://example.org/")
    plant_traces(user, expert)
    return expert


def plant_files(expert: Expert) -> None:
    expert.cv.save("x.pdf", ContentFile(f"%PDF {WORD}".encode()))
    expert.photo.save("x.webp", ContentFile(WORD.encode()))
    default_storage.save(thumbnail_name(expert.photo.name), ContentFile(WORD.encode()))
    change(expert)


def plant_traces(user: User, expert: Expert) -> None:
    organization = make_organization(published=True)
    owner = organization.people().first()
    organization_actions.ask_to_join(organization, message=WORD, by=user)
    organization_actions.invite(organization, email=user.email, role="editor", by=owner)
    own = make_organization(owner)
    organization_actions.invite(own, email="stranger@example.org", role="reader", by=owner)
    name_somebody(make_project(published=True), expert=expert, confirmed_by=user)
    plant_contacts(user, expert)
    outbox.queue("entry_restored", to=user, context={"name": WORD, "page_url": "/fr/"})
    LogEntry.objects.create(
        user=make_moderator(),
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        object_repr=user.email,
        action_flag=CHANGE,
    )


def plant_contacts(user: User, expert: Expert) -> None:
    """What the person wrote to others, what others wrote to the page, and what was answered, blocked and reported."""
    other = make_expert(published=True)
    sent = make_request(other, by=user, message=WORD, sender_name=WORD.title())
    contacts.reply(sent, f"{WORD} ?", by=other.user, is_of_sender=False)
    contacts.reply(sent, f"{WORD} !", by=user, is_of_sender=True)
    contacts.accept(sent, by=other.user, address=other.user.email)
    blocked = make_expert(published=True)
    contacts.block(make_request(blocked, by=user, message=WORD), by=blocked.user)
    received = make_request(expert, by=None, message=f"An {WORD}")
    contacts.decline(received, by=user, line=WORD)
    contacts.report(Report(request=make_request(expert, by=None, message=WORD), reason="other", text=WORD), by=user)
    contacts.report(Report(entry=other.entry, reason="other", text=WORD), by=user)


def dump() -> bytes:
    """All rows of all tables, as `pg_dump --data-only` writes them: by COPY."""
    written = BytesIO()
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (table,) in cursor.fetchall():
            written.write(f"-- {table}\n".encode())
            cursor.cursor.copy_expert(f"COPY {table} TO STDOUT", written)
    return written.getvalue()


def found() -> list[str]:
    """Where the word stands still: a line of the dump, or a file."""
    return [*_in_tables(dump().decode("utf-8", "replace")), *_in_files(Path(settings.MEDIA_ROOT))]


def _in_tables(text: str) -> Iterator[str]:
    table = ""
    for line in text.splitlines():
        if line.startswith("-- "):
            table = line[3:]
        elif WORD in line.lower():
            yield f"{table}: {line[:200]}"


def _in_files(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file() and WORD.encode() in path.read_bytes():
            yield str(path.relative_to(folder))
