"""The lists of the desk: filters that count, pages, a search, and a way out as a file."""

import csv
import io
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from openpyxl import load_workbook

from core.languages import LANGUAGES
from desk.lists import DeskAdmin
from experts.models import Import
from jobs.models import Run
from journal.actions import record
from journal.models import Record
from journal.verbs import Verb
from messaging.models import HeldExpression
from moderation import actions
from moderation.models import Submission
from notifications.models import Mail
from tests.factories.accounts import make_admin, make_user
from tests.factories.experts import make_expert
from tests.factories.messaging import make_report, make_request
from tests.factories.moderation import make_moderator, make_published, make_submission
from tests.factories.needs import make_need
from tests.factories.notifications import make_mail
from tests.factories.organizations import make_organization
from tests.factories.projects import make_project
from tests.sources import rooms

pytestmark = pytest.mark.django_db


def address(model: str, view: str = "changelist", language: str = "en") -> str:
    with override(language):
        return reverse(f"admin:{model}_{view}")


@pytest.fixture
def desk(client) -> Client:
    """An administrator's browser."""
    client.force_login(make_admin(email="katerina@example.org"))
    return client


def choices(answer, name: str) -> dict[str, str]:
    """What a filter offers on the page: {value: label}."""
    return {value: str(label) for value, label in answer.context["cl"].filters.form.fields[name].choices}


def shown(answer) -> list:
    return list(answer.context["cl"].result_list)


# The gate


def lists_with_stock_filters() -> list[str]:
    return [str(model) for model, its_admin in admin.site._registry.items() if its_admin.list_filter or its_admin.date_hierarchy]


def test_no_list_has_the_stock_filters():
    assert lists_with_stock_filters() == []


def test_the_gate_sees_a_list_with_stock_filters(monkeypatch):
    monkeypatch.setattr(admin.site._registry[Mail], "list_filter", ("status",))
    assert lists_with_stock_filters() == [str(Mail)]


def test_every_list_of_our_rooms_is_one_of_the_desk():
    others = [
        str(model)
        for model, its_admin in admin.site._registry.items()
        if model._meta.app_config.module.__name__ in rooms() and not isinstance(its_admin, DeskAdmin)
    ]
    assert others == []


# Filters


def test_each_choice_says_how_many_rows_it_would_leave_beside_the_other_filters(desk):
    for status, language in [("sent", "fr"), ("sent", "ar"), ("failed", "fr")]:
        make_mail(status=status, language=language, next_attempt_at=None, sent_at=timezone.now() if status == "sent" else None)
    answer = desk.get(address("notifications_mail"), {"language": "fr"})
    assert choices(answer, "status") == {"": "All", "sent": "Sent (1)", "failed": "Given up (1)"}
    assert choices(answer, "language") == {"": "All", "fr": "Français (2)", "ar": "العربية (1)"}
    assert len(shown(answer)) == 2


def test_what_is_searched_counts_too(desk):
    make_mail(to="amina@example.org")
    make_mail(to="brahim@example.org")
    answer = desk.get(address("notifications_mail"), {"q": "brahim"})
    assert choices(answer, "status")["queued"].endswith("(1)")


def test_a_chosen_value_that_no_row_has_any_more_is_shown_and_finds_nothing(desk):
    make_expert(country="MA")
    answer = desk.get(address("experts_expert"), {"country": "ZZ"})
    assert "ZZ" in choices(answer, "country")
    assert shown(answer) == []


def test_a_row_found_twice_by_a_search_counts_once(desk):
    organization = make_organization()
    for name in ("a", "b"):
        organization.affiliations.create(user=make_user(email=f"{name}@twice.example"), role="editor")
    answer = desk.get(address("organizations_organization"), {"q": "twice.example"})
    assert shown(answer) == [organization]
    assert choices(answer, "country")[organization.country].endswith("(1)")


def test_a_day_belongs_to_the_period_that_names_it(desk):
    now = timezone.now()
    for days in (0, 1, 2):
        Run.objects.create(job="toy", status="done", started_at=now - timedelta(days=days), finished_at=now)
    yesterday = timezone.localdate(now - timedelta(days=1)).isoformat()
    answer = desk.get(address("jobs_run"), {"since": yesterday, "until": yesterday})
    assert [row.started_at for row in shown(answer)] == [now - timedelta(days=1)]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "31/31/2026", "x"])
