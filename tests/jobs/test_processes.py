"""Several machines run `manage.py jobs` at once, and one of them dies."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

from core.schedule import jobs
from jobs.models import Run
from tests.processes import environment

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 120
TOYS = ["before", "middle", "past"]


@pytest.fixture
def start(tmp_path):
    """Starts `manage.py jobs`, with files of its own."""
    started = []

    def start_one() -> subprocess.Popen:
        surroundings = environment(
            DJANGO_SETTINGS_MODULE="tests.jobs.settings", TOY_FOLDER=str(tmp_path), MEDIA_ROOT=str(tmp_path / "media")
        )
        started.append(subprocess.Popen([sys.executable, "-m", "django", "jobs"], env=surroundings))
        return started[-1]

    yield start_one
    for process in started:
        process.kill()
        process.wait()


def in_the_middle(folder) -> int:
    """Waits until one process is in the job that does not end; its number."""
    deadline = time.monotonic() + PATIENCE
    while not (folder / "begun").exists() or not (folder / "begun").read_text():
        assert time.monotonic() < deadline, "no process ever began the job"
        time.sleep(0.05)
    return int((folder / "begun").read_text())


def test_three_at_once_run_each_job_once_and_what_was_killed_runs_again(start, tmp_path):
    processes = [start() for _ in range(3)]
    stuck = in_the_middle(tmp_path)
    # The two others pass over what the first one is at, and run the rest.
    assert [process.wait(PATIENCE) for process in processes if process.pid != stuck] == [0, 0]
    assert sorted((tmp_path / "done").read_text().split()) == ["before", "past"]

    (tmp_path / "killed").touch()  # whoever begins the job now runs through it
    os.kill(stuck, signal.SIGKILL)
    assert [process.wait(PATIENCE) for process in processes if process.pid == stuck] == [-signal.SIGKILL]
    assert start().wait(PATIENCE) == 0

    assert sorted((tmp_path / "done").read_text().split()) == TOYS
    expected = {**dict.fromkeys(jobs(), 1), **{f"toy.{name}": 1 for name in TOYS}}
    assert Counter(Run.objects.ended().values_list("job", flat=True)) == expected
    assert list(Run.objects.filter(status="broken_off").values_list("job", flat=True)) == ["toy.middle"]
    assert Run.objects.get(job="toy.middle", status="done").counts == {"things": 7}

    assert start().wait(PATIENCE) == 0
    assert Run.objects.count() == len(expected) + 1
