"""Who closes an account or is erased leaves nothing: not in a dump of the database, not in the folder of files."""

import re
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import User
from core.privacy import Erased, declarations
from directory import erasure
from directory.models import Entry, SearchWord
from experts.models import Expert
from journal.models import Record
from notifications.delivery import send_next
from notifications.models import Mail
from organizations.models import Affiliation, Organization
from privacy import actions
from projects.models import Participation, Project
from tests.factories.accounts import make_admin, make_user
from tests.factories.experts import make_expert
from tests.factories.moderation import entry_of, make_moderator
from tests.factories.organizations import make_member, make_organization, owner_of
from tests.factories.projects import make_project, name_somebody
from tests.privacy.canaries import WORD, found, plant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def person():
    user = make_user(email=f"{WORD}@person.example")
    plant(user)
    return user


def send_all() -> None:
    while send_next():
        pass


def test_the_scan_finds_what_was_planted(person):
    tables = {place.partition(":")[0] for place in found()}
    assert tables >= {
        "accounts_user", "account_emailaddress", "directory_entry", "directory_entryversion", "directory_searchcard",
        "directory_searchdocument", "directory_searchsuggestion", "directory_searchword", "django_admin_log", "experts_expert",
        "experts_experience", "experts_link", "moderation_submission", "notifications_mail", "organizations_invitation",
        "organizations_joinrequest",
    }  # fmt: skip
    assert any(place.startswith("photos/") for place in found())
    assert any(place.startswith("cv/") for place in found())


def test_a_person_erased_leaves_nothing_but_the_fact(person, django_capture_on_commit_callbacks):
    number, coordinator = person.pk, make_admin()

    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(person, by=coordinator, reason="À sa demande.")
    send_all()

    assert found() == []
    record = Record.objects.get(verb="person_erased")
    assert (record.subject_type, record.subject_id, record.by, record.facts) == ("accounts.user", str(number), coordinator, {})


def test_an_account_closed_leaves_nothing_but_the_fact(person, django_capture_on_commit_callbacks):
    number = person.pk
    with django_capture_on_commit_callbacks(execute=True):
        actions.close_account(by=person)
    send_all()

    assert found() == []
    assert Record.objects.filter(verb="account_closed", subject_id=number, by_id=number).count() == 1


def switched_off(model: str, name: str) -> list:
    return [
        replace(table, fields={**table.fields, name: Erased.KEPT}) if table.model == model else table for table in declarations()
    ]


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("notifications.Mail", "text"),
        ("organizations.Invitation", "email"),
        ("admin.LogEntry", "object_repr"),
    ],
)
def test_with_the_erasure_of_one_field_switched_off_the_scan_finds_it(person, monkeypatch, model, field):
    monkeypatch.setattr(erasure, "declarations", lambda: switched_off(model, field))
    actions.erase(person, by=make_admin(), reason="À sa demande.")
    send_all()
    assert found() != []


