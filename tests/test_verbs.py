"""Every verb leaves exactly one row in the journal: what was done, to which row, by whom."""

import ast
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import models

from accounts import actions as accounts
from accounts.forms import SettingsForm
from authoring import actions as authoring
from desk import actions as desk
from experts import actions as experts
from experts.forms import FORMS
from experts.importing import actions as importing
from experts.importing import read_rows
from experts.models import Step
from journal.models import Record, type_of
from journal.verbs import Verb
from messaging import actions as messaging
from messaging.facts import ContactWay
from messaging.models import BlockedSender, Report
from moderation import actions as moderation
from needs import actions as needs
from needs.models import Need
from notifications import actions as notifications
from organizations import actions as organizations
from organizations.models import Organization, Role
from privacy import actions as privacy
from projects import actions as projects
from projects.models import Project
from team import actions as team
from tests.experts.test_importing import csv_file, person
from tests.factories.accounts import make_admin, make_staff, make_user
from tests.factories.experts import make_expert
from tests.factories.messaging import accepted, letter_to, make_report, make_request
from tests.factories.moderation import entry_of, make_draft, make_edit, make_moderator, make_published, make_submission
from tests.factories.needs import make_need
from tests.factories.notifications import make_mail
from tests.factories.organizations import make_member, make_organization, owner_of
from tests.factories.projects import make_project, name_somebody
from tests.sources import project_files, rooms


@dataclass
class Example:
    """One call of a verb, and the row that it must leave. `subject` may be what the call returns."""

    call: Callable[[], object]
    verb: Verb
    by: models.Model | None
    subject: models.Model | None = None


EXAMPLES: dict[str, list[Callable[[], Example]]] = {}


def example(verb: str):
    """An example of "room.function"; a verb that can end in several ways has one for each."""

    def register(make: Callable[[], Example]):
        EXAMPLES.setdefault(verb, []).append(make)
        return make

    return register


# The end of pages, accounts and people


@example("moderation.take_down")
def _():
    draft = make_published()
    return Example(lambda: moderation.take_down(draft, by=draft.user), Verb.PAGE_TAKEN_DOWN, draft.user, entry_of(draft))


@example("moderation.bring_back")
def _():
    draft = make_published()
    moderation.take_down(draft, by=draft.user)
    return Example(lambda: moderation.bring_back(draft, by=draft.user), Verb.PAGE_BROUGHT_BACK, draft.user, entry_of(draft))


def _gone(user: models.Model) -> models.Model:
    """Its number stays in the journal when its row is gone: the verb deletes another copy."""
    return type(user).objects.get(pk=user.pk)


@example("privacy.close_account")
def _():
    user = make_user()
    return Example(lambda: privacy.close_account(by=_gone(user)), Verb.ACCOUNT_CLOSED, user, user)


@example("privacy.erase")
def _():
    user, by = make_user(), make_admin()
    return Example(lambda: privacy.erase(_gone(user), by=by, reason="Demande."), Verb.PERSON_ERASED, by, user)


@example("privacy.deactivate")
def _():
    user, by = make_user(), make_admin()
    return Example(lambda: privacy.deactivate(user, by=by, reason="Plaintes."), Verb.PERSON_DEACTIVATED, by, user)


@example("privacy.reactivate")
def _():
    user, by = make_user(is_active=False), make_admin()
    return Example(lambda: privacy.reactivate(user, by=by), Verb.PERSON_REACTIVATED, by, user)


@example("privacy.close_organization")
def _():
    organization = make_organization()
    by = owner_of(organization)
    copy = Organization.objects.get(pk=organization.pk)
    return Example(lambda: privacy.close_organization(copy, by=by), Verb.ORGANIZATION_CLOSED, by, organization)


# Pages and their review


@example("authoring.save_step")
def _():
    draft = make_draft()
    form = FORMS[Step.IDENTITY](instance=draft)
    values = {field.html_name: field.value() for field in form if field.value() is not None} | {"given_name": "Nadia"}
    form = FORMS[Step.IDENTITY](values, instance=draft)
    assert form.is_valid(), form.errors
    return Example(lambda: authoring.save_step(form, by=draft.user), Verb.DRAFT_SAVED, draft.user, draft)


@example("moderation.submit")
def _():
    draft = make_draft()
    return Example(lambda: moderation.submit(draft, by=draft.user), Verb.SUBMISSION_SENT, draft.user, draft)


@example("moderation.submit")
def _():
    draft = make_edit().draft()
    draft.headline_fr = "Hydrologue"
    draft.save()
    return Example(lambda: moderation.submit(draft, by=draft.user), Verb.SUBMISSION_SENT, draft.user, draft)


