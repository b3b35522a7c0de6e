"""Every view says what the record says, all of it, and the same bytes each time."""

import json
import re
import shutil
import zipfile
from xml.etree import ElementTree as ET

import openpyxl
import pikepdf
import pytest

from syncproof.evidence.canonical import sha256
from syncproof.evidence.dossier import BLANK, read_dossier
from syncproof.evidence.execution.acts import Person
from syncproof.evidence.execution.register import Register
from syncproof.evidence.journal import Journal
from syncproof.evidence.ledger import Ledger
from syncproof.evidence.pack import Evidence
from syncproof.evidence.signing import keys
from syncproof.evidence.signing.people import Signing
from syncproof.evidence.verification import findings
from syncproof.reporting.views import make_views, views
from syncproof.suite_files import suite_root
from tests.acceptance.attacks.attacker import Attacker
from tests.acceptance.attacks.folder import PASSPHRASE, run

NOTICE = "unapproved protocol: no qualification claim"
HOSTILE = "</script><img src=x onerror=alert(1)> \u202eevil\u202c =1+1\x00"


@pytest.fixture
def pack(tmp_path, monkeypatch):
    """A run with a failed scenario, and the registry's clauses and scorecard among its inputs."""
    monkeypatch.delenv("CI", raising=False)
    evidence = Evidence(tmp_path / "evidence")
    before = run(evidence, tmp_path, 1, "KGM")
    del before
    made = run(evidence, tmp_path, 2, "GRM").path
    folder = made / "inputs" / "registry"
    folder.mkdir(parents=True)
    for name in ("clauses.toml", "scorecard.toml"):
        (folder / name).write_bytes((suite_root() / "reports" / "registry" / name).read_bytes())
    Attacker(made).reseal()
    Attacker(made).reledger()
    return made


def text_of(path):
    """What a person can read of a view."""
    if path.suffix == ".pdf":
        import pypdfium2

        document = pypdfium2.PdfDocument(str(path))
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    return path.read_text(encoding="utf-8")


def test_the_same_dossier_gives_the_same_bytes(pack, tmp_path):
    """So that anybody can make them again and compare."""
    dossier = read_dossier(pack)
    for name, write in views().items():
        for folder in ("one", "two"):
            (tmp_path / folder).mkdir(exist_ok=True)
            write(dossier, tmp_path / folder / name)
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_every_readable_view_says_that_no_claim_is_made_and_leaves_blank_what_is_a_persons(pack):
    """Notice, conclusion, seal; and never that something is compliant."""
    dossier = make_views(pack)
    for name in ("index.html", "traceability.xlsx", "summary.pdf", "protocol.pdf"):
        text = re.sub(r"\s+", " ", text_of(pack / name))
        assert NOTICE in text.lower(), name
        assert dossier.seal in text.replace(" ", ""), name
        assert "compliant" not in text.lower(), name
        if name != "protocol.pdf":
            assert BLANK in text, name
    assert "Nobody has signed this record." in text_of(pack / "index.html")
    assert "not signed" in text_of(pack / "summary.pdf")


def seen(pack):
    """What verify says of the views."""
    return {one.place: (one.status, one.message) for one in findings(pack, None, None, {}) if one.check == "views"}


def test_views_are_true_up_to_the_line_of_the_ledger_that_they_name(pack):
    """What people enter afterwards makes them old, not false."""
    make_views(pack)
    assert "up to line" not in seen(pack)[""][1]
    until = Ledger(pack.parent).head().lines
    Register(pack.parent, Person("Rob Doe", "QA")).conclude(2, "Not fit yet.", "the ERP is corrected first")
    status, message = seen(pack)[""]
    assert (status, f"up to line {until} of the ledger (1 were entered since)" in message) == ("ok", True)
    assert f"line {until} (" in text_of(pack / "index.html")


def test_views_that_tell_of_runs_whose_packs_are_not_here_could_not_be_checked(pack):
    """They are not wrong for that."""
    make_views(pack)
    [first] = pack.parent.glob("0001-*")
    shutil.rmtree(first)
    assert {status for status, _ in seen(pack).values()} == {"could not check"}


