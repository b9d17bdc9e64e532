"""How fast are whole pages over HTTP, from gunicorn with two workers, on a directory of any size? See bench/README.md."""

import argparse
import http.client
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bench.http.pathological import QUESTIONS
from bench.quality.database import own_database
from bench.speed.filling import fill
from bench.speed.run import frequent_word, spread
from directory.models import Entry

WORKERS, CLIENTS, SECONDS = 2, 8, 10
LIST = "/fr/experts/"
WRITES = "SELECT tup_inserted + tup_updated + tup_deleted FROM pg_stat_database WHERE datname = current_database()"


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench http", description=__doc__)
    parser.add_argument("--experts", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args(arguments)
    with own_database(f"{connection.settings_dict['NAME']}_http"):
        call_command("createcachetable", verbosity=0)
        fill(options.experts, print)
        pages = make_pages()
        with served() as port:
            before = writes()
            print("\n".join(measure_pages(port, pages, options.rounds)))
            print(throughput(port))
            print(f"rows written by all these requests: {writes() - before}")
            print("\n".join(measure_pathological(port)))


def make_pages() -> dict[str, str]:
    word = frequent_word(0.2)
    slug = Entry.objects.get(pk=1234).slug
    return {
        "list": LIST,
        "keyword": f"{LIST}?{urlencode({'q': 'économie circulaire'})}",
        "keyword of a fifth": f"{LIST}?{urlencode({'q': word})}",
        "two filters": f"{LIST}?country=MA&goal=6",
        "keyword, two filters": f"{LIST}?{urlencode({'q': word, 'country': 'MA', 'goal': '6'})}",
        "profile": f"{LIST}{slug}/",
        "in Arabic, by name": f"/ar/experts/?{urlencode({'q': 'فاطمة بنعلي'})}",
    }


@contextmanager
def served() -> Iterator[int]:
    """gunicorn with production's settings, as docs/deployment.md starts it, on the bench's database."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database = connection.settings_dict
    address = f"postgresql://{quote(database['USER'], safe='')}@{quote(database['HOST'], safe='')}/{database['NAME']}"
    environment = os.environ | {
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "volubilis.settings",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "VOLUBILIS_DEMO": "0",
        "VOLUBILIS_LOCAL": "1",
        "SEARCH_INSIGHT": "0",  # writes what all searches of a minute were, in one statement after an answer
    }
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--preload"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([*command, "volubilis.wsgi"], env=environment, cwd=settings.BASE_DIR, **quiet)
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int, seconds: float = 60) -> None:
    """Raises TimeoutError when nothing answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            for _ in range(4 * WORKERS):  # each worker reads the vocabulary once
                assert fetch(port, LIST)[0] == 200  # noqa: S101 a bench of error pages would measure nothing
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("gunicorn does not answer")


def fetch(port: int, path: str) -> tuple[int, float, int]:
    """(status, seconds, bytes) of one request on a connection of its own."""
    started = time.perf_counter()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as client:
        client.request("GET", path)
        response = client.getresponse()
        size = len(response.read())
    return response.status, time.perf_counter() - started, size


def measure_pages(port: int, pages: dict[str, str], rounds: int) -> list[str]:
    times: dict[str, list[float]] = {name: [] for name in pages}
    sizes = {}
    for _ in range(rounds):
        for name, path in pages.items():
            status, seconds, sizes[name] = fetch(port, path)
            if status != 200:
                raise ValueError(f"{path} answered {status}")
            times[name].append(seconds)
    lines = ["", f"{'page':24}{'KB':>6}{'ms, p50 / p95':>20}"]
    return lines + [f"{name:24}{sizes[name] / 1000:6.0f}{spread(taken):>20}" for name, taken in times.items()]


def throughput(port: int) -> str:
    """List requests a second with clients that each ask again as soon as they are answered."""
    end = time.monotonic() + SECONDS
    taken: list[float] = []

    def ask() -> None:
        while time.monotonic() < end:
            taken.append(fetch(port, LIST)[1])

    clients = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return f"{len(taken) / SECONDS:.0f} list requests a second for {CLIENTS} clients, each {spread(taken)} ms"


def measure_pathological(port: int) -> list[str]:
    lines = ["", f"{'pathological question':52}{'status':>7}{'ms':>8}"]
    for name, question in QUESTIONS.items():
        path = f"{LIST}?{question}"
        asked = [fetch(port, path)[:2] for _ in range(3)]
        lines.append(f"{name:52}{asked[0][0]:7}{1000 * max(seconds for _status, seconds in asked):8.0f}")
    return lines


def writes() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush(), pg_stat_clear_snapshot()")
        cursor.execute(WRITES)
        return cursor.fetchone()[0]
