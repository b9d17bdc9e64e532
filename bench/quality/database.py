"""A database of the bench's own, beside the one of the settings: made, used and dropped in one run."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection

from directory.search import revision
from taxonomy.loading import load_vocabulary
from taxonomy.vocabulary import forget


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """Inside, the default connection is that of an empty portal with the vocabulary loaded."""
    usual = connection.settings_dict["NAME"]
    if name == usual:
        raise ValueError(f"{name} is the portal's own database")
    _make(name)
    try:
        _connect_to(name)
        call_command("migrate", verbosity=0)
        load_vocabulary()
        forget()
        yield
    finally:
        _connect_to(usual)
        _drop(name)


def _connect_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    forget()
    revision.forget()


def _make(name: str) -> None:
    _drop(name)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")


def _drop(name: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")
