from collections.abc import Iterator

import hypothesis
import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.template import engines
from django.test import TransactionTestCase
from django.utils import translation

from directory.search import revision
from taxonomy.loading import load_vocabulary
from taxonomy.models import Revision
from taxonomy.vocabulary import forget
from tests.committed import Shelf, empty_tables
from tests.undefined import Undefined

# A busy machine is slow; nothing here asserts a duration. A test with settings of its own adds to these.
hypothesis.settings.register_profile(
    "patient",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture],
)
hypothesis.settings.load_profile("patient")
# That passwords are hashed is tested, not how strongly.
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1
SHELF = pytest.StashKey[Shelf]()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The tests run on the real vocabulary. At the end a last request of a browser may still hold the database."""
    with django_db_blocker.unblock():
        load_vocabulary()
        keep_the_vocabulary()
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def keep_the_vocabulary() -> None:
    """Django empties all tables behind a test with transactions of its own; we leave what every test reads."""
    loaded = Revision.objects.get().token

    def end(_case: TransactionTestCase) -> None:
        empty_tables()
        assert Revision.objects.get().token == loaded, "A change of the vocabulary was committed: wear a plain django_db."

    TransactionTestCase._fixture_teardown = end


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Data on the shelf makes room for a test that wants an empty directory."""
    needs_database = item.get_closest_marker("django_db") or "db" in item.fixturenames
    if needs_database and "shelf" not in item.fixturenames and SHELF in item.config.stash:
        item.config.stash[SHELF].clear()


@pytest.fixture(scope="session")
def shelf(django_db_setup, django_db_blocker, pytestconfig) -> Iterator[Shelf]:
    """`shelf.get(make)`: what the context manager `make` yields, committed by the first test that asks and kept for the next."""
    kept = pytestconfig.stash[SHELF] = Shelf(django_db_blocker)
    yield kept
    kept.clear()


@pytest.fixture(autouse=True)
def nothing_remembered():
    """No test reads what another one changed."""
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
