"""The requests that the servers of the tests have not answered yet."""

import threading

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.dispatch import receiver

from tests.patience import PATIENCE

_changed = threading.Condition()
_open = 0


def _count(sender: type, step: int) -> None:
    global _open
    if sender and issubclass(sender, WSGIHandler):  # and not the client of the tests
        with _changed:
            _open += step
            _changed.notify_all()


@receiver(request_started)
def _started(sender, **_kwargs) -> None:
    _count(sender, 1)


@receiver(request_finished)
def _finished(sender, **_kwargs) -> None:
    _count(sender, -1)


def wait_for_the_last() -> None:
    """A browser that is closed leaves requests behind: they would write into the next test, or stand in the way of its end."""
    with _changed:
        assert _changed.wait_for(lambda: _open == 0, timeout=PATIENCE), "A request was never answered."
