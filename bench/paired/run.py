"""Is the portal slower than at an earlier revision? Both run side by side, each on a demo network of its own, turn by turn.

    python3 manage.py bench paired --before REVISION [--pairs 40]

A pair is the same work done by both, one right after the other, in changing order: what else the machine does meets both.
"""

import argparse
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg2
from django.conf import settings
from django.db import connection

SIDE = Path(__file__).with_name("side.py")
WORK = ("list", "search", "profile", "publication")
LOADING = (
    ("migrate", "--verbosity=0"),
    ("createcachetable", "--verbosity=0"),
    ("load_vocabulary", "--verbosity=0"),
    ("load_demo", "--verbosity=0"),
    ("rebuild_search", "--verbosity=0"),
)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench paired", description=__doc__)
    parser.add_argument("--before", required=True, help="the earlier revision")
    parser.add_argument("--pairs", type=int, default=40)
    options = parser.parse_args(arguments)
    with ExitStack() as stack:
        folders = (stack.enter_context(checkout(options.before)), settings.BASE_DIR)
        sides = [stack.enter_context(side(folder, f"paired_{number}")) for number, folder in enumerate(folders)]
        print(f"{'':12} ratio after / before: median (quartiles) · processor time, then wall time; {options.pairs} pairs")
        for work in WORK:
            print(line(work, [pair(sides, work, number) for number in range(options.pairs)]), flush=True)


@contextmanager
def checkout(revision: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "before"
        git = ("git", "-C", str(settings.BASE_DIR), "worktree")
        subprocess.run([*git, "add", "--detach", "--quiet", path, revision], check=True)
        try:
            yield path
        finally:
            subprocess.run([*git, "remove", "--force", path], check=True)


@contextmanager
def side(folder: Path, database: str) -> Iterator[subprocess.Popen]:
    """A process in this checkout, on a freshly loaded demo network of its own."""
    own = connection.settings_dict
    with new_database(own, database):
        environment = os.environ | {
            "DATABASE_URL": os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{database}",
            "DJANGO_SETTINGS_MODULE": "volubilis.settings",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "VOLUBILIS_DEMO": "1",
            "VOLUBILIS_BOOTSTRAP": "0",
            "DATABASE_STATEMENT_TIMEOUT_MS": "0",
            "SEARCH_INSIGHT": "0",
        }
        for command in LOADING:
            subprocess.run([sys.executable, "manage.py", *command], cwd=folder, env=environment, check=True)
        with subprocess.Popen(
            [sys.executable, SIDE], cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            if process.stdout.readline().strip() != "ready":
                raise SystemExit(f"the portal in {folder} did not start")
            try:
                yield process
            finally:
                process.stdin.close()
                process.wait()


@contextmanager
def new_database(own: dict, name: str) -> Iterator[None]:
    """Created and dropped from outside of any transaction."""

    def execute(statement: str) -> None:
        server = psycopg2.connect(host=own["HOST"], port=own["PORT"] or None, user=own["USER"], dbname="postgres")
        server.autocommit = True
        with server.cursor() as cursor:
            cursor.execute(statement)
        server.close()

    execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    execute(f"CREATE DATABASE {name}")
    try:
        yield
    finally:
        execute(f"DROP DATABASE {name} WITH (FORCE)")


def pair(sides: list[subprocess.Popen], work: str, number: int) -> list[float]:
    """[processor ratio, wall ratio], after / before; who begins changes."""
    times = {}
    for index in (0, 1) if number % 2 else (1, 0):
        print(work, file=sides[index].stdin, flush=True)
        times[index] = [float(value) for value in sides[index].stdout.readline().split()]
    return [after / max(before, 1e-6) for before, after in zip(times[0], times[1], strict=True)]


def line(work: str, ratios: list[list[float]]) -> str:
    told = []
    for column in zip(*ratios, strict=True):
        low, median, high = statistics.quantiles(column, n=4)
        told.append(f"{median:.3f} ({low:.2f} to {high:.2f})")
    return f"{work:12} {'   '.join(told)}"
