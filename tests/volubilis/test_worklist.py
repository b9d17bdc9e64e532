from datetime import timedelta

import pytest
from django.utils import timezone

from core.schedule import jobs
from jobs.models import Run
from tests.factories.accounts import make_admin
from tests.factories.moderation import make_moderator
from volubilis.worklist import tasks_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def all_ran():
    now = timezone.now()
    Run.objects.bulk_create(Run(job=name, status="done", started_at=now, finished_at=now) for name in jobs())


def in_trouble(user) -> int:
    """How many jobs the work list says are late or have failed."""
    return next((task.count for task in tasks_for(user) if "/jobs/run/" in task.url), 0)


def test_jobs_that_never_ran_are_work_for_the_administrator():
    assert in_trouble(make_admin()) == len(jobs())
    assert in_trouble(make_moderator()) == 0


def test_jobs_that_ran_are_no_work(all_ran):
    assert in_trouble(make_admin()) == 0


def test_a_job_that_failed_or_stopped_running_is_work(all_ran):
    names = list(jobs())
    Run.objects.filter(job=names[0]).update(status="failed", error="ValueError: x")
    Run.objects.filter(job=names[1]).update(started_at=timezone.now() - timedelta(days=3))
    assert in_trouble(make_admin()) == 2


def test_the_page_of_the_jobs_says_which_and_why(client, all_ran):
    name = next(iter(jobs()))
    Run.objects.filter(job=name).update(status="failed", error="ValueError: no such thing")
    client.force_login(make_admin())
    page = client.get("/en/admin/jobs/run/").content.decode()
    assert "ValueError: no such thing" in page
    assert str(jobs()[name].label) in page
