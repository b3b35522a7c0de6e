"""Reads and writes the three kinds of files. Nothing in a file is ever executed, computed or fetched."""

import codecs
import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

import xlsxwriter

from syncproof.errors import ConfigurationError
from syncproof.evidence.exchange import reqif, workbook
from syncproof.evidence.exchange.table import COLUMNS, CONTROL, TableRow, cells, fields, has_header, header
from syncproof.evidence.files import write_whole
from syncproof.evidence.registry import UserRequirement

KINDS = (".csv", ".xlsx", ".reqif")
DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
"""With these a spreadsheet takes a cell for a formula; with quotes before them it is marked as text, once more by us."""
DELIMITERS = (",", ";", "\t")
BIGGEST = 200_000_000
LONGEST = 32_767
"""Characters in a cell of a workbook."""


def read(
    path: Path, mapping: dict[str, str], sheet: str | None = None, notes: list[str] | None = None
) -> list[TableRow]:
    """The rows of a file; ``notes`` gets what a person should know of it. ConfigurationError names file, sheet and cell
    of what cannot be taken."""
    kind, notes = _kind(path), [] if notes is None else notes
    try:
        if path.stat().st_size > BIGGEST:
            raise ConfigurationError(f"{path} has {path.stat().st_size:,} bytes: that is no list of requirements")
        if kind == ".reqif":
            return reqif.read(path, mapping, notes)
        return _csv(path, mapping) if kind == ".csv" else workbook.read(path, mapping, sheet, notes)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from None


def write(path: Path, found: Iterable[UserRequirement]) -> None:
    """Write requirements; ConfigurationError for another kind of file and for a text that no such file can hold,
    EvidenceError if it cannot be written."""
    kind, rows = _kind(path), [cells(one) for one in found]
    wrong = next((row["id"] for row in rows if any(map(CONTROL.search, row.values()))), None)
    if wrong is not None:
        raise ConfigurationError(f"{wrong} holds a control character, which {path} cannot: take it out of the registry")
    longest = max((cell for row in rows for cell in row.values()), key=len, default="")
    if kind == ".xlsx" and len(longest) > LONGEST:
        raise ConfigurationError(f"{path}: no cell can hold the {len(longest):,} characters of {longest[:60]!r}…")
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
    return "'" + text if DANGEROUS.match(text) else text


def _as_meant(cell: str) -> str:
    """A cell without the mark by which it was kept from being a formula."""
    return cell[1:] if cell.startswith("'") and DANGEROUS.match(cell) else cell


def _csv(path: Path, mapping: dict[str, str]) -> list[TableRow]:
    text = _decoded(path)
    tried = [_delimited(path, text, delimiter) for delimiter in DELIMITERS]
    readable = [rows for rows in tried if isinstance(rows, list)]
    if not readable:
        raise next(fault for fault in tried if isinstance(fault, ConfigurationError))
    widest = max(readable, key=lambda rows: max(map(len, rows), default=0))
    rows = next((rows for rows in readable if has_header(rows, mapping)), widest)
    at, columns = header(rows, mapping, str(path))
    return [
        TableRow(f"{path}, row {number}", fields(row, columns))
        for number, row in enumerate(rows[at + 1 :], at + 2)
        if any(row)
    ]


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        text = f"{path} is not {encoding.removesuffix('-sig').upper()} text (byte {error.start})"
        raise ConfigurationError(f"{text}: save it as CSV UTF-8") from None


def _delimited(path: Path, text: str, delimiter: str) -> list[list[str]] | ConfigurationError:
    """The rows, or why the text has none with this delimiter: another one may fit."""
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return [[_as_meant(cell.strip()) for cell in row] for row in rows]
    except csv.Error as error:
        return ConfigurationError(f"{path} is no CSV: {error}")


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
