from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.core.management import call_command

from taxonomy.loading import load_vocabulary


@contextmanager
def committed_data(django_db_blocker) -> Iterator[None]:
    """For data that a whole module reads: committed, on an empty directory, and gone afterwards.

    The tests wear a plain `django_db`. Each sees the data and undoes what it does itself; a server sees the data only.
    """
    with django_db_blocker.unblock():
        start_afresh()
        try:
            yield
        finally:
            start_afresh()


def start_afresh() -> None:
    call_command("flush", interactive=False, verbosity=0)
    cache.clear()  # a table of its own, which flush does not know
    load_vocabulary()
