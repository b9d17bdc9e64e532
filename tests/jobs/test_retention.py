"""The first jobs of the portal: what is old or belongs to nobody goes."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from core.schedule import jobs
from directory import files
from jobs.models import Run
from notifications.models import Mail
from tests.factories.accounts import make_user
from tests.factories.experts import make_expert
from tests.factories.moderation import make_submission
from tests.factories.notifications import make_mail

pytestmark = pytest.mark.django_db


def run(name: str) -> dict[str, int]:
    return jobs()[name].work()


def ago(**period) -> object:
    return timezone.now() - timedelta(**period)


def test_expired_sessions_go_with_their_line_in_the_list(client):
    client.force_login(make_user())
    client.get("/fr/me/")
    live = UserSession.objects.get()
    Session.objects.create(session_key="old", session_data="", expire_date=ago(days=1))
    UserSession.objects.create(session_key="old", user=live.user, ip="192.0.2.1", user_agent="x")

    assert run("accounts.forget_expired_sessions") == {"sessions": 1, "listed": 1}

    assert UserSession.objects.get() == live
    assert Session.objects.count() == 1


def test_expired_rows_of_the_cache_go_and_the_others_stay():
    cache.set("old", "x", 600)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE shared_cache SET expires = now() - interval '1 minute'")
    cache.set("live", "x", 600)

    assert run("jobs.forget_expired_cache")["rows"] >= 1

    assert cache.get("live") == "x"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shared_cache WHERE cache_key LIKE '%old'")
        assert cursor.fetchone() == (0,)


def test_a_mail_dealt_with_half_a_year_ago_is_empty_and_still_there():
    old = make_mail(status="sent", sent_at=ago(days=181), next_attempt_at=None)
    waiting, recent = make_mail(), make_mail(status="sent", sent_at=ago(days=179), next_attempt_at=None)
    Mail.objects.filter(pk__in=[old.pk, waiting.pk]).update(created_at=ago(days=181))
    Mail.objects.filter(pk=recent.pk).update(created_at=ago(days=179))

    assert run("notifications.empty_old_mails") == {"mails": 1}

    assert [bool(mail.text) for mail in Mail.objects.filter(pk__in=[old.pk, waiting.pk, recent.pk]).order_by("pk")] == [
        False,
        True,
        True,
    ]
    assert Mail.objects.get(pk=old.pk).subject


def test_old_runs_go_but_the_last_of_each_job():
    for name, days in [("a", 200), ("a", 100), ("a", 1), ("b", 300), ("b", 200)]:
        Run.objects.create(job=name, status="done", started_at=ago(days=days), finished_at=ago(days=days))

    assert run("jobs.forget_old_runs") == {"runs": 3}

    assert {(entry.job, (timezone.now() - entry.started_at).days) for entry in Run.objects.all()} == {("a", 1), ("b", 200)}


# Files


@pytest.fixture
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def store(name: str, *, days: int = 2) -> str:
    name = default_storage.save(name, ContentFile(b"x"))
    moment = ago(days=days).timestamp()
    os.utime(default_storage.path(name), (moment, moment))
    return name


def stored(media: Path) -> set[str]:
    return {path.relative_to(media).as_posix() for path in media.rglob("*") if path.is_file()}


def test_files_that_no_row_names_go_after_a_day(media):
    drafts = make_expert(photo=store("photos/draft.webp"), cv=store("cv/draft.pdf"))
    store("photos/draft-small.webp")
    submission = make_submission()
    submission.document["fields"]["photo"] = store("photos/sent.webp")
    submission.save()
    store("photos/nobody.webp")
    store("photos/nobody-small.webp")
    store("cv/.upload-broken")
    store("photos/fresh.webp", days=0)
    store("elsewhere/file.txt")

    assert run("directory.remove_orphan_files") == {"files": 3}

    assert stored(media) == {
        "photos/draft.webp",
        "photos/draft-small.webp",
        "photos/sent.webp",
        "photos/fresh.webp",
        "cv/draft.pdf",
        "elsewhere/file.txt",
    }
    assert drafts.photo


def test_a_folder_that_hardly_belongs_to_this_database_is_left_alone(media, monkeypatch):
    monkeypatch.setattr(files, "FEW", 3)
    for number in range(5):
        store(f"photos/{number}.webp")

    with pytest.raises(files.TooManyOrphans, match="5 of 5"):
        run("directory.remove_orphan_files")

    assert len(stored(media)) == 5