@example("moderation.withdraw")
def _():
    submission = make_submission()
    draft = submission.draft()
    return Example(lambda: moderation.withdraw(submission, by=draft.user), Verb.SUBMISSION_WITHDRAWN, draft.user, draft)


@example("moderation.approve")
def _():
    submission, by = make_submission(), make_moderator()
    return Example(lambda: moderation.approve(submission, by=by), Verb.SUBMISSION_APPROVED, by, submission.draft())


@example("moderation.approve")
def _():
    submission, by = make_edit(headline_fr="Hydrologue", biography_fr="Vingt ans de métier."), make_moderator()
    return Example(
        lambda: moderation.approve(submission, by=by, fields={"headline"}),
        Verb.SUBMISSION_PARTLY_APPROVED,
        by,
        submission.draft(),
    )


@example("moderation.request_changes")
def _():
    submission, by = make_submission(), make_moderator()
    return Example(
        lambda: moderation.request_changes(submission, by=by, comments={"headline": "Plus court."}),
        Verb.CHANGES_REQUESTED,
        by,
        submission.draft(),
    )


@example("moderation.refuse")
def _():
    submission, by = make_submission(), make_moderator()
    return Example(
        lambda: moderation.refuse(submission, by=by, reason="duplicate", message="Cette fiche existe."),
        Verb.SUBMISSION_REFUSED,
        by,
        submission.draft(),
    )


@example("moderation.hide")
def _():
    entry, by = entry_of(make_published()), make_moderator()
    return Example(lambda: moderation.hide(entry, by=by, reason="Plainte"), Verb.PAGE_HIDDEN, by, entry)


@example("moderation.restore")
def _():
    by = make_moderator()
    entry = moderation.hide(entry_of(make_published()), by=by, reason="Plainte")
    return Example(lambda: moderation.restore(entry, by=by), Verb.PAGE_RESTORED, by, entry)


@example("moderation.roll_back")
def _():
    by = make_moderator()
    entry = moderation.approve(make_edit(), by=by)
    first = entry.versions.get(version=1)
    return Example(lambda: moderation.roll_back(entry, first, by=by, reason="Erreur"), Verb.PAGE_ROLLED_BACK, by, entry)


@example("moderation.take_back_import")
def _():
    by, draft = make_moderator(), make_draft()
    entry = moderation.publish_import(draft, by=by, note="liste.csv")
    assert entry.version == 1
    return Example(
        lambda: moderation.take_back_import(draft, version=0, by=by, note="liste.csv"), Verb.PAGE_IMPORT_UNDONE, by, draft
    )


@example("moderation.publish_import")
def _():
    draft, by = make_draft(), make_moderator()
    return Example(lambda: moderation.publish_import(draft, by=by, note="liste.csv"), Verb.PAGE_IMPORTED, by)


# Experts, organisations, projects


@example("experts.start")
def _():
    by = make_user()
    return Example(lambda: experts.start(language="ar", by=by), Verb.PROFILE_STARTED, by)


def sent_list(by: models.Model, *, done: bool = False):
    batch = importing.send(read_rows(csv_file(person()), "liste.csv"), by=by, source="liste.csv")
    importing.carry_on(batch)
    if done:
        importing.start(batch, by=by, publish=True)
        importing.carry_on(batch)
    return batch


@example("importing.send")
def _():
    by, people = make_admin(), read_rows(csv_file(person()), "liste.csv")
    return Example(lambda: importing.send(people, by=by, source="liste.csv"), Verb.IMPORT_SENT, by)


@example("importing.leave_out")
def _():
    by = make_admin()
    batch = sent_list(by)
    return Example(lambda: importing.leave_out(batch.lines.get(), by=by), Verb.IMPORT_LINE_CHOSEN, by, batch)


@example("importing.start")
def _():
    by = make_admin()
    batch = sent_list(by)
    return Example(lambda: importing.start(batch, by=by, publish=True), Verb.IMPORT_STARTED, by, batch)


@example("importing.undo_import")
def _():
    by = make_admin()
    batch = sent_list(by, done=True)
    return Example(lambda: importing.undo_import(batch, by=by), Verb.IMPORT_UNDONE, by, batch)


@example("organizations.found")
def _():
    by = make_user()
    organization = Organization(name_fr="Coopérative")
    return Example(lambda: organizations.found(organization, by=by), Verb.ORGANIZATION_FOUNDED, by)


def invitation(email: str = "invited@example.org"):
    organization = make_organization()
    return organizations.invite(organization, email=email, role=Role.EDITOR, by=owner_of(organization))


