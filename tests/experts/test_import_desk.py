import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directory.models import Entry
from experts.importing import UnusableFile, import_rows, read_rows
from experts.models import Expert, Import
from tests.experts.test_importing import csv_file, person
from tests.factories.accounts import make_admin, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client(client):
    client.force_login(make_admin())
    return client


def upload(client, *people, name: str = "people.csv"):
    file = SimpleUploadedFile(name, csv_file(*people).getvalue(), content_type="text/csv")
    return client.post(reverse("admin:experts_expert_import"), {"file": file})


def test_a_file_is_checked_before_anything_is_written(admin_client):
    answer = upload(admin_client, person(1), person(2, country="ZZ"))
    recap = admin_client.get(answer["Location"])
    assert recap.status_code == 200
    assert "ZZ" in recap.content.decode()
    assert not Expert.objects.exists()


def test_the_good_lines_are_imported_and_published_when_asked(admin_client):
    address = upload(admin_client, person(1), person(2, country="ZZ"))["Location"]
    admin_client.post(address, {"publish": "1"})
    assert Entry.objects.published().count() == 1
    assert admin_client.get(address).status_code == 404


def test_without_the_tick_nothing_is_published(admin_client):
    admin_client.post(upload(admin_client, person(1))["Location"])
    assert Expert.objects.count() == 1
    assert not Entry.objects.exists()


def test_the_recap_file_names_line_column_and_reason(admin_client):
    address = upload(admin_client, person(1, country="ZZ"))["Location"]
    answer = admin_client.get(f"{address}faults/")
    assert answer["Content-Type"].startswith("text/csv")
    assert "2,country," in answer.content.decode()


def test_a_file_that_is_no_list_is_explained(admin_client):
    file = SimpleUploadedFile("people.xlsx", b"not a workbook")
    answer = admin_client.post(reverse("admin:experts_expert_import"), {"file": file})
    assert answer.status_code == 400
    assert "Excel" in answer.content.decode()


def test_what_one_coordinator_sent_is_not_anothers(client):
    client.force_login(make_admin())
    address = upload(client, person(1))["Location"]
    client.force_login(make_admin(email="other@example.org"))
    assert client.get(address).status_code == 404


def test_staff_without_the_right_cannot_import(client):
    client.force_login(make_staff())
    assert client.get(reverse("admin:experts_expert_import")).status_code == 403


def test_the_list_of_experts_leads_to_the_import(admin_client):
    assert reverse("admin:experts_expert_import") in admin_client.get(reverse("admin:experts_expert_changelist")).content.decode()


def test_each_import_is_kept_with_its_sender_and_its_counts(admin_client):
    address = upload(admin_client, person(1), person(2), person(3, country="ZZ"), name="salon.csv")["Location"]
    assert not Import.objects.exists()
    assert admin_client.post(address, {"publish": "1"}).url == reverse("admin:experts_import_changelist")
    kept = Import.objects.get()
    assert (kept.source, kept.by.is_superuser) == ("salon.csv", True)
    assert (kept.created, kept.changed, kept.unchanged, kept.published, kept.refused) == (2, 0, 0, 2, 1)
    assert "salon.csv" in admin_client.get(reverse("admin:experts_import_changelist")).content.decode()


def test_an_import_that_stops_in_the_middle_is_kept_as_far_as_it_came():
    def rows():
        yield from list(read_rows(csv_file(person(1)), "people.csv"))
        raise UnusableFile("broken off")

    with pytest.raises(UnusableFile):
        import_rows(rows(), by=make_admin(), source="people.csv")
    assert Import.objects.get().created == 1
