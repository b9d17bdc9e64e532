"""A table as a file that Excel and LibreOffice open without asking: CSV or XLSX, both scripts, and nothing in it is a formula."""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from core.languages import text_direction

# A cell that begins with one of these is a formula to Excel, LibreOffice or Google Sheets, some of them in their wide form.
FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")
LONGEST_CELL = 32_767  # of Excel
COLUMN_WIDTH = 24

Row = Sequence[object]


def csv_file(name: str, header: Row, rows: Iterable[Row]) -> StreamingHttpResponse:
    """UTF-8 with the mark by which Excel knows it, one row at a time."""
    language = get_language()

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo())
        yield "\ufeff"
        for row in chain([header], rows):
            # Between two rows the thread may serve somebody else.
            with override(language):
                line = writer.writerow([plain(value) for value in row])
            yield line

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    return _download(response, f"{name}.csv")


def xlsx_file(name: str, header: Row, rows: Iterable[Row]) -> FileResponse:
    """A workbook that is written row by row to the disk; in Arabic its columns run from right to left."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(name[:31])
    sheet.sheet_view.rightToLeft = text_direction(get_language()) == "rtl"
    sheet.freeze_panes = "A2"
    for column in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = COLUMN_WIDTH
    for row in chain([header], rows):
        sheet.append([_cell(value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    workbook.save(file)
    file.seek(0)
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _download(FileResponse(file, content_type=content_type), f"{name}.xlsx")


FORMATS: dict[str, Callable[[str, Row, Iterable[Row]], HttpResponseBase]] = {"csv": csv_file, "xlsx": xlsx_file}


def plain(value: object) -> str:
    """A value as a person reads it, made harmless: an apostrophe stands before what a spreadsheet would run as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if timezone.is_aware(value) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date | int | float):
        return str(value)
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _cell(value: object) -> object:
    """Dates and numbers stay what they are, so that a sheet can sort and add them."""
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if isinstance(value, date | int | float) and not isinstance(value, bool):
        return value
    return plain(value)[:LONGEST_CELL]


def _download(response: HttpResponseBase, filename: str):
    response["Content-Disposition"] = content_disposition_header(True, filename)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


class _Echo:
    """A file that hands back what is written into it."""

    def write(self, line: str) -> str:
        return line
