"""The shapes that recur, on the tables that have them: asked → answered, granted for a term."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.asking import ASKED, Asked
from core.terms import Granted
from organizations import actions as organizations
from organizations.models import Invitation, Role, Verification
from tests.factories.accounts import make_user
from tests.factories.organizations import make_organization, owner_of

ASKING = [model for model in apps.get_models() if issubclass(model, Asked)]
PATIENCE = 30


def invite(organization=None, **fields) -> Invitation:
    organization = organization or make_organization()
    invitation = organizations.invite(organization, email="a@example.org", role=Role.EDITOR, by=owner_of(organization))
    Invitation.objects.filter(pk=invitation.pk).update(**fields) if fields else None
    invitation.refresh_from_db()
    return invitation


def test_whatever_is_asked_has_the_one_shape():
    assert {model.__name__ for model in ASKING} >= {"Invitation", "JoinRequest", "Participation"}
    assert {model.__name__ for model in apps.get_models() if issubclass(model, Granted)} >= {"Verification"}
    for model in ASKING:
        assert model._meta.get_field("status").default == ASKED
        assert f"{model._meta.model_name}_answer_is_dated" in {rule.name for rule in model._meta.constraints}


@pytest.mark.django_db
class TestAsked:
    def test_an_answer_says_who_and_when(self):
        invitation, person = invite(), make_user()
        assert invitation.settle(Invitation.Status.DECLINED, by=person)
        assert (invitation.status, invitation.answered_by) == ("declined", person)
        assert invitation.answered_at <= timezone.now()

    def test_a_second_answer_changes_nothing(self):
        invitation = invite()
        assert invitation.settle(Invitation.Status.ACCEPTED, by=make_user())
        assert not invitation.settle(Invitation.Status.DECLINED, by=make_user())
        invitation.refresh_from_db()
        assert invitation.status == "accepted"

    def test_what_has_expired_is_no_longer_open(self):
        invitation = invite(expires_at=timezone.now() - timedelta(seconds=1))
        assert invitation.is_expired
        assert list(Invitation.objects.expired()) == list(Invitation.objects.unanswered()) == [invitation]
        assert not Invitation.objects.open().exists()
        assert not invitation.settle(Invitation.Status.ACCEPTED, by=make_user())

    @pytest.mark.parametrize("fields", [{"status": "declined"}, {"answered_at": timezone.now()}])
    def test_the_database_wants_a_date_for_each_answer_and_an_answer_for_each_date(self, fields):
        with pytest.raises(IntegrityError, match="answer_is_dated"), transaction.atomic():
            invite(**fields)


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_counts():
    invitation, people, start = invite(), [make_user(), make_user()], Barrier(2)

    def answer(person) -> bool:
        try:
            mine = Invitation.objects.get(pk=invitation.pk)
            start.wait(PATIENCE)
            return mine.settle(Invitation.Status.ACCEPTED, by=person)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(answer, people)) == [False, True]


DAY = date(2026, 3, 1)


def verified(organization, since: date, until: date, ended_on: date | None = None) -> Verification:
    return Verification.objects.create(organization=organization, method="document", since=since, until=until, ended_on=ended_on)


@pytest.mark.django_db
class TestGranted:
    def test_terms_follow_each_other(self):
        organization = make_organization()
        verified(organization, DAY, DAY + timedelta(days=30), ended_on=DAY + timedelta(days=10))
        verified(organization, DAY + timedelta(days=10), DAY + timedelta(days=40))

    def test_terms_of_others_are_no_matter(self):
        for _ in range(2):
            verified(make_organization(), DAY, DAY + timedelta(days=30))

    def test_two_terms_do_not_hold_on_one_day(self):
        organization = make_organization()
        verified(organization, DAY, DAY + timedelta(days=30), ended_on=DAY + timedelta(days=20))
        with pytest.raises(IntegrityError, match="do_not_overlap"), transaction.atomic():
            verified(organization, DAY + timedelta(days=10), DAY + timedelta(days=40))

    def test_one_term_is_current(self):
        organization = make_organization()
        verified(organization, DAY, DAY + timedelta(days=30))
        with pytest.raises(IntegrityError, match="one_current"), transaction.atomic():
            verified(organization, DAY + timedelta(days=30), DAY + timedelta(days=60))

    @pytest.mark.parametrize(("until", "ended_on"), [(DAY, None), (DAY + timedelta(days=9), DAY - timedelta(days=1))])
    def test_a_term_ends_after_it_begins(self, until, ended_on):
        with pytest.raises(IntegrityError), transaction.atomic():
            verified(make_organization(), DAY, until, ended_on)

    def test_ending_a_term_that_has_not_begun_leaves_it_empty(self):
        term = verified(make_organization(), DAY, DAY + timedelta(days=30))
        assert Verification.objects.end(DAY - timedelta(days=5)) == 1
        term.refresh_from_db()
        assert term.ended_on == term.since
