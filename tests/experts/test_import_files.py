"""Files as people send them: cells are believed, not what the file says of itself; what cannot be read is never an empty text."""

import io
import re
import zipfile

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from experts.importing import UnusableFile, read_rows
from experts.importing.columns import COLUMNS
from experts.importing.forms import PersonForm
from tests.experts.test_importing import csv_file, person, run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def workbook(*lines, title: str = "Liste", first_sheet: list | None = None) -> Workbook:
    book = Workbook()
    if first_sheet is not None:
        book.active.title = "Lisez-moi"
        for line in first_sheet:
            book.active.append(line)
        book.create_sheet(title)
    else:
        book.active.title = title
    for line in lines:
        book[title].append(list(line))
    return book


def saved(book: Workbook) -> io.BytesIO:
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def changed(file: io.BytesIO, part: str, change) -> io.BytesIO:
    """The workbook with one part of its archive changed."""
    result = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    result.seek(0)
    return result


def values(**cells) -> list[str]:
    row = person(**cells)
    return [row[column] for column in COLUMNS]


def refusal(file: io.BytesIO, name: str = "liste.csv") -> str:
    with pytest.raises(UnusableFile) as told:
        read_rows(file, name)
    return str(told.value)


def outcome(file: io.BytesIO, name: str) -> str:
    """How a file of which both may be right is met; anything but these fails."""
    try:
        return f"{len(read_rows(file, name))} read"
    except UnusableFile as told:
        return "told" if str(told) else "no sentence"


def only_fault(file: io.BytesIO, name: str = "liste.xlsx") -> tuple[str, str]:
    recap = run(file, name)
    assert recap.good == 0
    (fault,) = recap.faults
    return fault.column, fault.reason


# Workbooks


def test_a_wrong_declared_size_drops_nobody():
    file = saved(workbook(COLUMNS, *(values(number=number) for number in range(40))))
    file = changed(
        file, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'<dimension ref="A1:U41"', b'<dimension ref="A1:U6"')
    )
    assert len(read_rows(file, "liste.xlsx")) == 40


def test_a_formula_without_a_value_is_a_fault_and_empties_nothing():
    file = saved(workbook(COLUMNS, values(headline_fr='="Ingé" & "nieure"')))
    column, reason = only_fault(file)
    assert (column, "formula without a value" in reason) == ("headline_fr", True)


@pytest.mark.parametrize("value", ["#N/A", "#REF!", "#NAME?", "#NOM?"])
def test_an_error_of_the_spreadsheet_is_a_fault(value):
    assert only_fault(saved(workbook(COLUMNS, values(city=value))))[0] == "city"
    assert only_fault(csv_file(person(city=value)), "liste.csv")[0] == "city"


def test_a_line_break_of_excel_is_a_line_break():
    file = saved(workbook(COLUMNS, values(bio_fr="Ligne 1_x000D_\nLigne 2")))
    assert read_rows(file, "liste.xlsx").rows[0].cells["bio_fr"] == "Ligne 1\nLigne 2"


def test_the_sheet_with_the_names_of_the_columns_is_read_and_named():
    people = read_rows(saved(workbook(COLUMNS, values(), first_sheet=[["Merci de remplir"]])), "liste.xlsx")
    assert len(people) == 1
    assert "Liste" in people.notes[0]


def test_titles_above_the_list_are_passed_over_and_told():
    people = read_rows(saved(workbook(["Experts de Meknès"], [], COLUMNS, values())), "liste.xlsx")
    assert (people.rows[0].line, "line 3" in people.notes[0]) == (4, True)


