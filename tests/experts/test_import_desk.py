"""The import in the admin: nothing is promised that is not shown, nothing is written that was not meant."""

import csv
import io
from math import inf

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from core.schedule import jobs
from directory.models import Entry
from experts.importing import desk, read_rows
from experts.importing.columns import COLUMNS
from experts.models import Expert, Import
from jobs.running import run_now
from tests.experts.test_importing import csv_file, person, run
from tests.factories.accounts import make_admin, make_staff, make_user
from tests.factories.experts import make_expert
from tests.factories.moderation import make_moderator

pytestmark = pytest.mark.django_db

UPLOAD = "admin:experts_expert_import"
# Some lines that differ in what is looked for, so that none is another's double.
OTHERS = [("Youssef", "Tazi", "يوسف", "التازي"), ("Khadija", "Zitouni", "خديجة", "الزيتوني"), ("Omar", "Lahlou", "عمر", "لحلو")]


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """However slow the machine, what a test starts is done before the answer."""
    monkeypatch.setattr(desk, "WAITED_SECONDS", inf)


@pytest.fixture
def admin_client(client):
    client.force_login(make_admin())
    return client


def upload(client, *people, name: str = "people.csv", content: bytes | None = None) -> str:
    """The address of the page that the checked list has."""
    file = SimpleUploadedFile(name, content or csv_file(*people).getvalue())
    return client.post(reverse(UPLOAD), {"file": file})["Location"]


def other(place: int, number: int, **cells: str) -> dict[str, str]:
    names = dict(zip(("given_name", "family_name", "given_name_ar", "family_name_ar"), OTHERS[place], strict=True))
    return person(number, **names | cells)


def start(client, address: str, **values):
    return client.post(address.replace("/change/", "/start/"), values)


def text_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def english(address: str) -> str:
    return address.replace("/fr/", "/en/")


# Before anything is written


def test_a_file_is_checked_before_anything_is_written(admin_client):
    page = text_of(admin_client, upload(admin_client, person(1), person(2, country="ZZ")))
    assert "ZZ" in page
    assert not Expert.objects.exists()


def test_the_recap_names_each_person_and_says_how_many_lines_were_read(admin_client):
    page = text_of(admin_client, english(upload(admin_client, other(0, 1), other(1, 2), person(3, country="ZZ"))))
    for words in (
        "Youssef Tazi",
        "Khadija Zitouni",
        "3 lines were read",
        "2 people would be written",
        "2 people would become visible",
    ):
        assert words in page


def test_the_recap_shows_before_and_after_field_by_field(admin_client):
    run(csv_file(person(1)), publish=True)
    page = text_of(admin_client, english(upload(admin_client, person(1, headline_fr="Agronome", themes="AGR"))))
    assert "2 fields change" in page
    assert "<del>Ingénieure en économie circulaire</del>" in page
    assert "<ins>Agronome</ins>" in page
    assert "1 public page would change" in page


def test_a_list_that_changes_nothing_says_so(admin_client):
    run(csv_file(person(1)), publish=True)
    page = text_of(admin_client, english(upload(admin_client, person(1))))
    assert "0 people would be written" in page
    assert 'name="publish"' not in page


@pytest.mark.parametrize(
    ("cells", "sign"),
    [
        ({"given_name": "Selma", "family_name": "Ben Jelloun", "given_name_ar": "", "family_name_ar": ""}, "the same town"),
        ({"given_name": "", "family_name": ""}, "the same name in the same letters"),
        ({}, "the same name in both scripts"),
        ({"given_name": "Benjelloun", "family_name": "Salma", "given_name_ar": "", "family_name_ar": ""}, "the same town"),
        (
            {"city": "", "email": "salma.benj@gmail.com", "given_name": "Selma", "given_name_ar": "", "family_name_ar": ""},
            "the same beginning of the email address",
        ),
    ],
)
def test_who_may_be_there_already_is_named_with_the_signs(admin_client, cells, sign):
    user = make_user(email="salma.benj@um5.ac.ma")
    make_expert(user=user, given_name_ar="سلمى", family_name_ar="بنجلون", city="Meknes", published=True)
    page = text_of(admin_client, english(upload(admin_client, person(1, **cells))))
    assert "Perhaps the same person as" in page
    assert sign in page


def test_a_namesake_elsewhere_is_no_double(admin_client):
    make_expert(user=make_user(email="s.b@gmail.com"), given_name="Selma", family_name="Benjelloune", city="Tanger")
    assert "Perhaps the same" not in text_of(admin_client, english(upload(admin_client, person(1))))


