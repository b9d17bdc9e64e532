"""An import is undone person by person, as far as nobody has done anything since; a broken one goes on where it stopped."""

import subprocess
import sys
import time
from functools import partial

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied

from accounts.models import User
from authoring import actions as authoring
from core.schedule import jobs
from directory.models import Entry
from experts.forms import FORMS
from experts.importing import actions, read_rows
from experts.importing.actions import AlreadyAsked, carry_on, send, start, undo_import
from experts.jobs import forget_lists
from experts.models import Expert, Import, ImportLine, Step
from jobs.running import run_due, run_now
from journal.models import Record
from journal.verbs import Verb
from moderation import actions as moderation
from notifications.models import Mail
from tests.at_once import at_once
from tests.experts.test_importing import csv_file, person
from tests.factories.accounts import make_admin, make_user
from tests.factories.moderation import make_moderator
from tests.factories.organizations import make_member, make_organization
from tests.factories.projects import make_project, name_somebody
from tests.patience import PATIENCE
from tests.processes import environment

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_admin()


def sent(*people: dict[str, str], by: User) -> Import:
    return send(read_rows(csv_file(*people), "liste.csv"), by=by, source="liste.csv")


def imported(*people: dict[str, str], by: User, publish: bool = True) -> Import:
    batch = sent(*people, by=by)
    carry_on(batch)
    start(batch, by=by, publish=publish)
    carry_on(batch)
    assert batch.status == "done"
    return batch


def undone(batch: Import, by: User) -> Import:
    undo_import(batch, by=by)
    carry_on(batch)
    assert batch.status == "undone"
    return batch


def kept(batch: Import) -> list[str]:
    return list(batch.lines.exclude(kept_because="").values_list("kept_because", flat=True))


def public() -> dict:
    return {entry.public_id: entry.document for entry in Entry.objects.published()}


# What is undone


def test_who_was_new_is_gone_with_account_and_page(admin):
    before = User.objects.count()
    batch = undone(imported(person(1), person(2), by=admin), by=admin)
    assert (Expert.objects.count(), Entry.objects.count(), User.objects.count()) == (0, 0, before)
    assert (batch.created, batch.lines.count()) == (2, 0)
    assert Record.objects.filter(verb=Verb.PROFILE_IMPORT_UNDONE, by=admin).count() == 2
    assert not Mail.objects.exists()


def test_who_was_changed_is_as_before_the_draft_and_the_page(admin):
    imported(person(1), by=admin)
    draft = Expert.objects.with_document_rows().get()
    draft.expertises.filter(theme="ESS-01").update(level="expert", years=9)
    moderation.publish_import(draft, by=admin, note="niveau")
    draft = Expert.objects.reread(draft)
    drafted, shown = draft.as_document(), public()
    undone(imported(person(1, headline_fr="Agronome", themes="AGR", languages="en", city=""), by=admin), by=admin)
    assert Expert.objects.reread(draft).as_document() == drafted
    assert public() == shown
    entry = Entry.objects.get()
    assert (entry.versions.count(), entry.versions.first().action) == (4, "rolled_back")
    assert not Mail.objects.exists()


def test_a_profile_first_published_by_the_import_is_a_draft_again(admin):
    imported(person(1), by=admin, publish=False)
    batch = imported(person(1), by=admin)
    assert (batch.unchanged, batch.published) == (1, 1)
    undone(batch, by=admin)
    assert not Entry.objects.exists()
    assert Expert.objects.get().headline_fr


def test_who_had_an_account_before_keeps_it(admin):
    user = make_user(email="row1@example.org", password="a-password-of-mine")
    batch = imported(person(1), by=admin)
    assert not Entry.objects.exists()
    undone(batch, by=admin)
    assert User.objects.filter(pk=user.pk).exists()
    assert not Expert.objects.exists()


def test_imports_are_undone_in_the_reverse_order_only(admin):
    first = imported(person(1), by=admin)
    second = imported(person(1, city="Fès"), by=admin)
    undo_import(first, by=admin)
    carry_on(first)
    assert kept(first) == ["edited"]
    undone(second, by=admin)
    assert Expert.objects.get().city == "Meknès"


# What is kept, and why


