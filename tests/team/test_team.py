"""The coordination team: who joins, in which roles, until when; and who is let in."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from accounts.roles import SHORT, TeamRole, roles_of
from directory.pictures import folders, may_see_unpublished
from directory.visibility import Viewer
from journal.models import Record
from notifications.models import Mail
from team import actions
from team.jobs import end_terms
from team.models import Colleague, TeamInvitation
from tests.factories.accounts import add_totp, make_admin, make_user
from tests.factories.moderation import make_moderator

pytestmark = pytest.mark.django_db


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def admin() -> User:
    return make_admin(name="Hind Alami")


def today():
    return timezone.localdate()


def test_a_colleague_is_invited_joins_and_does_the_work(admin, settings):
    """Step 5 of docs/deployment.md, as written."""
    settings.STAFF_MFA_REQUIRED = True
    desk = browser(admin)
    answer = desk.post(
        reverse("admin:team_colleague_invite"), {"email": "nadia@example.org", "roles": ["moderation"], "until": ""}
    )
    assert answer.url == reverse("admin:team_colleague_changelist")
    assert "nadia@example.org" in desk.get(answer.url).content.decode()
    link = re.search(r"https?://[^/]+(/\S+)", Mail.objects.get(kind="team_invitation").text)[1]

    nadia = make_user(email="nadia@example.org")
    guest = browser(nadia)
    assert guest.post(link).url == reverse("admin:index")
    assert guest.get(reverse("admin:index")).url == reverse("mfa_index")
    add_totp(nadia)
    assert guest.get(reverse("admin:moderation_submission_changelist")).status_code == 200
    assert guest.get(link).status_code == 404
    assert roles_of(User.objects.get(pk=nadia.pk)) == [TeamRole.MODERATION]


def test_only_the_invited_address_joins(admin):
    invitation = actions.invite("nadia@example.org", ["administration"], by=admin)
    thief = make_user()
    assert browser(thief).post(invitation.answer_url).status_code == 200
    with pytest.raises(actions.TeamInvitationUnusable):
        actions.accept(invitation, by=thief)
    assert not User.objects.get(pk=thief.pk).is_staff


def test_an_invitation_that_was_revoked_or_has_expired_is_no_page(admin):
    guest = browser(make_user(email="nadia@example.org"))
    revoked = actions.invite("nadia@example.org", ["moderation"], by=admin)
    browser(admin).post(reverse("admin:team_colleague_revoke", args=[revoked.pk]))
    assert guest.post(revoked.answer_url).status_code == 404
    expired = actions.invite("nadia@example.org", ["moderation"], by=admin)
    TeamInvitation.objects.filter(pk=expired.pk).update(expires_at=timezone.now() - timedelta(hours=1))
    assert guest.post(expired.answer_url).status_code == 404


def test_inviting_again_renews_and_one_of_the_team_is_not_invited(admin):
    first = actions.invite("nadia@example.org", ["moderation"], by=admin)
    assert actions.invite("NADIA@example.org", ["vocabulary"], by=admin).pk == first.pk
    with pytest.raises(actions.AlreadyColleague):
        actions.invite(make_moderator().email, ["vocabulary"], by=admin)


@pytest.mark.parametrize("act", ["change", "remove"])
def test_one_cannot_end_oneself_as_the_last_administrator(admin, act):
    desk = browser(admin)
    address = reverse(f"admin:team_colleague_{act}", args=[admin.pk])
    data = {"roles": ["moderation"], "until": "", "reason": "Départ"}
    page = desk.post(address, data)
    assert page.status_code == 200
    assert "errorlist" in page.content.decode()
    assert User.objects.get(pk=admin.pk).is_superuser
    make_admin()
    assert desk.post(address, data).status_code == 302
    assert not User.objects.get(pk=admin.pk).is_superuser


def test_an_administrator_with_a_last_day_does_not_count(admin):
    other = make_admin()
    actions.change_roles(other, ["administration"], until=today() + timedelta(days=30), by=admin)
    with pytest.raises(actions.LastAdministrator):
        actions.remove(admin, reason="Départ", by=admin)


def test_roles_are_told_by_mail_and_written_into_the_journal(admin):
    colleague = make_moderator(language="ar")
    browser(admin).post(reverse("admin:team_colleague_change", args=[colleague.pk]), {"roles": ["vocabulary", "downloads"]})
    colleague = User.objects.get(pk=colleague.pk)
    assert roles_of(colleague) == [TeamRole.VOCABULARY, TeamRole.DOWNLOADS]
    assert colleague.has_perms(["taxonomy.change_theme", "accounts.export_lists"])
    assert not colleague.has_perm("moderation.decide_submission")
    assert "المصطلحات" in Mail.objects.get(kind="team_roles_changed", address=colleague.email).text
    assert Record.objects.of(colleague).first().verb == "team_roles_changed"


def test_the_last_day_counts_and_the_day_after_nothing_is_open(admin):
    colleague = make_moderator()
    address = reverse("admin:index")
    User.objects.filter(pk=colleague.pk).update(team_until=today())
    assert browser(colleague).get(address).status_code == 200
    User.objects.filter(pk=colleague.pk).update(team_until=today() - timedelta(days=1))
    assert browser(colleague).get(address).status_code == 403
    assert not Viewer.of(User.objects.get(pk=colleague.pk)).is_coordinator

    assert end_terms() == {"colleagues": 1}
    colleague = User.objects.get(pk=colleague.pk)
    assert (colleague.is_staff, colleague.groups.count(), colleague.is_active) == (False, 0, True)
    assert Mail.objects.filter(kind="team_left", address=colleague.email).exists()
    assert end_terms() == {"colleagues": 0}


def test_a_lost_factor_is_reset_and_all_sessions_end(admin):
    colleague = make_moderator()
    address = reverse("admin:team_colleague_reset_factor", args=[colleague.pk])
    assert browser(admin).post(address).status_code == 200
    assert Colleague.objects.get(pk=colleague.pk).is_secured
    browser(admin).post(address, {"sure": "on"})
    assert not Colleague.objects.get(pk=colleague.pk).is_secured
    assert Mail.objects.filter(kind="team_factor_reset", address=colleague.email).exists()


def test_only_administrators_see_and_change_the_team(admin):
    colleague = make_moderator()
    desk = browser(colleague)
    for name in ("changelist", "invite"):
        assert desk.get(reverse(f"admin:team_colleague_{name}")).status_code == 403
    assert (
        desk.post(reverse("admin:team_colleague_change", args=[colleague.pk]), {"roles": ["administration"]}).status_code == 403
    )
    for call in (
        lambda: actions.invite("a@example.org", ["moderation"], by=colleague),
        lambda: actions.change_roles(colleague, ["administration"], until=None, by=colleague),
        lambda: actions.reset_second_factor(admin, by=colleague),
        lambda: actions.remove(admin, reason="x", by=colleague),
    ):
        with pytest.raises(PermissionDenied):
            call()


def test_a_coordinator_without_a_second_factor_sees_no_more_than_others(settings):
    """A password alone opens neither the desk nor what only the team may read."""
    settings.STAFF_MFA_REQUIRED = True
    colleague = make_user(is_staff=True)
    colleague.groups.add(Group.objects.get(name="Moderators"))
    folder = next(iter(folders()))
    assert not Viewer.of(User.objects.get(pk=colleague.pk)).is_coordinator
    assert not may_see_unpublished(f"{folder}/x.webp", User.objects.get(pk=colleague.pk))
    add_totp(colleague)
    assert may_see_unpublished(f"{folder}/x.webp", User.objects.get(pk=colleague.pk))
    assert Viewer.of(User.objects.get(pk=colleague.pk)).is_coordinator


def test_the_account_page_offers_no_permissions(admin):
    colleague = make_moderator()
    page = browser(admin).get(reverse("admin:accounts_user_change", args=[colleague.pk])).content.decode()
    for name in ("user_permissions", "groups", "is_superuser", "is_staff"):
        assert f'name="{name}"' not in page
    with override("fr"):
        assert str(SHORT[TeamRole.MODERATION]) in page