def test_an_act_that_does_not_count_is_shown_with_the_rule(pack):
    """Appended past the rules."""
    line = {"type": "conclusion_entered", "run": 2, "reason": "fit", "who": {"kind": "ci", "name": "bot", "role": "CI"}}
    Evidence(pack.parent).note(line)
    make_views(pack)
    for name in ("index.html", "summary.pdf"):
        text = re.sub(r"\s+", " ", text_of(pack / name))
        assert "does not count: a person decides this" in text, name
        assert BLANK in text, name


def test_conclusion_and_signatures_are_printed(pack, tmp_path):
    """Name, role, meaning and time."""
    Register(pack.parent, Person("Rob Doe", "QA")).conclude(2, "Not fit yet.", "the ERP is corrected first")
    key = keys.create(tmp_path / "jane.pem", "Jane Roe", "Validation engineer", PASSPHRASE)
    Signing(pack, key, "author").sign(PASSPHRASE)
    make_views(pack)
    assert [one.status for one in findings(pack, None, None, {}) if one.check == "views"] == ["ok"]
    for name in ("index.html", "traceability.xlsx", "summary.pdf"):
        text = re.sub(r"\s+", " ", text_of(pack / name))
        for said in (
            "Not fit yet.",
            "the ERP is corrected first",
            "Jane Roe",
            "Validation engineer",
            "I performed this",
        ):
            assert said in text, (name, said)


@pytest.mark.parametrize(
    "name", ["index.html", "traceability.xlsx", "summary.pdf", "protocol.pdf", "junit.xml", "ro-crate-metadata.json"]
)
def test_a_view_that_was_edited_is_found_although_the_manifest_was_made_anew(pack, name):
    """It is made again and compared."""
    make_views(pack)
    path = pack / name
    path.write_bytes(path.read_bytes() + b" ")
    from syncproof.evidence import manifest

    manifest.make(pack)
    found = [one for one in findings(pack, None, None, {}) if one.status == "failed"]
    assert [(one.check, one.place) for one in found] == [("views", name)]


def test_the_page_asks_for_nothing_and_holds_no_foreign_markup(pack):
    """Names and values are text, invisible characters are shown."""
    attacker = Attacker(pack)
    attacker.events("scenario_started", name=HOSTILE, description=HOSTILE)
    attacker.events("check", claim=HOSTILE, actual=HOSTILE)
    make_views(pack)
    page = text_of(pack / "index.html")
    assert "<img" not in page
    assert page.count("</script>") == page.count("<script")
    assert "\u202e" not in page
    assert not re.findall(r"(?:src|href)=\"(?!#|exchanges/|data:)[^\"]*//", page)
    assert "default-src 'none'" in page


def test_the_workbook_holds_texts_only_and_every_check(pack):
    """Nothing in it is computed, and nothing is left out."""
    attacker = Attacker(pack)
    attacker.events("check", claim="=HYPERLINK(1)")
    dossier = make_views(pack)
    book = openpyxl.load_workbook(pack / "traceability.xlsx")
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert not [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "n" and cell.value is not None
    ]
    with zipfile.ZipFile(pack / "traceability.xlsx") as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]
    checks = sum(len(scenario.checks) for scenario in dossier.record.scenarios.values())
    steps = sum(len(scenario.steps) for scenario in dossier.record.scenarios.values())
    assert book["Steps and checks"].max_row == 1 + checks + steps
    assert book["Clause index"].max_row == 1 + 42
    assert "=HYPERLINK(1)" in text_of(pack / "traceability.xlsx")


