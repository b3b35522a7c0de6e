"""What the events of a run tell together: the verdict of each scenario, and what speaks against it."""

import pytest

from syncproof.evidence.core_verifier import Story

WORKER = "main"
LIAR = {"kind": "equal", "expected": "A", "actual": "B"}


def begin(id_="one", needs=("R",), steps=2, worker=WORKER):
    return {"type": "scenario_started", "worker": worker, "scenario": id_, "requirements": needs, "steps": [{}] * steps}


def done(number, verdict="passed", id_="one"):
    return {"type": "step_finished", "worker": WORKER, "scenario": id_, "n": number, "verdict": verdict}


def end(verdict="passed", id_="one"):
    return {"type": "scenario_finished", "worker": WORKER, "scenario": id_, "verdict": verdict}


def check(verdict="passed", step=2, id_="one", **change):
    actual = {"passed": "A", "failed": "B", "error": {"error": "500"}, "not supported": {"not supported": "x"}}[verdict]
    event = {"type": "check", "worker": WORKER, "scenario": id_, "step": step, "requirement": "R", "exchanges": ["x1"]}
    return event | {"kind": "equal", "expected": "A", "actual": actual, "verdict": verdict} | change


def exchange(id_="x1"):
    return {"type": "exchange", "worker": WORKER, "id": id_}


def plan(**selected):
    scenarios = [{"id": id_, "selected": taken} for id_, taken in selected.items()]
    return {"type": "plan", "worker": WORKER, "scenarios": scenarios}


def run(number=3, **more):
    return {"type": "run_started", "worker": WORKER, "run": number, **more}


def over(verdicts=None, **counts):
    return {"type": "run_finished", "worker": WORKER, "counts": {"verdicts": verdicts or {}, **counts}, "faults": []}


def deviation(step=2, requirements=("R",), id_="one"):
    event = {"type": "deviation", "worker": WORKER, "scenario": id_, "step": step}
    return event | {"requirements": requirements}


ABORTED = {"type": "run_aborted", "worker": WORKER}
ONE = (begin(), done(1), exchange(), check(), done(2), end())
FAILED = (begin(), done(1), exchange(), check("failed"), done(2, "failed"), end("failed"))


def told(*events):
    story = Story()
    for event in events:
        story.take(event)
    return story


def faults(*events, is_finished=False, number=3):
    """What speaks against a run that was killed, unless it is said to have finished."""
    return told(run(), *events).faults(is_finished, number)


# --- one scenario -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (ONE, []),
        (FAILED, []),
        ((*ONE, *ONE), []),
        ((begin(), done(1, "failed"), end("aborted")), []),
        ((begin(), done(1), end()), ["is said to have passed, but a step or check of it did not", "is said to have passed, but nothing was checked of R"]),
        ((begin(needs=("S", "R"), steps=1), done(1), end()), ["is said to have passed, but nothing was checked of R, S"]),
        ((begin(needs=()), done(1), done(2, "blocked"), end()), ["is said to have passed, but a step or check of it did not"]),
        ((begin(), exchange(), check("failed"), end("blocked")), ["is said to be 'blocked', but a step or check of it failed"]),
        ((begin(), exchange(), check("error"), end("not run")), ["is said to be 'not run', but a step or check of it failed"]),
        ((begin(), done(1, "failed"), end("not supported")), ["is said to be 'not supported', but a step or check of it failed"]),
        ((begin(), exchange(), check("failed"), done(2), end("failed")), ["has a step 2 that is said to be 'passed' although a check in it came to 'failed'"]),
        ((begin(), exchange(), check("error"), done(2, "blocked"), end("failed")), ["has a step 2 that is said to be 'blocked' although a check in it came to 'error'"]),
        ((begin(), exchange(), check("not supported"), done(2), end("not supported")), ["has a step 2 that is said to be 'passed' although a check in it came to 'not supported'"]),
        ((begin(), exchange(), check("not supported"), done(2, "not supported"), end("not supported")), []),
        ((begin(), exchange(), check("failed", step=1), done(1, "failed"), done(2), end("failed")), []),
        ((end(),), ["has an end without a start"]),
        ((begin("two"), end()), ["has an end without a start"]),
        ((begin(), done(0), end("aborted")), ["has no step 0 under way, of which the record speaks"]),
        ((begin(), done(3), end("aborted")), ["has no step 3 under way, of which the record speaks"]),
        ((done(1),), ["has no step 1 under way, of which the record speaks"]),
        ((begin("two"), done(1)), ["has no step 1 under way, of which the record speaks"]),
    ],
)  # fmt: skip
def test_what_a_scenario_is_said_to_have_come_to_must_follow_from_its_steps_and_checks(events, expected):
    """And what follows is not complained of."""
    assert [text for id_, text in faults(*events) if id_ == "one"] == expected


