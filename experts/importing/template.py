"""The list to fill in: the names of the columns in three languages, an example, and every code that may be written."""

import io

from django.http import HttpResponse
from django.utils.translation import get_language, override
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.languages import LANGUAGES
from experts.importing.columns import LIST_COLUMNS
from experts.importing.forms import AVAILABILITIES
from experts.schema import Availability
from taxonomy.vocabulary import vocabulary

NAME = "volubilis-people"
HEADER = [column.name for column in LIST_COLUMNS]
ROWS = [
    [column.title("fr") for column in LIST_COLUMNS],
    [column.title("ar") for column in LIST_COLUMNS],
    [column.example for column in LIST_COLUMNS],
]
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NARROW, WIDE = 18, 60


def workbook() -> HttpResponse:
    """Three sheets: the list, what goes into its columns, and the codes."""
    book = Workbook()
    _fill(book.active, "List", [HEADER, *ROWS], headings=3, widths=[NARROW] * len(HEADER))
    _fill(book.create_sheet(), "Columns", list(_columns()), widths=[NARROW, NARROW, NARROW, WIDE, WIDE])
    _fill(book.create_sheet(), "Codes", list(_codes()), widths=[NARROW, NARROW, WIDE, WIDE, WIDE])
    file = io.BytesIO()
    book.save(file)
    headers = {"Content-Disposition": f'attachment; filename="{NAME}.xlsx"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(file.getvalue(), content_type=CONTENT_TYPE, headers=headers)


def _fill(sheet, title: str, rows: list[list[str]], *, widths: list[int], headings: int = 1) -> None:
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for number in range(1, headings + 1):
        for cell in sheet[number]:
            cell.font = Font(bold=True)
    for row in sheet.iter_rows():
        for cell in row:
            cell.number_format = "@"  # text: Excel makes no date of 8;12 and no number of a code
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"A{headings + 1}"


def _columns():
    """Each column with its names, what goes into it and an example, in the language of whoever asks."""
    yield ["English", "français", "العربية", get_language(), "="]
    for column in LIST_COLUMNS:
        content = f"* {column.content}" if column.required else str(column.content)
        yield [column.name, column.title("fr"), column.title("ar"), content, column.example]


def _codes():
    """(column, code, its label in each language), retired codes left out."""
    yield ["column", "code", *LANGUAGES]
    for column in LIST_COLUMNS:
        if column.vocabulary == "availability":
            yield from ([column.name, code, *_labels(code)] for code in AVAILABILITIES)
        elif column.vocabulary:
            yield from _items(column.name, column.vocabulary)
        if column.name == "languages":
            yield from _items("languages (:)", "cefr")


def _items(name: str, list_name: str):
    for code, _label in vocabulary().choices(list_name, get_language()):
        yield [name, code, *(vocabulary().label(list_name, code, language) for language in LANGUAGES)]


def _labels(code: str):
    for language in LANGUAGES:
        with override(language):
            yield str(Availability(code).label)