def test_two_lines_of_one_list_may_mean_one_person_and_one_can_be_left_out(admin_client):
    address = upload(admin_client, person(1), other(0, 2), person(3, bio_fr="Elle"))
    assert "line 2" in text_of(admin_client, english(address) + "?part=doubles")
    line = address.replace("change/", "lines/6/")
    admin_client.post(line, {"leave_out": "1"})
    admin_client.post(line)
    admin_client.post(line, {"leave_out": "1"})
    start(admin_client, address)
    assert sorted(Expert.objects.values_list("external_id", flat=True)) == ["A-1", "A-2"]


def test_letters_read_in_the_wrong_encoding_are_warned_of(admin_client):
    page = text_of(admin_client, upload(admin_client, person(1, headline_fr="IngÃ©nieure")))
    assert "Ingénieure" in page
    assert "headline_fr" in page


def test_the_lines_left_out_can_be_mended_and_sent_again(admin_client):
    address = upload(admin_client, other(0, 1), other(1, 2, country="ZZ"))
    answer = admin_client.get(address.replace("change/", "left-out.csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(text))
    assert "ZZ" in " ".join(line.values())
    assert read_rows(io.BytesIO(text.replace("ZZ", "MA").encode()), "mended.csv").rows[0].cells["country"] == "MA"


@pytest.mark.parametrize("content", [b"not a workbook", b"", csv_file().getvalue()])
def test_a_file_that_is_no_list_is_explained(admin_client, content):
    answer = admin_client.post(reverse(UPLOAD), {"file": SimpleUploadedFile("people.xlsx", content)})
    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()
    assert not Import.objects.exists()


# Doing it


def test_the_good_lines_are_imported_and_published_when_asked(admin_client):
    address = upload(admin_client, person(1), person(2, country="ZZ"))
    start(admin_client, address, publish="1", agreed="1")
    assert Entry.objects.published().count() == 1
    page = text_of(admin_client, english(address))
    assert Entry.objects.get().get_absolute_url() in page


def test_without_the_tick_nothing_is_published(admin_client):
    start(admin_client, upload(admin_client, person(1)))
    assert Expert.objects.count() == 1
    assert not Entry.objects.exists()


def test_nobody_is_published_who_was_not_said_to_agree(admin_client):
    address = upload(admin_client, person(1))
    answer = start(admin_client, address, publish="1")
    assert answer.status_code == 400
    assert 'name="publish" value="1" checked' in answer.content.decode()
    assert not Expert.objects.exists()


def test_a_second_click_does_nothing_twice(admin_client):
    address = upload(admin_client, person(1))
    start(admin_client, address)
    assert start(admin_client, address).status_code == 302
    assert (Import.objects.get().created, Expert.objects.count()) == (1, 1)


def test_each_import_is_kept_with_its_sender_and_its_counts(admin_client):
    address = upload(admin_client, person(1), other(0, 2), person(3, country="ZZ"), name="salon.csv")
    start(admin_client, address, publish="1", agreed="1")
    kept = Import.objects.get()
    assert (kept.source, kept.by.is_superuser, kept.status) == ("salon.csv", True, "done")
    assert (kept.created, kept.changed, kept.unchanged, kept.published, kept.refused) == (2, 0, 0, 2, 1)
    assert "salon.csv" in text_of(admin_client, reverse("admin:experts_import_changelist"))


def test_what_is_done_can_be_undone_from_its_page_with_a_tick(admin_client):
    address = upload(admin_client, person(1))
    start(admin_client, address, publish="1", agreed="1")
    undo = address.replace("/change/", "/undo/")
    admin_client.post(undo)
    assert Expert.objects.exists()
    admin_client.post(undo, {"understood": "1"})
    assert not Expert.objects.exists()
    assert Import.objects.get().status == "undone"


def test_a_long_list_is_left_to_the_job_and_the_page_tells_how_far_it_is(admin_client, monkeypatch):
    monkeypatch.setattr(desk, "CHECKED_AT_ONCE", 1)
    address = upload(admin_client, person(1), other(0, 2))
    answer = admin_client.get(address)
    assert answer["Refresh"] == "5"
    assert 'max="2" value="0"' in answer.content.decode()
    assert "Refresh" not in admin_client.get(address + "?still")


def test_what_takes_too_long_is_left_to_the_job(admin_client, monkeypatch):
    monkeypatch.setattr(desk, "WAITED_SECONDS", -1)
    address = upload(admin_client, person(1), other(0, 2))
    start(admin_client, address)
    assert Expert.objects.count() == 1
    assert 'max="2" value="1"' in text_of(admin_client, address)
    run_now(jobs()["experts.carry_on_imports"])
    assert Expert.objects.count() == 2
    assert "Refresh" not in admin_client.get(address)


# Who may


def test_what_nobody_has_decided_about_is_its_senders_alone(client):
    client.force_login(make_admin())
    address = upload(client, person(1), name="mine.csv")
    client.force_login(make_admin(email="other@example.org"))
    assert client.get(address).status_code == 404
    assert start(client, address).status_code == 404
    assert "mine.csv" not in text_of(client, reverse("admin:experts_import_changelist"))


def test_the_group_of_moderators_may_import(client):
    client.force_login(make_moderator())
    address = upload(client, person(1))
    start(client, address, publish="1", agreed="1")
    assert Entry.objects.published().count() == 1
    assert client.get(reverse("admin:experts_import_changelist")).status_code == 200


def test_staff_without_the_right_cannot_import(client):
    batch = run(csv_file(person(1))) and Import.objects.get()
    client.force_login(make_staff())
    pages = [reverse(UPLOAD), reverse("admin:experts_expert_import_template", args=["csv"])]
    pages += [
        reverse("admin:experts_import_change", args=[batch.pk]),
        reverse("admin:experts_import_left_out", args=[batch.pk, "csv"]),
    ]
    assert [client.get(page).status_code for page in pages] == [403] * 4
    posts = [reverse(f"admin:experts_import_{verb}", args=[batch.pk]) for verb in ("start", "undo")]
    assert [client.post(page).status_code for page in posts] == [403] * 2


def test_the_lists_of_experts_and_of_imports_lead_to_the_import(admin_client):
    for page in ("experts_expert_changelist", "experts_import_changelist"):
        assert reverse(UPLOAD) in text_of(admin_client, reverse(f"admin:{page}"))


# How much it asks the database


def test_a_recap_asks_the_same_number_of_questions_for_one_person_and_for_thirty(admin_client, django_assert_max_num_queries):
    def recap(count: int) -> None:
        people = [person(number, given_name=f"Nom{chr(97 + number)}") for number in range(count)]
        run(csv_file(*people), by=make_admin(email=f"by{count}@example.org"))
        address = upload(admin_client, *(row | {"city": "Fès"} for row in people))
        with django_assert_max_num_queries(30):
            assert f"{count} " in text_of(admin_client, address)

    recap(1)
    recap(26)


# The template


def test_the_template_is_a_list_that_can_be_sent_as_it_is(admin_client):
    for file_format in ("xlsx", "csv"):
        answer = admin_client.get(reverse("admin:experts_expert_import_template", args=[file_format]))
        content = answer.getvalue()
        told = admin_client.post(reverse(UPLOAD), {"file": SimpleUploadedFile(f"t.{file_format}", content)})
        assert "nobody" in english(told.content.decode()) or "personne" in told.content.decode()
        assert not Import.objects.exists()


def test_the_example_of_the_template_is_right_and_what_is_filled_in_is_read(admin_client):
    answer = admin_client.get(reverse("admin:experts_expert_import_template", args=["xlsx"]))
    book = load_workbook(io.BytesIO(answer.getvalue()))
    example = [cell.value for cell in book["List"][4]]
    book["List"].append(["Z-1", *example[1:]])
    file = io.BytesIO()
    book.save(file)
    start(admin_client, upload(admin_client, name="liste.xlsx", content=file.getvalue()))
    expert = Expert.objects.get()
    assert (expert.external_id, expert.given_name_ar, expert.goals) == ("Z-1", "سلمى", [8, 12])


def test_the_template_says_every_code_in_three_languages(admin_client):
    answer = admin_client.get(reverse("admin:experts_expert_import_template", args=["xlsx"]))
    book = load_workbook(io.BytesIO(answer.getvalue()))
    codes = {(row[0], row[1]): row[2:] for row in book["Codes"].iter_rows(values_only=True)}
    for column, code in (("themes", "ESS-01"), ("country", "MA"), ("region", "MA-03"), ("sdgs", "12"), ("availability", "now")):
        assert all(codes[column, code])
    assert all(codes["languages (:)", "C2"])
    assert [row[0].value for row in book["Columns"].iter_rows(min_row=2)] == list(COLUMNS)
