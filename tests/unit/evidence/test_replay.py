"""A replay is held against its record: what changed, what could not be derived, and why."""

import pytest

from syncproof.evidence.core_verifier import FAILED, OK, UNCHECKED
from syncproof.evidence.journal import Journal
from syncproof.evidence.reader import read_pack
from syncproof.evidence.replay import compared, counts, workers
from syncproof.transport.recorder import MISMATCH

STEPS = [{"keyword": "Then", "type": "then", "text": "b", "line": 4}]
MADE_WITH = {
    "suite": {"features": "f", "steps": "s", "fixtures": "x", "contracts": "c"},
    "engine": "e",
    "python": "3.11.7",
    "versions": {"pytest": "9"},
}


def check(**change):
    stated = {"kind": "equal", "claim": "it holds", "expected": "A", "actual": "A", "source": None, "tolerance": None}
    return {"step": 1, "requirement": "URS-A-1", "verdict": "passed", **stated, **change}


def scenario(id_, verdict="passed", reason=None, checks=None, exchanges=0):
    """Its events; without a verdict, it was killed."""
    done = {"scenario": id_, "verdict": verdict, "reason": reason, "seconds": 1}
    return [
        ("scenario_started", {"scenario": id_, "requirements": ["URS-A-1"], "steps": STEPS}),
        ("step_started", {"scenario": id_, "n": 1}),
        *(("exchange", {"scenario": id_, "id": f"x{number}", "step": 1}) for number in range(exchanges)),
        *(("check", {"scenario": id_, **one}) for one in ([check()] if checks is None else checks)),
        ("step_finished", {"scenario": id_, "n": 1, "verdict": "passed", "error": None}),
        *([("scenario_finished", done)] if verdict else []),
    ]


@pytest.fixture
def record(tmp_path):
    """``record(*scenarios)``: a record of the worker main, made with ``made_with`` and planned as ``plan``."""
    made = []

    def make(*scenarios, made_with=MADE_WITH, plan=(), more=()):
        pack = tmp_path / str(len(made))
        made.append(pack)
        journal = Journal(pack, "main")
        journal.append("run_started", made_with)
        planned = [{"id": id_, "selected": selected, "requirements": []} for id_, selected in plan]
        journal.append("plan", {"scenarios": planned})
        for type_, fields in [event for one in scenarios for event in one] + list(more):
            journal.append(type_, fields)
        journal.close()
        return read_pack(pack)

    return make


def findings(was, again):
    """All findings, the one on the suite first; each says on what it rests, and what holds says it of the whole pack."""
    found = list(compared(was, {"main": again}))
    assert [one.check for one in found] == ["suite", *["replay"] * (len(found) - 1)]
    assert {one.anchor for one in found} == {"re-derived"}
    assert {one.place for one in found if one.status == OK} <= {""}
    return found


def faults(was, again):
    return [(one.status, one.place, one.message) for one in findings(was, again) if one.status != OK]


def test_what_is_the_same_is_derived(record):
    """Its checks are counted."""
    was, again = record(scenario("a"), scenario("b")), record(scenario("a"), scenario("b"))
    assert [(one.status, one.message) for one in findings(was, again)] == [
        (OK, "suite and engine are those of the run"),
        (OK, "2 of 2 scenarios derived anew with the same verdicts (2 checks on record)"),
    ]


@pytest.mark.parametrize(
    ("again", "message"),
    [
        (scenario("a", "failed", "why"), "was passed and is failed when derived anew (why)"),
        (scenario("a", "failed"), "was passed and is failed when derived anew"),
        (scenario("a", checks=[check(actual="B")]), "check 1 (URS-A-1): actual was 'A' and is 'B'"),
        (
            scenario("a", checks=[check(claim="it is", actual="B")]),
            "check 1 (URS-A-1): claim was 'it holds' and is 'it is'; actual was 'A' and is 'B'",
        ),
        (scenario("a", checks=[check(), check()]), "1 checks are on record, 2 were made anew"),
        (scenario("a", exchanges=1), "0 exchanges are on record, 1 were asked for anew"),
    ],
    ids=[
        "verdict",
        "verdict without a reason",
        "check",
        "check in two ways",
        "number of checks",
        "number of exchanges",
    ],
)
def test_what_differs_is_told(record, again, message):
    """Of the scenario that it differs in."""
    assert faults(record(scenario("a")), record(again)) == [(FAILED, "a", message)]


def test_a_reason_is_derived_word_for_word(record):
    """Another reason would give another story of a failure."""
    was, again = record(scenario("a", "blocked", "the network was down")), record(scenario("a", "blocked", "refused"))
    message = "the reason was 'the network was down' and is 'refused' when derived anew"
    assert faults(was, again) == [(FAILED, "a", message)]


@pytest.mark.parametrize("name", list(MADE_WITH))
def test_the_words_of_a_reason_are_those_of_one_version(record, name):
    """What says it in another version may say it otherwise; that nobody compared it is told."""
    other = {**MADE_WITH, name: {**MADE_WITH["suite"], "contracts": "d"} if name == "suite" else "other"}
    was, again = record(scenario("a", "blocked", "no")), record(scenario("a", "blocked", "nay"), made_with=other)
    assert faults(was, again) == []
    assert "reasons were not compared" in findings(was, again)[0].message


