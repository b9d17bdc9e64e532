from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils import timezone

from core import schedule
from core.schedule import Daily, Every, Job, job
from jobs import running
from jobs.models import Run

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def declared(monkeypatch):
    """The only jobs there are, empty at first."""
    known = {}
    monkeypatch.setattr(schedule, "_jobs", known)
    return known


@pytest.fixture
def counting(declared):
    """An hourly job that counts its runs."""

    @job("toy.count", "Count", Every(HOUR))
    def count():
        count.times += 1
        return {"times": count.times}

    count.times = 0
    return count


def age(hours: float, **fields) -> None:
    """The last run began so many hours ago."""
    moment = timezone.now() - timedelta(hours=hours)
    Run.objects.filter(pk=Run.objects.latest("pk").pk).update(started_at=moment, finished_at=moment, **fields)


def test_a_job_runs_when_it_is_due_and_says_what_it_did(counting):
    [run] = running.run_due()
    assert (run.status, run.counts) == ("done", {"times": 1})
    assert running.run_due() == []
    age(hours=1.1)
    assert [run.counts for run in running.run_due()] == [{"times": 2}]


def test_an_error_ends_its_job_and_not_the_others(declared, counting):
    @job("toy.broken", "Broken", Daily(hour=3))
    def broken():
        raise ValueError("no such thing")

    assert {run.job: run.status for run in running.run_due()} == {"toy.broken": "failed", "toy.count": "done"}
    assert Run.objects.get(job="toy.broken").error == "ValueError: no such thing"


def test_what_failed_tries_again_within_the_hour_of_its_failure(declared):
    @job("toy.broken", "Broken", Every(24 * HOUR))
    def broken():
        raise ValueError

    assert len(running.run_due()) == 1
    assert running.run_due() == []
    age(hours=1.1)
    assert len(running.run_due()) == 1


def test_what_was_broken_off_counts_as_not_run(counting):
    Run.objects.create(job="toy.count")
    [run] = running.run_due()
    assert run.status == "done"
    assert Run.objects.filter(status="broken_off").count() == 1


@pytest.mark.parametrize(
    ("now", "turn"),
    [
        (datetime(2026, 6, 10, 2, 30, tzinfo=UTC), datetime(2026, 6, 10, 2, tzinfo=UTC)),
        (datetime(2026, 6, 10, 1, 59, tzinfo=UTC), datetime(2026, 6, 9, 2, tzinfo=UTC)),
    ],
)
def test_a_daily_turn_is_an_hour_of_the_clock_of_the_network(settings, now, turn):
    """Casablanca is an hour ahead of Greenwich in June."""
    settings.TIME_ZONE = "Africa/Casablanca"
    timezone.get_default_timezone.cache_clear()
    assert Daily(hour=3).latest(now) == turn
    timezone.get_default_timezone.cache_clear()


def test_a_job_is_late_when_its_turn_was_an_hour_ago_or_it_never_ran():
    now = timezone.now()
    hourly = Job("toy", "Toy", Every(HOUR), dict)

    def is_late(hours: float) -> bool:
        return running.JobStanding(hourly, Run(job="toy", started_at=now - timedelta(hours=hours))).is_late(now)

    assert (is_late(0.5), is_late(1.5), is_late(2.5)) == (False, False, True)
    assert running.JobStanding(hourly, None).is_late(now)


def test_two_jobs_of_one_name_are_refused(counting):
    with pytest.raises(ImproperlyConfigured, match=r"toy\.count"):
        job("toy.count", "Another", Every(HOUR))(dict)


def test_one_job_runs_on_demand_though_it_is_not_due(counting, capsys):
    call_command("jobs", job="toy.count")
    call_command("jobs", job="toy.count")
    assert counting.times == 2
    assert "toy.count: done" in capsys.readouterr().out


def test_the_list_names_every_job_and_how_it_went(counting, capsys):
    call_command("jobs", list=True)
    assert capsys.readouterr().out.split() == ["toy.count", "late", "never"]
    running.run_due()
    call_command("jobs", list=True)
    assert capsys.readouterr().out.split()[-1] == "done"


def test_an_unknown_name_is_told_which_there_are(counting):
    with pytest.raises(CommandError, match=r"There are: toy\.count"):
        call_command("jobs", job="toy.cuont")


def test_the_command_fails_when_a_job_fails(declared):
    job("toy.broken", "Broken", Every(HOUR))(lambda: 1 / 0)
    with pytest.raises(CommandError, match="A job failed"):
        call_command("jobs")
