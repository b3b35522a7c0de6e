"""The baseline comes first, the nearest scenarios before the others, and all of them before a defect survives."""

import json
import sys

import pytest

from syncproof.defects.base import Defect, Variation
from syncproof.defects.campaign import CHUNK, Campaign
from syncproof.errors import LandscapeError

WORKER = """
import json, sys

def say(told):
    print(json.dumps(told), flush=True)

SEEN = {"calls": 1, "differences": 1, "crashes": []}
say({"scenarios": SCENARIOS, "errors": 0})
for line in sys.stdin:
    job = json.loads(line)
    results = []
    for name in job["scenarios"]:
        caught = job["defect"] in CATCHES.get(name, {})
        check = {"requirement": CATCHES[name][job["defect"]], "claim": "", "kind": "equal", "expected": "1", "actual": "2"} if caught else None
        bad = caught or (not job["defect"] and name in BROKEN)
        results.append({"scenario": name, "verdict": "failed" if bad else "passed", "reason": "it is so", "failed": [check] if check else [], "seconds": 0.1})
        if check and check["requirement"] in job["stop"]:
            break
    with open(LOG, "a") as log:
        log.write(json.dumps([job["defect"], [one["scenario"] for one in results]]) + "\\n")
    say({"results": results, "watches": [SEEN if job["defect"] else None]})
"""


class Wrong(Defect):
    """It is wrong."""

    id, requirements, system, policy = "W-1", ("URS-A", "URS-B"), "erp", "x"


class Declared(Defect):
    """It is declared."""

    id, requirements, waits_for = "W-2", ("URS-A",), "customers"


SCENARIOS = [
    {"id": "other", "requirements": ["URS-C"]},
    {"id": "far", "requirements": ["URS-B"]},
    {"id": "near", "requirements": ["URS-A"]},
    *({"id": f"more-{n}", "requirements": ["URS-C"]} for n in range(CHUNK)),
]


class Harmless(Variation):
    """It is right all the same."""

    id, requirements, system, policy, also = "H-1", ("URS-A", "URS-B"), "erp", "x", ("mes",)
    at_most = 2


@pytest.fixture
def campaign(tmp_path, monkeypatch):
    """A campaign whose workers are played by a script; gives what came of it and the jobs in their order."""

    def run(catches=None, broken=(), defects=None, **options):
        log, script = tmp_path / "log", tmp_path / "played.py"
        values = {"SCENARIOS": SCENARIOS, "CATCHES": catches or {}, "BROKEN": list(broken), "LOG": str(log)}
        script.write_text("".join(f"{name} = {value!r}\n" for name, value in values.items()) + WORKER)
        monkeypatch.setattr(Campaign, "_line", lambda self, number: line(script))
        trials = Campaign([], {}, defects or {"W-1": Wrong(), "W-2": Declared()}, **options).run()
        return trials, [json.loads(text) for text in log.read_text().splitlines()]

    def line(script):
        from syncproof.defects.line import Line

        return Line([sys.executable, str(script)], {})

    return run


def test_the_scenarios_of_the_nearest_requirement_come_first_and_the_first_that_detects_it_is_enough(campaign):
    trials, jobs = campaign({"near": {"W-1": "URS-A"}, "far": {"W-1": "URS-B"}})
    assert [trial.state for trial in trials] == ["detected", "waits"]
    assert jobs == [[None, ["far", "near"]], ["W-1", ["near"]]]


def test_the_whole_of_them_if_asked_for(campaign):
    trials, _ = campaign({"near": {"W-1": "URS-A"}, "far": {"W-1": "URS-B"}}, whole=True)
    assert list(trials[0].by) == ["near", "far"]


def test_all_others_are_tried_before_a_defect_survives(campaign):
    trials, jobs = campaign({"other": {"W-1": "URS-C"}})
    assert trials[0].state == "survived"
    assert list(trials[0].noticed) == ["other"]
    assert {name for defect, names in jobs if defect for name in names} == {one["id"] for one in SCENARIOS}


def test_nothing_is_measured_on_a_baseline_that_is_not_green(campaign):
    with pytest.raises(LandscapeError, match="the baseline is not green.*near failed: it is so"):
        campaign(broken=["near"])


def test_it_tells_how_far_it_is(campaign):
    told = []
    campaign({"near": {"W-1": "URS-A"}}, tell=told.append)
    assert told[0] == "baseline: 2 scenarios without a defect"
    assert told[1].startswith("[1/2]")
    assert any("W-1 detected" in text for text in told)


MANY = [{"id": f"a{n}", "requirements": ["URS-A"]} for n in range(3)] + [{"id": "b", "requirements": ["URS-B"]}]


def test_a_variation_is_tried_on_some_scenarios_of_each_of_its_requirements(campaign, monkeypatch):
    monkeypatch.setitem(globals(), "SCENARIOS", MANY)
    trials, jobs = campaign(defects={"H-1": Harmless()})
    assert jobs[-1] == ["H-1", ["a0", "b"]]
    assert [trial.state for trial in trials] == ["silent"]


def test_all_of_them_if_the_whole_is_asked_for(campaign, monkeypatch):
    monkeypatch.setitem(globals(), "SCENARIOS", MANY)
    _, jobs = campaign(defects={"H-1": Harmless()}, whole=True)
    assert jobs[-1] == ["H-1", ["a0", "a1", "a2", "b"]]


def test_an_alarm_names_the_scenarios_and_the_reason_of_the_first(campaign):
    (trial,), _ = campaign({"near": {"H-1": "URS-C"}}, defects={"H-1": Harmless()})
    assert trial.state == "alarm"
    assert list(trial.noticed) == ["near"]
    assert trial.why == "1 scenarios did not pass: near: it is so"
