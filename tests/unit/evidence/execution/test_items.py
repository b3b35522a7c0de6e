"""Where a scenario stands is told from all runs, and only from those that count for what is looked at."""

from collections import Counter
from pathlib import Path

import pytest

from syncproof.evidence.execution import acts
from syncproof.evidence.execution.items import Item, Seen, items, protocol_states
from syncproof.evidence.execution.outline import Outline
from tests.unit.evidence.execution.runs import (
    APPROVED,
    DRAFT,
    ONE,
    OTHER,
    OTHERS,
    TEST,
    TWO,
    act,
    gone,
    history,
    ran,
    settle,
)


def states(found, run, **kind):
    return {one.scenario: one.state for one in items(found, run, **kind)}


def test_an_item_tells_state_protocol_runs_and_deviations():
    """All that a view shows of a scenario, oldest run first."""
    found = history(ran({ONE: "failed"}, protocol=DRAFT), ran({ONE: "passed"}, protocol=DRAFT))
    [item] = items(found, 2)
    assert item == Item(ONE, "open", "P", (Seen(1, "failed"), Seen(2, "passed")), ("D-1-1",))
    assert (item.runs, item.is_settled) == (((1, "failed"), (2, "passed")), False)


def test_what_passed_is_settled_and_what_never_ran_is_not():
    """The two states in which something remains to be done are open and not run."""
    found = items(history(ran({ONE: "passed", TWO: "not run"})), 1)
    assert [(one.state, one.is_settled) for one in found] == [("passed at first", True), ("not run", False)]


def test_a_run_whose_pack_is_gone_has_no_items():
    """Nothing is known of it, however much other runs tell."""
    found = history(ran({ONE: "passed"}), gone)
    assert (items(found, 2), states(found, 1)) == ([], {ONE: "passed at first"})


def test_a_run_that_has_not_ended_tells_nothing_yet():
    """Neither what it took so far nor what failed in it, be it looked at itself."""
    found = history(ran({ONE: "passed"}), ran({ONE: "failed", TWO: "failed"}))
    found.runs[2].end_line = 0
    one = Item(ONE, "passed at first", None, (Seen(1, "passed"),), ())
    assert (items(found, 1), items(found, 2)) == ([one], [one, Item(TWO, "not run", None, (), ())])


def test_what_was_known_before_a_line_of_the_ledger_does_not_hold_what_came_later():
    """A view of the past is made again as it was."""
    found = history(ran({ONE: "passed"}), ran({ONE: "failed"}))
    assert (states(found, 1, before=4), states(found, 1)) == ({ONE: "passed at first"}, {ONE: "open"})


@pytest.mark.parametrize("verdict", ["blocked", "aborted", "not supported"])
def test_what_began_and_came_to_nothing_is_open(verdict):
    """Whatever ended it: only what never began is not run."""
    assert states(history(ran({ONE: verdict})), 1) == {ONE: "open"}
    assert states(history(ran({ONE: verdict}), ran({ONE: "not run"})), 2) == {ONE: "open"}


def test_what_could_not_run_after_it_passed_still_passed():
    """Only verdicts that decide take the place of one that does; not supported does."""
    for later, state in (("blocked", "passed at first"), ("not run", "passed at first"), ("not supported", "open")):
        assert states(history(ran({ONE: "passed"}), ran({ONE: later})), 2) == {ONE: state}


def test_a_failure_without_a_deviation_is_open_however_it_went_on():
    """A record that is not whole: somebody left the deviation out."""
    found = history(ran({ONE: "failed"}, opens=False), ran({ONE: "failed"}), ran({ONE: "passed"}))
    settle(found, "D-2-1")
    assert states(found, 3) == {ONE: "open"}


def test_each_deviation_of_a_scenario_has_to_be_closed():
    """One that was closed does not speak for another."""
    found = history(ran({ONE: "failed"}), ran({ONE: "failed"}), ran({ONE: "passed"}))
    settle(found, "D-2-1")
    [item] = items(found, 3)
    assert (item.state, item.deviations) == ("open", ("D-1-1", "D-2-1"))
    settle(found, "D-1-1")
    assert states(found, 3) == {ONE: "passed after deviation"}