@example("organizations.invite")
def _():
    organization = make_organization()
    by = owner_of(organization)
    return Example(
        lambda: organizations.invite(organization, email="a@example.org", role=Role.EDITOR, by=by),
        Verb.PERSON_INVITED,
        by,
        organization,
    )


@example("organizations.revoke")
def _():
    open_one = invitation()
    by = owner_of(open_one.organization)
    return Example(lambda: organizations.revoke(open_one, by=by), Verb.INVITATION_REVOKED, by, open_one.organization)


@example("organizations.decline")
def _():
    open_one = invitation()
    return Example(lambda: organizations.decline(open_one, by=None), Verb.INVITATION_DECLINED, None, open_one.organization)


@example("organizations.accept")
def _():
    open_one, by = invitation("b@example.org"), make_user(email="b@example.org")
    return Example(lambda: organizations.accept(open_one, by=by), Verb.INVITATION_ACCEPTED, by, open_one.organization)


@example("organizations.ask_to_join")
def _():
    organization, by = make_organization(), make_user()
    return Example(lambda: organizations.ask_to_join(organization, message="", by=by), Verb.JOIN_ASKED, by, organization)


def join_request(*, accepted: bool, verb: Verb) -> Example:
    organization = make_organization()
    request, by = organizations.ask_to_join(organization, message="", by=make_user()), owner_of(organization)
    return Example(lambda: organizations.decide_request(request, accepted=accepted, by=by), verb, by, organization)


@example("organizations.decide_request")
def _():
    return join_request(accepted=True, verb=Verb.JOIN_ACCEPTED)


@example("organizations.decide_request")
def _():
    return join_request(accepted=False, verb=Verb.JOIN_DECLINED)


@example("organizations.change_role")
def _():
    affiliation = make_member(make_organization())
    by = owner_of(affiliation.organization)
    return Example(
        lambda: organizations.change_role(affiliation, Role.READER, by=by), Verb.ROLE_CHANGED, by, affiliation.organization
    )


@example("organizations.remove")
def _():
    affiliation = make_member(make_organization())
    by = owner_of(affiliation.organization)
    return Example(lambda: organizations.remove(affiliation, by=by), Verb.PERSON_REMOVED, by, affiliation.organization)


@example("organizations.remove")
def _():
    affiliation = make_member(make_organization())
    by = affiliation.user
    return Example(lambda: organizations.remove(affiliation, by=by), Verb.PERSON_LEFT, by, affiliation.organization)


@example("organizations.verify")
def _():
    organization, by = make_organization(published=True), make_moderator()
    return Example(lambda: organizations.verify(organization, method="document", by=by), Verb.VERIFIED, by, organization)


@example("organizations.end_verification")
def _():
    organization, by = make_organization(published=True), make_moderator()
    organizations.verify(organization, method="document", by=by)
    return Example(lambda: organizations.end_verification(organization, by=by), Verb.VERIFICATION_ENDED, by, organization)


@example("needs.start")
def _():
    by = make_user()
    return Example(lambda: needs.start(Need(name_fr="Oasis"), by=by), Verb.NEED_STARTED, by)


@example("needs.propose")
def _():
    need, expert = make_need(published=True), make_expert(published=True)
    by = need.created_by
    return Example(lambda: needs.propose(need, [(expert, 80, "")], by=by), Verb.NEED_PROPOSED, by, need)


@example("needs.exclude")
def _():
    need, expert = make_need(), make_expert()
    by = need.created_by
    return Example(lambda: needs.exclude(need, expert, reason="…", by=by), Verb.NEED_PERSON_LEFT_OUT, by, need)


@example("needs.tell_outcome")
def _():
    need, expert = make_need(published=True), make_expert(published=True)
    (proposal,) = needs.propose(need, [(expert, 80, "")], by=need.created_by)
    needs.ask_outcome(proposal)
    outcome = proposal.outcomes.get(user=expert.user)
    return Example(lambda: needs.tell_outcome(outcome, status="working", by=expert.user), Verb.OUTCOME_TOLD, expert.user, need)


@example("needs.pause")
def _():
    expert = make_expert()
    return Example(lambda: needs.pause(expert, until=None, by=expert.user), Verb.PROPOSALS_PAUSED, expert.user, expert)


@example("needs.close")
def _():
    need = make_need()
    by = need.created_by
    return Example(lambda: needs.close(need, closing="filled", by=by), Verb.NEED_CLOSED, by, need)


@example("projects.start")
def _():
    organization = make_organization()
    by = owner_of(organization)
    return Example(lambda: projects.start(Project(name_fr="Oasis"), lead=organization, by=by), Verb.PROJECT_STARTED, by)


