"""Emptying the directory behind tests whose data was committed. The vocabulary and the rights of groups stay.

Filling these again takes longer than most tests, and every process would read the vocabulary anew.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db import connection

# By app or model: the vocabulary, and what `migrate` writes when it has made the tables.
KEPT = {"taxonomy", "contenttypes", "auth.permission", "auth.group", "auth.group_permissions", "messaging.heldexpression"}


def empty_tables() -> None:
    models = apps.get_models(include_auto_created=True)
    tables = {model._meta.db_table for model in models if not {model._meta.app_label, model._meta.label_lower} & KEPT}
    with connection.cursor() as cursor:
        present = tables.intersection(connection.introspection.table_names(cursor))
        quoted = ", ".join(connection.ops.quote_name(table) for table in sorted(present))
        cursor.execute(f"TRUNCATE {quoted}")  # the journal forbids DELETE
    cache.clear()  # a table of its own, which is no model


@contextmanager
def committed_data(django_db_blocker) -> Iterator[None]:
    """For data that a whole module reads: committed, on an empty directory, and gone afterwards.

    The tests wear a plain `django_db`. Each sees the data and undoes what it does itself; a server sees the data only.
    """
    with django_db_blocker.unblock():
        empty_tables()
        try:
            yield
        finally:
            empty_tables()


class Shelf:
    """Keeps committed data from one module to the next, until a test comes that wants an empty directory."""

    def __init__(self, django_db_blocker) -> None:
        self.database = django_db_blocker
        self.made_by: Callable[[], AbstractContextManager] | None = None
        self.value: Any = None
        self.stack = ExitStack()

    def get(self, make: Callable[[], AbstractContextManager]) -> Any:
        """What `make` yields, made by the first test that asks."""
        if self.made_by is not make:
            self.clear()
            with self.database.unblock():
                empty_tables()
                self.value = self.stack.enter_context(make())
            self.made_by = make
        return self.value

    def clear(self) -> None:
        if self.made_by:
            self.made_by = self.value = None
            with self.database.unblock():
                self.stack.close()
                empty_tables()