def test_a_failure_that_people_accepted_stays_a_failure():
    """It is told as accepted, never as passed; so it is if it was blocked since."""
    found = history(ran({ONE: "passed"}), ran({ONE: "failed"}), ran({ONE: "blocked"}))
    settle(found, "D-2-1")
    assert states(found, 3) == {ONE: "deviation accepted"}


def test_a_retest_on_what_was_mended_counts_for_what_failed():
    """Another version of the system is what was mended; a run on it that is no retest does not count."""
    found = history(ran({ONE: "failed"}), ran({ONE: "passed"}, version="2.0"))
    settle(found, "D-1-1")
    assert states(found, 1) == {ONE: "deviation accepted"}
    found = history(ran({ONE: "failed"}), ran({ONE: "passed"}, version="2.0"))
    settle(found, "D-1-1", "correct the system", retest=2)
    assert states(found, 1) == {ONE: "passed after deviation"}


def test_a_pass_counts_for_what_it_was_run_on():
    """Another version, feature file or landscape is said, and its pass is none here."""
    found = history(
        ran({ONE: "passed"}, landscape=TEST),
        ran({ONE: "passed"}, version="2.0"),
        ran({ONE: "passed"}, file="g"),
        ran({ONE: "blocked"}),
    )
    [item] = items(found, 4)
    assert item.state == "open"
    assert item.seen == (
        Seen(1, "passed", ("landscape (file): aa → bb",)),
        Seen(2, "passed", ("systems (erp): ERP 1.0 → ERP 2.0",)),
        Seen(3, "passed", ("suite (feature file): f → g",)),
        Seen(4, "blocked"),
    )


def test_what_failed_on_another_landscape_is_not_of_this_one():
    """A deviation of the test system is closed there; what failed here is open wherever it passes."""
    found = history(ran({ONE: "failed"}, landscape=TEST), ran({ONE: "passed"}))
    [item] = items(found, 2)
    assert (item.state, item.deviations, states(found, 1)) == ("passed at first", (), {ONE: "open"})


def test_what_failed_before_the_protocol_was_approved_was_a_rehearsal():
    """What failed since stays, and in the rehearsal itself it is open."""
    found = history(ran({ONE: "failed"}, protocol=DRAFT), ran({ONE: "passed"}, protocol=APPROVED))
    assert (states(found, 1), states(found, 2)) == ({ONE: "open"}, {ONE: "passed at first"})
    found = history(ran({ONE: "failed"}, protocol=APPROVED), ran({ONE: "passed"}, protocol=APPROVED))
    assert states(found, 2) == {ONE: "open"}


def test_a_run_of_a_part_does_not_make_the_rest_of_its_protocol_disappear():
    """Be it that the rest was left out, or that its file was not looked at; what the run took comes first."""
    whole = ran({TWO: "failed", ONE: "passed", OTHER: "passed"}, protocol=DRAFT)
    found = history(whole, ran({ONE: "passed"}, protocol=DRAFT, unselected=[TWO]))
    assert [(one.scenario, one.state) for one in items(found, 2)] == [
        (ONE, "passed at first"),
        (TWO, "open"),
        (OTHER, "passed at first"),
    ]


def test_what_was_taken_out_of_its_file_is_none_any_more():
    """The run saw the file without it; what stands in other files is looked at all the same."""
    found = history(ran({f"{TWO}::or three": "failed", ONE: "passed", OTHER: "passed"}), ran({ONE: "passed"}))
    assert states(found, 2) == {ONE: "passed at first", OTHER: "passed at first"}


@pytest.mark.parametrize("kind", [{"protocol": OTHERS}, {"protocol": DRAFT, "landscape": TEST}, {"protocol": APPROVED}])
def test_what_was_taken_under_another_protocol_or_elsewhere_does_not_belong_to_a_run(kind):
    """Approved, it is another protocol than its draft."""
    found = history(ran({OTHER: "passed"}, **kind), ran({ONE: "passed"}, protocol=DRAFT))
    assert states(found, 2) == {ONE: "passed at first"}