@pytest.mark.parametrize(
    ("made", "place", "text"),
    [
        (check(**LIAR), "one, step 2", "is said to have come to 'passed', but its kind, expected and actual say otherwise"),
        (check(exchanges=[]), "one, step 2", "passed without an exchange behind it"),
        (check("failed", step=None, exchanges=[]), "one, step None", "failed outside a step: no verdict takes it in"),
        (check("error", step=None, exchanges=[]), "one, step None", "failed outside a step: no verdict takes it in"),
    ],
)  # fmt: skip
def test_a_check_must_bear_out_its_own_verdict(made, place, text):
    """By what it expected and saw, with an exchange behind it, in a step that takes it in."""
    assert (place, f"the check of R {text}") in faults(exchange(), begin(), made)


def test_a_check_outside_a_step_that_did_not_fail_is_nobodys_fault():
    """It counts for no scenario."""
    outside = check("not supported", step=None, exchanges=[])
    assert faults(outside) == []
    assert [text for _, text in faults(begin(), done(1), done(2), outside, end())] == [
        "is said to have passed, but nothing was checked of R"
    ]


def test_each_exchange_that_checks_cite_is_on_record_in_whatever_order():
    """Those that are not are counted once each."""
    cited = [check(exchanges=["x2", "x3"]), check(exchanges=["x3"])]
    assert faults(begin(), *cited) == [("record", "2 exchanges are cited by checks and not on record")]
    assert faults(begin(), *cited, exchange("x3"), exchange("x2")) == []


def test_checks_are_counted_that_only_one_verdict_fits():
    """A value within a tolerance may have failed all the same."""
    within = check(expected="1", actual="2", tolerance="5")
    assert told(begin(), within, check(), check("failed")).derived == 2


def test_a_scenario_that_never_ended_was_aborted():
    """Whether the next one follows, or nothing; each worker has its own."""
    story = told(run(), begin(), begin("two"), begin("three", worker="gw1"))
    assert story.faults(False, 3) == []
    assert story.worst() == {"one": "aborted", "two": "aborted", "three": "aborted"}


def test_of_several_runs_the_worst_counts_and_what_passed_without_reason_has_failed():
    """Also what there is no such verdict for; planned only, it is not run or unselected."""
    story = told(*ONE, *FAILED, *ONE, begin("two"), end("passed", "two"), begin("six"), end("fine", "six"))
    assert story.worst() == {"one": "failed", "two": "failed", "six": "failed"}
    story = told(plan(one=True, two=True, three=False), begin(), end("blocked"), *FAILED[:0])
    assert story.worst() == {"one": "blocked", "two": "not run", "three": "unselected"}


def test_a_failed_scenario_keeps_its_verdict_whatever_else_is_said_against_it():
    """Only a pass that is not borne out becomes a failure."""
    story = told(begin(), exchange(), check("failed"), done(2), end("blocked"))
    assert story.worst() == {"one": "blocked"}


# --- the whole run ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((*ONE, over({"passed": 1})), []),
        ((plan(one=True), *ONE, over({"passed": 1}, written=1)), []),
        ((plan(one=True, two=False), *ONE, over({"passed": 1}, written=2)), []),
        ((*ONE, *ONE, over({"passed": 1})), []),
        ((*ONE, over({"passed": 2})), [("run_finished", "the counts are not those of the scenarios on record")]),
        ((*ONE, over()), [("run_finished", "the counts are not those of the scenarios on record")]),
        ((plan(one=True, two=False), *ONE, over({"passed": 1}, written=1)), [("run_finished", "the counts are not those of the plan")]),
        ((plan(one=True, two=True), *ONE, over({"passed": 1})), [("two", "was planned and selected, and is not on record")]),
        ((plan(two=False), *ONE, over({"passed": 1})), [("one", "is on record and was not planned")]),
        ((*ONE,), [("record", "ended otherwise than the seal says, or its end is not on record")]),
        ((*ONE, over({"passed": 1}), ABORTED), [("record", "ended otherwise than the seal says, or its end is not on record")]),
    ],
)  # fmt: skip
def test_a_run_that_finished_names_all_that_was_planned_and_counts_what_came_of_it(events, expected):
    """What is missing or too much is told."""
    assert faults(*events, is_finished=True) == expected


