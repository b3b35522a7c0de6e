"""A known deviation is not news; anything else is."""

from types import SimpleNamespace

import pytest

from syncproof.errors import ConfigurationError
from syncproof.evidence import baseline
from syncproof.evidence.baseline import Entry

ONE, TWO = "features/x.feature::One", "features/x.feature::Two"


def check(verdict="failed", kind="equal", **more):
    return {"requirement": "URS-REV-001", "claim": "bom of CREAM-7F3K9Q", "verdict": verdict, "kind": kind, **more}


def record(**scenarios):
    """A record with scenarios by name: (verdict, reason, checks)."""
    made = {name: SimpleNamespace(reason=reason, checks=checks) for name, (_, reason, checks) in scenarios.items()}
    verdicts = {name: verdict for name, (verdict, _, _) in scenarios.items()}
    return SimpleNamespace(scenarios=made, verdicts=lambda: verdicts)


def reason_of(verdict, reason=None, *checks):
    return baseline.observed(record(S=(verdict, reason, list(checks))))["S"].reason


def test_a_passed_scenario_needs_no_reason():
    assert baseline.observed(record(S=("passed", None, [check("passed")]))) == {"S": Entry("passed", "")}


def test_what_was_not_selected_is_not_compared():
    assert baseline.observed(record(S=("unselected", None, []))) == {}


def test_a_failure_names_claim_and_system_without_keys():
    """Business keys differ from run to run; the claim and who did not hold it do not."""
    wrong = check(actual="B", system="erp")
    assert reason_of("failed", "any", check("passed"), wrong) == "URS-REV-001 bom of CREAM-* [erp]"


def test_every_check_that_did_not_hold_is_named():
    """Also one that came to an error, or that nobody in particular answered."""
    wrong = [check("error", actual={"error": "timed out"}, system="mes"), check(actual=["status"])]
    assert reason_of("failed", "any", *wrong) == "URS-REV-001 bom of CREAM-* [mes]; URS-REV-001 bom of CREAM-* []"


def test_a_scenario_that_was_not_run_has_no_reason():
    """Nothing of it is on record."""
    nothing = SimpleNamespace(scenarios={}, verdicts=lambda: {"S": "not run"})
    assert baseline.observed(nothing) == {"S": Entry("not run", "")}


def test_a_disagreement_names_those_that_disagree():
    wrong = check(kind="agreed", actual={"erp": 1, "mes": 2}, latency_ms={"erp": None, "mes": 3.0, "wms": None})
    assert reason_of("failed", "any", wrong).endswith("[erp, wms]")


def test_an_answer_is_told_by_status_and_codes():
    actual = {
        "status": "refused",
        "reasons": ["UserError: some words", "lot_restricted: more: yet more"],
        "system": "erp",
    }
    assert reason_of("failed", "any", check(actual=actual)).endswith("[refused UserError lot_restricted]")


def test_another_reason_is_kept_without_what_changes():
    """The first line says where; the rest is the reason."""
    text = "x.feature:3: Given order\nerp refused O1-0ABC12:\nno stock (exchange main-x17) after 31 ms, 4 attempts"
    assert reason_of("blocked", text) == "erp refused O1-*: no stock after * ms, * attempts"
    text = "x.feature:3: When order\nerp POST http://127.0.0.1:34969/erp/rpc/: the server failed"
    assert reason_of("failed", text) == "erp POST http://127.0.0.1:*/erp/rpc/: the server failed"


@pytest.mark.parametrize(
    ("text", "stable"),
    [
        ("lot L1-7F3K9Q is held", "lot L1-* is held"),
        ("bom CREAM-ABCDEF rev A", "bom CREAM-* rev A"),
        ("INTRODUCE-CREAM-XBESN7: late", "INTRODUCE-CREAM-*: late"),
        ("requirement URS-REV-001", "requirement URS-REV-001"),
        ("a well-formed word", "a well-formed word"),
    ],
)
def test_only_business_keys_are_taken_out(text, stable):
    assert reason_of("blocked", f"where\n{text}") == stable


def test_what_is_known_is_no_difference():
    known = {ONE: Entry("failed", "erp accepts it", "T3"), TWO: Entry("passed", "")}
    found = {ONE: Entry("failed", "erp accepts it"), TWO: Entry("passed", "")}
    assert baseline.differences(found, known, whole=True) == []


@pytest.mark.parametrize("now", [Entry("passed", ""), Entry("failed", "wms accepts it")])
def test_another_verdict_or_another_reason_is_a_difference(now):
    """Better counts as well: the explanation in the file would no longer be true."""
    (said,) = baseline.differences({ONE: now}, {ONE: Entry("failed", "erp accepts it", "T3")}, whole=True)
    words = "passed" if now.verdict == "passed" else "failed: wms accepts it"
    assert said == f"{ONE}\n  known: failed: erp accepts it\n  now:   {words}"


def test_a_new_scenario_is_a_difference():
    (said,) = baseline.differences({ONE: Entry("passed", "")}, {}, whole=False)
    assert said == f"{ONE}\n  is new: passed"


def test_a_scenario_that_is_gone_is_a_difference_of_a_whole_run():
    known = {ONE: Entry("passed", ""), TWO: Entry("passed", "")}
    found = {ONE: Entry("passed", "")}
    assert baseline.differences(found, known, whole=False) == []
    (said,) = baseline.differences(found, known, whole=True)
    assert said == f"{TWO}\n  is gone: passed"


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "baseline.tsv"
    found = {ONE: Entry("failed", 'a "quoted" reason; and a größer one'), TWO: Entry("passed", "")}
    baseline.write(path, found, {})
    rows = f'{ONE}\tfailed\t\t"a ""quoted"" reason; and a größer one"\n{TWO}\tpassed\t\t\n'
    assert path.read_bytes() == f"scenario\tverdict\texplained\treason\n{rows}".encode()
    assert baseline.read(path) == found
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert baseline.read(path) == found


def test_an_explanation_stays_only_with_what_it_explains(tmp_path):
    """A new reason has to be looked at by a person again; what was not run stays as it was."""
    path = tmp_path / "baseline.tsv"
    before = {ONE: Entry("failed", "a", "T1"), TWO: Entry("failed", "b", "T2"), "three": Entry("failed", "c", "T3")}
    baseline.write(path, {ONE: Entry("failed", "a"), TWO: Entry("failed", "other")}, before)
    written = baseline.read(path)
    assert [written[name].explained for name in (ONE, TWO, "three")] == ["T1", "", "T3"]


@pytest.mark.parametrize("text", ["scenario\tverdict\nx\tpassed\n", "a,b\n1,2\n"])
def test_another_file_is_not_taken_for_a_baseline(tmp_path, text):
    path = tmp_path / "baseline.tsv"
    path.write_text(text)
    with pytest.raises(ConfigurationError) as refused:
        baseline.read(path)
    columns = "scenario verdict explained reason (tab-separated)"
    assert str(refused.value) == f"{path} is no baseline: its first line must be {columns}"


@pytest.mark.parametrize("data", [None, b"scenario\xff", b'scenario\tverdict\texplained\treason\n"a" b\tpassed\t\t\n'])
def test_a_baseline_that_cannot_be_read_is_said(tmp_path, data):
    """Not there, in another encoding, or with a quote that nobody closed where it ends."""
    path = tmp_path / "baseline.tsv"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ConfigurationError, match="baseline.tsv cannot be read as a baseline: "):
        baseline.read(path)
