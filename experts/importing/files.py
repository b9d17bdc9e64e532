"""A CSV or XLSX file -> numbered rows of text. What the columns mean stands in forms.py.

Nothing that a file says of itself is believed: neither its name, nor the size a sheet declares, nor that an empty-looking cell is
empty. Whatever is wrong with a file as a whole is told in one sentence.
"""

import csv
import io
import logging
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import dropwhile
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from experts.importing.columns import COLUMNS, EXAMPLE_ID, column_of

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 300 * 1024 * 1024
MOST_ROWS = 5000
MOST_LINES_BEFORE_HEADER = 20
# So many known columns make a line the header, even if some are missing or misspelt.
ENOUGH_COLUMNS = 4
# Columns for people who work on the list, as in the file of the lines left out.
PASSED_OVER = "#"

ZIP, OLD_OFFICE, UTF_16 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", (b"\xff\xfe", b"\xfe\xff")
SEPARATORS = {",": gettext_lazy("commas"), ";": gettext_lazy("semicolons"), "\t": gettext_lazy("tabs"), "|": gettext_lazy("bars")}
# What Excel writes in the place of a value that it could not compute, in English and in French.
ERROR_VALUES = frozenset(
    [
        "#NULL!",
        "#DIV/0!",
        "#VALUE!",
        "#REF!",
        "#NAME?",
        "#NUM!",
        "#N/A",
        "#NUL!",
        "#VALEUR!",
        "#NOM?",
        "#NOMBRE!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
    ]
)
# What programs write for a value that is not there.
WORDS_FOR_NOTHING = frozenset(["NULL", "N/A", "NaN", "None", "undefined"])

log = logging.getLogger(__name__)


class UnusableFile(ValueError):
    """The file as a whole cannot be read; the message says why and how to mend it."""


@dataclass(frozen=True)
class Cell:
    """The text of a cell, or why it has none that could be believed."""

    text: str
    fault: str = ""


Lines = list[tuple[int, list[Cell]]]  # each with its number in the file


