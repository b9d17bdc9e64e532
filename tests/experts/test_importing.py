import csv
import io
import re
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from openpyxl import Workbook

from accounts.models import User
from directory.models import Entry, EntryVersion
from experts.importing import UnusableFile, import_rows, read_rows
from experts.importing.columns import COLUMNS
from experts.importing.recap import Outcome
from experts.models import Expert
from notifications.models import Mail
from taxonomy.vocabulary import vocabulary
from tests.factories.accounts import make_admin, make_user

pytestmark = pytest.mark.django_db

PERSON = {
    "external_id": "A-1",
    "email": "salma@example.org",
    "given_name": "Salma",
    "family_name": "Benjelloun",
    "given_name_ar": "سلمى",
    "family_name_ar": "بنجلون",
    "headline_ar": "",
    "headline_fr": "Ingénieure en économie circulaire",
    "headline_en": "",
    "bio_ar": "",
    "bio_fr": "Elle accompagne les communes.\nEt les coopératives.",
    "bio_en": "",
    "country": "MA",
    "region": "MA-03",
    "city": "Meknès",
    "sector": "civil_society",
    "themes": "ESS-01;CIR",
    "sdgs": "12;8",
    "languages": "ar:C2;fr:C1",
    "years_experience": "14",
    "availability": "now",
}
# (column, wrong value): each must be named with its line.
FAULTS = [
    ("email", "nobody"),
    ("country", "ZZ"),
    ("region", "FR-75"),
    ("sdgs", "18"),
    ("themes", "NOPE-01"),
    ("languages", "ar:Z9"),
    ("years_experience", "-3"),
    ("availability", "soon"),
    ("sector", "king"),
    ("external_id", "A-0"),
    ("bio_fr", "hidden \u202e text"),
    ("headline_fr", "x" * 400),
]


def person(number: int = 1, **cells: str) -> dict[str, str]:
    return PERSON | {"external_id": f"A-{number}", "email": f"row{number}@example.org"} | cells


def csv_file(*people: dict[str, str], header: tuple[str, ...] = COLUMNS) -> io.BytesIO:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([row[column] for column in COLUMNS] for row in people)
    return io.BytesIO(text.getvalue().encode())


def run(file: io.BytesIO, name: str = "people.csv", **options):
    return import_rows(read_rows(file, name), by=options.pop("by", None) or make_admin(), source=name, **options)


def test_every_sector_that_the_vocabulary_offers_can_be_imported():
    """A list of the vocabulary belongs to the network: the import keeps no copy of it."""
    make_admin()
    offered = [code for code, _label in vocabulary().choices("milieux", "fr")]
    assert "territorial_authority" in offered
    run(csv_file(*(person(number, sector=code) for number, code in enumerate(offered))))
    assert sorted(Expert.objects.values_list("milieu", flat=True)) == sorted(offered)


