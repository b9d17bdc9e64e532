"""A number that grows whenever the index has changed, so that processes may keep what they read from it.

Inside a transaction nothing is kept: what it has written may yet vanish, and what others commit it may not see in order.
"""

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from django.db import connection, transaction

T = TypeVar("T")
SEQUENCE = "directory_search_revision"
MOST_KEPT = 500


def changed() -> None:
    """To be called by every write of the index; others see it with the commit.

    A sequence and no row: publications never wait for each other. It is counted up after the commit, so whoever still reads the
    old number computes anew at the next question.
    """
    transaction.on_commit(partial(_count_up), robust=True)


def current() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT last_value FROM {SEQUENCE}")
        return cursor.fetchone()[0]


def _count_up() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval('{SEQUENCE}')")


_forgetting: list[Callable[[], None]] = []


def forget() -> None:
    """Drop what is kept: for whoever empties tables or goes to another database behind the back of this module."""
    for drop in _forgetting:
        drop()


def when_forgotten(drop: Callable[[], None]) -> None:
    """To be called by whoever keeps something of the index for himself."""
    _forgetting.append(drop)


class Kept(Generic[T]):
    """Values computed from the index, kept in this process until the index changes."""

    def __init__(self) -> None:
        self.forget()
        when_forgotten(self.forget)

    def forget(self) -> None:
        self._revision: int | None = None
        self._values: dict[object, T] = {}

    def last(self, key: object) -> T | None:
        """What was kept last, however old: for what only ever grows."""
        return self._values.get(key)

    def get(self, key: object, compute: Callable[[], T], revision: int) -> T:
        if connection.in_atomic_block:
            return compute()
        if self._revision != revision:
            self._revision, self._values = revision, {}
        values = self._values
        if key not in values:
            if len(values) >= MOST_KEPT:
                values.clear()
            values[key] = compute()
        return values[key]