def claimed_by_password(draft: Expert, admin: User) -> None:
    draft.user.set_password("a-password-of-mine")
    draft.user.save()


def claimed_by_code(draft: Expert, admin: User) -> None:
    User.objects.filter(pk=draft.user_id).update(last_login=draft.created_at)


def edited(draft: Expert, admin: User) -> None:
    form = FORMS[Step.IDENTITY](instance=draft)
    values = {field.html_name: field.value() for field in form if field.value() is not None} | {"given_name": "Nadia"}
    form = FORMS[Step.IDENTITY](values, instance=draft)
    assert form.is_valid(), form.errors
    authoring.save_step(form, by=draft.user)


def hidden(draft: Expert, admin: User) -> None:
    moderation.hide(draft.entry, by=admin, reason="Plainte")


def looked_into(draft: Expert, admin: User) -> None:
    moderation.restore(moderation.hide(draft.entry, by=admin, reason="Plainte"), by=admin)


def named_in_a_project(draft: Expert, admin: User) -> None:
    name_somebody(make_project(), expert=draft)


def joined_to_an_organisation(draft: Expert, admin: User) -> None:
    make_member(make_organization(), user=draft.user)


@pytest.mark.parametrize(
    ("meanwhile", "reason"),
    [
        (claimed_by_password, "claimed"),
        (claimed_by_code, "claimed"),
        (edited, "edited"),
        (hidden, "published"),
        (looked_into, "published"),
        (named_in_a_project, "named"),
        (joined_to_an_organisation, "named"),
    ],
)
def test_who_has_changed_since_is_kept_and_named_the_others_are_undone(admin, meanwhile, reason):
    batch = imported(person(1), person(2), by=admin)
    meanwhile(Expert.objects.select_related("user", "entry").get(external_id="A-1"), admin)
    undone(batch, by=admin)
    assert kept(batch) == [reason]
    assert list(Expert.objects.values_list("external_id", flat=True)) == ["A-1"]
    assert str(batch.lines.get()) == str(Expert.objects.get())


def test_a_deed_of_the_team_that_changed_nothing_counts_too(admin):
    batch = imported(person(1), by=admin, publish=False)
    draft = Expert.objects.get()
    moderation.record(Verb.SUBMISSION_REFUSED, draft, by=admin)
    undone(batch, by=admin)
    assert kept(batch) == ["acted_upon"]


def test_only_a_coordinator_undoes_and_only_what_is_done(admin):
    batch = sent(person(1), by=admin)
    carry_on(batch)
    with pytest.raises(AlreadyAsked):
        undo_import(batch, by=admin)
    with pytest.raises(PermissionDenied):
        undo_import(batch, by=make_user())
    with pytest.raises(PermissionDenied):
        start(batch, by=make_user(), publish=True)


# Broken off, and run again


@pytest.mark.django_db(transaction=True)
def test_an_import_killed_in_the_middle_and_run_again_gives_each_person_once():
    admin = make_admin()
    batch = sent(*(person(number) for number in range(60)), by=admin)
    carry_on(batch)
    start(batch, by=admin, publish=True)
    command = [sys.executable, "manage.py", "jobs", "--job", "experts.carry_on_imports"]
    process = subprocess.Popen(command, env=environment(), cwd=settings.BASE_DIR)
    deadline = time.monotonic() + PATIENCE
    while Entry.objects.count() < 3:
        assert time.monotonic() < deadline, "the job never wrote anybody"
        time.sleep(0.02)
    process.kill()
    process.wait()
    half = Expert.objects.count()
    assert half == Entry.objects.count() < 60

    run_now(jobs()["experts.carry_on_imports"])
    batch.refresh_from_db()
    assert (batch.status, batch.created, batch.published) == ("done", 60, 60)
    assert (Expert.objects.count(), Entry.objects.count()) == (60, 60)
    assert Record.objects.filter(verb=Verb.PROFILE_IMPORTED).count() == 60


def test_the_job_is_due_when_a_list_waits_and_else_never(admin):
    name = "experts.carry_on_imports"
    run_now(jobs()[name])
    assert name not in [run.job for run in run_due()]
    batch = sent(person(1), by=admin)
    assert name in [run.job for run in run_due()]
    batch.refresh_from_db()
    assert batch.status == "checked"
    assert name not in [run.job for run in run_due()]


