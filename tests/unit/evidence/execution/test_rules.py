"""What is not permitted is said with what is missing and how to go on."""

import pytest

from syncproof.evidence.execution import acts
from syncproof.evidence.execution.acts import Act
from syncproof.evidence.execution.rules import open_points, refusal
from tests.unit.evidence.execution.runs import ONE, OTHER, TEST, TWO, act, gone, history, ran, settle

SAID = {"disposition": "correct the system", "root_cause": "wrong unit", "owner": "Olga"}


def why(found, type_, kind="person", name="Ben", role="QA", reason="r", **fields):
    """Why an act is refused that would be the next line of the ledger."""
    return refusal(found, Act(found.line + 1, type_, "", kind, name, role, reason, fields))


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ({"kind": "ci", "name": "bot"}, "ci 'bot'"),
        ({"kind": "", "name": ""}, "nobody ''"),
        ({"name": " "}, "person ' '"),
        ({"role": " "}, "person 'Ben'"),
    ],
)
@pytest.mark.parametrize("type_", acts.TYPES)
def test_a_person_decides_with_name_and_role(type_, who, said):
    """Of every kind of act."""
    found = history(ran({ONE: "failed"}))
    assert why(found, type_, **who) == f"a person decides this, with name and role, not {said}"


@pytest.mark.parametrize("type_", acts.TYPES)
def test_an_act_needs_a_reason_and_a_run_that_has_ended(type_):
    """Of every kind: be it that the run is unknown or that it goes on."""
    found = history(ran({ONE: "failed"}), ran({ONE: "failed"}))
    found.runs[2].end_line = 0
    assert why(found, type_, reason="") == "say why (--reason): what people decide is never without one"
    assert why(found, type_, run=2, deviation="D-2-1") == "run 2 has not ended: wait for it"
    if type_ in {acts.GAP_ACCEPTED, acts.CONCLUDED}:
        assert why(found, type_, run=7) == "run 7 is not on record in evidence; runs: 1, 2"
        assert why(history(), type_, run=7) == "run 7 is not on record in evidence; runs: none"


@pytest.mark.parametrize("type_", [acts.GAP_ACCEPTED, acts.CONCLUDED])
def test_nothing_rests_on_a_run_that_was_aborted_or_is_not_here(type_):
    """What is to be done about it is said."""
    found = history(ran({ONE: "blocked"}, aborted=True), gone)
    assert why(found, type_, run=1) == "run 1 was aborted: nothing can rest on it. Repeat it"
    assert why(found, type_, run=2) == "the pack 0002-pack of run 2 is not here: put it back"


@pytest.mark.parametrize("type_", [acts.DISPOSED, acts.RETESTED, acts.CLOSED])
def test_a_deviation_is_named_with_the_run_that_opened_it_and_is_not_closed(type_):
    """Else an act could be moved to another one."""
    found = history(ran({ONE: "failed", TWO: "failed"}))
    known = "in evidence; deviations: D-1-1, D-1-2"
    assert why(found, type_, deviation="D-9-9", run=1) == f"there is no deviation 'D-9-9' {known}"
    assert why(found, type_, deviation="D-1-1", run=2) == f"there is no deviation 'D-1-1' {known}"
    nothing = "there is no deviation 'D' in evidence; deviations: none"
    assert why(history(ran({ONE: "passed"})), type_, deviation="D", run=1) == nothing
    settle(found, "D-1-1")
    closed = "D-1-1 is closed: what comes up again opens a deviation of its own"
    assert why(found, type_, deviation="D-1-1", run=1) == closed


DISPOSITIONS = "correct the system, correct the environment, correct the test, correct the requirement, accepted as is, not a defect"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, None),
        ({"disposition": "ignored"}, f"'ignored' is no disposition; valid: {DISPOSITIONS}"),
        ({"owner": ""}, "a disposition needs a root cause and an owner (--root-cause, --owner)"),
        ({"root_cause": ""}, "a disposition needs a root cause and an owner (--root-cause, --owner)"),
    ],
)
def test_a_disposition_is_one_of_a_list_with_root_cause_and_owner(changed, said):
    """All three, or it says nothing."""
    found = history(ran({ONE: "failed"}))
    assert why(found, acts.DISPOSED, deviation="D-1-1", run=1, **SAID | changed) == said