@pytest.mark.parametrize("name", ["summary.pdf", "protocol.pdf"])
def test_the_documents_are_archive_files(pack, name):
    """PDF/A-2b: metadata, colour space, embedded fonts, no encryption, no script (structure only, no validator)."""
    make_views(pack)
    with pikepdf.open(pack / name) as pdf:
        assert not pdf.is_encrypted
        assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in bytes(
            pdf.Root.Metadata.read_bytes()
        )
        assert pdf.Root.OutputIntents[0].S == pikepdf.Name.GTS_PDFA1
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        fonts = [f for page in pdf.pages for f in page.Resources.get("/Font", {}).values()]
        unembedded = {str(f.BaseFont) for f in fonts if "/FontFile2" not in f.get("/FontDescriptor", {})}
        used = {
            str(page.Resources.Font.get(n, {}).get("/BaseFont", "")) for page in pdf.pages for n in _fonts_used(page)
        }
        assert fonts
        assert not unembedded & used
        assert pdf.docinfo["/CreationDate"] == pdf.docinfo["/ModDate"]


def _fonts_used(page):
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            yield str(operands[0])


def test_junit_counts_what_the_record_holds(pack):
    """And what failed is a failure with its reason."""
    dossier = make_views(pack)
    root = ET.parse(pack / "junit.xml").getroot()
    assert (root.get("tests"), root.get("failures"), root.get("errors"), root.get("skipped")) == ("2", "1", "0", "0")
    cases = {case.get("name") or case.get("classname"): case for case in root.iter("testcase")}
    assert len(cases) == len(dossier.record.verdicts())
    assert sum(case.find("failure") is not None for case in cases.values()) == 1


def test_what_was_not_run_is_no_pass_in_junit(tmp_path):
    """Neither blocked nor aborted nor unselected scenarios."""
    evidence = Evidence(tmp_path)
    opened = evidence.open_run({})
    journal = Journal(opened.path, "main")
    journal.append("run_started", {"run": 1, "selection": {"paths": ["features"]}})
    ids = ("aborted", "blocked", "gap", "never", "unselected")
    scenarios = [{"id": f"f::{id_}", "requirements": [], "selected": id_ != "unselected"} for id_ in ids]
    journal.append("plan", {"features": [], "scenarios": scenarios, "requirements": {}})
    for id_, verdict in (("aborted", None), ("blocked", "blocked"), ("gap", "not supported")):
        journal.append("scenario_started", {"scenario": f"f::{id_}", "requirements": [], "steps": []})
        if verdict:
            ended = {"scenario": f"f::{id_}", "verdict": verdict, "reason": "why\nmore", "seconds": 1}
            journal.append("scenario_finished", ended)
    journal.close()
    opened.finish({})
    make_views(opened.path)
    root = ET.parse(opened.path / "junit.xml").getroot()
    found = {
        case.get("name"): [child.tag for child in case if child.tag != "properties"] for case in root.iter("testcase")
    }
    assert found == {
        "aborted": ["error"],
        "blocked": ["error"],
        "gap": ["skipped"],
        "never": ["skipped"],
        "unselected": ["skipped"],
    }
    assert (root.get("tests"), root.get("errors"), root.get("skipped")) == ("5", "2", "3")


def test_the_crate_names_the_files_of_the_record_with_their_hashes(pack):
    """And the run as the action that made them."""
    make_views(pack)
    graph = {one["@id"]: one for one in json.loads((pack / "ro-crate-metadata.json").read_text())["@graph"]}
    files = [one for one in graph.values() if one["@type"] == "File"]
    assert {one["@id"] for one in files} >= {"record/journal-main.ndjson", "record/seal.json", "inputs/landscape.toml"}
    for one in files:
        assert sha256((pack / one["@id"]).read_bytes()) == one["sha256"]
    assert graph["./"]["mentions"] == {"@id": "#run"}
    assert graph["#run"]["@type"] == "CreateAction"


def test_every_clause_has_its_place_or_is_the_customers(pack):
    """42 rows; the same state in page and report."""
    make_views(pack)
    from syncproof.reporting.clauses import clause_rows

    rows = clause_rows(read_dossier(pack))
    assert [row.number for row in rows] == list(range(1, 43))
    states = {row.number: row.state for row in rows}
    assert states[32] == "not in this pack", "nobody has signed"
    assert states[40] == "procedural, yours"
    assert states[11] == "in the pack"
    assert all(row.files for row in rows if row.state == "in the pack")
    assert all((pack / name).exists() for row in rows for name in row.files)