@example("projects.set_lead")
def _():
    organization = make_organization()
    by = owner_of(organization)
    project = make_project(author=by, published=True)
    return Example(lambda: projects.set_lead(project, organization, by=by), Verb.LEAD_CHANGED, by, project)


@example("projects.ask")
def _():
    project, expert = make_project(), make_expert(published=True)
    by = project.created_by
    return Example(lambda: projects.ask(project, role="partner", expert=expert, by=by), Verb.PARTICIPATION_ASKED, by, project)


@example("projects.ask")
def _():
    expert = make_expert(published=True)
    project = make_project(author=expert.user, published=True)
    return Example(
        lambda: projects.ask(project, role="partner", expert=expert, by=expert.user),
        Verb.PARTICIPATION_ASKED,
        expert.user,
        project,
    )


def answer(*, confirmed: bool, verb: Verb, before: bool = False) -> Example:
    project, expert = make_project(published=True), make_expert(published=True)
    row = name_somebody(project, expert=expert, confirmed_by=expert.user if before else None)
    return Example(lambda: projects.answer(row, confirmed=confirmed, by=expert.user), verb, expert.user, project)


@example("projects.answer")
def _():
    return answer(confirmed=True, verb=Verb.PARTICIPATION_CONFIRMED)


@example("projects.answer")
def _():
    return answer(confirmed=False, verb=Verb.PARTICIPATION_DECLINED)


@example("projects.answer")
def _():
    return answer(confirmed=False, verb=Verb.PARTICIPATION_WITHDRAWN, before=True)


@example("projects.remove")
def _():
    project, expert = make_project(published=True), make_expert(published=True)
    row = name_somebody(project, expert=expert, confirmed_by=expert.user)
    by = project.created_by
    return Example(lambda: projects.remove(row, by=by), Verb.PARTICIPATION_REMOVED, by, project)


# Getting in touch


@example("messaging.ask")
def _():
    by, letter = make_user(), letter_to(make_expert(published=True))
    return Example(lambda: messaging.ask(letter, by=by), Verb.CONTACT_ASKED, by)


@example("messaging.confirm")
def _():
    asked = messaging.ask(letter_to(make_expert(published=True)), by=None)
    return Example(lambda: messaging.confirm(asked), Verb.CONTACT_CONFIRMED, None, asked)


@example("messaging.release")
def _():
    held, by = make_request(message="bitcoin"), make_moderator()
    return Example(lambda: messaging.release(held, by=by), Verb.CONTACT_RELEASED, by, held)


@example("messaging.stop")
def _():
    held, by = make_request(message="bitcoin"), make_moderator()
    return Example(lambda: messaging.stop(held, by=by), Verb.CONTACT_STOPPED, by, held)


@example("messaging.accept")
def _():
    asked = make_request()
    by = asked.draft.user
    return Example(lambda: messaging.accept(asked, by=by, address="a@example.org"), Verb.CONTACT_ACCEPTED, by, asked)


@example("messaging.decline")
def _():
    asked = make_request()
    by = asked.draft.user
    return Example(lambda: messaging.decline(asked, by=by), Verb.CONTACT_DECLINED, by, asked)


@example("messaging.block")
def _():
    asked = make_request()
    by = asked.draft.user
    return Example(lambda: messaging.block(asked, by=by), Verb.CONTACT_BLOCKED, by, asked)


@example("messaging.unblock")
def _():
    asked = make_request()
    by = asked.draft.user
    messaging.block(asked, by=by)
    blocked = BlockedSender.objects.get()
    return Example(lambda: messaging.unblock(asked.entry, blocked, by=by), Verb.CONTACT_UNBLOCKED, by, asked.entry)


@example("messaging.end")
def _():
    asked = accepted()
    by = asked.draft.user
    return Example(lambda: messaging.end(asked, by=by), Verb.CONTACT_ENDED, by, asked)


@example("messaging.reply")
def _():
    asked = make_request()
    by = asked.draft.user
    return Example(lambda: messaging.reply(asked, "Quand ?", by=by, is_of_sender=False), Verb.CONTACT_REPLIED, by, asked)


@example("messaging.report")
def _():
    row = Report(entry=make_expert(published=True).entry, reason="wrong")
    return Example(lambda: messaging.report(row, by=None), Verb.REPORTED, None)


@example("messaging.settle_report")
def _():
    row, by = make_report(), make_moderator()
    return Example(lambda: messaging.settle_report(row, acted=True, note="", by=by), Verb.REPORT_SETTLED, by, row)


