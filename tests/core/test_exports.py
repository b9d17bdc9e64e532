import io
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from core.exports import LONGEST_CELL, csv_file, plain, xlsx_file

pytestmark = pytest.mark.django_db  # an answer that is closed looks after the connections


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", "＠"])
def test_what_a_spreadsheet_would_run_is_text(sign):
    assert plain(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "oui"),
        (False, "non"),
        (-3, "-3"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 6, 1, 12, tzinfo=UTC), "2026-06-01 13:00"),
        ("زينب", "زينب"),
        ("a\x01b", "ab"),
    ],
)
def test_values_are_written_as_a_person_reads_them(value, text):
    assert plain(value) == text


def test_a_csv_file_has_the_mark_of_excel_and_quotes_what_needs_it():
    answer = csv_file("list", ["name"], [['Salma, "S"\nAlaoui'], ["زينب"]])
    assert b"".join(answer.streaming_content).decode() == '\ufeffname\r\n"Salma, ""S""\nAlaoui"\r\nزينب\r\n'
    assert answer["Content-Disposition"] == 'attachment; filename="list.csv"'
    assert answer["Cache-Control"] == "private, no-store"


def test_rows_are_asked_for_one_by_one_as_the_file_leaves():
    asked = []

    def rows():
        for number in range(1000):
            asked.append(number)
            yield [number]

    lines = iter(csv_file("list", ["number"], rows()).streaming_content)
    next(lines), next(lines), next(lines)
    assert asked == [0]


def sheet_of(answer):
    content = b"".join(answer.streaming_content)
    answer.close()
    return load_workbook(io.BytesIO(content)).active


@pytest.mark.parametrize(("language", "from_right"), [("ar", True), ("fr", False), ("en", False)])
def test_a_workbook_runs_as_its_language_does(language, from_right):
    with override(language):
        sheet = sheet_of(xlsx_file("list", ["name"], [["زينب"]]))
    assert bool(sheet.sheet_view.rightToLeft) == from_right


def test_a_workbook_keeps_numbers_and_days_and_runs_nothing():
    day = date(2026, 3, 1)
    sheet = sheet_of(xlsx_file("list", ["a"], [[7], [day], ["=1+1"], ["x" * 40_000], [datetime(2026, 6, 1, 12, tzinfo=UTC)]]))
    values = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert values[0] == 7
    assert values[1].date() == day
    assert values[2] == "'=1+1"
    assert len(values[3]) == LONGEST_CELL
    assert values[4] == datetime(2026, 6, 1, 13)
