"""Reads and writes the three kinds of files. Nothing in a file is ever executed, computed or fetched."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
import xlsxwriter
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from syncproof.errors import ConfigurationError
from syncproof.evidence.exchange import reqif
from syncproof.evidence.exchange.table import COLUMNS, TableRow, cells, header
from syncproof.evidence.files import write_whole
from syncproof.evidence.registry import UserRequirement

KINDS = (".csv", ".xlsx", ".reqif")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet takes a cell for a formula."""
BIGGEST = 200_000_000


def read(path: Path, mapping: dict[str, str], sheet: str | None = None) -> list[TableRow]:
    """The rows of a file; ConfigurationError names file, sheet and cell of what cannot be taken."""
    kind = _kind(path)
    try:
        if path.stat().st_size > BIGGEST:
            raise ConfigurationError(f"{path} has {path.stat().st_size:,} bytes: that is no list of requirements")
        if kind == ".reqif":
            return reqif.read(path)
        return _csv(path, mapping) if kind == ".csv" else _xlsx(path, mapping, sheet)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from None


def write(path: Path, found: Iterable[UserRequirement]) -> None:
    """Write requirements; ConfigurationError for another kind of file, EvidenceError if it cannot be written."""
    kind, rows = _kind(path), [cells(one) for one in found]
    if kind == ".csv":
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerows([tuple(COLUMNS), *([_harmless(row[name]) for name in COLUMNS] for row in rows)])
        write_whole(path, text.getvalue().encode("utf-8-sig"))
    elif kind == ".xlsx":
        write_whole(path, _workbook(rows))
    else:
        write_whole(path, reqif.document(rows))


def _kind(path: Path) -> str:
    if path.suffix.lower() not in KINDS:
        text = f"{path}: only {', '.join(KINDS)} can be read and written"
        raise ConfigurationError(f"{text}; save an .xls or .xlsm as .xlsx" if path.suffix.startswith(".xls") else text)
    return path.suffix.lower()


def _harmless(text: str) -> str:
    return "'" + text if text.startswith(DANGEROUS) else text


def _csv(path: Path, mapping: dict[str, str]) -> list[TableRow]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path} is not UTF-8 text (byte {error.start}): save it as CSV UTF-8") from None
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)]  # fmt: skip
    except csv.Error as error:
        raise ConfigurationError(f"{path} is no CSV: {error}") from None
    at, columns = header(rows, mapping, str(path))
    return [
        TableRow(f"{path}, row {number}", _fields(row, columns))
        for number, row in enumerate(rows[at + 1 :], at + 2)
        if any(row)
    ]


def _fields(row: list[str], columns: dict[int, str]) -> dict[str, str]:
    return {field: row[column] for column, field in columns.items() if column < len(row)}


def _xlsx(path: Path, mapping: dict[str, str], wanted: str | None) -> list[TableRow]:
    try:
        book = openpyxl.load_workbook(path, data_only=False, keep_links=False)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, AttributeError) as error:
        raise ConfigurationError(f"{path} is no workbook that can be read ({error}): save it as .xlsx again") from None
    sheet = _sheet(path, book, wanted)
    place = f"{path}, sheet {sheet.title!r}"
    rows = [[_cell(cell, place) for cell in row] for row in sheet.iter_rows()]
    at, columns = header(rows, mapping, place)
    _refuse_merged(sheet, place, at + 1)
    found = []
    for number, row in enumerate(rows[at + 1 :], at + 2):
        if any(row):
            for column, field in columns.items():
                _refuse_unsafe(sheet.cell(number, column + 1), field, place)
            found.append(TableRow(f"{place}, row {number}", _fields(row, columns)))
    return found


def _sheet(path: Path, book: Any, wanted: str | None) -> Any:
    names = [sheet.title for sheet in book.worksheets]
    if wanted is not None:
        if wanted not in names:
            raise ConfigurationError(f"{path} has no sheet {wanted!r}; sheets: {', '.join(names)}")
        return book[wanted]
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if len(shown) != 1:
        raise ConfigurationError(
            f"{path} has {len(shown)} visible sheets: say which with --sheet; sheets: {', '.join(names)}"
        )
    return shown[0]


def _cell(cell: Any, place: str) -> str:
    if cell.value is None:
        return ""
    if cell.data_type == "e":
        raise ConfigurationError(f"{place}, cell {cell.coordinate}: holds the error {cell.value}")
    return str(cell.value).strip()


def _refuse_merged(sheet: Any, place: str, header_row: int) -> None:
    for merged in sheet.merged_cells.ranges:
        if merged.max_row > header_row:
            text = f"{place}: the cells {merged.coord} are merged: to which row their text belongs cannot be said"
            raise ConfigurationError(f"{text}; unmerge them and fill each row")


def _refuse_unsafe(cell: Any, field: str, place: str) -> None:
    where = f"{place}, cell {get_column_letter(cell.column)}{cell.row}"
    if cell.data_type == "f":
        raise ConfigurationError(f"{where}: holds a formula, which is not computed here: paste its value")
    if field == "id" and isinstance(cell.value, int | float):
        text = f"{where}: the id is the number {cell.value}: leading zeros may be lost"
        raise ConfigurationError(f"{text}; format the column as text and enter the ids again")


def _workbook(rows: list[dict[str, str]]) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Requirements")
    bold, wrap = (
        book.add_format({"bold": True}),
        book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
    )
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, 70 if name == "text" else 18)
        sheet.write_string(0, column, name, bold)
        for number, row in enumerate(rows, 1):
            sheet.write_string(number, column, row[name], wrap)
    sheet.freeze_panes(1, 1)
    book.close()
    return made.getvalue()