def test_all_that_is_of_another_version_is_named(record):
    """The suite being that of the run."""
    was, again = record(scenario("a")), record(scenario("a"), made_with={**MADE_WITH, "engine": "f", "python": "4"})
    message = "the suite of the run, with Syncproof, Python of another version: reasons were not compared"
    assert findings(was, again)[0].message == message


def test_where_an_object_lay_in_memory_is_no_part_of_a_reason(record):
    """It differs in each process."""
    was, again = (f"KeyError: <object object at 0x7f32dcd360{n}> (odd.py:13)" for n in ("c0", "d0"))
    assert faults(record(scenario("a", "failed", was)), record(scenario("a", "failed", again))) == []
    other = again.replace("odd.py", "even.py")
    assert len(faults(record(scenario("a", "failed", was)), record(scenario("a", "failed", other)))) == 1


def test_how_long_a_system_took_to_agree_is_no_part_of_a_reason(record):
    """Its looks are on record, and take no time at replay; what it showed is part of it."""
    was = "agreed: erp differs within 20000 ms, 167 attempts: null; mes as expected after 106 ms"
    again = was.replace("106 ms", "3 ms")
    assert faults(record(scenario("a", "failed", was)), record(scenario("a", "failed", again))) == []
    other = again.replace("null", '"B"')
    assert len(faults(record(scenario("a", "failed", was)), record(scenario("a", "failed", other)))) == 1


def test_what_was_asked_and_is_not_on_record_cannot_be_hidden(record):
    """By a step that catches the error, or outside of any scenario."""
    missed = [(MISMATCH, {"scenario": id_, "step": 1, "message": f"asked in {id_}"}) for id_ in ("a", None)]
    found = faults(record(scenario("a"), scenario("b")), record(scenario("a"), scenario("b"), more=missed))
    assert found == [(FAILED, "", "asked in None"), (FAILED, "a", "asked in a")]


@pytest.mark.parametrize(
    "broken", [scenario("a", None), scenario("a", "aborted", "SystemExit: 3")], ids=["killed", "left"]
)
def test_what_was_broken_off_is_not_derived(record, broken):
    """Whatever it asks at replay: it may go further than the run did."""
    missed = [(MISMATCH, {"scenario": "a", "step": 1, "message": "more than the run"})]
    was, again = record(broken, scenario("b")), record(scenario("a", "failed"), scenario("b"), more=missed)
    assert faults(was, again) == [(UNCHECKED, "a", "was broken off in the run: there is no verdict to derive")]


def test_workers_without_a_verdict_are_not_played_back(record):
    """There is nothing to derive, and what broke them off may do it again."""
    assert workers(record(scenario("a", None), scenario("b", "aborted"))) == []
    assert workers(record(scenario("a", None), scenario("b"))) == ["main"]


def test_selected_scenarios_that_are_not_on_record_are_told(record):
    """The run ended early, or somebody took them out."""
    was = record(scenario("a"), plan=[("a", True), ("gone", True), ("unselected", False), ("lost", True)])
    message = "2 selected scenarios are not on record: there is nothing to derive (gone, lost)"
    assert faults(was, record(scenario("a"))) == [(UNCHECKED, "", message)]


def test_a_suite_that_is_another_one_is_told(record):
    """And what it does not have is not derived."""
    other = {**MADE_WITH, "suite": {**MADE_WITH["suite"], "steps": "other"}}
    assert faults(record(scenario("a"), scenario("b")), record(scenario("a"), made_with=other)) == [
        (UNCHECKED, "", "the steps here are not those of the run: give its suite with --suite"),
        (UNCHECKED, "b", "is not in the suite that is here"),
    ]


def test_a_record_that_does_not_say_its_suite_has_another_one(record):
    """Every part of it is named."""
    found = faults(record(scenario("a"), made_with={}), record(scenario("a")))
    message = "the features, steps, fixtures here are not those of the run: give its suite with --suite"
    assert found == [(UNCHECKED, "", message)]


def test_a_worker_that_was_not_played_back_derived_nothing(record):
    """What it ran is told as not derived, and says nothing of the suite."""
    [found] = compared(record(scenario("a")), {})
    assert (found.status, found.place, found.message) == (UNCHECKED, "a", "is not in the suite that is here")


def test_scenarios_are_counted_by_what_became_of_them(record):
    """One that differs in two ways is one; what holds for the whole pack counts for none."""
    was = record(scenario("same"), scenario("other"), scenario("killed", None), plan=[("gone", True)])
    again = record(scenario("same"), scenario("other", "failed", checks=[]))
    assert counts(was, compared(was, {"main": again})) == {
        "scenarios": {"recorded": 3, "derived": 1, "changed": 1, "not derived": 1},
        "checks": 3,
    }


def test_an_empty_record_proves_nothing(record):
    """It is not taken for one that holds."""
    was = record()
    assert faults(was, was) == [(UNCHECKED, "", "the record holds no scenario")]
