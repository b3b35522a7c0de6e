"""The runs are those of the ledger, and what counts is known line by line."""

from pathlib import Path

from syncproof.evidence.execution import acts
from syncproof.evidence.execution.acts import Act
from syncproof.evidence.execution.deviation import Deviation
from syncproof.evidence.execution.history import History, Run, begun
from syncproof.evidence.execution.outline import outline
from syncproof.evidence.journal import Journal
from tests.unit.evidence.execution.runs import ONE, TWO, gone, history, ran


def act(type_, line=9, **fields):
    return Act(line, type_, "", "person", "Ben", "QA", "r", fields)


def facts(run):
    return run.number, run.line, run.performer, run.end_line, run.ended, run.outline.path.name


def test_runs_are_told_by_their_lines_of_the_ledger(tmp_path):
    """Started, finished, aborted and still going on; an end without a start is none, and acts are taken later."""
    lines = [
        (1, {"type": "run_started", "run": 1, "pack": "0001", "who": {"name": "Lab"}}),
        (2, {"type": "run_started", "run": 2, "pack": "0002", "who": {"name": None}}),
        (4, {"type": "run_aborted", "run": 2, "pack": "0002"}),
        (5, {"type": "run_finished", "run": 1, "pack": "0001"}),
        (6, {"type": "run_finished", "run": 9, "pack": "0009"}),
        (7, {"type": "run_started", "run": 3, "pack": "0003", "who": None}),
        (8, {"type": "conclusion_entered", "run": 1}),
    ]
    found = begun(tmp_path, lines)
    assert [facts(run) for run in found.runs.values()] == [
        (1, 1, "Lab", 5, "finished", "0001"),
        (2, 2, "", 4, "aborted", "0002"),
        (3, 7, "", 0, None, "0003"),
    ]
    assert (list(found.runs), found.line, found.directory) == ([1, 2, 3], 8, tmp_path)
    assert begun(tmp_path, []) == History(tmp_path, {}, 0)


def test_deviations_are_those_that_the_packs_hold(tmp_path):
    """With the run and the pack that opened them."""
    journal = Journal(tmp_path / "0001", "main")
    journal.append("deviation", {"id": "D-1-1", "scenario": ONE})
    journal.close()
    found = begun(tmp_path, [(1, {"type": "run_started", "run": 1, "pack": "0001"})])
    [event] = outline(tmp_path / "0001").deviations
    assert found.deviations == {"D-1-1": Deviation("D-1-1", 1, "0001", event)}
    assert found.deviations["D-1-1"].scenario == ONE


def test_each_act_counts_for_what_it_speaks_of():
    """Those on a deviation in their order; of conclusions on a run the last."""
    found = history(ran({ONE: "failed", TWO: "failed"}))
    disposed, closed = (act(type_, deviation="D-1-1") for type_ in (acts.DISPOSED, acts.CLOSED))
    gaps = [act(acts.GAP_ACCEPTED, run=1, scenario=TWO)] * 2
    concluded = [act(acts.CONCLUDED, line, run=1) for line in (10, 11)]
    for one in (disposed, closed, *gaps, *concluded):
        found.take(one)
    assert found.deviations["D-1-1"].acts == (disposed, closed)
    assert (found.deviations["D-1-2"].acts, found.gaps, found.conclusions) == ((), gaps, {1: concluded[1]})


def test_a_run_has_ended_where_its_end_stands_before():
    """Not at its own line, not while it goes on, and a run that nobody started never."""
    found = history(ran({ONE: "passed"}), gone)
    found.runs[3] = Run(3, outline(Path("none")), 5, "Lab")
    one, two = found.runs[1], found.runs[2]
    assert (found.ended(), found.ended(4), found.ended(5), found.ended(2)) == ([one, two], [one], [one, two], [])
    at = {line: [found.ended_before(act(acts.CONCLUDED, line), run) for run in (1, 2, 3, 9)] for line in (2, 3, 9)}
    assert at == {2: [None] * 4, 3: [one, None, None, None], 9: [one, two, None, None]}


def test_a_pack_that_is_not_here_is_told_by_its_run():
    """The ledger knows of it all the same."""
    found = history(ran({ONE: "passed"}), gone)
    assert [run.is_here for run in found.runs.values()] == [True, False]
