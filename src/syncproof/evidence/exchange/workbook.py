"""Reads an XLSX workbook: one sheet, what its cells say, and nothing that would have to be computed or expanded."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import openpyxl
from openpyxl.utils.escape import unescape

from syncproof.errors import ConfigurationError
from syncproof.evidence.exchange.declarations import has_doctype
from syncproof.evidence.exchange.table import HEADER_ROWS, TableRow, fields, header

BIGGEST_PARTS = 400_000_000
"""Bytes of all parts together, unpacked."""
WIDEST = 500
"""Columns: what has more is no list of requirements."""
_XML = (".xml", ".rels", ".vml")
_FIXED = re.compile(r"0+(\.0+)?")
Grid = dict[int, list[str]]


def read(path: Path, mapping: dict[str, str], wanted: str | None, notes: list[str]) -> list[TableRow]:
    """The rows of the one visible sheet, or of the ``wanted`` one; ConfigurationError names sheet and cell of what
    cannot be taken. ``notes`` gets which rows are hidden."""
    sheet = _sheet(path, _open(path), wanted)
    place = f"{path}, sheet {sheet.title!r}"
    grid = _grid(sheet, place)
    at, columns = header([grid.get(number, []) for number in range(1, HEADER_ROWS + 1)], mapping, place)
    numbers = sorted(number for number in grid if number > at + 1)
    _refuse_merged(sheet, place, at + 1)
    _refuse_unsafe(sheet, place, columns, numbers)
    hidden = [str(number) for number in numbers if sheet.row_dimensions[number].hidden]
    if hidden:
        notes.append(f"{place}: hidden rows were read too: {', '.join(hidden)}")
    return [TableRow(f"{place}, row {number}", _fields(sheet, number, grid[number], columns)) for number in numbers]


def _open(path: Path) -> Any:
    try:
        _refuse_parts(path)
        return openpyxl.load_workbook(path, data_only=False, keep_links=False)
    except (ConfigurationError, OSError):
        raise
    except Exception as error:  # noqa: BLE001  what somebody else made may break the library anywhere
        raise ConfigurationError(f"{path} is no workbook that can be read ({error}): save it as .xlsx again") from None


def _refuse_parts(path: Path) -> None:
    """Before anything is unpacked or expanded."""
    try:
        book = ZipFile(path)
    except BadZipFile:
        raise ConfigurationError(
            f"{path} is no .xlsx workbook (or one with a password): save it as .xlsx without"
        ) from None
    with book:
        parts = book.infolist()
        if sum(part.file_size for part in parts) > BIGGEST_PARTS:
            raise ConfigurationError(f"{path} unpacks to more than {BIGGEST_PARTS:,} bytes: not read")
        for part in parts:
            if part.filename.lower().endswith(_XML) and has_doctype(book.read(part)):
                raise ConfigurationError(f"{path}: {part.filename} declares a document type or entities: not read")


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


def _grid(sheet: Any, place: str) -> Grid:
    """What the cells that hold something say, by row. Only those are looked at: a sheet may end at row 1,048,576 for
    the sake of one blank."""
    grid: Grid = {}
    for (number, column), cell in sorted(sheet._cells.items()):  # noqa: SLF001  its public iterators make each empty cell
        text = _text(cell, place)
        if text and column > WIDEST:
            raise ConfigurationError(f"{place}, cell {cell.coordinate}: beyond {WIDEST} columns, which no list needs")
        if text:
            row = grid.setdefault(number, [])
            row += [""] * (column - len(row))
            row[column - 1] = text
    return grid


def _text(cell: Any, place: str) -> str:
    if cell.value is None:
        return ""
    if cell.data_type == "e":
        raise ConfigurationError(f"{place}, cell {cell.coordinate}: holds the error {cell.value}")
    return unescape(str(cell.value)).strip()


def _fields(sheet: Any, number: int, row: list[str], columns: Mapping[int, str]) -> dict[str, str]:
    found = fields(row, columns)
    for column, field in columns.items():
        if field == "version" and field in found:
            found[field] = _as_shown(sheet.cell(number, column + 1)) or found[field]
    return found


def _as_shown(cell: Any) -> str | None:
    """A number with the decimals that the sheet shows, if it fixes them: version 1.10 is not 1.1."""
    places = _FIXED.fullmatch(str(cell.number_format))
    if places is None or isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        return None
    return f"{cell.value:.{len(places[1] or '.') - 1}f}"


def _refuse_merged(sheet: Any, place: str, header_row: int) -> None:
    for merged in sheet.merged_cells.ranges:
        if merged.max_row > header_row:
            text = f"{place}: the cells {merged.coord} are merged: to which row their text belongs cannot be said"
            raise ConfigurationError(f"{text}; unmerge them and fill each row")


def _refuse_unsafe(sheet: Any, place: str, columns: Mapping[int, str], numbers: Iterable[int]) -> None:
    for number in numbers:
        for column, field in columns.items():
            cell = sheet.cell(number, column + 1)
            where = f"{place}, cell {cell.coordinate}"
            if cell.data_type == "f":
                raise ConfigurationError(f"{where}: holds a formula, which is not computed here: paste its value")
            if field == "id" and isinstance(cell.value, int | float):
                text = f"{where}: the id is the number {cell.value}: leading zeros may be lost"
                raise ConfigurationError(f"{text}; format the column as text and enter the ids again")
