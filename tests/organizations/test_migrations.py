"""The move to the shapes keeps what was there, and can be undone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from tests.factories.accounts import make_user

BEFORE, AFTER = [("organizations", "0002_affiliation")], [("organizations", "0005_one_answer_one_term")]


def migrate(target):
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


@pytest.mark.django_db(transaction=True)
def test_answers_survive_the_way_there_and_back():
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()  # of the rooms above too: they were taken back with it
    try:
        old = migrate(BEFORE)
        organization = old.get_model("organizations", "Organization").objects.create(name_fr="Coopérative")
        person = make_user()
        Invitation, JoinRequest = (old.get_model("organizations", name) for name in ("Invitation", "JoinRequest"))
        then = timezone.now() - timedelta(days=1)
        for email, answer in (
            ("open@example.org", {}),
            ("accepted@example.org", {"accepted_at": then, "accepted_by_id": person.pk}),
            ("revoked@example.org", {"revoked_at": then}),
        ):
            Invitation.objects.create(organization=organization, email=email, invited_by_id=person.pk, **answer)
        JoinRequest.objects.create(organization=organization, user_id=person.pk)

        new = migrate(AFTER)
        rows = new.get_model("organizations", "Invitation").objects.order_by("pk")
        assert [(row.status, row.answered_at) for row in rows] == [("asked", None), ("accepted", then), ("revoked", then)]
        assert rows[1].answered_by_id == person.pk
        assert new.get_model("organizations", "JoinRequest").objects.get().status == "asked"

        back = migrate(BEFORE)
        rows = back.get_model("organizations", "Invitation").objects.order_by("pk")
        assert [(row.accepted_at, row.revoked_at) for row in rows] == [(None, None), (then, None), (None, then)]
        assert len({row.token for row in rows}) == 3
        assert back.get_model("organizations", "JoinRequest").objects.get().status == "open"
    finally:
        migrate(leaves)