def test_a_day_that_is_none_is_explained(desk, day):
    answer = desk.get(address("jobs_run"), {"since": day})
    assert answer.status_code == 400
    assert answer.context["cl"].filters.form.errors["since"]


@pytest.mark.parametrize("query", [{"by": "x"}, {"by": "9" * 30}, {"p": "0"}, {"p": "x"}, {"q": "é" * 300}, {"o": "1.x"}])
def test_odd_questions_are_no_errors(desk, query):
    assert desk.get(address("experts_import"), query).status_code == 200


def test_what_was_decided_can_be_asked_by_person_and_day(desk):
    moderator = make_moderator(email="salma@example.org")
    make_published()
    submission = make_submission()
    actions.refuse(submission, by=moderator, reason="other", message="Non.")
    answer = desk.get(address("moderation_submission"), {"status": "decided"})
    assert len(shown(answer)) == 2
    assert f"{moderator.email} (1)" in choices(answer, "decided_by").values()
    today = timezone.localdate().isoformat()
    answer = desk.get(
        address("moderation_submission"), {"status": "decided", "decided_by": moderator.pk, "since": today, "until": today}
    )
    assert shown(answer) == [Submission.objects.get(pk=submission.pk)]


def test_the_journal_is_asked_by_person_verb_and_period(desk):
    first, second = make_user(email="first@example.org"), make_user()
    record(Verb.PAGE_HIDDEN, first, by=second, on_behalf_of=first)
    record(Verb.PAGE_RESTORED, first, by=second)
    today = timezone.localdate().isoformat()
    query = {"person": "first@", "verb": "page_hidden", "since": today, "until": today}
    [row] = shown(desk.get(address("journal_record"), query))
    assert row.verb == "page_hidden"
    assert len(shown(desk.get(address("journal_record"), {"verb": "page_restored"}))) == 1


def test_the_address_keeps_the_filters_while_pages_are_turned_and_columns_sorted(desk):
    for number in range(60):
        Import.objects.create(source=f"list {number}.csv", status=Import.Status.DONE)
    page = desk.get(address("experts_import"), {"q": "list", "p": "2"})
    assert len(shown(page)) == 10
    assert 'href="?q=list&amp;' in page.content.decode() or "?p=1&amp;q=list" in page.content.decode()
    assert len(shown(desk.get(address("experts_import"), {"q": "list", "p": "99"}))) == 10


# Query budgets

BUDGETS = {
    "moderation_submission": 14,
    "directory_entry": 13,
    "notifications_mail": 16,
    "journal_record": 15,
    "accounts_user": 15,
    "experts_expert": 15,
    "organizations_organization": 16,
    "projects_project": 14,
    "needs_need": 16,
    "experts_import": 12,
    "jobs_run": 14,
    "messaging_contactrequest": 16,
    "messaging_report": 14,
    "messaging_heldexpression": 13,
}


def make_rows(model: str, count: int) -> None:
    """Rows of this list, each with what its columns name."""
    for number in range(count):
        match model:
            case "moderation_submission":
                make_submission()
            case "directory_entry":
                make_expert(published=True)
            case "notifications_mail":
                make_mail(to=f"{number}@example.org")
            case "journal_record":
                record(Verb.PAGE_HIDDEN, make_user(), by=make_user())
            case "accounts_user":
                make_user()
            case "experts_expert":
                make_expert()
            case "organizations_organization":
                make_organization()
            case "needs_need":
                make_need()
            case "projects_project":
                make_project()
            case "experts_import":
                Import.objects.create(source="x", by=make_user(), status=Import.Status.DONE)
            case "jobs_run":
                Run.objects.create(job="toy", status="done", finished_at=timezone.now())
            case "messaging_contactrequest":
                make_request(message="bitcoin")
            case "messaging_report":
                make_report()
            case "messaging_heldexpression":
                HeldExpression.objects.create(text=f"x{number} {count}", language="fr")


@pytest.mark.parametrize("model", BUDGETS)
def test_a_list_costs_the_same_with_one_row_and_with_thirty(desk, model):
    make_rows(model, 1)
    desk.get(address(model))  # the first request of a session writes it, and the vocabulary is read once
    with CaptureQueriesContext(connection) as one:
        assert desk.get(address(model)).status_code == 200
    make_rows(model, 29)
    with CaptureQueriesContext(connection) as thirty:
        assert len(shown(desk.get(address(model)))) >= 30
    assert len(thirty) == len(one)
    assert len(thirty) <= BUDGETS[model], "\n".join(query["sql"][:200] for query in thirty)


