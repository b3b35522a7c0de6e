"""The protocol execution record says what was done, step by step, and nothing that went wrong is missing."""

import re

from syncproof.evidence.dossier import read_dossier
from syncproof.reporting.pdf import documents
from tests.unit.reporting.reading import pages


def test_every_check_stands_with_number_claim_expected_actual_and_exchanges(protocol):
    """Beside the step it belongs to, with the limit it was held against."""
    text = " ".join(protocol)
    assert re.search(r"3 Then all agree failed \d\d:\d\d:\d\d\.\d{3} to \d\d:\d\d:\d\d", text)
    assert re.search(r"3\.1 URS-REV-001: revision in effect B A main-x\d+ failed", text)
    assert re.search(r'3\.1 URS-REV-001: revision in effect B \(within 20 ms\) \{"erp": "B", "mes": "B"\}', text)


def test_performer_verdicts_and_reasons_are_told(protocol):
    """Of what did not pass, and of what did not begin; what was not asked for is counted."""
    text = " ".join(protocol)
    assert "qa (account of the machine) on h" in text
    for said in ("verdict: blocked erp: no answer", "verdict: not supported erp has no x", "verdict: aborted"):
        assert said in text
    assert "features/block_tests/1.feature::Never: not run" in text
    assert "collected and not selected: 1." in text


def test_an_error_beside_checks_that_passed_is_not_lost(writer, tmp_path):
    """A step can fail after its checks."""
    from syncproof.ports import Observation

    def check(checks):
        checks.equal("URS-REV-001", "a claim", "B", Observation("B", (writer.exchange(),), "erp"))

    writer.scenario("f.feature::One", "failed", (check, "failed"), reason="the step broke")
    journal = writer.journal
    journal.append("scenario_started", {"scenario": "f.feature::Two", "name": "Two", "requirements": [], "steps": [{"keyword": "Then", "type": "then", "text": "it is", "line": 3}]})  # fmt: skip
    journal.append("step_started", {"scenario": "f.feature::Two", "n": 1})
    journal.append("check", {"scenario": "f.feature::Two", "step": 1, "requirement": "URS-REV-001", "claim": "c", "kind": "equal", "expected": 1, "actual": 1, "tolerance": None, "source": None, "verdict": "passed", "exchanges": []})  # fmt: skip
    journal.append("step_finished", {"scenario": "f.feature::Two", "n": 1, "verdict": "failed", "error": "the clean-up broke"})  # fmt: skip
    journal.append(
        "scenario_finished", {"scenario": "f.feature::Two", "verdict": "failed", "reason": "x", "seconds": 1}
    )
    documents.write_protocol(read_dossier(writer.read().path), tmp_path / "p.pdf")
    assert "the clean-up broke" in " ".join(pages(tmp_path / "p.pdf"))


def test_a_step_that_ends_on_another_day_says_so():
    """Times stand without a date only on the day that the scenario began."""
    from syncproof.reporting.pdf.protocol import _time

    assert _time("2026-01-01T23:59:59.123456Z", "2026-01-01") == "23:59:59.123"
    assert _time("2026-01-02T00:00:01.500000Z", "2026-01-01") == "2026-01-02 00:00:01.500"
    assert _time(None, "2026-01-01") == "no end"