def test_what_a_run_did_not_plan_is_told_as_the_last_run_of_its_protocol_has_it():
    """On this landscape: neither its protocol nor its file are those of another one."""
    found = history(
        ran({OTHER: "passed"}, protocol=APPROVED, file="old"),
        ran({OTHER: "passed"}, protocol=APPROVED),
        ran({OTHER: "passed"}, protocol=APPROVED, landscape=TEST, file="g"),
        ran({OTHER: "failed"}, protocol=OTHERS, file="g"),
        ran({ONE: "passed"}, protocol=APPROVED),
    )
    settle(found, "D-4-1")
    other = {one.scenario: one for one in items(found, 5)}[OTHER]
    assert (other.state, other.protocol, [one.differs for one in other.seen][:2]) == (
        "passed at first",
        "P",
        [("suite (feature file): f → old",), ()],
    )


def test_a_rehearsal_of_what_a_run_did_not_plan_is_one_too():
    """A run of another part would else open again what failed before the approval."""
    found = history(
        ran({OTHER: "failed"}, protocol=DRAFT),
        ran({OTHER: "passed"}, protocol=APPROVED),
        ran({ONE: "passed"}, protocol=APPROVED),
    )
    assert states(found, 3) == {ONE: "passed at first", OTHER: "passed at first"}


def test_a_later_run_changes_neither_protocol_nor_file_of_an_earlier_one():
    """Each run is told by its own plan."""
    found = history(
        ran({ONE: "passed"}, protocol=DRAFT),
        ran({ONE: "passed"}, protocol=OTHERS),
        ran({ONE: "blocked"}, protocol=DRAFT, file="g"),
    )
    told = [(one.protocol, one.state) for run in (1, 2, 3) for one in items(found, run)]
    assert told == [("P", "passed at first"), ("Q", "passed at first"), ("P", "open")]


def test_a_run_without_a_plan_is_told_by_its_results():
    """It was killed before it wrote one: nothing is known of a protocol. While it goes on, nothing counts."""
    found = history(ran({ONE: "failed"}))
    found.runs[1].outline.planned = {}
    assert items(found, 1) == [Item(ONE, "open", None, (Seen(1, "failed"),), ("D-1-1",))]
    found.runs[1].end_line = 0
    assert items(found, 1) == [Item(ONE, "not run", None, (), ())]


def test_an_accepted_gap_holds_on_what_it_was_accepted_for():
    """The last acceptance is named; another version or a pass ends it; and so does the loss of its pack."""
    gap = {"scenario": ONE, "run": 1}
    found = history(
        ran({ONE: "blocked"}),
        ran({ONE: "not run"}),
        ran({ONE: "blocked"}, version="2.0"),
        ran({ONE: "passed"}, version="3.0"),
    )
    act(found, acts.GAP_ACCEPTED, scenario=TWO, run=1)
    act(found, acts.GAP_ACCEPTED, **gap)
    act(found, acts.GAP_ACCEPTED, **gap)
    act(found, acts.GAP_ACCEPTED, scenario=ONE, run=4)
    [item] = items(found, 2)
    assert (item.state, item.act) == ("gap accepted", found.gaps[2])
    assert [states(found, run)[ONE] for run in (1, 2, 3, 4)] == [
        "gap accepted",
        "gap accepted",
        "open",
        "passed at first",
    ]
    assert items(found, 4)[0].act is None
    found.runs[1].outline = Outline(Path("gone"))
    assert states(found, 2) == {ONE: "not run"}


def test_a_gap_that_was_accepted_holds_in_a_run_of_another_part():
    """Nothing changed but which part was run."""
    found = history(ran({OTHER: "blocked"}), ran({ONE: "passed"}))
    act(found, acts.GAP_ACCEPTED, scenario=OTHER, run=1)
    assert states(found, 2) == {ONE: "passed at first", OTHER: "gap accepted"}


def test_states_are_counted_by_protocol_and_what_has_none_comes_last():
    """An empty count would say that nothing was planned."""
    found = [
        Item("1", "open", None, (), ()),
        Item("2", "open", "oq", (), ()),
        Item("3", "passed at first", "P", (), ()),
        Item("4", "open", "oq", (), ()),
        Item("5", "not run", "oq", (), ()),
    ]
    assert list(protocol_states(found).items()) == [
        ("P", Counter({"passed at first": 1})),
        ("oq", Counter({"open": 2, "not run": 1})),
        (None, Counter(open=1)),
    ]
