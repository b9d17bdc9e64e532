"""`python3 manage.py up`: everything a newcomer needs between a clone and a page in the browser."""

import argparse
import contextlib
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from devtools import local
from devtools.errors import SetupError

ROOT = local.ROOT
REINDEX_SECONDS = 15
JOBS_SECONDS = 60
# What the content of a fresh demo database is made from; a change lets the next start load it again.
SOURCES = (
    "requirements.txt",
    "*/migrations/*.py",
    "*/data/**/*",
    "text/**/*",
    "*/management/commands/load_*.py",
    "demo/**/*",
)


def main(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    if not can_listen(options.port):
        raise SetupError(f"Port {options.port} is in use on this machine. Try: python3 manage.py up --port {options.port + 1}")
    address = f"http://127.0.0.1:{options.port}"
    os.environ["VOLUBILIS_LOCAL"] = "1"
    os.environ["SITE_URL"] = address
    say("Starting the database ...")
    with local.environment() as cluster:
        os.environ.setdefault("SECRET_KEY", local.secret_key())
        if options.fresh:
            start_afresh(cluster)
        prepare(cluster)
        serve(options.port, announcement(address, demo=cluster is not None))
    return 0


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(prog="manage.py up", description="Serve the portal with its demo network on 127.0.0.1.")
    result.add_argument("--port", type=int, default=os.environ.get("PORT") or 8000, help="default: $PORT, or 8000")
    result.add_argument("--fresh", action="store_true", help="throw the demo's database and files away and build them anew")
    return result


def can_listen(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True


def start_afresh(cluster) -> None:
    if cluster is None:
        raise SetupError("--fresh rebuilds the demo network only; the database of DATABASE_URL is left as it is.")
    say("Throwing the old demo network away ...")
    stamp(cluster).unlink(missing_ok=True)
    local.ensure_database(cluster, anew=True)
    shutil.rmtree(ROOT / ".data" / "media", ignore_errors=True)


def prepare(cluster) -> None:
    """Catalogues, tables, vocabulary and demo network, each only where something changed since the last start."""
    from devtools import catalogues

    catalogues.compile_changed(ROOT / "locale")

    import django

    django.setup()
    if cluster and is_up_to_date(cluster):
        return
    from django.core.management import call_command

    say("Preparing the tables ...")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    load("load_vocabulary", "Loading the vocabulary ...")
    if cluster is None:
        say("DATABASE_URL is set: no demo network and no demo accounts are put into this database.")
        return
    load("load_demo", "Building the demo network ...")
    load("rebuild_search", "Bringing the search up to date ...")
    stamp(cluster).write_text(sources_hash())


def load(command: str, line: str) -> None:
    from django.core.management import call_command

    say(line)
    call_command(command, verbosity=0)


def stamp(cluster) -> Path:
    """Beside the data it speaks about, so that both go together."""
    return cluster.place.home / "loaded"


def is_up_to_date(cluster) -> bool:
    from django.db import connection

    with contextlib.suppress(OSError):
        return stamp(cluster).read_text() == sources_hash() and "django_migrations" in connection.introspection.table_names()
    return False


def sources_hash() -> str:
    digest = hashlib.sha256()
    for path in sources():
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def sources() -> Iterator[Path]:
    found = {path for pattern in SOURCES for path in ROOT.glob(pattern)}
    return (path for path in sorted(found) if path.is_file() and path.suffix != ".pyc")


def announcement(address: str, *, demo: bool) -> str:
    lines = ["", f"Volubilis is ready:  {address}/", ""]
    if demo:
        lines += [demo_accounts(), ""]
    return "\n".join([*lines, "Ctrl-C stops everything; the data stays."])


def demo_accounts() -> str:
    """The one place that tells the demo's accounts; the text belongs to the demo network."""
    with contextlib.suppress(ModuleNotFoundError):
        from demo import accounts

        return accounts.announcement()
    return "The demo accounts are not there yet."


def serve(port: int, ready: str) -> None:
    """gunicorn in this very process: the application is loaded once, before the workers are forked."""
    from django.db import connections
    from django.urls import get_resolver
    from gunicorn.app.base import BaseApplication

    from volubilis.wsgi import application

    class Server(BaseApplication):
        def load_config(self) -> None:
            settings = {
                "bind": f"127.0.0.1:{port}",
                "workers": 2,
                "threads": 4,
                "worker_class": "gthread",
                "graceful_timeout": 2,
                "loglevel": "warning",
                "control_socket_disable": True,
                "when_ready": when_ready,
                "on_exit": on_exit,
            }
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self):
            return application

    helpers: list[subprocess.Popen] = []

    def when_ready(arbiter) -> None:
        # What an administrator changes in the vocabulary reaches the search while the demo runs; meanings follow within seconds.
        for command, seconds in (("rebuild_search --vectors", REINDEX_SECONDS), ("jobs", JOBS_SECONDS)):
            watch = [sys.executable, ROOT / "manage.py", *command.split(), f"--watch={seconds}", "--verbosity=0"]
            helpers.append(subprocess.Popen(watch))
        # A closed terminal stops the server; by itself gunicorn would only load itself again.
        signal.signal(signal.SIGHUP, lambda _number, frame: arbiter.signal(signal.SIGTERM, frame))
        say(ready)

    def on_exit(_arbiter) -> None:
        for helper in helpers:
            helper.terminate()
            helper.wait()

    get_resolver().check()  # loads all views now, once for both workers
    connections.close_all()
    Server().run()


def say(line: str) -> None:
    print(line, flush=True)