AGAIN = "run it again (syncproof qualify features/a.feature), then syncproof evidence retest D-1-1 --run N"


def test_what_comes_first_is_told_with_the_command_for_it():
    """Disposition, then retest where one is asked for, then the end; whatever the scenario is called."""
    found = history(ran({f"{ONE}::again": "failed"}), ran({f"{ONE}::again": "passed"}))
    first = "D-1-1 has no disposition yet: syncproof evidence dispose D-1-1"
    about = {"deviation": "D-1-1", "run": 1}
    assert [why(found, type_, **about) for type_ in (acts.RETESTED, acts.CLOSED)] == [first, first]
    act(found, acts.DISPOSED, disposition="correct the system", **about)
    since = f"D-1-1 is disposed as 'correct the system' and has no retest since: {AGAIN}"
    assert (why(found, acts.CLOSED, **about), why(found, acts.RETESTED, retest_run=2, **about)) == (since, None)
    act(found, acts.DISPOSED, disposition="not a defect", **about)
    none = "D-1-1 is disposed as 'not a defect', which needs no retest: syncproof evidence close D-1-1"
    assert (why(found, acts.RETESTED, retest_run=2, **about), why(found, acts.CLOSED, name="Cy", **about)) == (
        none,
        None,
    )


@pytest.mark.parametrize(
    ("retest", "said"),
    [
        (ran({ONE: "passed"}), None),
        (gone, "run 2 is no later run than 1 that has ended and is on record here"),
        (ran({ONE: "passed"}, aborted=True), f"run 2 was aborted and proves nothing: {AGAIN}"),
        (ran({ONE: "blocked"}), f"{ONE} is blocked in run 2: a retest is a run in which it passed"),
        (ran({TWO: "passed"}), f"{ONE} is unselected in run 2: a retest is a run in which it passed"),
        (
            ran({ONE: "passed"}, file="g", landscape=TEST),
            "run 2 differs from run 1 in more than 'correct the system' accounts for: landscape (file): aa → bb; "
            "suite (feature file): f → g. Retest on the same, or dispose D-1-1 again with what was really changed",
        ),
    ],
)
def test_a_retest_is_a_later_finished_run_in_which_the_same_passed(retest, said):
    """On the same but for what was mended."""
    found = history(ran({ONE: "failed"}), retest)
    act(found, acts.DISPOSED, deviation="D-1-1", disposition="correct the system")
    assert why(found, acts.RETESTED, deviation="D-1-1", run=1, retest_run=2) == said


def test_a_run_that_began_before_the_failing_one_had_ended_or_never_is_no_retest():
    """Nothing can have been mended in it."""
    found = history(ran({ONE: "failed"}), ran({ONE: "passed"}))
    found.runs[1].end_line, found.runs[2].line = 3, 2
    act(found, acts.DISPOSED, deviation="D-1-1", disposition="correct the system")
    for retest in (2, 9):
        said = f"run {retest} is no later run than 1 that has ended and is on record here"
        assert why(found, acts.RETESTED, deviation="D-1-1", run=1, retest_run=retest) == said


def test_a_retest_that_does_not_check_all_that_failed_is_told_what_is_missing():
    """Sorted, all of it; what was checked is not named."""
    found = history(ran({ONE: "failed"}), ran({ONE: "passed"}))
    event = found.deviations["D-1-1"].event
    event["requirements"] = ["URS-C-3", "URS-A-1", "URS-B-2"]
    act(found, acts.DISPOSED, deviation="D-1-1", disposition="correct the system")
    said = "run 2 has no check of URS-B-2, URS-C-3 in the scenario that opened D-1-1"
    assert why(found, acts.RETESTED, deviation="D-1-1", run=1, retest_run=2) == said
    found.runs[2].outline.shown.clear()
    assert "no check of URS-A-1, URS-B-2, URS-C-3 in" in why(
        found, acts.RETESTED, deviation="D-1-1", run=1, retest_run=2
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Lab", "performed run 1"),
        ("Lee", "performed run 2"),
        ("Olga", "owns D-1-1"),
        ("Ben", "entered its disposition"),
        ("Cy", None),
    ],
)
def test_four_eyes_are_told_whose_two_have_seen_it(name, said):
    """Whoever performed the run or its retest, owns the deviation or disposed it, does not close it."""
    found = history(ran({ONE: "failed"}), ran({ONE: "passed"}, by="Lee"))
    about = {"deviation": "D-1-1", "run": 1}
    act(found, acts.DISPOSED, disposition="correct the system", owner="Olga", **about)
    act(found, acts.RETESTED, retest_run=2, **about)
    assert why(found, acts.CLOSED, name=name, **about) == (said and f"{name} {said}: somebody else closes it")


