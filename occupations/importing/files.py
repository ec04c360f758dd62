"""Files as they arrive: whether they are CSV in UTF-8 at all, and their records."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from occupations.importing.problems import FileRefused, Flaw

Progress = Callable[[int, int], None]
"""Called with how many records are done, and about how many there are."""
LARGEST = 60 * 1024 * 1024
"""Bytes. The largest official file known has 18.6 million."""
LONGEST_CELL = 500_000
ROWS_BETWEEN_CALLS = 1000
NO_CSV = (
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "gz"),
)
WEB_PAGES = (b"<!doctype", b"<html", b"<?xml")
SPOILED_ACCENTS = ("Ã©", "Ã¨", "ÃŽ", "â€™")
"""How é, è, Î and ’ look after UTF-8 was read as Windows text and saved again."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file with the name it came under."""

    name: str
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV file's header and its records, each with its row number; blank rows are left out."""

    file: SourceFile
    header: tuple[str, ...]
    records: Iterator[tuple[int, list[str]]]


def quietly(done: int, total: int) -> None:
    """Progress that nobody watches."""


def open_sheet(file: SourceFile, progress: Progress = quietly) -> Sheet:
    """The sheet of an official file. Raises FileRefused, also later, while its records are read."""
    _refuse_other_formats(file)
    _refuse_other_encodings(file)
    text = io.TextIOWrapper(io.BytesIO(file.content), encoding="utf-8-sig", newline="")
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(text, strict=True)
    header = tuple(name.strip() for name in _next(file, reader, 1) or [])
    if len(header) < 2:
        raise refused(file, _no_columns(header), row=1)
    return Sheet(file, header, _records(file, reader, len(header), progress))


def decoded(file: SourceFile) -> str:
    """The text of a file that may be any CSV file. Raises FileRefused."""
    _refuse_other_formats(file)
    _refuse_other_encodings(file)
    return file.content.decode("utf-8-sig")


def refused(file: SourceFile, sentence: str, row: int | None = None) -> FileRefused:
    return FileRefused([Flaw(file.name, sentence, row)])


def _no_columns(header: tuple[str, ...]) -> str:
    first = header[0] if header else ""
    if ";" in first or "\t" in first:
        return _(
            "The columns are not divided by commas; a spreadsheet has probably saved the file anew. "
            "Import the file as it was downloaded."
        )
    return _("The first row is no header of several columns. Import the file as it was downloaded.")


def _refuse_other_formats(file: SourceFile) -> None:
    if not file.content.strip():
        raise refused(file, _("The file is empty."))
    if len(file.content) > LARGEST:
        raise refused(
            file,
            _("The file has %(size)s MB; the most that is accepted is %(most)s MB.")
            % {"size": len(file.content) // 1_000_000, "most": LARGEST // (1024 * 1024)},
        )
    for beginning, kind in NO_CSV:
        if file.content.startswith(beginning):
            raise refused(file, _other_format(kind))
    if file.content[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(WEB_PAGES):
        raise refused(
            file, _("This is a web page, not a CSV file. Download the file itself and import that.")
        )


def _other_format(kind: str) -> str:
    if kind == "zip":
        return _(
            "This is a ZIP archive or an Excel workbook (.xlsx), and a CSV file is needed. Unpack the archive, or "
            "download the CSV file."
        )
    if kind == "xls":
        return _("This is an old Excel workbook (.xls), and a CSV file is needed. Download the CSV file.")
    if kind == "pdf":
        return _("This is a PDF document, and a CSV file is needed. Download the CSV file.")
    return _("This is a compressed file (.gz), and a CSV file is needed. Unpack it first.")


def _refuse_other_encodings(file: SourceFile) -> None:
    anew = _("Import the file as it was downloaded, or save it as “CSV UTF-8”.")
    if file.content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise refused(file, _("The text is in UTF-16, and UTF-8 is needed.") + " " + anew)
    try:
        for chunk in codecs.iterdecode(_chunks(file.content), "utf-8"):
            del chunk
    except UnicodeDecodeError:
        line = _first_bad_line(file.content)
        said = _("The text is not in UTF-8: line %(line)s holds other bytes.") % {"line": line}
        raise refused(file, f"{said} {anew}") from None
    if b"\x00" in file.content:
        raise refused(file, _("The file holds bytes that are no text.") + " " + anew)
    for spoiled in SPOILED_ACCENTS:
        at = file.content.find(spoiled.encode())
        if at >= 0:
            line = file.content.count(b"\n", 0, at) + 1
            said = _("Accents are spoiled: line %(line)s holds “%(text)s”, where an accented letter stood.")
            raise refused(file, said % {"line": line, "text": spoiled} + " " + anew)


def _chunks(content: bytes, size: int = 1 << 20) -> Iterator[bytes]:
    return (content[start : start + size] for start in range(0, len(content), size))


def _first_bad_line(content: bytes) -> int:
    for number, line in enumerate(content.split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return number
    return 1


def _records(
    file: SourceFile, reader: Iterator[list[str]], width: int, progress: Progress
) -> Iterator[tuple[int, list[str]]]:
    total = file.content.count(b"\n") - 1
    row = 1
    while (record := _next(file, reader, row + 1)) is not None:
        row += 1
        if row % ROWS_BETWEEN_CALLS == 0:
            progress(min(row, total), total)
        if not any(cell.strip() for cell in record):
            continue
        if len(record) != width:
            raise refused(file, _wrong_width(len(record), width), row)
        yield row, record
    progress(total, total)


def _wrong_width(found: int, width: int) -> str:
    said = _("This row has %(found)s cells and the header has %(width)s.") % {"found": found, "width": width}
    if found < width:
        return said + " " + _("The file is probably cut off here; download it again.")
    return said


def _next(file: SourceFile, reader: Iterator[list[str]], row: int) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error:
        raise refused(
            file,
            _(
                "A quotation mark is not closed, or a cell is too long. The file is probably cut off; download it "
                "again."
            ),
            row,
        ) from None
