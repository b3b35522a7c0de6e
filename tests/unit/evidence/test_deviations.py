"""Every claim that did not hold opens a deviation, tied to step, requirement and exchanges."""

from syncproof.evidence.deviations import opened
from syncproof.evidence.journal import Journal
from syncproof.evidence.reader import Scenarios, read_pack

STEPS = [
    {"keyword": "Given", "type": "given", "text": "a", "line": 3},
    {"keyword": "Then", "type": "then", "text": "b", "line": 4},
]


def check(requirement, verdict, claim, *exchanges):
    return {"requirement": requirement, "verdict": verdict, "claim": claim, "exchanges": list(exchanges)}


def events(scenario, checks, verdict, reason=None, failing_step=2):
    yield "scenario_started", {"scenario": scenario, "requirements": ["URS-A-1", "URS-B-2"], "steps": STEPS}
    for n in (1, 2):
        yield "step_started", {"scenario": scenario, "n": n}
        yield "exchange", {"scenario": scenario, "step": n, "id": f"{scenario}-x{n}"}
        for one in checks if n == 2 else ():
            yield "check", {"scenario": scenario, "step": n, **one}
        state = "failed" if n == failing_step and verdict != "passed" else "passed"
        yield "step_finished", {"scenario": scenario, "n": n, "verdict": state, "error": None}
    yield "scenario_finished", {"scenario": scenario, "verdict": verdict, "reason": reason, "seconds": 1}


def deviations(tmp_path, *scenarios):
    journal = Journal(tmp_path, "main")
    for scenario in scenarios:
        for type_, fields in scenario:
            journal.append(type_, fields)
    journal.close()
    return list(opened(read_pack(tmp_path), 7))


def test_one_for_each_step_and_requirement(tmp_path):
    """Checks of one claim in one step belong together; errors are failures; what passed opens none."""
    good = events("good", [check("URS-A-1", "passed", "fine"), check("URS-B-2", "passed", "fine")], "passed")
    bad = events(
        "bad",
        [
            check("URS-A-1", "failed", "erp agrees", "x1", "x2"),
            check("URS-A-1", "error", "mes agrees", "x2", "x3"),
            check("URS-B-2", "failed", "wms agrees", "x4"),
            check("URS-B-2", "passed", "qms agrees", "x5"),
        ],
        "failed",
    )
    assert deviations(tmp_path, good, bad) == [
        {
            "id": "D-7-1",
            "scenario": "bad",
            "step": 2,
            "requirements": ["URS-A-1"],
            "claims": ["erp agrees", "mes agrees"],
            "exchanges": ["x1", "x2", "x3"],
        },
        {
            "id": "D-7-2",
            "scenario": "bad",
            "step": 2,
            "requirements": ["URS-B-2"],
            "claims": ["wms agrees"],
            "exchanges": ["x4"],
        },
    ]


def test_a_scenario_that_failed_without_a_check_opens_one_too(tmp_path):
    """With the step at which it ended and all that the scenario carries."""
    [found] = deviations(tmp_path, events("odd", [], "failed", "the clean-up failed", failing_step=1))
    assert found == {
        "id": "D-7-1",
        "scenario": "odd",
        "step": 1,
        "requirements": ["URS-A-1", "URS-B-2"],
        "claims": ["the clean-up failed"],
        "exchanges": ["odd-x1"],
    }


def test_a_scenario_that_failed_in_none_of_its_steps_opens_one_without_a_step(tmp_path):
    """After the last one, say; without a reason it says at least that it failed."""
    [found] = deviations(tmp_path, events("odd", [], "failed", failing_step=None))
    assert (found["step"], found["exchanges"], found["claims"]) == (None, [], ["failed"])


def test_stopping_a_scenario_settles_no_check_that_had_failed(tmp_path):
    """What was broken off before any check failed opens none: it is aborted, and shown as such."""
    stopped = events("stopped", [check("URS-A-1", "failed", "erp agrees", "x1")], "aborted")
    harmless = events("harmless", [check("URS-A-1", "passed", "erp agrees", "x2")], "aborted", "ctrl-c")
    assert [(one["scenario"], one["claims"]) for one in deviations(tmp_path, stopped, harmless)] == [
        ("stopped", ["erp agrees"])
    ]


def test_what_is_blocked_or_not_supported_opens_none(tmp_path):
    """It is a gap or not run, and shown as such."""
    blocked = events("blocked", [], "blocked", "no ERP", failing_step=1)
    lacking = events("lacking", [check("URS-A-1", "not supported", "bom")], "not supported")
    assert deviations(tmp_path, blocked, lacking) == []


def test_only_what_failed_is_read_again(tmp_path, monkeypatch):
    """A long run passes nearly always."""
    read, real = [], Scenarios.__getitem__
    monkeypatch.setattr(Scenarios, "__getitem__", lambda self, id_: (read.append(id_), real(self, id_))[1])
    good = events("good", [check("URS-A-1", "passed", "fine"), check("URS-B-2", "passed", "fine")], "passed")
    bad = events("bad", [check("URS-A-1", "failed", "no", "x1")], "failed")
    assert [one["scenario"] for one in deviations(tmp_path, good, bad)] == ["bad"]
    assert read == ["bad"]
