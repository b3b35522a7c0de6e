"""Detected means a failed check of a requirement that the defect breaks, and nothing else."""

import pytest

from syncproof.defects.base import Defect, Variation
from syncproof.defects.judging import Trial, judged
from syncproof.defects.matrix import closing, exit_code, lines, summary, write

CHECK = {"requirement": "URS-A", "claim": "c", "kind": "equal", "expected": "1", "actual": "2"}
SEEN = {"calls": 3, "differences": 2, "crashes": []}


class Wrong(Defect):
    """It is wrong."""

    id, requirements, system, policy = "W-1", ("URS-A", "URS-B"), "erp", "x"


class Right(Variation):
    """It is right."""

    id, requirements, system, policy = "R-1", ("URS-A",), "erp", "x"


def result(scenario="s", verdict="passed", failed=()):
    return {"scenario": scenario, "verdict": verdict, "reason": "", "failed": list(failed), "seconds": 1.0}


def trial(*results, watch=SEEN, defect=Wrong):
    return judged(defect(), results, [watch])


def test_a_failed_check_of_its_requirement_detects_it():
    seen = trial(result(), result("t", "failed", [CHECK]))
    assert seen.state == "detected"
    assert list(seen.by) == ["t"]


@pytest.mark.parametrize(
    "one",
    [
        result("t", "failed", [{**CHECK, "requirement": "URS-C"}]),
        result("t", "failed"),
        result("t", "blocked"),
        result("t", "aborted"),
    ],
)
def test_nothing_else_does(one):
    seen = trial(one)
    assert seen.state == "survived"
    assert list(seen.noticed) == ["t"]
    assert "t did not pass, but of something else" in seen.why


def test_what_changes_nothing_is_no_survivor():
    assert trial(result(), watch={**SEEN, "calls": 0}).state == "changes nothing"
    assert trial(result(), watch={**SEEN, "differences": 0}).state == "changes nothing"
    assert trial(result(), watch={**SEEN, "differences": None}).state == "survived"


def test_a_crash_is_no_wrong_answer():
    seen = trial(result("t", "failed"), watch={**SEEN, "crashes": ["TypeError: x"]})
    assert seen.state == "crashes"
    assert "TypeError: x" in seen.why


def test_a_harmless_variation_is_silent_or_raises_an_alarm():
    assert trial(result(), defect=Right).state == "silent"
    assert trial(result(), defect=Right, watch={**SEEN, "differences": None}).state == "silent"
    assert trial(result(), defect=Right, watch={**SEEN, "differences": 0}).state == "changes nothing"
    assert trial(result(), defect=Right, watch={**SEEN, "calls": 0}).state == "changes nothing"
    assert trial(result("t", "blocked"), defect=Right, watch={**SEEN, "calls": 0}).state == "alarm"
    assert trial(result("t", "failed"), defect=Right).state == "alarm"


@pytest.mark.parametrize(
    ("states", "code"),
    [
        (["detected", "silent", "waits"], 0),
        (["detected", "survived"], 1),
        (["alarm"], 1),
        (["detected", "crashes"], 3),
        (["changes nothing"], 3),
        (["changes nothing", "survived"], 1),
    ],
)
def test_the_exit_code_tells_survivors_from_what_could_not_be_tried(states, code):
    assert exit_code(Trial(Wrong(), state) for state in states) == code


def test_survivors_come_first_and_the_figures_last(tmp_path):
    good = trial(result("t", "failed", [CHECK]))
    bad = Trial(Wrong(), "survived", why="nobody looked")
    trials = [good, bad]
    assert next(iter(lines(trials))).startswith("survived")
    assert closing(trials) == "1 detected, 1 survived"
    told = summary([good, trial(result(), defect=Right)])
    assert told["defects"]["W-1"]["detected"]
    assert told["defects"]["W-1"]["by"] == ["t"]
    assert told["defects"]["W-1"]["requirements"] == ["URS-A", "URS-B"]
    assert told["benign"]["R-1"]["alarms"] == []
    folder = write(trials, told, tmp_path / "power")
    rows = (folder / "power.tsv").read_text().splitlines()
    assert rows[1].startswith("W-1\tsurvived")
    assert rows[2] == "W-1\tdetected\tt\tURS-A\tc\t1\t2"