# Files


def export(client: Client, model: str, query: str = "", file_format: str = "csv", language: str = "en"):
    return client.post(f"{address(model, 'export', language)}?{query}", {"format": file_format})


def content_of(answer) -> bytes:
    """Read to its end, which closes it."""
    return b"".join(answer.streaming_content)


def rows_of(answer) -> list[list[str]]:
    text = content_of(answer).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_the_file_holds_what_the_list_shows_with_its_filters_and_all_its_pages(desk):
    for number in range(60):
        make_expert(given_name=f"Zahra{number}", country="MA")
    make_expert(given_name="Zahra", country="FR")
    make_expert(given_name="Youssef", country="MA")
    header, *rows = rows_of(export(desk, "experts_expert", "q=Zahra&country=MA&p=2"))
    assert header[:2] == ["First name", "Family name"] or len(header) > 10
    assert len(rows) == 60
    assert all(row[0].startswith("Zahra") for row in rows)


def test_an_export_is_one_line_of_the_journal_without_what_was_typed(desk):
    make_mail(to="amina@example.org")
    content_of(export(desk, "notifications_mail", "q=amina&status=queued", "xlsx"))
    row = Record.objects.get(verb="list_exported")
    assert row.by.email == "katerina@example.org"
    assert row.facts == {"list": "notifications.mail", "format": "xlsx", "rows": 1, "filters": ["search", "status"]}


@pytest.mark.parametrize(
    ("language", "name", "heading"), [("ar", "السجل", "رقم الشخص"), ("fr", "journal", "Numéro de la personne")]
)
def test_a_file_and_its_columns_are_named_in_the_language_of_whoever_takes_it(desk, language, name, heading):
    record(Verb.PAGE_HIDDEN, make_user(), by=make_user(), version=3)
    answer = export(desk, "journal_record", language=language)
    assert quote(name) in answer["Content-Disposition"]
    header, *rows = rows_of(answer)
    assert heading in header
    assert not any("{" in cell for row in rows for cell in row)


def test_a_workbook_in_arabic_runs_from_right_to_left(desk):
    make_expert(given_name_ar="زينب", given_name="=cmd|' /C calc'!A0")
    answer = export(desk, "experts_expert", file_format="xlsx", language="ar")
    sheet = load_workbook(io.BytesIO(content_of(answer))).active
    assert sheet.sheet_view.rightToLeft
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "زينب" in cells
    assert "'=cmd|' /C calc'!A0" in cells


def test_the_bodies_of_mails_leave_by_no_file(desk):
    mail = make_mail(subject="Bonjour")
    assert mail.text.split()[0] not in str(rows_of(export(desk, "notifications_mail"))[1])


def test_a_file_is_had_by_right_only(client):
    person = make_moderator()
    client.force_login(person)
    make_submission()
    assert "export/" not in client.get(address("moderation_submission")).content.decode()
    assert export(client, "moderation_submission").status_code == 403
    person.user_permissions.add(Permission.objects.get(codename="export_lists"))
    assert "export/" in client.get(address("moderation_submission")).content.decode()
    assert export(client, "moderation_submission").status_code == 200
    # The right to files opens no list that one may not see.
    assert export(client, "taxonomy_country").status_code == 403


def test_a_file_is_asked_for_by_a_form_only(desk):
    assert desk.get(address("notifications_mail", "export")).status_code == 405
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(make_admin())
    assert export(stranger, "notifications_mail").status_code == 403


@pytest.mark.parametrize(("query", "file_format"), [("since=x", "csv"), ("", "pdf"), ("", "")])
def test_a_file_that_cannot_be_made_leads_back_to_the_list(desk, query, file_format):
    answer = export(desk, "notifications_mail", query, file_format)
    assert answer.status_code == 302
    assert not Record.objects.filter(verb="list_exported").exists()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", BUDGETS)
def test_every_list_opens_and_leaves_in_every_language(desk, model, language):
    make_rows(model, 1)
    assert desk.get(address(model, language=language)).status_code == 200
    assert len(rows_of(export(desk, model, language=language))) >= 2
