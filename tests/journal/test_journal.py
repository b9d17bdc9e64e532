from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Consent
from journal.actions import purge_expired, record
from journal.models import Record
from journal.reading import facts_in_words, labels
from journal.verbs import Verb
from tests.factories.accounts import make_admin, make_user

pytestmark = pytest.mark.django_db
LIST = "/fr/admin/journal/record/"


def deed(subject, *, verb=Verb.PAGE_HIDDEN, by=None, **facts):
    return record(verb, subject, by=by, **facts)


def test_a_record_says_who_did_what_to_which_row_and_when():
    person, coordinator = make_user(), make_user()
    before = timezone.now()
    record(Verb.PAGE_HIDDEN, person, by=coordinator, on_behalf_of=person, version=3, fields=["name", "themes"])
    row = Record.objects.get()
    assert (row.verb, row.subject_type, row.subject_id) == ("page_hidden", "accounts.user", str(person.pk))
    assert (row.by, row.on_behalf_of) == (coordinator, person)
    assert row.facts == {"version": 3, "fields": ["name", "themes"]}
    assert before <= row.at <= timezone.now()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ar", ["الخانات: الاسم، عنوان البريد الإلكتروني", "الدور: محرر(ة)", "إلى غاية: 1 ماي 2027", "النسخة: 3"]),
        (
            "fr",
            [
                "champs\u00a0: nom, adresse électronique",
                "rôle\u00a0: Rédaction",
                "jusqu’au\u00a0: 1er mai 2027",
                "version\u00a0: 3",
            ],
        ),
        ("en", ["fields: name, email address", "role: Editor", "until: 1 May 2027", "version: 3"]),
    ],
)
def test_the_facts_of_a_deed_are_read_in_words(language, words):
    row = deed(make_user(), version=3, role="editor", fields=["name", "email"], until="2027-05-01", lead=None, private_code="x")
    with override(language):
        assert facts_in_words(row) == words


def test_a_code_that_nothing_explains_any_more_stays_a_code():
    row = deed(make_user(), role="conductor", fields=["gone"])
    with override("en"):
        assert facts_in_words(row) == ["fields: gone", "role: conductor"]


def test_a_verb_without_a_name_is_refused():
    with pytest.raises(ValueError, match="juggled"):
        deed(make_user(), verb="juggled")


@pytest.mark.parametrize("text", ["Zineb Alaoui", "zineb@example.org", "زينب", "she asked for it"])
def test_what_may_be_personal_is_no_fact(text):
    person = make_user()
    for value in (text, [text], {"name": "x"}):
        with pytest.raises(ValueError, match="codes and numbers"):
            deed(person, reason=value)
    assert not Record.objects.exists()


def test_a_row_that_is_not_saved_is_no_subject():
    with pytest.raises(ValueError, match="saved"):
        deed(get_user_model()(email="x@example.org"))


def test_nobody_changes_a_record():
    row = deed(make_user())
    for change in (
        lambda: Record.objects.update(verb=Verb.PAGE_RESTORED),
        lambda: row.delete(),
        lambda: Record.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
    assert Record.objects.get().verb == Verb.PAGE_HIDDEN


def test_what_is_older_than_five_years_is_deleted_and_nothing_younger():
    now = timezone.now()
    subject = {"verb": Verb.PAGE_HIDDEN, "subject_type": "accounts.user", "subject_id": "1"}
    Record.objects.create(**subject, at=now - timedelta(days=5 * 365 + 3))
    young = Record.objects.create(**subject, at=now - timedelta(days=5 * 365 - 1))
    assert purge_expired(now) == 1
    assert list(Record.objects.all()) == [young]


def test_a_wrong_clock_shortens_no_retention():
    deed(make_user())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        purge_expired(timezone.now() + timedelta(days=6 * 365))
    assert Record.objects.count() == 1


def test_a_deleted_account_is_a_number_in_the_journal():
    person, subject = make_user(email="gone@example.org"), make_user()
    number = person.pk
    deed(subject, by=person)
    deed(person)
    person.delete()
    done, suffered = Record.objects.select_related("by").order_by("pk")
    assert (done.by_id, done.by) == (number, None)
    assert "gone" not in labels([suffered])[suffered.pk]
    assert str(number) in labels([suffered])[suffered.pk]


def test_the_journal_is_asked_by_row_person_and_period():
    first, second = make_user(), make_user()
    consent = Consent.objects.create(user=first, purpose=Consent.Purpose.PRIVACY, text_version="1")
    a, b, c = deed(first, by=second), deed(second, by=first), deed(consent)
    assert set(Record.objects.of(first)) == {a}
    assert set(Record.objects.of(first, consent)) == {a, c}
    assert not Record.objects.of().exists()
    assert set(Record.objects.by_person(first)) == {b}
    day = datetime(2020, 1, 1, tzinfo=UTC)
    fourth = Record.objects.create(verb=Verb.PAGE_HIDDEN, subject_type="accounts.user", subject_id=first.pk, at=day)
    assert set(Record.objects.in_period(day, day + timedelta(days=1))) == {fourth}
    assert not Record.objects.in_period(day + timedelta(days=1), day + timedelta(days=2)).exists()
    assert Record.objects.in_period().count() == 4


def test_names_are_read_with_one_query_for_each_kind_of_row(django_assert_num_queries):
    rows = [deed(make_user()) for _ in range(4)]
    with django_assert_num_queries(1):
        assert len(labels(rows)) == 4


def test_a_kind_of_row_that_is_gone_is_still_readable():
    row = Record.objects.create(verb=Verb.PAGE_HIDDEN, subject_type="old.room", subject_id="5")
    assert labels([row]) == {row.pk: "old.room 5"}


def test_the_list_in_the_admin_is_read_only(client):
    admin = make_admin()
    client.force_login(admin)
    row = deed(make_user(name="Amal Subject"), by=admin)
    assert "Amal Subject" in client.get(LIST).content.decode()
    assert client.get(reverse("admin:journal_record_add")).status_code == 403
    client.post(LIST, {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"})
    assert client.post(reverse("admin:journal_record_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    assert Record.objects.filter(pk=row.pk).exists()


def test_the_list_costs_the_same_with_one_row_and_with_thirty(client, django_assert_num_queries):
    admin = make_admin()
    client.force_login(admin)
    deed(make_user(), by=admin)
    client.get(LIST)  # the first request of a session writes it
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for _ in range(29):
        deed(make_user(), by=make_user())
    with django_assert_num_queries(len(one)):
        client.get(LIST)
