import pytest
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def test_a_process_with_its_database_is_healthy(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]


def test_a_process_with_a_migration_waiting_is_not(client):
    (last,) = MigrationExecutor(connection).loader.graph.leaf_nodes("accounts")
    MigrationRecorder(connection).record_unapplied(*last)
    assert client.get("/healthz").status_code == 503


def test_a_process_without_its_database_is_not(client):
    def gone(*query):
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(gone):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (503, {"status": "database unavailable"})
