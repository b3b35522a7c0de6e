"""What was held against contracts on the wire: seen and not seen, broken and whose fault that is."""

import pytest

from syncproof.evidence.dossier import read_dossier
from syncproof.evidence.journal import Journal
from syncproof.evidence.reader import HELD, read_pack
from syncproof.reporting import wire, workbook
from syncproof.reporting.page import write
from tests.unit.reporting.reading import sheets

SEEN = ["mes", "POST /inbox", "event", "accepted", "bom:1.0.0", 40, 0, 0]
REFUSED = ["mes", "POST /inbox", "event", "rejected", "bom:1.0.0", 3, 2, 0]
TAKEN = ["wms", "POST /lots", "request", "200", "lot:1.0.0", 5, 1, 1]
DECLARED = {"mes": [["POST /inbox", "event", "accepted", "lot:1.0.0"], ["POST /inbox", "answer", "401", ""]]}


@pytest.fixture
def held(tmp_path):
    """A record in which these rows were held."""

    def make(*rows):
        journal = Journal(tmp_path, "main")
        journal.append("run_started", {"run": 1, "seed": "s", "selection": {"paths": ["features"]}})
        journal.append(HELD, {"declared": DECLARED, "rows": list(rows), "apart": ["erp"], "faults": [], "schemas": {}})
        journal.close()
        return read_pack(tmp_path)

    return make


def test_what_no_message_had_is_told_as_not_seen(held):
    """An operation that is described and was exercised in part only."""
    (one,) = wire.coverage(held(SEEN, REFUSED))
    assert one.exercised == (("event", "accepted", "bom:1.0.0", 40, 0), ("event", "rejected", "bom:1.0.0", 3, 2))
    assert one.missed == ("401", "lot:1.0.0 accepted")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((SEEN,), "40 messages of 1 operations, 0 broken</summary>"),
        ((SEEN, REFUSED), "43 messages of 1 operations, 2 broken, all of them sent on purpose and refused</summary>"),
        ((REFUSED, TAKEN), "8 messages of 2 operations, 3 broken, 1 of them sent or taken by a system</summary>"),
    ],
)
def test_the_page_says_whether_broken_messages_are_a_fault(held, tmp_path, rows, said):
    """A run sends bad messages to see them refused; what a system sent or took is another matter."""
    write(read_dossier(held(*rows).path), tmp_path / "index.html")
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert said in text
    assert "erp: speaks messages of its own" in text


def test_the_workbook_has_a_row_for_each_outcome(held, tmp_path):
    """With what was not seen."""
    workbook.write(read_dossier(held(SEEN, REFUSED).path), tmp_path / "t.xlsx")
    rows = [list(row) for row in sheets(tmp_path / "t.xlsx")["Messages"][1:]]
    assert ["mes", "POST /inbox", "event", "rejected", "bom:1.0.0", "3", "2"] in rows
    assert ["mes", "POST /inbox", "event", "accepted", "lot:1.0.0", "0", "0"] in rows
