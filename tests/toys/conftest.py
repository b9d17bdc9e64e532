import pytest
from django.db import connection
from django.test import modify_settings
from django.urls import clear_url_caches

from directory import kinds


@pytest.fixture
def toy(db, settings):
    """The toy installed: its app, its addresses and its table, until the end of the test."""
    with modify_settings(INSTALLED_APPS={"append": "tests.toys"}):
        from tests.toys.models import Workshop

        settings.ROOT_URLCONF = "tests.toys.root_urls"
        clear_url_caches()
        kinds.forget()
        with connection.schema_editor() as editor:
            editor.create_model(Workshop)
        yield Workshop
    clear_url_caches()
    kinds.forget()
