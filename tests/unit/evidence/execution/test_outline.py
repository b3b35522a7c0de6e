"""What a run came to is told from its journals alone, and never better than they say."""

import pytest

from syncproof.evidence.execution.outline import Outline, Plan, Planned, outline
from syncproof.evidence.journal import Journal


def write(pack, worker, *events):
    """A journal of these events: (type, fields)."""
    journal = Journal(pack, worker)
    for type_, fields in events:
        journal.append(type_, fields)
    journal.close()


def begins(scenario):
    return "scenario_started", {"scenario": scenario, "requirements": [], "steps": []}


def check(verdict="passed", requirement="URS-A-1"):
    return "check", {"requirement": requirement, "verdict": verdict}


def step(verdict="passed"):
    return "step_finished", {"n": 1, "verdict": verdict, "error": None}


def ends(verdict="passed"):
    return "scenario_finished", {"verdict": verdict}


def results(tmp_path, *events):
    write(tmp_path, "main", *events)
    return outline(tmp_path).results


def test_a_run_is_told_by_start_plan_systems_results_and_deviations(tmp_path):
    """Put together from the journals of all workers; what the integration did is apart."""
    protocols = {"P": {"hash": "h"}}
    scenarios = [{"id": "one", "selected": True, "requirements": ["URS-A-1"], "protocol": "P"}, {"id": "two"}]
    features = [{"path": "features/a.feature", "sha256": "aa"}]
    plan = {"features": features, "scenarios": scenarios, "requirements": {"URS-A-1": {}}, "protocols": protocols}
    write(tmp_path, "main", ("run_started", {"run": 1}), ("plan", plan), ("deviation", {"id": "D-1-1"}))
    identity = {"product": "ERP", "version": "2"}
    write(
        tmp_path, "gw0", ("system_identified", {"system": "erp", "identity": identity}), begins("one"), check(), ends()
    )
    write(tmp_path, "integration", ("run_started", {"run": 9}), begins("three"), ends())
    write(tmp_path, "recovery", ("deviation", {"id": "D-1-2"}))
    found = outline(tmp_path)
    planned = (Planned("one", True, ("URS-A-1",), "P"), Planned("two"))
    assert found.plan == Plan(tuple(features), planned, {"URS-A-1": {}}, protocols)
    assert (found.path, found.started["run"], found.started["worker"]) == (tmp_path, 1, "main")
    assert (found.systems, found.results, found.shown) == ({"erp": identity}, {"one": "passed"}, {"one": {"URS-A-1"}})
    assert [one["id"] for one in found.deviations] == ["D-1-1", "D-1-2"]
    assert found.planned == {"one": planned[0], "two": planned[1]}
    assert [found.requirements(id_) for id_ in ("one", "two", "nine")] == [("URS-A-1",), (), ()]


def test_a_plan_of_one_scenario_is_a_plan(tmp_path):
    """However short its line is."""
    write(tmp_path, "main", ("plan", {"scenarios": [{"id": "a"}]}))
    assert outline(tmp_path).planned == {"a": Planned("a")}


def test_a_folder_without_journals_is_no_record(tmp_path):
    """It was taken away, or never made."""
    found = outline(tmp_path / "gone")
    assert (found, found.is_here, found.verdicts) == (Outline(tmp_path / "gone"), False, {})


@pytest.mark.parametrize("begun", [("run_started", {}), begins("one")], ids=["start", "scenario"])
def test_a_record_is_here_once_a_run_or_a_scenario_began(tmp_path, begun):
    """A worker may have come further than the journal of the controller."""
    write(tmp_path, "main", begun)
    assert outline(tmp_path).is_here


def test_what_was_asked_for_and_never_began_is_not_run(tmp_path):
    """What was not selected was not asked for."""
    asked = [{"id": "a", "selected": True}, {"id": "b", "selected": True}, {"id": "c"}]
    write(tmp_path, "main", ("plan", {"scenarios": asked}), begins("a"), ends())
    assert outline(tmp_path).verdicts == {"a": "passed", "b": "not run"}


@pytest.mark.parametrize(
    ("events", "verdict"),
    [
        ([check(), step(), ends()], "passed"),
        ([check("failed"), check(), step(), ends()], "failed"),
        ([check("error"), step(), ends()], "failed"),
        ([step("failed"), step(), ends()], "failed"),
        ([step("blocked"), ends("blocked")], "blocked"),
        ([check("not supported"), ends("not supported")], "not supported"),
        ([check(), step()], "aborted"),
        ([check("failed")], "failed"),
    ],
)
def test_a_failed_check_or_step_fails_a_scenario_whatever_its_end_says(tmp_path, events, verdict):
    """And without an end it was aborted, at best."""
    assert results(tmp_path, begins("one"), *events) == {"one": verdict}


def test_a_scenario_ends_where_the_next_one_begins(tmp_path):
    """It has no end of its own then, and what it came to is not the next one's."""
    assert results(tmp_path, begins("a"), begins("b"), check("failed"), begins("c"), check(), ends()) == {
        "a": "aborted",
        "b": "failed",
        "c": "passed",
    }


def test_what_stands_outside_a_scenario_belongs_to_none(tmp_path):
    """Neither an end too many nor what comes before the first start."""
    assert results(tmp_path, check("failed"), ends(), begins("a"), ends(), ends("failed")) == {"a": "passed"}


@pytest.mark.parametrize("order", [("passed", "blocked"), ("blocked", "passed")])
def test_of_several_runs_of_a_scenario_the_worst_counts(tmp_path, order):
    """Whichever came last: nobody tests until it passes."""
    first, second = ([begins("a"), ends(verdict)] for verdict in order)
    assert results(tmp_path, *first, *second) == {"a": "blocked"}


def test_shown_is_what_passed_in_every_run_of_a_scenario(tmp_path):
    """By scenario; a check that failed shows nothing."""
    b, c = check(requirement="URS-B-2"), check(requirement="URS-C-3")
    one, again = [begins("one"), check(), b, ends()], [begins("one"), b, c, ends()]
    write(tmp_path, "main", *one, *again, begins("two"), check(), check("failed", "URS-D-4"), ends())
    assert outline(tmp_path).shown == {"one": {"URS-B-2"}, "two": {"URS-A-1"}}


def test_a_line_that_a_power_cut_tore_is_none(tmp_path):
    """What stands before it counts."""
    write(tmp_path, "main", begins("a"), ends())
    with (tmp_path / "record" / "journal-main.ndjson").open("ab") as stream:
        stream.write(b'{"scenario":"a","type":"scenario_star')
    assert outline(tmp_path).results == {"a": "passed"}


def test_words_of_the_format_in_a_text_are_text(tmp_path):
    """A check whose claim quotes a journal is not passed over."""
    quoted = check("failed")[1] | {"claim": '"type":"exchange" "type":"plan","worker":'}
    assert results(tmp_path, begins("a"), ("check", quoted), ends()) == {"a": "failed"}