@example("messaging.set_reach")
def _():
    draft = make_expert(published=True)
    return Example(
        lambda: messaging.set_reach(draft.entry, ContactWay.CLOSED, by=draft.user), Verb.REACH_CHANGED, draft.user, draft.entry
    )


# Accounts and mails


@example("accounts.save_settings")
def _():
    user = make_user()
    form = SettingsForm({"name": "Zineb", "language": "ar"}, instance=user)
    assert form.is_valid()
    return Example(lambda: accounts.save_settings(form, by=user), Verb.SETTINGS_CHANGED, user, user)


@example("team.invite")
def _():
    by = make_admin()
    return Example(lambda: team.invite("a@example.org", ["moderation"], by=by), Verb.TEAM_INVITED, by)


@example("team.revoke")
def _():
    by = make_admin()
    invited = team.invite("a@example.org", ["moderation"], by=by)
    return Example(lambda: team.revoke(invited, by=by), Verb.TEAM_INVITATION_REVOKED, by, invited)


@example("team.accept")
def _():
    by = make_user(email="b@example.org")
    invited = team.invite("b@example.org", ["moderation"], by=make_admin())
    return Example(lambda: team.accept(invited, by=by), Verb.TEAM_JOINED, by, by)


@example("team.change_roles")
def _():
    by, colleague = make_admin(), make_moderator()
    return Example(
        lambda: team.change_roles(colleague, ["vocabulary"], until=None, by=by), Verb.TEAM_ROLES_CHANGED, by, colleague
    )


@example("team.remove")
def _():
    by, colleague = make_admin(), make_moderator()
    return Example(lambda: team.remove(colleague, reason="Fin du stage", by=by), Verb.TEAM_LEFT, by, colleague)


@example("team.reset_second_factor")
def _():
    by, colleague = make_admin(), make_moderator()
    return Example(lambda: team.reset_second_factor(colleague, by=by), Verb.TEAM_FACTOR_RESET, by, colleague)


@example("notifications.edit")
def _():
    mail, by = make_mail(), make_staff()
    return Example(lambda: notifications.edit(mail, subject="Bonjour", text="Texte", by=by), Verb.MAIL_EDITED, by, mail)


@example("notifications.cancel")
def _():
    mail, by = make_mail(), make_staff()
    return Example(lambda: notifications.cancel(type(mail).objects.all(), by=by), Verb.MAIL_CANCELLED, by, mail)


@example("notifications.retry")
def _():
    mail, by = make_mail(status="failed", next_attempt_at=None), make_staff()
    return Example(lambda: notifications.retry(type(mail).objects.all(), by=by), Verb.MAIL_RETRIED, by, mail)


# Lists


@example("desk.export_list")
def _():
    by, subject = make_admin(), ContentType.objects.get_for_model(Project)
    return Example(
        lambda: desk.export_list(Project, ["name"], [["x"]], by=by, file_format="csv", count=1), Verb.LIST_EXPORTED, by, subject
    )


# The journal's own `record` is what all verbs call.
WRITER = "journal"


def verbs_of(source: str) -> set[str]:
    """The public functions of a module that say by whom."""
    functions = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    return {
        node.name
        for node in functions
        if not node.name.startswith("_") and "by" in {argument.arg for argument in node.args.kwonlyargs + node.args.args}
    }


def all_verbs() -> set[str]:
    files = [path for path in project_files(".py", under=rooms()) if path.name == "actions.py" and path.parent.name != WRITER]
    return {f"{path.parent.name}.{name}" for path in files for name in verbs_of(path.read_text(encoding="utf-8"))}


def test_every_verb_has_an_example_and_every_example_its_verb():
    assert all_verbs() == set(EXAMPLES)


def test_the_gate_sees_a_verb():
    assert verbs_of("def end(thing, *, by): ...\ndef _settle(thing, *, by): ...\ndef may(thing, user): ...") == {"end"}
    assert len(all_verbs()) > 20


@pytest.mark.django_db
@pytest.mark.parametrize(
    "make", [pytest.param(make, id=f"{name}-{number}") for name, makes in EXAMPLES.items() for number, make in enumerate(makes)]
)
def test_a_verb_leaves_one_row_in_the_journal(make):
    example = make()
    known = set(Record.objects.values_list("pk", flat=True))
    result = example.call()
    row = Record.objects.exclude(pk__in=known).get()
    # By number: whoever closes the own account is gone by now.
    assert (row.verb, row.by_id) == (example.verb, example.by.pk if example.by else None)
    subject = example.subject or (result if isinstance(result, models.Model) else None)
    if subject is not None:
        assert (row.subject_type, row.subject_id) == (type_of(subject), str(subject.pk))
