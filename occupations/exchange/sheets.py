"""Spreadsheets as rows of text: .xlsx and .csv, in and out. A cell that looks like a formula is made harmless."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from occupations.importing.files import SourceFile, decoded, refused

XLSX = "xlsx"
CSV = "csv"
CONTENT_TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}
MOST_ROWS = 50_000
LARGEST_UNPACKED = 200 * 1024 * 1024
FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet program might run. Such a text is written with an apostrophe before it."""
TEXT_FORMAT = "@"


@dataclass(frozen=True, slots=True)
class Rows:
    """A header and its rows, each with its row number in the spreadsheet."""

    header: tuple[str, ...]
    rows: list[tuple[int, list[str]]]


def harmless(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text


def as_meant(text: str) -> str:
    """The text without the apostrophe that `harmless` put before it."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """With a byte order mark, so that spreadsheet programs see the accents."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence[str]], title: str) -> bytes:
    """Every column is formatted as text, so that a code typed in later keeps its zeros too."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    sheet.freeze_panes = "A2"
    for number in range(1, len(header) + 1):
        sheet.column_dimensions[_letters(number)].number_format = TEXT_FORMAT
        sheet.column_dimensions[_letters(number)].width = 24
    sheet.append([_cell(sheet, name, is_bold=True) for name in header])
    for row in rows:
        sheet.append([_cell(sheet, harmless(text)) for text in row])
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _cell(sheet: Any, text: str, is_bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.number_format = TEXT_FORMAT
    if is_bold:
        cell.font = Font(bold=True)
    return cell


def read(file: SourceFile) -> Rows:
    """The first sheet of a workbook, or a CSV file with commas, semicolons or tabs. Raises FileRefused."""
    found = _from_xlsx(file) if file.content.startswith(b"PK\x03\x04") else _from_csv(file)
    numbered = [(number, row) for number, row in enumerate(found, start=1) if any(map(str.strip, row))]
    if len(numbered) > MOST_ROWS:
        said = _("The file has more than %(most)s rows, which is more than any list here.")
        raise refused(file, said % {"most": MOST_ROWS})
    if not numbered or numbered[0][0] != 1:
        raise refused(file, _("The first row must hold the names of the columns."))
    header = [name.strip() for name in numbered[0][1]]
    while header and not header[-1]:
        header.pop()
    width = len(header)
    rows = []
    for number, row in numbered[1:]:
        if any(map(str.strip, row[width:])):
            raise refused(file, _("A cell to the right of the last column holds something."), number)
        rows.append((number, [as_meant(cell) for cell in row[:width]] + [""] * (width - len(row))))
    return Rows(tuple(header), rows)


def _from_csv(file: SourceFile) -> list[list[str]]:
    text = decoded(file)
    first = text.split("\n", 1)[0]
    divider = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True))
    except csv.Error:
        said = _("A quotation mark is not closed. The file is probably cut off.")
        raise refused(file, said) from None


def _from_xlsx(file: SourceFile) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise refused(file, _("The workbook is too large."))
        book = load_workbook(io.BytesIO(file.content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = [
            [_text(value) for value in row]
            for row in sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2)
        ]
        book.close()
    except (zipfile.BadZipFile, KeyError, IndexError, InvalidFileException, OSError, SyntaxError):
        said = _("This is no Excel workbook (.xlsx), or it is damaged. Save it anew, or save it as CSV.")
        raise refused(file, said) from None
    return rows


def _text(value: object) -> str:
    """What a person would have typed for a cell's value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