DAMAGES = {
    "sheet cut off": ("xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2]),
    "workbook cut off": ("xl/workbook.xml", lambda xml: xml[: len(xml) // 2]),
    "empty fill": ("xl/styles.xml", lambda xml: re.sub(rb"<fill>.*?</fill>|<fill ?/>", b"<fill/>", xml)),
    "nonsense": ("xl/worksheets/sheet1.xml", lambda xml: b"\xff\xfe nonsense"),
}


@pytest.mark.parametrize(("part", "damage"), DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_workbook_is_told_in_one_sentence(part, damage):
    assert "save it again" in refusal(changed(saved(workbook(COLUMNS, values())), part, damage), "liste.xlsx")


def test_a_workbook_with_a_chart_for_a_sheet_is_read_or_told():
    book = workbook(COLUMNS, values())
    book.create_chartsheet("Graphique", 0)
    assert outcome(saved(book), "liste.xlsx") in {"1 read", "told"}


def test_a_small_archive_that_unpacks_to_much_is_refused():
    file = saved(workbook(COLUMNS, values()))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"xl/media/{number}.bin", bytes(90 * 1024 * 1024))
    file.seek(0)
    assert "too large" in refusal(file, "liste.xlsx")


@given(
    st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx"]), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"sep=;\n"])
)
def test_no_bytes_bring_anything_but_a_sentence(content, name, beginning):
    assert outcome(io.BytesIO(beginning + content), name) == "told"


# Text


def test_a_name_that_lies_about_the_content_misleads_nobody():
    assert len(read_rows(csv_file(person()), "liste.xlsx")) == 1
    assert len(read_rows(saved(workbook(COLUMNS, values())), "liste.csv")) == 1


@pytest.mark.parametrize(("encoding", "word"), [("cp1252", "Windows-1252"), ("cp1256", "Windows-1256")])
def test_a_windows_code_page_is_refused_once_with_the_remedy(encoding, word):
    texts = {"city": "Meknès", "given_name_ar": "", "family_name_ar": ""} if encoding == "cp1252" else {"city": "مكناس"}
    row = {name: value.encode(encoding, "ignore").decode(encoding) for name, value in person(**texts).items()}
    told = refusal(io.BytesIO(csv_file(row).getvalue().decode().encode(encoding)))
    assert word in told
    assert "CSV UTF-8" in told


def test_one_damaged_line_of_a_good_file_is_a_fault_of_that_line():
    good, bad = person(1), person(2)
    content = csv_file(good, bad).getvalue()
    place = content.rindex("Meknès".encode())
    recap = run(io.BytesIO(content[:place] + b"Mekn\xe8s" + content[place + len("Meknès".encode()) :]))
    assert (recap.good, [fault.column for fault in recap.faults]) == (1, ["city"])


@pytest.mark.parametrize(("separator", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_other_separators_are_recognised_and_told(separator, name):
    text = csv_file(person(bio_fr="Elle accompagne.", sdgs="12", themes="ESS-01", languages="ar:C2")).getvalue().decode()
    people = read_rows(io.BytesIO(text.replace(",", separator).encode()), "liste.csv")
    assert len(people) == 1
    assert name in people.notes[0]


def test_unicode_text_of_excel_is_read():
    text = csv_file(person(sdgs="12")).getvalue().decode().replace(",", "\t")
    assert len(read_rows(io.BytesIO(text.encode("utf-16")), "liste.txt")) == 1


def test_a_line_that_names_the_separator_is_believed():
    text = csv_file(person(sdgs="12", themes="", languages="ar")).getvalue().decode().replace(",", ";")
    people = read_rows(io.BytesIO(b"sep=;\r\n" + text.encode()), "liste.csv")
    assert people.rows[0].line == 3


def test_names_of_columns_are_read_in_any_order_case_and_language():
    french = {
        "email": "Courriel",
        "country": "PAYS",
        "languages": "اللغات",
        "given_name": "Prénom",
        "city": " Ville ",
        "sdgs": "ODD",
    }
    header = [french.get(column, column.upper()) for column in reversed(COLUMNS)]
    cells = list(reversed(values()))
    people = read_rows(saved(workbook(header, cells)), "liste.xlsx")
    assert people.rows[0].cells == dict(zip(COLUMNS, values(), strict=True))


def test_columns_without_a_name_are_passed_over():
    assert len(read_rows(saved(workbook([*COLUMNS, "", ""], [*values(), "", ""])), "liste.xlsx")) == 1


def test_a_column_that_is_missing_unknown_or_doubled_is_named_with_what_was_found():
    assert "city" in refusal(saved(workbook([c if c != "city" else "town hall" for c in COLUMNS], values())), "liste.xlsx")
    assert "shoe size" in refusal(saved(workbook([*COLUMNS, "shoe size"], [*values(), "38"])), "liste.xlsx")
    assert "email" in refusal(saved(workbook([*COLUMNS, "Courriel"], [*values(), "x"])), "liste.xlsx")
    assert "Liste des experts" in refusal(io.BytesIO(b"Liste des experts\r\nA,B\r\n"))


def test_a_list_without_people_is_no_success():
    assert "nobody" in refusal(csv_file())


# Cells


@pytest.mark.parametrize(
    ("column", "typed", "stored"),
    [
        ("country", "ma", "MA"),
        ("country", " MA\u200f", "MA"),
        ("country", "Maroc", "MA"),
        ("country", "المغرب", "MA"),
        ("sector", "societe civile", "civil_society"),
        ("languages", "arabe:C2;Français", [("ar", "C2"), ("fr", "")]),
        ("sector", "Academic", "academic"),
        ("sector", "territorial_authority", "territorial_authority"),
        ("availability", "Now", "now"),
        ("languages", "AR:c2", [("ar", "C2")]),
        ("languages", "ar: C2 ; fr:C1", [("ar", "C2"), ("fr", "C1")]),
        ("languages", "ar:C2،fr:C1", [("ar", "C2"), ("fr", "C1")]),
        ("themes", "ess-01", ["ESS-01"]),
        ("sdgs", "08", [8]),
        ("sdgs", "١٢؛٨", [8, 12]),
        ("sdgs", "ODD 8, ODD 12", [8, 12]),
        ("years_experience", "١٤", 14),
        ("years_experience", "14,0", 14),
        ("years_experience", "14 ans", 14),
        ("years_experience", "14 سنة", 14),
        ("email", "mailto:row1@example.org", "row1@example.org"),
        ("email", "Salma Benjelloun <row1@example.org>", "row1@example.org"),
        ("email", "row1@example.org\u200e", "row1@example.org"),
        ("given_name", "Sal\u00adma\u200e", "Salma"),
    ],
)
def test_what_is_certain_is_read(column, typed, stored):
    form = PersonForm(person(**{column: typed}))
    assert form.is_valid(), form.errors
    assert form.cleaned_data[column] == stored


@pytest.mark.parametrize(
    ("column", "typed"),
    [
        ("years_experience", "14,5"),
        ("years_experience", "de 5 à 10"),
        ("email", "a@b.org, c@d.org"),
        ("email", "a@b.org c@d.org"),
    ],
)
def test_what_is_not_certain_is_refused(column, typed):
    assert column in PersonForm(person(**{column: typed})).errors


def test_what_is_refused_names_what_is_allowed():
    form = PersonForm(person(sector="king", availability="soon"))
    assert "academic" in str(form.errors["sector"])
    assert "now, later, closed" in str(form.errors["availability"])
