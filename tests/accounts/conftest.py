import re

import pytest
import time_machine
from django.conf import settings

from notifications.models import Mail


@pytest.fixture(autouse=True)
def the_clock_stands():
    """Codes live for half a minute and limits count minutes: on a slow machine both would pass within a test."""
    with time_machine.travel("2026-11-23 10:00", tick=False):
        yield


@pytest.fixture
def link_of():
    """The path of the first own link in the newest mail of a kind."""

    def find(kind: str) -> str:
        text = Mail.objects.filter(kind=kind).latest("pk").text
        return re.search(rf"^{re.escape(settings.SITE_URL)}(/\S+)$", text, re.MULTILINE).group(1)

    return find
