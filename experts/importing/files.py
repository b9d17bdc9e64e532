"""A CSV or XLSX file -> numbered rows of text. Nothing here knows what the columns mean."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from experts.importing.forms import COLUMNS

Row = tuple[int, dict[str, str] | None]  # the line where it starts, and its cells by column; None for a wrong number of cells

MOST_BYTES = 20 * 1024 * 1024


class UnusableFile(ValueError):
    """The file as a whole cannot be read; the message says why and how to mend it."""


def read_rows(file: BinaryIO, name: str) -> Iterator[Row]:
    """The rows of a UTF-8 CSV or an XLSX file. Raises UnusableFile, at the latest when the first row is asked for."""
    if file.seek(0, io.SEEK_END) > MOST_BYTES:
        raise UnusableFile(_("This file is larger than 20 MB. Please split it."))
    file.seek(0)
    lines = _xlsx_lines(file) if name.lower().endswith(".xlsx") else _csv_lines(file)
    header = next(lines, (0, []))[1]
    _check_header([cell.strip() for cell in header])
    return _rows(lines)


def _rows(lines: Iterable[tuple[int, list[str]]]) -> Iterator[Row]:
    for number, cells in lines:
        if any(cells):
            yield number, dict(zip(COLUMNS, cells, strict=True)) if len(cells) == len(COLUMNS) else None


def _check_header(header: list[str]) -> None:
    if header == list(COLUMNS):
        return
    if len(header) == 1 and ";" in header[0]:
        raise UnusableFile(_("The columns are separated by semicolons. Please save the file with commas, as UTF-8."))
    missing = [column for column in COLUMNS if column not in header]
    unknown = [column for column in header if column not in COLUMNS]
    if missing:
        raise UnusableFile(_("The first line lacks these columns: %(columns)s") % {"columns": ", ".join(missing)})
    if unknown:
        raise UnusableFile(_("The first line has unknown columns: %(columns)s") % {"columns": ", ".join(unknown)})
    raise UnusableFile(_("The columns are not in this order: %(columns)s") % {"columns": ", ".join(COLUMNS)})


def _csv_lines(file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """(line where the record starts, cells). Bytes that are not UTF-8 become lone surrogates, which the row's check refuses."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="")
    reader = csv.reader(text)
    start = 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise UnusableFile(_("Line %(line)d cannot be read: %(reason)s") % {"line": start, "reason": error}) from error
    finally:
        text.detach()  # the file stays the caller's to close


def _xlsx_lines(file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    try:
        sheet = load_workbook(file, read_only=True, data_only=True).worksheets[0]
        rows = sheet.iter_rows(values_only=True)
        for number, cells in enumerate(rows, start=1):
            yield number, _trimmed([_cell_text(cell) for cell in cells])
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError) as error:
        raise UnusableFile(_("This is not an Excel workbook that can be read.")) from error


def _trimmed(cells: list[str]) -> list[str]:
    """The cells of a row as wide as the header: a sheet pads its rows, or leaves out empty cells at the end."""
    while len(cells) > len(COLUMNS) and not cells[-1]:
        cells.pop()
    return cells + [""] * (len(COLUMNS) - len(cells))


def _cell_text(cell: object) -> str:
    """Excel turns 7 into 7.0."""
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