def test_of_many_rows_twelve_with_faults_are_named_and_all_others_published(tmp_path: Path, capsys, pytestconfig):
    make_admin()
    total = 1000 if pytestconfig.getoption("full") else 120
    people = [person(number) for number in range(total)]
    wrong = {total // 50 + total // 13 * place: fault for place, fault in enumerate(FAULTS)}
    for number, (column, value) in wrong.items():
        people[number] |= {column: value}
    for one in people:
        one["bio_fr"] = one["bio_fr"].replace("\n", " ")
    path = tmp_path / "people.csv"
    path.write_bytes(csv_file(*people).getvalue())

    call_command("import_experts", path, publish=True)

    report = capsys.readouterr().out
    assert Entry.objects.published().count() == total - len(FAULTS)
    assert EntryVersion.objects.filter(action="imported").count() == total - len(FAULTS)
    named = [line.split(":")[0] for line in report.splitlines() if line.startswith("line ")]
    assert named == [f"line {number + 2}, {column}" for number, (column, _value) in sorted(wrong.items())]


def test_the_same_file_twice_changes_nothing():
    admin = make_admin()
    run(csv_file(person(1), person(2)), publish=True, by=admin)
    before = list(Expert.objects.order_by("pk").values()), list(Entry.objects.order_by("pk").values())
    recap = run(csv_file(person(1), person(2)), publish=True, by=admin)
    assert recap.counts[Outcome.UNCHANGED] == 2
    assert recap.published == 0
    assert (list(Expert.objects.order_by("pk").values()), list(Entry.objects.order_by("pk").values())) == before


def test_a_changed_row_is_published_as_a_new_version():
    admin = make_admin()
    run(csv_file(person(1)), publish=True, by=admin)
    recap = run(csv_file(person(1, headline_fr="Agronome", themes="AGR")), publish=True, by=admin)
    entry = Entry.objects.get()
    assert recap.counts[Outcome.CHANGED] == 1
    assert entry.version == 2
    assert entry.document["fields"]["headline"]["fr"] == "Agronome"
    assert [record["theme"] for record in entry.document["fields"]["themes"]] == ["AGR"]


def test_a_dry_run_writes_nothing_and_tells_the_same():
    recap = run(csv_file(person(1), person(2, country="ZZ")), publish=True, dry_run=True)
    assert (recap.good, recap.published, recap.bad_lines) == (1, 1, [4])
    assert not Expert.objects.exists()
    assert not Entry.objects.exists()
    assert not User.objects.filter(email__startswith="row").exists()


def test_without_publish_nothing_is_public():
    run(csv_file(person(1)))
    assert Expert.objects.count() == 1
    assert not Entry.objects.exists()


def test_imported_people_cannot_log_in_before_they_claim_their_account():
    run(csv_file(person(1)))
    assert not User.objects.get(email="row1@example.org").has_usable_password()


def test_a_person_who_took_the_account_over_is_left_alone():
    admin = make_admin()
    run(csv_file(person(1)), publish=True, by=admin)
    user = User.objects.get(email="row1@example.org")
    user.set_password("a-password-of-mine")
    user.save()
    Expert.objects.filter(user=user).update(headline_fr="Ma propre phrase")
    run(csv_file(person(1, headline_fr="De la liste")), publish=True, by=admin)
    assert Expert.objects.get(user=user).headline_fr == "Ma propre phrase"
    assert Entry.objects.get().version == 1


def test_an_address_that_has_another_profile_is_refused():
    run(csv_file(person(1)))
    recap = run(csv_file(person(1, external_id="B-1")), by=make_user(is_staff=True, is_superuser=True))
    assert [(fault.line, fault.column) for fault in recap.faults] == [(2, "email")]


def test_an_arabic_only_row_is_written_in_arabic():
    run(
        csv_file(
            person(
                1,
                given_name="",
                family_name="",
                headline_fr="",
                bio_fr="",
                bio_ar="تواكب الجماعات الترابية",
                headline_ar="مهندسة",
            )
        )
    )
    draft = Expert.objects.get()
    assert draft.source_language == "ar"
    assert draft.user.language == "ar"


def test_lines_are_counted_as_an_editor_shows_them():
    recap = run(csv_file(person(1), person(2, country="ZZ")))
    assert PERSON["bio_fr"].count("\n") == 1
    assert recap.bad_lines == [4]


def test_a_row_with_a_missing_cell_or_broken_bytes_is_named_and_stops_no_other():
    good = csv_file(person(1)).getvalue()
    recap = run(
        io.BytesIO(
            good + b"A-2,short\r\n" + good.splitlines(keepends=True)[1].replace(b"A-1", b"A-3").replace(b"Salma", b"Salm\xe9")
        )
    )
    assert recap.good == 1
    assert recap.bad_lines[0] == 4


def test_a_workbook_is_read_like_a_csv():
    book = Workbook()
    book.active.append(list(COLUMNS))
    row = person(1)
    book.active.append([int(row[column]) if column == "years_experience" else row[column] for column in COLUMNS])
    file = io.BytesIO()
    book.save(file)
    assert run(file, "people.xlsx").good == 1


@pytest.mark.parametrize("content", [b"", b"a,b\r\n", ";".join(COLUMNS).encode(), ",".join(reversed(COLUMNS)).encode()])
def test_another_header_refuses_the_file(content: bytes):
    with pytest.raises(UnusableFile):
        run(io.BytesIO(content))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a workbook"])
def test_a_broken_workbook_refuses_the_file(content: bytes):
    with pytest.raises(UnusableFile):
        run(io.BytesIO(content), "people.xlsx")


def test_only_coordinators_import():
    with pytest.raises(PermissionDenied):
        run(csv_file(person(1)), by=make_user())
    assert not Expert.objects.exists()


def test_who_signs_in_by_a_code_has_taken_the_account_over(client):
    admin = make_admin()
    run(csv_file(person(1)), by=admin)
    client.post("/fr/accounts/login/code/", {"email": "row1@example.org"})
    code = re.search(r"^[A-Z0-9]+-[A-Z0-9]+$", Mail.objects.get().text, flags=re.MULTILINE)[0]
    client.post("/fr/accounts/login/code/confirm/", {"code": code})
    assert client.session.get("_auth_user_id")
    recap = run(csv_file(person(1, headline_fr="De la liste")), publish=True, by=admin)
    assert (recap.counts[Outcome.UNCHANGED], recap.published) == (1, 0)


def test_an_import_asks_the_database_a_bounded_number_of_questions_for_each_person(django_assert_max_num_queries):
    admin = make_admin()
    run(csv_file(person(0)), publish=True, by=admin)
    with django_assert_max_num_queries(12 * 40 + 40):
        run(csv_file(*(person(number) for number in range(1, 13))), publish=True, by=admin)


def test_the_command_publishes_unattended_with_a_reason_or_the_name_of_the_file(tmp_path: Path):
    make_admin()
    path = tmp_path / "salon.csv"
    path.write_bytes(csv_file(person(1)).getvalue())
    call_command("import_experts", path, publish=True)
    path.write_bytes(csv_file(person(2)).getvalue())
    call_command("import_experts", path, publish=True, reason="Salon de Meknès")
    assert sorted(EntryVersion.objects.values_list("note", flat=True)) == ["Salon de Meknès", "salon.csv"]
