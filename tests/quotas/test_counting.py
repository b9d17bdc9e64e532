"""What was done counts until its window ends, however many do it at once and however much else is counted."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from core.schedule import jobs
from quotas.counting import DAY, MINUTE, Quota, QuotaSpent, spend
from quotas.models import DeedCount
from tests.at_once import at_once
from tests.factories.accounts import make_user

TWICE = Quota("tests.twice", 2, DAY)
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def spent(*shares) -> bool:
    try:
        with transaction.atomic():
            spend(*shares)
    except QuotaSpent:
        return True
    return False


@pytest.mark.django_db
class TestCounting:
    def test_the_third_of_two_is_refused_until_the_next_day(self):
        user = make_user()
        with time_machine.travel(NOON, tick=False):
            assert [spent(TWICE.of(user)) for _ in range(4)] == [False, False, True, True]
            with pytest.raises(QuotaSpent) as refused:
                spend(TWICE.of(user))
            assert timedelta(hours=10) < timedelta(seconds=refused.value.seconds) < timedelta(hours=14)
        with time_machine.travel(refused.value.until, tick=False):
            assert not spent(TWICE.of(user))

    def test_each_person_address_and_pair_has_a_share_of_its_own(self):
        one, other = make_user(), make_user()
        for share in (TWICE.of(one), TWICE.of(other), TWICE.of("a@example.org"), TWICE.of(one, "a@example.org")):
            assert [spent(share) for _ in range(3)] == [False, False, True]
        assert spent(TWICE.of("A@Example.org"))

    def test_what_is_undone_was_not_done(self):
        user = make_user()
        for _ in range(3):
            with transaction.atomic():
                spend(TWICE.of(user))
                transaction.set_rollback(True)
        assert not spent(TWICE.of(user))

    def test_a_refusal_by_one_share_leaves_the_others_as_they_were(self):
        one, other = make_user(), make_user()
        for _ in range(2):
            spend(TWICE.of(one))
        assert spent(TWICE.of(one), TWICE.of(other))
        assert [spent(TWICE.of(other)) for _ in range(3)] == [False, False, True]

    def test_nobody_can_be_read_out_of_the_table(self):
        spend(TWICE.of("amina@example.org"))
        assert "amina" not in str(DeedCount.objects.values().get())

    def test_an_ended_window_is_forgotten_and_a_running_one_is_not(self):
        with time_machine.travel(NOON, tick=False):
            spend(Quota("tests.short", 1, MINUTE).of("a"), TWICE.of("a"))
        with time_machine.travel(NOON + 2 * MINUTE, tick=False):
            assert jobs()["quotas.forget_ended"].work() == {"limits": 1}
        assert DeedCount.objects.get().quota == "tests.twice"

    def test_ten_thousand_others_make_nothing_forgotten(self):
        """The cache that once held the limits dropped a third of them at three hundred."""
        for _ in range(2):
            spend(TWICE.of("a@example.org"))
        since, until = TWICE.now()
        DeedCount.objects.bulk_create(
            DeedCount(quota="tests.twice", whom=TWICE.of(f"{number}@example.org").whom, since=since, until=until, count=1)
            for number in range(10_000)
        )
        spend(TWICE.of("b@example.org"))
        assert spent(TWICE.of("a@example.org"))


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_two_pass():
    refused = at_once(*[lambda: spent(TWICE.of("a@example.org"))] * 8)
    assert refused.count(False) == 2
