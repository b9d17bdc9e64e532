import re

import pytest
from django.conf import settings

from notifications.models import Mail


@pytest.fixture
def link_of():
    """The path of the first own link in the newest mail of a kind."""

    def find(kind: str) -> str:
        text = Mail.objects.filter(kind=kind).latest("pk").text
        return re.search(rf"^{re.escape(settings.SITE_URL)}(/\S+)$", text, re.MULTILINE).group(1)

    return find
