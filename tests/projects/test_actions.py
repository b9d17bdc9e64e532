"""Nobody is named in public who has not said yes; whoever takes it back is gone at once."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from moderation import actions as moderation_actions
from notifications.models import Mail
from organizations.models import Role
from projects import actions
from projects.models import Participation, Project
from tests.at_once import at_once
from tests.factories.accounts import make_user
from tests.factories.experts import make_expert
from tests.factories.moderation import make_moderator
from tests.factories.organizations import make_member, make_organization, owner_of
from tests.factories.projects import make_project, name_somebody

Status = Participation.Status


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def public_page(project, client=None) -> str:
    project.refresh_from_db()
    return (client or Client()).get(project.entry.get_absolute_url()).content.decode()


@pytest.mark.django_db
class TestAsking:
    def test_the_named_person_gets_a_mail_with_the_role_in_the_own_language(self):
        expert = make_expert(published=True, user=make_user(language="ar"))
        project = make_project()
        row = name_somebody(project, expert=expert, role="evaluator")
        mail = Mail.objects.get(kind="participation_request")
        assert mail.address == expert.user.email
        assert "مقيّم" in mail.text
        assert row.mail_url(expert.user).replace("/fr/", "/ar/") in mail.text
        assert str(project.created_by) in mail.text
        assert project.created_by.email not in mail.text
        assert row.status == Status.ASKED

    def test_everybody_who_edits_for_the_named_organisation_gets_a_mail(self):
        organization = make_organization(published=True)
        editor = make_member(organization, Role.EDITOR).user
        make_member(organization, Role.READER)
        name_somebody(make_project(), organization=organization)
        mails = Mail.objects.filter(kind="participation_request")
        assert set(mails.values_list("address", flat=True)) == {owner_of(organization).email, editor.email}

    def test_who_names_himself_has_said_yes(self):
        expert = make_expert(published=True)
        row = name_somebody(make_project(author=expert.user), expert=expert)
        assert row.status == Status.CONFIRMED
        assert not Mail.objects.filter(kind="participation_request").exists()

    def test_nobody_is_named_twice_nor_mailed_twice_a_day(self):
        expert, project = make_expert(published=True), make_project()
        row = name_somebody(project, expert=expert)
        with pytest.raises(actions.AlreadyNamed):
            name_somebody(project, expert=expert)
        actions.remove(row, by=project.created_by)
        name_somebody(project, expert=expert)
        assert Mail.objects.filter(kind="participation_request").count() == 1

    def test_only_those_who_edit_the_project_name_and_remove(self):
        project = make_project()
        row = name_somebody(project, expert=make_expert(published=True))
        stranger = make_user()
        with pytest.raises(PermissionDenied):
            actions.ask(project, role="partner", by=stranger, expert=make_expert(given_name="Autre"))
        with pytest.raises(PermissionDenied):
            actions.remove(row, by=stranger)

    def test_a_participation_names_exactly_one(self):
        project, expert, organization = make_project(), make_expert(), make_organization()
        for named in ({}, {"expert": expert, "organization": organization}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Participation.objects.create(project=project, role="partner", **named)


@pytest.mark.django_db
class TestAnswering:
    def test_a_name_is_public_from_the_yes_to_the_withdrawal(self):
        expert, project = make_expert(published=True, family_name="Alaoui"), make_project(published=True)
        row = name_somebody(project, expert=expert, role="evaluator")
        assert "Alaoui" not in public_page(project)
        actions.answer(row, confirmed=True, by=expert.user)
        html = public_page(project)
        assert expert.entry.get_absolute_url() in html
        assert "Évaluateur" in html
        actions.answer(row, confirmed=False, by=expert.user)
        assert row.status == Status.WITHDRAWN
        assert "Alaoui" not in public_page(project)
        actions.answer(row, confirmed=True, by=expert.user)
        assert "Alaoui" in public_page(project)

    def test_declined_is_not_public(self):
        organization, project = make_organization(published=True, name="Oliveraie"), make_project(published=True)
        row = name_somebody(project, organization=organization)
        actions.answer(row, confirmed=False, by=owner_of(organization))
        assert row.status == Status.DECLINED
        assert "Oliveraie" not in public_page(project)

    def test_only_the_named_answer(self):
        organization = make_organization(published=True)
        project = make_project(published=True)
        row = name_somebody(project, organization=organization)
        reader = make_member(organization, Role.READER).user
        for user in (project.created_by, reader, make_user()):
            with pytest.raises(PermissionDenied):
                actions.answer(row, confirmed=True, by=user)
            assert logged_in(user).get(f"/fr/projects/participation/{row.pk}/").status_code == 404
            assert logged_in(user).post(f"/fr/projects/participation/{row.pk}/", {"answer": "confirm"}).status_code == 404
        assert Client().get(f"/fr/projects/participation/{row.pk}/").status_code == 302

    def test_whoever_is_removed_is_gone_at_once(self):
        expert, project = make_expert(published=True, family_name="Alaoui"), make_project(published=True)
        row = name_somebody(project, expert=expert, confirmed_by=expert.user)
        assert "Alaoui" in public_page(project)
        actions.remove(row, by=project.created_by)
        assert "Alaoui" not in public_page(project)

    def test_whoever_is_hidden_vanishes_and_comes_back(self):
        expert, project = make_expert(published=True, family_name="Alaoui"), make_project(published=True)
        name_somebody(project, expert=expert, confirmed_by=expert.user)
        moderation_actions.hide(expert.entry, by=make_moderator(), reason="Vérification")
        assert "Alaoui" not in public_page(project)
        assert expert.public_id not in public_page(project)
        moderation_actions.restore(expert.entry, by=make_moderator())
        assert "Alaoui" in public_page(project)

    def test_a_withdrawal_is_not_undone_by_an_older_submission_or_version(self):
        expert, project = make_expert(published=True, family_name="Alaoui"), make_project(published=True)
        row = name_somebody(project, expert=expert, confirmed_by=expert.user)
        version = Project.objects.get(pk=project.pk).entry.versions.first()
        Project.objects.filter(pk=project.pk).update(summary_fr="Autre résumé")
        submission = moderation_actions.submit(Project.objects.get(pk=project.pk), by=project.created_by)
        actions.answer(row, confirmed=False, by=expert.user)
        moderation_actions.approve(submission, by=make_moderator())
        assert "Alaoui" not in public_page(project)
        moderation_actions.roll_back(project.entry, version, by=make_moderator(), reason="Essai")
        assert "Alaoui" not in public_page(project)

    def test_the_named_person_answers_on_a_page_and_finds_it_in_my_space(self):
        expert, project = make_expert(published=True), make_project(published=True, name="Eau des oasis")
        row = name_somebody(project, expert=expert)
        client = logged_in(expert.user)
        url = f"/fr/projects/participation/{row.pk}/"
        assert url in client.get("/fr/me/").content.decode()
        assert client.get(url).status_code == 200
        assert Participation.objects.get().status == Status.ASKED
        client.post(url, {"answer": "confirm"})
        assert Participation.objects.get().status == Status.CONFIRMED
        assert url in client.get("/fr/me/").content.decode()
        client.post(url, {"answer": "decline"})
        assert Participation.objects.get().status == Status.WITHDRAWN
        assert client.post(url, {"answer": "perhaps"}).status_code == 404


@pytest.mark.django_db
class TestLead:
    def test_leading_is_said_on_the_page_and_lets_the_editors_in(self):
        organization = make_organization(published=True)
        author = owner_of(organization)
        project = make_project(author=author)
        editor = make_member(organization, Role.EDITOR).user
        assert project not in Project.objects.acted_for_by(editor)
        actions.set_lead(project, organization, by=author)
        assert project in Project.objects.acted_for_by(editor)
        row = project.participations.get()
        assert (row.role, row.status) == ("lead", Status.CONFIRMED)

    def test_a_project_cannot_be_given_to_an_organisation_of_others(self):
        project = make_project()
        with pytest.raises(PermissionDenied):
            actions.set_lead(project, make_organization(), by=project.created_by)

    def test_whoever_led_before_is_a_partner_after(self):
        author = make_user()
        first, second = make_organization(owner=author), make_organization(owner=author, name="Autre")
        project = make_project(author=author)
        actions.set_lead(project, first, by=author)
        actions.set_lead(Project.objects.get(), second, by=author)
        assert {(row.organization, row.role) for row in project.participations.all()} == {(first, "partner"), (second, "lead")}
        actions.set_lead(Project.objects.get(), None, by=author)
        assert {row.role for row in project.participations.all()} == {"partner"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_attempt", range(5))
def test_two_people_who_say_yes_at_once_are_both_public(_attempt):
    project = make_project(published=True)
    experts = [make_expert(published=True, family_name=name) for name in ("Alaoui", "Berrada")]
    rows = [name_somebody(project, expert=expert) for expert in experts]
    at_once(*(partial(actions.answer, row, confirmed=True, by=expert.user) for row, expert in zip(rows, experts, strict=True)))
    html = public_page(project)
    assert "Alaoui" in html
    assert "Berrada" in html


@pytest.fixture
def asked(db):
    """A question to an expert, and the address in the mail that carries it."""
    expert = make_expert(published=True)
    row = name_somebody(make_project(published=True, author=make_user(name="Karim Idrissi")), expert=expert)
    return row, row.mail_url(expert.user)


class TestAnsweringFromTheMail:
    def test_opening_the_link_says_who_asks_and_changes_nothing(self, asked):
        row, address = asked
        for client in (Client(), logged_in(make_user())):
            page = client.get(address).content.decode()
            assert "Karim Idrissi" in page
            assert row.project.summary_fr in page
            assert client.head(address).status_code == 200
        row.refresh_from_db()
        assert row.status == Status.ASKED

    @pytest.mark.parametrize(("answer", "status"), [("confirm", Status.CONFIRMED), ("decline", Status.DECLINED)])
    def test_the_answer_is_given_without_signing_in_in_the_name_of_whom_the_mail_was_for(self, asked, answer, status):
        row, address = asked
        assert Client().post(address, {"answer": answer}).url == address
        row.refresh_from_db()
        assert (row.status, row.answered_by) == (status, row.expert.user)
        assert Client().get(address).status_code == 200

    def test_a_confirmed_name_is_withdrawn_by_the_same_link(self, asked):
        row, address = asked
        for answer in ("confirm", "decline"):
            Client().post(address, {"answer": answer})
        row.refresh_from_db()
        assert row.status == Status.WITHDRAWN

    def test_another_answer_is_none(self, asked):
        row, address = asked
        assert Client().post(address, {"answer": "perhaps"}).status_code == 404
        row.refresh_from_db()
        assert row.status == Status.ASKED

    def test_links_that_have_ended_answer_alike(self, asked):
        row, address = asked
        other = row.mail_url(make_user())
        with time_machine.travel(row.asked_at + timedelta(days=61), tick=False):
            late = Client().get(address)
        gone = [late, Client().get(other), Client().get("/fr/projects/participation/by-mail/unknown/")]
        row.expert.user.is_active = False
        row.expert.user.save()
        gone += [Client().get(address), Client().post(address, {"answer": "confirm"})]
        assert {answer.status_code for answer in gone} == {404}
        row.refresh_from_db()
        assert row.status == Status.ASKED