def test_a_performer_that_is_not_on_record_is_nobody():
    """An empty name is the same as no other."""
    found = history(ran({ONE: "blocked"}, by=""))
    assert why(found, acts.GAP_ACCEPTED, run=1, scenario=ONE) is None
    found = history(ran({ONE: "blocked"}, by="BEN"))
    assert why(found, acts.GAP_ACCEPTED, run=1, scenario=ONE) == "Ben performed run 1: somebody else accepts the gap"


ONLY = "only not supported, blocked, not run, aborted is a gap"


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        (ONE, f"{ONE} is passed in run 2: {ONLY}"),
        (f"{ONE}x", f"{ONE}x is not planned in run 2: {ONLY}; did you mean '{ONE}'?"),
        ("nine", f"nine is not planned in run 2: {ONLY}"),
        (TWO, None),
        (OTHER, None),
    ],
)
def test_only_what_did_not_come_to_a_verdict_is_a_gap(scenario, said):
    """Here; what another run took of the same protocol did not run here."""
    found = history(ran({OTHER: "passed"}), ran({ONE: "passed", TWO: "aborted"}))
    assert why(found, acts.GAP_ACCEPTED, run=2, scenario=scenario) == said


def test_what_came_up_later_was_no_gap_when_it_was_accepted():
    """An act is judged where it stands, not by what is known when the ledger is read."""
    found = history(ran({ONE: "passed"}), ran({OTHER: "blocked"}))
    assert why(found, acts.GAP_ACCEPTED, run=1, scenario=OTHER) is None
    found.line = 2
    said = f"{OTHER} is not planned in run 1: {ONLY}; did you mean '{ONE}'?"
    assert why(found, acts.GAP_ACCEPTED, run=1, scenario=OTHER) == said


@pytest.mark.parametrize(
    ("count", "shown"), [(3, "b::0; b::1; b::2"), (4, "b::0; b::1; b::2; …")], ids=["all", "the first"]
)
def test_a_conclusion_tells_what_is_open_or_is_refused_with_it(count, shown):
    """How much there is, and of much only the first."""
    found = history(ran({ONE: "passed"} | {f"b::{n}": "blocked" for n in range(count)}))
    said = f"not settled ({count}): {shown}. Settle that, or say why you conclude (--with-open)"
    assert why(found, acts.CONCLUDED, run=1) == said
    assert why(found, acts.CONCLUDED, run=1, with_open="later", open=count) is None
    other = f"{count} points were open in run 1, and it speaks of another number"
    assert why(found, acts.CONCLUDED, run=1, with_open="later", open=count + 1) == other
    assert why(history(ran({ONE: "passed"})), acts.CONCLUDED, run=1) is None


def test_a_conclusion_is_judged_by_what_was_known_where_it_stands():
    """What fails later does not take it away."""
    found = history(ran({ONE: "passed"}), ran({ONE: "failed"}))
    assert (open_points(found, 1), open_points(found, 1, before=4)) == ([ONE], [])
    found.line = 2
    assert why(found, acts.CONCLUDED, run=1) is None


def test_a_pack_that_is_away_is_an_open_point_of_every_run():
    """What failed in it is not known; what was not known at a line of the ledger is none there."""
    found = history(ran({ONE: "blocked"}), gone)
    assert open_points(found, 1) == ["the pack of run 2 is not here", ONE]
    assert open_points(found, 1, before=4) == [ONE]
    assert open_points(found, 1, before=2) == [ONE]
