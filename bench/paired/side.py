"""One side of a paired run, started in the checkout that it measures: answers each name read with a time in milliseconds.

It uses only what both revisions have: addresses, and `directory.publication`. Processor time of this process, because the
machine may be busy with other things; the database's own share is in the wall time, printed second.
"""

import os
import sys
import time

sys.path.insert(0, os.getcwd())

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from accounts.models import User  # noqa: E402
from directory import publication  # noqa: E402
from directory.models import Entry, EntryVersion  # noqa: E402

setup_test_environment()
client = Client()
entries = list(Entry.objects.filter(kind="expert", status="published").order_by("public_id")[:40])
moderator = User.objects.filter(is_superuser=True).first()
turn = 0


def get(address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code}")


def publish(entry: Entry) -> None:
    with transaction.atomic():
        entry = publication.lock(entry.pk)
        document = entry.document
        text = document["fields"]["headline"]
        changed = text | {text["source"]: f"{text[text['source']]} {turn}"}
        document = document | {"fields": document["fields"] | {"headline": changed}}
        publication.publish(entry, document, by=moderator, action=EntryVersion.Action.APPROVED)


WORK = {
    "list": lambda entry: get("/fr/experts/?country=MA"),
    "search": lambda entry: get("/fr/experts/?q=gestion%20des%20d%C3%A9chets"),
    "profile": lambda entry: get(f"/fr/experts/{entry.slug}/"),
    "publication": publish,
}


def measure(name: str) -> tuple[float, float]:
    global turn
    turn += 1
    entry = entries[turn % len(entries)]
    used, wall = time.process_time(), time.perf_counter()
    WORK[name](entry)
    return 1000 * (time.process_time() - used), 1000 * (time.perf_counter() - wall)


for name in WORK:
    for _ in range(5):
        measure(name)
print("ready", flush=True)
for line in sys.stdin:
    print(*measure(line.strip()), flush=True)
