"""Who belongs to an organisation: founding, inviting, joining, leaving, and what the coordination team verifies."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from notifications.models import Mail
from organizations import actions
from organizations.models import Affiliation, Invitation, JoinRequest, Organization, Role
from quotas.counting import QuotaSpent
from tests.at_once import at_once
from tests.factories.accounts import make_staff, make_user
from tests.factories.moderation import make_moderator, publish
from tests.factories.organizations import make_member, make_organization, owner_of

TOLD = (actions.LastOwner, actions.InvitationUnusable, PermissionDenied)


@pytest.fixture
def organization(db):
    return make_organization()


@pytest.fixture
def owner(organization):
    return owner_of(organization)


@pytest.mark.django_db
class TestRoles:
    def test_the_founder_is_the_owner(self, organization, owner):
        assert [(row.user, row.role) for row in organization.affiliations.all()] == [(owner, Role.OWNER)]

    def test_what_somebody_is_elsewhere_counts_nothing_here(self, organization):
        reader = make_member(organization, Role.READER).user
        make_organization(owner=reader)
        assert reader not in organization.people()
        assert organization not in Organization.objects.acted_for_by(reader)

    def test_the_last_owner_cannot_leave_nor_become_less(self, organization, owner):
        make_member(organization, Role.EDITOR)
        own = organization.affiliations.get(user=owner)
        with pytest.raises(actions.LastOwner):
            actions.remove(own, by=owner)
        with pytest.raises(actions.LastOwner):
            actions.change_role(own, Role.EDITOR, by=owner)
        assert organization.affiliations.get(user=owner).role == Role.OWNER

    def test_an_owner_leaves_when_another_stays(self, organization, owner):
        make_member(organization, Role.OWNER)
        actions.remove(organization.affiliations.get(user=owner), by=owner)
        assert owner not in organization.members.all()

    @pytest.mark.parametrize("role", [Role.EDITOR, Role.READER])
    def test_who_is_no_owner_leaves_but_removes_nobody(self, organization, owner, role):
        affiliation = make_member(organization, role)
        with pytest.raises(PermissionDenied):
            actions.remove(organization.affiliations.get(user=owner), by=affiliation.user)
        actions.remove(affiliation, by=affiliation.user)
        assert [row.user for row in organization.affiliations.all()] == [owner]

    def test_only_owners_decide_about_people(self, organization):
        editor = make_member(organization, Role.EDITOR).user
        affiliation = make_member(organization, Role.READER)
        request = actions.ask_to_join(organization, message="", by=make_user())
        for attempt in (
            lambda: actions.change_role(affiliation, Role.OWNER, by=editor),
            lambda: actions.invite(organization, email="a@example.org", role=Role.OWNER, by=editor),
            lambda: actions.decide_request(request, accepted=True, by=editor),
        ):
            with pytest.raises(PermissionDenied):
                attempt()
        assert not Invitation.objects.exists()

    def test_a_person_belongs_once(self, organization, owner):
        with pytest.raises(IntegrityError), transaction.atomic():
            Affiliation.objects.create(organization=organization, user=owner, role=Role.READER)


@pytest.mark.django_db
class TestInvitations:
    def test_an_invitation_goes_by_confidential_mail_and_works_once(self, organization, owner):
        invitation = actions.invite(organization, email="amal@example.org", role=Role.EDITOR, by=owner)
        mail = Mail.objects.get(address="amal@example.org")
        assert mail.confidential
        assert invitation.answer_url.removeprefix("/fr") in mail.text
        amal = make_user(email="amal@example.org")
        assert actions.accept(invitation, by=amal).role == Role.EDITOR
        with pytest.raises(actions.InvitationUnusable):
            actions.accept(invitation, by=make_user())
        assert organization.affiliations.count() == 2

    def test_it_expires_after_two_weeks(self, organization, owner):
        invitation = actions.invite(organization, email="amal@example.org", role=Role.EDITOR, by=owner)
        with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1)), pytest.raises(actions.InvitationUnusable):
            actions.accept(invitation, by=make_user())

    def test_a_revoked_one_is_dead_at_once(self, organization, owner):
        invitation = actions.invite(organization, email="amal@example.org", role=Role.EDITOR, by=owner)
        actions.revoke(invitation, by=owner)
        with pytest.raises(actions.InvitationUnusable):
            actions.accept(invitation, by=make_user())

    def test_a_used_one_cannot_be_revoked(self, organization, owner):
        invitation = actions.invite(organization, email="amal@example.org", role=Role.EDITOR, by=owner)
        actions.accept(invitation, by=make_user())
        actions.revoke(invitation, by=owner)
        invitation.refresh_from_db()
        assert invitation.status == Invitation.Status.ACCEPTED

    def test_inviting_again_renews_the_open_one_and_sends_one_mail_a_day(self, organization, owner):
        first = actions.invite(organization, email="amal@example.org", role=Role.EDITOR, by=owner)
        again = actions.invite(organization, email="AMAL@example.org", role=Role.READER, by=owner)
        assert (again.pk, again.role) == (first.pk, Role.READER)
        assert Mail.objects.filter(kind="organization_invitation").count() == 1
        with time_machine.travel(timezone.now() + timedelta(days=20)):
            renewed = actions.invite(organization, email="amal@example.org", role=Role.READER, by=owner)
            assert not renewed.is_expired
        assert Mail.objects.filter(kind="organization_invitation").count() == 2

    def test_a_member_is_not_invited_and_does_not_use_up_an_invitation(self, organization, owner):
        member = make_member(organization).user
        with pytest.raises(actions.AlreadyBelongs):
            actions.invite(organization, email=member.email.upper(), role=Role.EDITOR, by=owner)
        invitation = actions.invite(organization, email="amal@example.org", role=Role.OWNER, by=owner)
        with pytest.raises(actions.AlreadyBelongs):
            actions.accept(invitation, by=member)
        assert Invitation.objects.open().get() == invitation
        assert organization.affiliations.get(user=member).role == Role.EDITOR

    @pytest.mark.parametrize(("published", "most"), [(False, 5), (True, 20)])
    def test_nobody_sends_invitations_in_masses_revoked_or_not(self, published, most):
        owner = make_user()
        organizations = [make_organization(owner=owner, published=published) for _ in range(2)]
        for number in range(most):
            actions.revoke(
                actions.invite(organizations[number % 2], email=f"p{number}@example.org", role=Role.READER, by=owner), by=owner
            )
        with pytest.raises(QuotaSpent):
            actions.invite(organizations[0], email="another@example.org", role=Role.READER, by=owner)
        assert Mail.objects.filter(kind="organization_invitation").count() == most

    def test_inviting_and_revoking_one_address_sends_one_mail_a_day(self, organization, owner):
        """The invitation that was revoked is dead: a second one without a mail could not be answered, so there is none."""
        for moment in (timezone.now(), timezone.now() + timedelta(days=1)):
            with time_machine.travel(moment):
                invitation = actions.invite(organization, email="amal@example.org", role=Role.READER, by=owner)
                actions.revoke(invitation, by=owner)
                with pytest.raises(QuotaSpent):
                    actions.invite(organization, email="AMAL@example.org", role=Role.READER, by=owner)
        assert Mail.objects.filter(kind="organization_invitation").count() == 2

    def test_one_address_is_reached_by_few_organisations_a_day(self):
        for _ in range(3):
            organization = make_organization()
            actions.invite(organization, email="amal@example.org", role=Role.READER, by=owner_of(organization))
        organization = make_organization()
        with pytest.raises(QuotaSpent):
            actions.invite(organization, email="amal@example.org", role=Role.READER, by=owner_of(organization))
        assert not organization.invitations.exists()

    def test_one_person_registers_few_organisations_a_day(self):
        founder = make_user()
        for _ in range(5):
            make_organization(owner=founder)
        with pytest.raises(QuotaSpent):
            make_organization(owner=founder)

    def test_who_comes_by_invitation_no_longer_asks_to_join(self, organization, owner):
        amal = make_user(email="amal@example.org")
        actions.ask_to_join(organization, message="", by=amal)
        actions.accept(actions.invite(organization, email=amal.email, role=Role.EDITOR, by=owner), by=amal)
        assert not JoinRequest.objects.open().exists()


@pytest.mark.django_db
class TestRequestsToJoin:
    def test_every_owner_gets_a_mail_and_one_decides(self, organization, owner):
        other = make_member(organization, Role.OWNER).user
        make_member(organization, Role.EDITOR)
        person = make_user()
        request = actions.ask_to_join(organization, message="C’est moi.", by=person)
        assert set(Mail.objects.filter(kind="join_request").values_list("address", flat=True)) == {owner.email, other.email}
        assert actions.decide_request(request, accepted=True, role=Role.EDITOR, by=owner)
        assert not actions.decide_request(request, accepted=False, by=other)
        assert organization.affiliations.get(user=person).role == Role.EDITOR
        assert [mail.kind for mail in Mail.objects.filter(address=person.email)] == ["join_accepted"]

    def test_declined_means_outside_and_asking_again_sends_no_second_mail_that_day(self, organization, owner):
        person = make_user()
        request = actions.ask_to_join(organization, message="", by=person)
        actions.decide_request(request, accepted=False, by=owner)
        assert not organization.affiliations.filter(user=person).exists()
        again = actions.ask_to_join(organization, message="S’il vous plaît", by=person)
        assert again.pk != request.pk
        assert Mail.objects.filter(kind="join_request").count() == 1

    def test_asking_twice_is_one_request_with_the_newer_words(self, organization):
        person = make_user()
        actions.ask_to_join(organization, message="Un", by=person)
        actions.ask_to_join(organization, message="Deux", by=person)
        assert JoinRequest.objects.get().message == "Deux"

    def test_a_member_does_not_ask(self, organization, owner):
        with pytest.raises(actions.AlreadyBelongs):
            actions.ask_to_join(organization, message="", by=owner)


@pytest.mark.django_db
class TestVerification:
    def test_it_is_public_at_once_dated_and_replaces_the_former(self):
        organization = make_organization(published=True)
        moderator = make_moderator()
        actions.verify(organization, method="document", by=moderator, on=date(2026, 5, 4))
        actions.verify(organization, method="manual", by=moderator, on=date(2026, 6, 1))
        organization.entry.refresh_from_db()
        assert organization.entry.document["fields"]["verification"] == {
            "method": "manual",
            "on": "2026-06-01",
            "until": "2028-05-31",
        }
        assert organization.verifications.current().get().granted_by == moderator
        assert organization.verifications.count() == 2

    def test_ended_it_is_gone_from_the_public_page(self):
        organization = make_organization(published=True)
        moderator = make_moderator()
        actions.verify(organization, method="document", by=moderator)
        actions.end_verification(organization, by=moderator)
        organization.entry.refresh_from_db()
        assert "verification" not in organization.entry.document["fields"]

    def test_verified_before_publication_it_is_published_with_the_page(self):
        organization = make_organization()
        actions.verify(organization, method="document", by=make_moderator())
        assert "verification" in publish(organization).document["fields"]

    def test_neither_owners_nor_staff_without_the_right_verify(self, organization, owner):
        for user in (owner, make_staff()):
            with pytest.raises(PermissionDenied):
                actions.verify(organization, method="manual", by=user)
            with pytest.raises(PermissionDenied):
                actions.end_verification(organization, by=user)

    def test_an_old_copy_of_the_draft_does_not_undo_what_its_people_saved(self):
        organization = make_organization(published=True, contact_email="old@example.org")
        old_copy = Organization.objects.get(pk=organization.pk)
        Organization.objects.filter(pk=organization.pk).update(contact_email="new@example.org")
        actions.verify(old_copy, method="manual", by=make_moderator())
        organization.entry.refresh_from_db()
        assert organization.entry.document["fields"]["contact_email"] == "new@example.org"


# At the same moment


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_attempt", range(5))
def test_two_owners_who_leave_at_once_leave_one_behind(_attempt):
    organization = make_organization()
    make_member(organization, Role.OWNER)
    first, second = organization.affiliations.select_related("user")
    results = at_once(lambda: actions.remove(first, by=first.user), lambda: actions.remove(second, by=second.user), told=TOLD)
    assert [type(result) for result in results].count(actions.LastOwner) == 1
    assert organization.affiliations.filter(role=Role.OWNER).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_attempt", range(5))
def test_two_owners_who_remove_each_other_leave_one_behind(_attempt):
    organization = make_organization()
    make_member(organization, Role.OWNER)
    first, second = organization.affiliations.select_related("user")
    at_once(lambda: actions.remove(second, by=first.user), lambda: actions.remove(first, by=second.user), told=TOLD)
    assert organization.affiliations.filter(role=Role.OWNER).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_attempt", range(5))
def test_an_invitation_used_twice_at_once_lets_one_person_in(_attempt):
    organization = make_organization()
    invitation = actions.invite(organization, email="amal@example.org", role=Role.EDITOR, by=owner_of(organization))
    one, other = make_user(), make_user()
    results = at_once(lambda: actions.accept(invitation, by=one), lambda: actions.accept(invitation, by=other), told=TOLD)
    assert [type(result) for result in results].count(actions.InvitationUnusable) == 1
    assert organization.affiliations.count() == 2


@pytest.mark.django_db(transaction=True)
def test_one_address_invited_twice_at_once_gets_one_invitation():
    organization = make_organization()
    owner = owner_of(organization)

    def invite():
        return actions.invite(organization, email="amal@example.org", role=Role.EDITOR, by=owner)

    assert len({invitation.pk for invitation in at_once(invite, invite, invite)}) == 1
