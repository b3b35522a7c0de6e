"""A scenario is put together from its own events, and passed only if its steps and checks bear that out."""

import pytest

from syncproof.evidence.scenarios import ScenarioRecord, StepRecord, assembled

STARTED = {
    "type": "scenario_started",
    "scenario": "one",
    "worker": "gw0",
    "requirements": ["URS-A-1", "URS-A-2"],
    "steps": [
        {"keyword": "Given", "type": "given", "text": "a", "line": 3},
        {"keyword": "Then", "type": "then", "text": "b", "line": 4},
    ],
}


def event(type_, scenario="one", **fields):
    return {"type": type_, "scenario": scenario, "at": f"at {fields.get('n')}", **fields}


def check(requirement="URS-A-1", verdict="passed", step=2, **more):
    return event("check", step=step, requirement=requirement, verdict=verdict, **more)


def ended(n, verdict="passed"):
    return event("step_finished", n=n, verdict=verdict)


def finished(verdict="passed", reason=None):
    return event("scenario_finished", verdict=verdict, reason=reason)


CHECKS = [check("URS-A-1"), check("URS-A-2")]


def test_each_event_comes_to_its_step():
    """What was exchanged outside a step belongs to the scenario alone."""
    first, outside, second = (
        event("exchange", id=id_, step=step) for id_, step in (("x1", 1), ("x2", None), ("x3", 2))
    )
    starts = [event("step_started", n=n) for n in (1, 2)]
    events = [STARTED, starts[0], first, ended(1), outside, starts[1], second, *CHECKS, ended(2), finished()]
    steps = [
        StepRecord(1, "Given", "given", "a", 3, "at 1", ended(1), [], [first]),
        StepRecord(2, "Then", "then", "b", 4, "at 2", ended(2), CHECKS, [second]),
    ]
    found = assembled(iter(events))
    assert found == ScenarioRecord("one", "gw0", STARTED, steps, finished(), [first, outside, second])
    assert (found.checks, found.requirements, found.verdict) == (CHECKS, ("URS-A-1", "URS-A-2"), "passed")


@pytest.mark.parametrize("step", [None, 0, -1, 3, "1"])
def test_what_names_no_step_of_the_scenario_changes_no_step(step):
    """The exchange is the scenario's all the same."""
    exchange = event("exchange", id="x", step=step)
    astray = [event("step_started", n=step), check(step=step), ended(step), exchange, event("attestation", step=1)]
    found = assembled([STARTED, *astray])
    assert found == ScenarioRecord("one", "gw0", STARTED, assembled([STARTED]).steps, None, [exchange])
    assert [step.verdict for step in found.steps] == ["not run", "not run"]


def test_what_belongs_to_others_is_left_out():
    """Another scenario of the same journal, and what belongs to none."""
    others = [event("step_finished", "two", n=1), event("scenario_finished", "two"), {"type": "run_finished", "n": 1}]
    assert assembled([STARTED, *others]) == assembled([STARTED])


def test_a_scenario_without_events_is_none():
    with pytest.raises(ValueError, match="^a scenario has at least the event that starts it$"):
        assembled([])


@pytest.mark.parametrize(
    ("events", "verdict"),
    [
        ([ended(1), *CHECKS, ended(2), finished()], "passed"),
        ([ended(1), *CHECKS, finished()], "failed"),
        ([ended(1, "failed"), *CHECKS, ended(2), finished()], "failed"),
        ([ended(1), *CHECKS, check(verdict="failed"), ended(2), finished()], "failed"),
        ([ended(1), check("URS-A-1"), ended(2), finished()], "failed"),
        ([ended(1), *CHECKS, check("URS-B-9"), ended(2), finished()], "passed"),
        ([ended(1, "blocked"), finished("blocked")], "blocked"),
        ([ended(1), *CHECKS, ended(2)], "aborted"),
    ],
)
def test_none_passed_that_its_own_record_does_not_bear_out(events, verdict):
    """Every step and check passed and every requirement was checked; without an end it was aborted."""
    assert assembled([STARTED, *events]).verdict == verdict


def test_a_step_that_was_begun_and_not_ended_was_aborted_and_the_reason_is_that_of_the_end():
    found = assembled([STARTED, event("step_started", n=1)])
    assert ([step.verdict for step in found.steps], found.reason) == (["aborted", "not run"], None)
    assert assembled([STARTED, finished("blocked", "no stock")]).reason == "no stock"