def test_with_the_erasure_of_files_switched_off_the_scan_finds_them(person, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(erasure, "discard", lambda *names, companions: None)
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(person, by=make_admin(), reason="À sa demande.")
    send_all()
    assert {place.partition("/")[0] for place in found()} == {"photos", "cv"}


def test_the_person_is_told_by_a_mail_that_goes_with_its_sending(mailoutbox):
    expert = make_expert()
    actions.erase(expert.user, by=make_admin(), reason="À sa demande.")
    assert Mail.objects.get(kind="account_erased").address == expert.user.email

    send_all()

    assert any("À sa demande." in mail.body for mail in mailoutbox)
    assert not Mail.objects.filter(kind="account_erased").exists()


def test_an_address_that_ended_answers_like_one_that_never_was(client):
    expert = make_expert(published=True)
    address = entry_of(expert).get_absolute_url()
    actions.close_account(by=expert.user)
    gone, never = client.get(address), client.get(reverse("experts:detail", args=["nobody"]))
    assert (gone.status_code, never.status_code) == (404, 404)
    assert re.sub(rb"salma-benjelloun", b"nobody", gone.content) == never.content
    assert entry_of(make_expert(published=True)).slug == "salma-benjelloun"


def test_a_word_that_others_hold_stays_for_corrections():
    ends, _stays = make_expert(published=True, city="Ouarzazate"), make_expert(published=True, city="Ouarzazate")
    assert SearchWord.objects.filter(word="ouarzazate").exists()
    actions.close_account(by=ends.user)
    assert SearchWord.objects.filter(word="ouarzazate").exists()


def test_projects_no_longer_name_who_is_gone():
    project, expert = make_project(published=True), make_expert(published=True)
    name_somebody(project, expert=expert, confirmed_by=expert.user)
    actions.close_account(by=expert.user)
    assert "people" not in entry_of(project).document["fields"]
    assert not Participation.objects.exists()


def test_a_project_stays_with_the_organisation_that_leads_it_and_goes_where_nobody_edits_it():
    author = make_user()
    organization = make_organization(published=True)
    led, alone = make_project(author, published=True), make_project(author, published=True)
    Project.objects.filter(pk=led.pk).update(lead=organization)

    said = actions.consequences(author)
    actions.close_account(by=author)

    assert ([*said.ends], said.stays) == ([alone], [led])
    assert list(Project.objects.all()) == [led]
    assert Project.objects.get().created_by is None
    assert not Entry.objects.filter(public_id=alone.public_id).exists()


def test_an_organisation_passes_to_its_other_owner():
    organization = make_organization(published=True)
    first, second = owner_of(organization), make_member(organization, "owner").user
    actions.close_account(by=first)
    assert list(organization.people()) == [second]
    assert entry_of(organization).is_published


def test_the_last_owner_is_told_what_to_do_first_and_nothing_is_half_done():
    organization = make_organization(published=True)
    owner = owner_of(organization)
    make_member(organization, "editor")
    expert = make_expert(owner, published=True)

    with pytest.raises(actions.StillNeeded) as refused:
        actions.close_account(by=owner)

    assert refused.value.organizations == [organization]
    assert Expert.objects.filter(pk=expert.pk).exists()
    assert not Record.objects.filter(verb="account_closed").exists()


def test_an_owner_who_is_deactivated_is_no_other_owner():
    organization = make_organization()
    make_member(organization, "owner", make_user(is_active=False))
    with pytest.raises(actions.StillNeeded):
        actions.close_account(by=owner_of(organization))


def test_the_last_owner_closes_the_organisation_and_then_the_account():
    organization, project = make_organization(published=True), make_project(published=True)
    owner = owner_of(organization)
    name_somebody(project, organization=organization, confirmed_by=owner)

    actions.close_organization(organization, by=owner)
    actions.close_account(by=owner)

    assert not Organization.objects.exists()
    assert not Affiliation.objects.exists()
    assert not Entry.objects.filter(kind="organization").exists()
    assert "organizations" not in entry_of(project).document["fields"]


def test_only_the_last_owner_closes_an_organisation():
    organization = make_organization()
    for user in (make_member(organization, "editor").user, make_user()):
        with pytest.raises(PermissionDenied):
            actions.close_organization(organization, by=user)


@pytest.mark.parametrize(
    "end",
    [
        lambda last: actions.close_account(by=last),
        lambda last: actions.erase(last, by=last, reason="Assez."),
        lambda last: actions.deactivate(last, by=last, reason="Assez."),
    ],
    ids=["close", "erase", "deactivate"],
)
def test_the_last_coordinator_cannot_go(end):
    last = make_admin()
    with pytest.raises(actions.LastCoordinator):
        end(last)
    last.refresh_from_db()
    assert last.is_active


def test_a_coordinator_goes_when_another_stays():
    make_admin()
    leaving = make_admin()
    actions.close_account(by=leaving)
    assert User.objects.filter(is_superuser=True).count() == 1


@pytest.mark.parametrize("make", [make_user, lambda: make_expert().user])
def test_nobody_else_ends_a_person(make):
    person = make_user()
    for verb in (actions.erase, actions.deactivate):
        with pytest.raises(PermissionDenied):
            verb(person, by=make(), reason="Non.")


def test_one_of_the_team_is_ended_only_by_who_may_do_everything():
    with pytest.raises(PermissionDenied):
        actions.erase(make_moderator(), by=make_moderator(), reason="Non.")


def test_a_person_deactivated_is_hidden_and_told_why_and_comes_back():
    expert, coordinator = make_expert(published=True), make_moderator()

    actions.deactivate(expert.user, by=coordinator, reason="Plaintes.")

    expert.user.refresh_from_db()
    assert (expert.user.is_active, entry_of(expert).status) == (False, "hidden")
    assert "Plaintes." in Mail.objects.get(kind="account_deactivated").text
    actions.reactivate(expert.user, by=coordinator)
    expert.user.refresh_from_db()
    assert (expert.user.is_active, entry_of(expert).status) == (True, "published")
