"""Kinds of files that people send, each once through the form and once through the command: read, or told in one sentence."""

import datetime
import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.translation import override
from openpyxl.styles import Font

from experts.importing.columns import COLUMNS, LIST_COLUMNS
from experts.models import Import
from tests.experts.test_import_files import changed, saved, values, workbook
from tests.experts.test_importing import csv_file, person
from tests.factories.accounts import make_admin

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")]

PLAIN = person(1, bio_fr="Elle accompagne", themes="", sdgs="12", languages="ar")


def text(*people: dict[str, str], header=COLUMNS) -> str:
    return csv_file(*(people or (PLAIN,)), header=header).getvalue().decode()


def separated(separator: str) -> str:
    return text().replace(",", separator)


def book(*rows: list, **options) -> bytes:
    return saved(workbook(COLUMNS, *(rows or [values()]), **options)).getvalue()


def with_sheets(arrange: Callable) -> bytes:
    made = workbook(COLUMNS, values())
    arrange(made)
    return saved(made).getvalue()


def hidden_first(made) -> None:
    made.create_sheet("Caché", 0).append(["note"])
    made["Caché"].sheet_state = "hidden"


def formatted_at_the_end(made) -> None:
    made.active.cell(1_048_576, 3).font = Font(bold=True)


def chart_last(made) -> None:
    made.create_chartsheet("Graphique")


def merged(made) -> None:
    made.active.append(values(number=2))
    made.active.merge_cells("M2:M3")


def archive(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def without_dimension(size: bytes) -> bytes:
    file = saved(workbook(COLUMNS, *(values(number=number) for number in range(7))))
    return changed(file, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'ref="A1:U8"', b'ref="%b"' % size, 1)).getvalue()


def one_cell(column: str, value: object) -> bytes:
    row: list = values()
    row[COLUMNS.index(column)] = value
    return book(row)


def many(count: int) -> bytes:
    return text(*(person(number, bio_fr="") for number in range(count))).encode()


FRENCH, ARABIC = ({column.name: column.title(language).upper() for column in reversed(LIST_COLUMNS)} for language in ("fr", "ar"))