def test_a_list_whose_coordinator_is_none_any_more_is_not_carried_on(admin):
    moderator = make_moderator()
    batch = sent(person(1), by=moderator)
    carry_on(batch)
    start(batch, by=moderator, publish=True)
    moderator.groups.clear()
    moderator.user_permissions.clear()
    run_now(jobs()["experts.carry_on_imports"])
    batch.refresh_from_db()
    assert (batch.status, Expert.objects.count()) == ("checked", 0)


def test_a_check_run_twice_says_the_same(admin):
    batch = sent(person(1), person(1), person(2, country="ZZ"), by=admin)
    carry_on(batch)
    said = list(batch.lines.values("outcome", "faults", "doubles"))
    Import.objects.update(status="checking")
    batch.refresh_from_db()
    carry_on(batch)
    assert list(batch.lines.values("outcome", "faults", "doubles")) == said


def test_lists_that_nobody_imports_are_forgotten_and_lines_left_out_later(admin, monkeypatch):
    undecided = sent(person(1), by=admin)
    done = imported(person(2), person(3, country="ZZ"), by=admin)
    forget_lists()
    assert Import.objects.count() == 2
    Import.objects.update(at=undecided.at.replace(year=2020))
    forget_lists()
    assert list(Import.objects.all()) == [done]
    assert [line.expert is not None for line in done.lines.all()] == [True]


def test_a_line_that_is_written_keeps_no_cells(admin):
    imported(person(1), by=admin)
    assert ImportLine.objects.get().cells == {}


# At once


@pytest.mark.django_db(transaction=True)
def test_two_who_start_one_list_at_once_import_each_person_once():
    admins = make_admin(), make_admin()
    batch = sent(*(person(number) for number in range(4)), by=admins[0])
    carry_on(batch)

    def start_and_carry_on(by: User) -> None:
        mine = Import.objects.get(pk=batch.pk)
        start(mine, by=by, publish=True)
        carry_on(mine)

    results = at_once(*(partial(start_and_carry_on, by) for by in admins), told=(AlreadyAsked,))
    assert sum(isinstance(result, AlreadyAsked) for result in results) == 1
    assert (Expert.objects.count(), Entry.objects.count()) == (4, 4)


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_carry_one_list_on_write_each_person_once():
    admin = make_admin()
    batch = sent(*(person(number) for number in range(6)), by=admin)
    carry_on(batch)
    start(batch, by=admin, publish=True)
    at_once(*[lambda: carry_on(Import.objects.get(pk=batch.pk))] * 2)
    carry_on(Import.objects.get(pk=batch.pk))
    batch.refresh_from_db()
    assert (batch.status, batch.created, batch.refused) == ("done", 6, 0)
    assert (Expert.objects.count(), Entry.objects.count()) == (6, 6)
    assert Record.objects.filter(verb=Verb.PROFILE_IMPORTED).count() == 6


@pytest.mark.django_db(transaction=True)
def test_two_who_undo_at_once_undo_once():
    admins = make_admin(), make_admin()
    batch = imported(person(1), person(2), by=admins[0])

    def undo(by: User) -> None:
        mine = Import.objects.get(pk=batch.pk)
        undo_import(mine, by=by)
        carry_on(mine)

    results = at_once(*(partial(undo, by) for by in admins), told=(AlreadyAsked,))
    assert sum(isinstance(result, AlreadyAsked) for result in results) == 1
    assert not Expert.objects.exists()
    assert Record.objects.filter(verb=Verb.PROFILE_IMPORT_UNDONE).count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_author_who_saves_while_the_import_is_undone_loses_nothing_or_was_too_late():
    admin = make_admin()
    batch = imported(person(1), by=admin)
    draft = Expert.objects.select_related("user", "entry").get()

    def undo() -> None:
        mine = Import.objects.get(pk=batch.pk)
        undo_import(mine, by=admin)
        carry_on(mine)

    at_once(undo, partial(moderation.hide, draft.entry, by=admin, reason="Plainte"), told=(Entry.DoesNotExist,))
    found = Expert.objects.filter(pk=draft.pk).first()
    assert (found is None) == (not Entry.objects.exists())
    assert Import.objects.get().status == actions.Status.UNDONE
