"""The test power of the suite stands in every readable view, with what it does not hold for."""

import re

import pytest

from syncproof.evidence import fitness
from syncproof.evidence.dossier import read_dossier
from syncproof.reporting import workbook
from syncproof.reporting.page import fitness as page
from syncproof.reporting.page import write
from syncproof.reporting.pdf import documents
from tests.unit.evidence.test_fitness import left
from tests.unit.reporting.reading import sheets

FIGURE = "1 of 1 seeded defects detected by the right requirement"


@pytest.fixture
def measured(record, tmp_path):
    """A pack that keeps what a power run measured with another suite."""
    kept = record.path / "inputs" / fitness.KEPT
    kept.parent.mkdir(parents=True)
    kept.write_bytes(left(tmp_path).read_bytes())
    return read_dossier(record.path)


def text_of_pdf(path):
    import pypdfium2

    pages = pypdfium2.PdfDocument(str(path))
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in pages))


def test_page_summary_and_workbook_tell_it(measured, tmp_path):
    """With the defect, the scenario that caught it, expected and actual."""
    write(measured, tmp_path / "index.html")
    html = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert FIGURE in html
    assert "URS-REV-001: f.feature::one" in html
    assert "expected <code>&quot;B&quot;</code>, got <code>&quot;A&quot;</code>" in html
    documents.write_summary(measured, tmp_path / "summary.pdf")
    assert FIGURE in text_of_pdf(tmp_path / "summary.pdf")
    workbook.write(measured, tmp_path / "t.xlsx")
    assert [
        "X-1",
        "detected",
        "The old revision goes on.",
        "somewhere",
        "URS-REV-001",
        "f.feature::one",
        '"B"',
        '"A"',
    ] in [list(row) for row in sheets(tmp_path / "t.xlsx")["Test power"]]


def test_what_it_was_not_measured_with_is_named(measured, tmp_path):
    """A figure of another suite is not taken for one of this."""
    write(measured, tmp_path / "index.html")
    assert "with other contents of: features, steps, engine" in (tmp_path / "index.html").read_text(encoding="utf-8")
    documents.write_summary(measured, tmp_path / "summary.pdf")
    assert "differ in: features, steps, engine" in text_of_pdf(tmp_path / "summary.pdf")


def test_a_run_before_which_nothing_was_measured_says_so(record, tmp_path):
    """Silence would be taken for fitness."""
    dossier = read_dossier(record.path)
    write(dossier, tmp_path / "index.html")
    assert "It was not measured before this run." in (tmp_path / "index.html").read_text(encoding="utf-8")
    documents.write_summary(dossier, tmp_path / "summary.pdf")
    assert "It was not measured before this run." in text_of_pdf(tmp_path / "summary.pdf")


def test_a_power_run_has_a_page_of_its_own(tmp_path):
    """The same table, without a pack around it; what waits or alarms says why."""
    page.write(fitness.read(left(tmp_path)), tmp_path / "power.html")
    html = (tmp_path / "power.html").read_text(encoding="utf-8")
    assert FIGURE in html
    assert "waits for sales orders" in html
    assert "<li>f.feature::two</li>" in html
