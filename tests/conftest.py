import hypothesis
import pytest
from django.db import connection
from django.template import engines
from django.utils import translation

from directory.search import revision
from taxonomy.loading import load_vocabulary
from taxonomy.models import Theme
from taxonomy.vocabulary import forget
from tests.undefined import Undefined

# A busy machine is slow; nothing here asserts a duration.
hypothesis.settings.register_profile("patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("patient")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The tests run on the real vocabulary. At the end a last request of a browser may still hold the database."""
    with django_db_blocker.unblock():
        load_vocabulary()
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def real_vocabulary(request):
    """Tests with transactions of their own empty all tables at their end; and no test reads what another one changed."""
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        request.getfixturevalue("db")
        if not Theme.objects.exists():
            load_vocabulary()
    yield
    forget()
    revision.forget()


@pytest.fixture(autouse=True)
def every_test_begins_in_french(settings):
    """A request leaves its language behind in the thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def undefined_variables_fail(monkeypatch):
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", Undefined())
