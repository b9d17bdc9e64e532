from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest import mock

from django.utils import timezone


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Run the verbs as on an earlier day: what they date with `timezone.now()` is dated then.

    The demo has a past, and its past is made by the same verbs as its present. For single-threaded commands only.
    """
    with mock.patch.object(timezone, "now", return_value=moment):
        yield