# name: (file name, content, how many people are good, what is told: a word of the sentence, or the columns with a fault)
READ: dict[str, tuple[str, bytes, int]] = {
    "semicolons and a mark of UTF-8": ("l.csv", b"\xef\xbb\xbf" + separated(";").encode(), 1),
    "tabs in UTF-16, as Excel saves Unicode text": ("l.txt", separated("\t").encode("utf-16"), 1),
    "tabs in big-endian UTF-16": ("l.txt", b"\xfe\xff" + separated("\t").encode("utf-16-be"), 1),
    "bars": ("l.csv", separated("|").encode(), 1),
    "a line that names the separator": ("l.csv", b"sep=;\r\n" + separated(";").encode(), 1),
    "a comma at the end of each line": ("l.csv", text().replace("\r\n", ",\r\n").encode(), 1),
    "many empty columns": ("l.csv", text().replace("\r\n", ",,,,\r\n").encode(), 1),
    "line ends of old Macintoshes": ("l.csv", text().replace("\r\n", "\r").encode(), 1),
    "a title above and empty lines between": ("l.csv", f"Experts de Fès\r\n\r\n{text()}\r\n\r\n".encode(), 1),
    "French headers in capitals": ("l.csv", text(header=[FRENCH[c] for c in COLUMNS]).encode(), 1),
    "Arabic headers": ("l.csv", text(header=[ARABIC[c] for c in COLUMNS]).encode(), 1),
    "headers with invisible marks": ("l.csv", text(header=[f"\u200b{c}\u200f " for c in COLUMNS]).encode(), 1),
    "a column for colleagues": ("l.csv", text().replace("\r\n", ",# à rappeler\r\n").encode(), 1),
    "a workbook named .csv": ("l.csv", book(), 1),
    "a CSV file named .xlsx": ("l.xlsx", text().encode(), 1),
    "a hidden sheet first": ("l.xlsx", with_sheets(hidden_first), 1),
    "a format in the last row of the sheet": ("l.xlsx", with_sheets(formatted_at_the_end), 1),
    "a declared size of one cell": ("l.xlsx", without_dimension(b"A1"), 7),
    "a declared size of the header": ("l.xlsx", without_dimension(b"A1:U1"), 7),
    "a number with a point": ("l.xlsx", one_cell("years_experience", 14.0), 1),
    "names of countries in the place of codes": ("l.xlsx", one_cell("country", "Maroc"), 1),
}  # fmt: skip
FAULTY: dict[str, tuple[str, bytes, set[str]]] = {
    "merged cells": ("l.xlsx", with_sheets(merged), {"country"}),
    "an error of the spreadsheet": ("l.xlsx", one_cell("headline_fr", "#REF!"), {"headline_fr"}),
    "a formula without a value": ("l.xlsx", one_cell("city", "=1&A1"), {"city"}),
    "8/12, which Excel took for a day": ("l.xlsx", one_cell("sdgs", datetime.datetime(2026, 12, 8)), {"sdgs"}),
    "a truth value": ("l.xlsx", one_cell("years_experience", True), {"years_experience"}),
    "words for nothing": ("l.csv", text(PLAIN | {"city": "NULL", "headline_fr": "N/A"}).encode(), {"city", "headline_fr"}),
    "a cell of half a million letters": ("l.csv", text(PLAIN | {"bio_fr": "a" * 500_000}).encode(), {"bio_fr"}),
    "a broken letter": ("l.csv", text().encode().replace("Meknès".encode(), b"Mekn\xe8s"), {"city"}),
    "an unfinished quotation": ("l.csv", text(PLAIN | {"city": "A"}).replace(",A,", ',"A,').encode(), {""}),
}
TOLD: dict[str, tuple[str, bytes, str]] = {
    "Windows-1252": ("l.csv", text(PLAIN | {"given_name_ar": "", "family_name_ar": ""}).encode("cp1252"), "Windows-1252"),
    "Windows-1256": ("l.csv", text(PLAIN | {"headline_fr": "", "city": ""}).encode("cp1256"), "Windows-1256"),
    "nothing": ("l.csv", b" \r\n", "empty"),
    "a header without people": ("l.xlsx", saved(workbook(COLUMNS)).getvalue(), "nobody"),
    "an empty workbook": ("l.xlsx", saved(workbook()).getvalue(), "No line"),
    "one person too many": ("l.csv", many(5001), "5000"),
    "an OpenDocument table": ("l.ods", archive(mimetype="x", **{"content.xml": "<x/>"}), "OpenDocument"),
    "an archive of anything": ("l.xlsx", archive(**{"liste.csv": text()}), "ZIP"),
    "an old workbook, or one with a password": ("l.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
    "a web page named .xls": ("l.xls", b"<html><table><tr><td>Nom</td></tr></table></html>", "<html>"),
    "a PDF": ("l.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\x00", "CSV"),
    "a workbook cut off": ("l.xlsx", book()[:2000], "save it again"),
    "a damaged sheet": ("l.xlsx", changed(saved(workbook(COLUMNS)), "xl/worksheets/sheet1.xml", lambda x: b"<worksheet"
                        ).getvalue(), "save it again"),
    "a column that nobody knows": ("l.csv", text().replace("city", "shoe size").encode(), "city"),
}  # fmt: skip
EITHER = {
    "a chart for the last sheet": ("l.xlsx", with_sheets(chart_last)),
    "an empty fill": ("l.xlsx", changed(saved(workbook(COLUMNS, values())), "xl/styles.xml", lambda x: x.replace(
        b'<fill><patternFill /></fill>', b"<fill/>")).getvalue()),
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def sent(client, name: str, content: bytes):
    """What the form answers, in English: a page of its own, or the list as it was checked."""
    client.force_login(make_admin())
    answer = client.post(reverse("admin:experts_expert_import"), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code in {302, 400}, answer.status_code
    return answer


def commanded(tmp_path, name: str, content: bytes, capsys) -> str:
    """What the command says, in English; a traceback or another exception fails."""
    path = tmp_path / name
    path.write_bytes(content)
    try:
        call_command("import_experts", path, dry_run=True)
    except CommandError as told:
        return str(told)
    return capsys.readouterr().out


@pytest.mark.parametrize(("name", "content", "good"), READ.values(), ids=READ)
def test_it_is_read(client, tmp_path, capsys, name, content, good):
    sent(client, name, content)
    batch = Import.objects.get()
    assert (batch.created, batch.refused) == (good, 0), list(batch.lines.values_list("faults", flat=True))
    assert f"created {good} · " in commanded(tmp_path, name, content, capsys)


@pytest.mark.parametrize(("name", "content", "columns"), FAULTY.values(), ids=FAULTY)
def test_the_cell_is_named_and_nothing_else_is_lost(client, tmp_path, capsys, name, content, columns):
    sent(client, name, content)
    faults = [fault for line in Import.objects.get().lines.all() for fault in line.faults]
    assert {column for column, _reason in faults} == columns
    assert all(reason for _column, reason in faults)
    said = commanded(tmp_path, name, content, capsys)
    assert all(f", {column or '—'}: " in said for column in columns)


@pytest.mark.parametrize(("name", "content", "word"), TOLD.values(), ids=TOLD)
def test_it_is_told_once_in_a_sentence(client, tmp_path, capsys, name, content, word):
    answer = sent(client, name, content)
    assert answer.status_code == 400
    (sentence,) = answer.context["form"].errors["file"]
    assert word in sentence
    assert not Import.objects.exists()
    assert word in commanded(tmp_path, name, content, capsys)


@pytest.mark.parametrize(("name", "content"), EITHER.values(), ids=EITHER)
def test_it_is_read_or_told(client, tmp_path, capsys, name, content):
    answer = sent(client, name, content)
    if answer.status_code == 302:
        assert Import.objects.get().created == 1
    else:
        assert "save it again" in str(answer.context["form"].errors)
    assert commanded(tmp_path, name, content, capsys)
