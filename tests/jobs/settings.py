"""The portal with one more room, whose jobs tell what they do: for processes that a test starts."""

from volubilis.settings import *  # noqa: F403
from volubilis.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.jobs.toy"]