@dataclass(frozen=True)
class ReadRow:
    """One line of the list; `faults` are {column: reason}, and {"": reason} for the whole line."""

    line: int
    cells: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PeopleList:
    """The rows of a file, and what the reader decided about it, in sentences."""

    rows: list[ReadRow]
    notes: list[str]

    def __iter__(self) -> Iterator[ReadRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def read_rows(file: BinaryIO, name: str) -> PeopleList:
    """The rows of a CSV or an XLSX file of at most 10 MB and 5,000 people. Raises UnusableFile."""
    file.seek(0)
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise UnusableFile(_("This file is larger than 10 MB. Please split it."))
    if not content.strip():
        raise UnusableFile(_("This file is empty."))
    if content.startswith(ZIP):
        return _from_workbook(content)
    if content.startswith(OLD_OFFICE):
        raise UnusableFile(
            _("This workbook is of an old Excel, or has a password. Save it as .xlsx without a password, or as CSV UTF-8.")
        )
    if name.lower().endswith((".xlsx", ".xlsm", ".xls")) and b"\0" in content[:1000]:
        raise UnusableFile(
            _("This is not an Excel workbook that can be read. Save it again from Excel as .xlsx, or as CSV UTF-8.")
        )
    return _from_text(content)


# Workbooks


def _from_workbook(content: bytes) -> PeopleList:
    """The whole reading is one guarded step: openpyxl meets a damaged workbook with exceptions of many kinds."""
    try:
        _refuse_other_archives(content)
        sheets = _sheets(content)
    except UnusableFile:
        raise
    except Exception as error:
        log.info("A workbook could not be read: %r", error)
        raise UnusableFile(
            _("This workbook is damaged or unusual. Open it in Excel and save it again as .xlsx, or as CSV UTF-8.")
        ) from error
    first_lines = []
    for title, lines in sheets:
        header = _find_header(lines)
        if header is not None:
            notes = [_("Read from the sheet “%(sheet)s”.") % {"sheet": title}] if len(sheets) > 1 else []
            return _people(lines, header, notes)
        first_lines += [_quoted(lines)]
    raise UnusableFile(_no_header(" · ".join(filter(None, first_lines))))


def _refuse_other_archives(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise UnusableFile(_("This workbook is too large when unpacked. Please split it."))
        names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        kind = "OpenDocument" if "mimetype" in names else "ZIP"
        raise UnusableFile(_("This is a file of the kind %(kind)s. Please save it as .xlsx, or as CSV UTF-8.") % {"kind": kind})


def _sheets(content: bytes) -> list[tuple[str, Lines]]:
    """(title, lines) of each sheet with cells; visible ones first.

    Read twice, for the values and for the formulas: only so can a formula without a stored value be told from an empty cell.
    """
    values = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    formulas = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    pairs = [(a, b) for a, b in zip(values.worksheets, formulas.worksheets, strict=True) if hasattr(a, "iter_rows")]
    pairs.sort(key=lambda pair: pair[0].sheet_state != "visible")
    return [(shown.title, _sheet_lines(shown, written)) for shown, written in pairs]


def _sheet_lines(shown, written) -> Lines:
    for sheet in (shown, written):
        sheet.reset_dimensions()  # a declared size may be wrong, and rows outside of it would be dropped
    lines = []
    for number, (cells, sources) in enumerate(zip(shown.iter_rows(), written.iter_rows(), strict=False), start=1):
        line = [_workbook_cell(cell, source) for cell, source in zip(cells, sources, strict=False)]
        if any(cell.text or cell.fault for cell in line):
            lines.append((number, line))
        if len(lines) > MOST_ROWS + MOST_LINES_BEFORE_HEADER:
            break
    width = max((len(line) for _number, line in lines), default=0)  # a sheet leaves out empty cells at the end of a row
    return [(number, line + [Cell("")] * (width - len(line))) for number, line in lines]


def _workbook_cell(cell, source) -> Cell:
    if source.data_type == "f" and cell.value is None:
        return Cell(
            "", _("This cell holds a formula without a value. Open the file in Excel and save it, or paste the values alone.")
        )
    if cell.value is None:
        return Cell("")
    if cell.data_type == "e":
        return _error_cell(str(cell.value))
    value = cell.value
    if isinstance(value, float) and value.is_integer():  # Excel turns 7 into 7.0
        value = int(value)
    return _text_cell(unescape(value) if isinstance(value, str) else str(value))


# Text


def _from_text(content: bytes) -> PeopleList:
    text = _decoded(content)
    notes: list[str] = []
    first, _break, rest = text.partition("\n")
    told = re.fullmatch(r"sep=(.)", first.strip(), flags=re.IGNORECASE)
    skipped = 1 if told else 0
    if told:
        text = rest
    separator = told[1] if told else _separator(text)
    lines = _text_lines(text, separator, skipped)
    header = _find_header(lines)
    if header is None:
        raise UnusableFile(_no_header(_quoted(lines)))
    if separator != ",":
        notes.append(_("The columns are separated by %(separator)s.") % {"separator": SEPARATORS.get(separator, separator)})
    return _people(lines, header, notes)


def _decoded(content: bytes) -> str:
    """The text. Single broken bytes in a UTF-8 file stay as lone surrogates, which are faults of their lines."""
    if content.startswith(UTF_16):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnusableFile(_("This file is damaged. Please save it again as CSV UTF-8, or as .xlsx.")) from error
    if b"\0" in content:
        raise UnusableFile(_("This is no list in CSV or Excel. Please save it as CSV UTF-8, or as .xlsx."))
    text = content.decode("utf-8-sig", errors="surrogateescape")
    broken = sum("\udc80" <= character <= "\udcff" for character in text)
    if broken and not any("\x80" <= character < "\udc80" for character in text):
        encoding = _likely_encoding(content)
        raise UnusableFile(
            _("This file is written in %(encoding)s, not in UTF-8. In Excel choose “Save as” and then “CSV UTF-8”, or .xlsx.")
            % {"encoding": encoding}
        )
    return text


def _likely_encoding(content: bytes) -> str:
    """Windows-1256 when its Arabic letters stand beside one another, as they do in Arabic words."""
    arabic = content.decode("cp1256", errors="replace")
    return "Windows-1256" if re.search("[\u0621-\u064a]{3}", arabic) else "Windows-1252"


def _separator(text: str) -> str:
    """The one that finds most columns in one of the first lines."""
    lines = text.splitlines()[:MOST_LINES_BEFORE_HEADER]
    return max(SEPARATORS, key=lambda separator: max((_known_columns(line.split(separator)) for line in lines), default=0))


def _text_lines(text: str, separator: str, skipped: int) -> Lines:
    """(line where the record starts, cells)."""
    csv.field_size_limit(MOST_BYTES)  # how long a text may be is a question to its line, not to the file
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    lines, start = [], 1
    try:
        for cells in reader:
            lines.append((start + skipped, [_text_cell(cell) for cell in cells]))
            start = reader.line_num + 1
    except csv.Error as error:
        raise UnusableFile(_("Line %(line)d cannot be read. Is a quotation mark missing?") % {"line": start + skipped}) from error
    return lines


def _text_cell(text: str) -> Cell:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any("\udc80" <= character <= "\udcff" for character in text):
        return Cell("", _("These letters are damaged: they are not UTF-8. Type them again."))
    if text.strip().upper() in ERROR_VALUES:
        return _error_cell(text.strip())
    if text.strip() in WORDS_FOR_NOTHING:
        return Cell(
            "", _("“%(value)s” is no text for a page. Leave the cell empty if there is nothing to say.") % {"value": text.strip()}
        )
    return Cell(text)


def _error_cell(value: str) -> Cell:
    return Cell("", _("This cell holds an error of the spreadsheet: %(value)s.") % {"value": value})


# Header and people


def _known_columns(headings: Iterable[str]) -> int:
    return len({column_of(heading.strip().strip('"')) for heading in headings} - {None})


def _find_header(lines: Lines) -> int | None:
    """The place of the first line that names columns; titles may stand above it."""
    for place, (_number, cells) in enumerate(lines[:MOST_LINES_BEFORE_HEADER]):
        if _is_header(cells):
            return place
    return None


def _people(lines: Lines, header: int, notes: list[str]) -> PeopleList:
    number, headings = lines[header]
    columns = _checked_columns([cell.text.strip() for cell in headings])
    if header:
        notes = [*notes, _("The names of the columns stand in line %(line)d.") % {"line": number}]
    # The names may stand in several languages, one line beneath the other.
    people = dropwhile(lambda line: _is_header(line[1]), lines[header:])
    read = [_row(line, cells, columns) for line, cells in people if _says_something(cells)]
    rows = [row for row in read if not _is_example(row)]
    if len(rows) < len(read):
        notes = [*notes, _("The example line of the template was passed over.")]
    if not rows:
        raise UnusableFile(_("There is nobody in this list: no line follows the names of the columns."))
    if len(rows) > MOST_ROWS:
        raise UnusableFile(_("This list has more than %(count)d people. Please split it.") % {"count": MOST_ROWS})
    return PeopleList(rows, notes)


def _says_something(cells: list[Cell]) -> bool:
    return any(cell.text.strip() or cell.fault for cell in cells)


def _is_header(cells: list[Cell]) -> bool:
    return _known_columns(cell.text for cell in cells) >= ENOUGH_COLUMNS


def _is_example(row: ReadRow) -> bool:
    return row.cells.get("external_id", "").strip() == EXAMPLE_ID


def _checked_columns(headings: list[str]) -> list[str | None]:
    """The column of each heading, None for one without a name. Raises UnusableFile for what is missing, unknown or doubled."""
    headings = ["" if heading.startswith(PASSED_OVER) else heading for heading in headings]
    columns = [column_of(heading) if heading else None for heading in headings]
    found = [column for column in columns if column]
    if missing := [column for column in COLUMNS if column not in found]:
        raise UnusableFile(
            _("These columns are missing: %(columns)s. The line of names reads: “%(line)s”")
            % {"columns": ", ".join(missing), "line": _shortened(" · ".join(filter(None, headings)))}
        )
    if unknown := [heading for heading, column in zip(headings, columns, strict=True) if heading and not column]:
        raise UnusableFile(_("These columns are unknown: %(columns)s") % {"columns": _shortened(", ".join(unknown))})
    if twice := sorted({column for column in found if found.count(column) > 1}):
        raise UnusableFile(_("These columns stand twice: %(columns)s") % {"columns": ", ".join(twice)})
    return columns


def _row(line: int, cells: list[Cell], columns: list[str | None]) -> ReadRow:
    while len(cells) > len(columns) and not (cells[-1].text or cells[-1].fault):
        cells = cells[:-1]
    wanted = max(place for place, column in enumerate(columns, start=1) if column)
    if not wanted <= len(cells) <= len(columns):
        reason = _("This line does not have %(count)d cells. Is a separator or a quotation mark missing?")
        return ReadRow(line, {}, {"": reason % {"count": wanted}})
    named = [(column, cell) for column, cell in zip(columns, cells, strict=True) if column]
    return ReadRow(
        line, {column: cell.text for column, cell in named}, {column: cell.fault for column, cell in named if cell.fault}
    )


def _no_header(quoted: str) -> str:
    return _("No line with the names of the columns was found. The file begins with: “%(line)s”") % {"line": quoted}


def _quoted(lines: Lines) -> str:
    first = next((cells for _number, cells in lines if any(cell.text.strip() for cell in cells)), [])
    return _shortened(" · ".join(cell.text.strip() for cell in first if cell.text.strip()))


def _shortened(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119]}…"
