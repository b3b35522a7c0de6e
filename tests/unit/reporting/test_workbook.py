"""The workbook holds every value as a text that Excel can hold, and says so where one was cut."""

import re
import zipfile

import pytest

from syncproof.evidence.dossier import read_dossier
from syncproof.reporting import workbook
from tests.unit.reporting.reading import sheets

EXCEL = 32_767


@pytest.fixture
def dossier(record):
    return read_dossier(record.path)


@pytest.mark.parametrize(
    "text",
    ["a" * 40_000, "\x00" * 32_000, "\U0001f600" * 20_000, "\U0001f600" + "a" * 32_760, "é" * 32_700],
    ids=["long", "hidden", "outside the basic plane", "mixed", "not ASCII"],
)
def test_no_cell_is_longer_than_excel_holds_and_a_cut_one_says_so(text):
    """Counted as Excel counts, after invisible characters were made visible."""
    cell = workbook._cell(text)
    assert len(cell.encode("utf-16-le")) // 2 <= EXCEL
    assert cell == text or re.search(r"… \(\d+ characters; the whole value is in the record\)$", cell)


def test_a_sheet_that_is_full_goes_on_in_the_next_one(dossier, tmp_path, monkeypatch):
    """With its head, and without losing a row."""
    workbook.write(dossier, tmp_path / "whole.xlsx")
    monkeypatch.setattr(workbook, "LAST_ROW", 4)
    workbook.write(dossier, tmp_path / "parts.xlsx")
    whole, parts = sheets(tmp_path / "whole.xlsx"), sheets(tmp_path / "parts.xlsx")
    assert "Scenarios 2" in parts
    for name, rows in whole.items():
        found = [part for title, part in parts.items() if re.fullmatch(rf"{name}( \d+)?", title)]
        assert all(part[0] == rows[0] for part in found)
        assert [row for part in found for row in part[1:]] == rows[1:]


def test_every_sheet_prints_the_warning_the_seal_and_its_pages(dossier, tmp_path):
    """Sheets get printed one by one."""
    workbook.write(dossier, tmp_path / "t.xlsx")
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        found = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert found
    for sheet in found:
        assert "unapproved protocol: no qualification claim</oddHeader>" in sheet
        assert "seal none" in sheet
        assert "page &amp;P of &amp;N" in sheet
        assert 'fitToHeight="0"' in sheet


def test_both_directions_stand_in_it(dossier, tmp_path):
    """Every link from the requirement's side and from the scenario's; what carries no requirement is a row too."""
    workbook.write(dossier, tmp_path / "t.xlsx")
    book = sheets(tmp_path / "t.xlsx")
    links = {(row[0], row[9]) for row in book["Requirements"][1:] if row[9]}
    back = {(id_, row[0]) for row in book["Scenarios"][1:] for id_ in (row[3] or "").split(", ") if id_}
    assert links == back
    assert len(book["Scenarios"]) == 1 + len(dossier.record.verdicts())