@pytest.mark.parametrize(
    ("events", "is_finished", "is_good"),
    [
        ((*ONE, over({"passed": 1})), False, False),
        ((*ONE,), False, True),
        ((*ONE, over({"passed": 1}), ABORTED), False, True),
    ],
)
def test_the_seal_says_whether_the_run_came_to_its_end(events, is_finished, is_good):
    """As the record does."""
    text = "ended otherwise than the seal says, or its end is not on record"
    assert faults(*events, is_finished=is_finished) == ([] if is_good else [("record", text)])


def test_the_record_is_of_the_run_that_the_seal_names():
    """A run that was killed before it wrote its first line names none."""
    text = ("run_started", "the record is of run 3, its seal of run 4")
    assert faults(number=4) == [text]
    assert faults(*ONE, over({"passed": 1}), is_finished=True, number=4) == [text]
    assert Story().faults(False, 4) == []
    assert told(over()).faults(True, 4) == [("run_started", "the record is of run None, its seal of run 4")]


NONE = "failed, or a check of it, and no deviation was opened for it, or not for each step and requirement"


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((*FAILED, deviation()), []),
        (FAILED, [("one", NONE)]),
        ((*FAILED, deviation(step=1)), [("one", NONE)]),
        ((*FAILED, deviation(requirements=("S",))), [("one", NONE)]),
        ((*FAILED, deviation(id_="two")), [("one", NONE)]),
        ((*FAILED, deviation(requirements=("S", "R"))), []),
        ((*FAILED, *FAILED, deviation(step=1)), []),
        ((*FAILED, *FAILED), [("one", NONE)]),
        ((*FAILED[:4], end("aborted")), [("one", NONE)]),
        ((*FAILED[:4], end("aborted"), deviation()), []),
        ((begin(), done(1, "failed"), end("failed"), deviation(step=1, requirements=())), []),
        ((begin(), done(1, "failed"), end("failed")), [("one", NONE)]),
    ],
)
def test_every_failure_of_a_run_that_finished_opened_a_deviation(events, expected):
    """For each step and requirement of which a check failed; of a scenario run several times, for one of them."""
    ended = {x["scenario"]: x["verdict"] for x in events if x["type"] == "scenario_finished"}
    counts = {verdict: list(ended.values()).count(verdict) for verdict in ended.values()}
    assert faults(*events, over(counts), is_finished=True) == expected


def test_a_run_that_says_what_broke_off_may_have_counted_less_but_not_more():
    """And it does not owe what it planned."""
    broken = {"faults": ["a worker crashed"]}
    text = [("run_finished", "the counts are not those of the scenarios on record")]
    for counted, expected in ((0, []), (1, []), (2, text)):
        ended = over({"passed": counted}, written=9) | broken
        assert faults(plan(one=True, two=True), *ONE, ended, is_finished=True) == expected


@pytest.mark.parametrize(
    ("events", "result", "passed", "warned", "failed"),
    [
        (ONE, "PASSED", ["one"], [], []),
        ((plan(one=True, two=False), *ONE), "PASSED", ["one"], [], []),
        ((plan(one=True, two=True, six=True), *ONE), "WARNED", ["one"], ["six", "two"], []),
        ((begin("b"), begin("a"), *FAILED, *ONE, begin("z")), "FAILED", [], [], ["a", "b", "one"]),
        ((begin(), end("blocked")), "FAILED", [], ["one"], []),
        ((), "FAILED", [], [], []),
    ],
)
def test_an_attestation_says_what_the_record_says(events, result, passed, warned, failed):
    """And nothing else: result and the three lists."""
    said = {"result": result, "passedTests": passed, "warnedTests": warned, "failedTests": failed}
    story = told(*events)
    assert story.bears_out(said)
    assert not any(story.bears_out(said | {name: "other"}) for name in said)


def test_who_performed_the_run_is_on_record():
    """Or nobody."""
    assert told(run(who={"name": "lab"})).performer == "lab"
    assert told(run()).performer == ""
