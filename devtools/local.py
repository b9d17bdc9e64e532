"""The environment of a run on this machine: what settings.py reads, and the database behind it.

Standard library at import time: manage.py imports this before .venv exists.
"""

import contextlib
import os
import secrets
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from devtools import postgres

ROOT = Path(__file__).resolve().parent.parent
UNHURRIED = frozenset({"migrate", "rebuild_search", "jobs"})


@contextlib.contextmanager
def environment() -> Iterator[postgres.Cluster | None]:
    """With DATABASE_URL nothing changes: the operator's environment is what counts, and production is the default.

    Without it, the embedded server runs for as long as this context, and the settings are those of the demo.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    with postgres.development_server(ROOT) as cluster:
        os.environ["DATABASE_URL"] = cluster.url
        os.environ["VOLUBILIS_DEMO"] = "1"
        os.environ.setdefault("SECRET_KEY", secret_key())
        ensure_database(cluster)
        yield cluster


def lift_time_limit(command: str) -> None:
    """No statement of a visitor may take long; making an index of a million rows may, and must not be broken off."""
    if command in UNHURRIED:
        os.environ.setdefault("DATABASE_STATEMENT_TIMEOUT_MS", "0")


def leave(number: int, _frame) -> None:
    """Turn a signal into an exception, so that every context is left in order."""
    sys.exit(128 + number)


def secret_key() -> str:
    """The demo's key, made once, so that sessions outlive a restart."""
    path = ROOT / ".data" / "secret_key"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text()


def ensure_database(cluster: postgres.Cluster, *, anew: bool = False) -> None:
    """Create the database where it is missing; `anew` drops the old one first, whoever is connected."""
    import psycopg2

    connection = psycopg2.connect(host=str(cluster.socket_folder), user=postgres.USER, dbname="postgres")
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        if anew:
            cursor.execute(f"DROP DATABASE IF EXISTS {postgres.DATABASE} WITH (FORCE)")
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [postgres.DATABASE])
        if not cursor.fetchone():
            with contextlib.suppress(psycopg2.errors.DuplicateDatabase, psycopg2.errors.UniqueViolation):
                cursor.execute(f"CREATE DATABASE {postgres.DATABASE}")
