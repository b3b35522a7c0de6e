"""The short ways out of a deviation, a gap or an open protocol: each of them is closed."""

import shutil

import pytest

from syncproof.errors import ConfigurationError
from syncproof.evidence.execution.acts import Person
from syncproof.evidence.execution.register import Register, read_history
from tests.unit.evidence.execution.folder import Folder
from tests.unit.evidence.execution.runs import ONE, TWO


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    return Folder(tmp_path / "evidence")


def refused(message, act, *said):
    with pytest.raises(ConfigurationError, match=message):
        act(*said)


def test_a_failed_check_opens_a_deviation_when_the_run_is_stopped_too(folder):
    """Or whoever sees it fail stops the run and starts again."""
    folder.run({ONE: "aborted"}, aborted="interrupted")
    folder.run({ONE: "passed"})
    assert folder.deviation == "open"
    assert folder.state(2) == "open"


@pytest.mark.parametrize(
    ("who", "reason"), [({"kind": "ci", "name": "bot", "role": "CI"}, "r"), ({"kind": "person", "name": "Ben"}, "r"), ({"kind": "person", "name": "Ben", "role": "QA"}, ""), (None, "r")]
)  # fmt: skip
def test_a_line_that_was_appended_past_the_rules_does_not_count(folder, who, reason):
    """It is shown, with the rule."""
    folder.run({ONE: "failed"})
    folder.disposed(disposition="not a defect")
    folder.evidence.note({"type": "deviation_closed", "run": 1, "deviation": "D-1-1", "reason": reason, "who": who})
    history = read_history(folder.path)
    assert history.deviations["D-1-1"].state == "dispositioned"
    [(act, why)] = history.void
    assert (act.line, bool(why)) == (4, True)


def test_a_run_on_another_landscape_is_no_retest(folder):
    """On simulators everything passes."""
    folder.run({ONE: "failed"})
    folder.run({ONE: "passed"}, landscape={"path": "simulators.toml", "sha256": "bb"})
    folder.disposed()
    refused("landscape .file.: aa → bb", folder.ana.retest, "D-1-1", "r", 2)


@pytest.mark.parametrize(
    ("disposition", "other", "changed"),
    [
        ("correct the system", "correct the test", {"version": "2.0"}),
        ("correct the environment", "correct the system", {"landscape": {"path": "plant.toml", "sha256": "bb"}}),
        ("correct the test", "correct the environment", {"suite": {"steps": "other"}}),
        ("correct the test", "correct the requirement", {"engine": "other"}),
    ],
)
def test_a_retest_may_differ_in_what_was_mended(folder, disposition, other, changed):
    """And in nothing else: another disposition does not account for it."""
    folder.run({ONE: "failed"})
    folder.run({ONE: "passed"}, **changed)
    folder.disposed(disposition=other)
    refused(f"in more than '{other}' accounts for", folder.ana.retest, "D-1-1", "r", 2)
    folder.disposed(disposition=disposition)
    folder.ana.retest("D-1-1", "r", 2)
    folder.ben.close("D-1-1", "seen")
    assert folder.state(2) == "passed after deviation"


def test_a_new_disposition_asks_for_a_new_retest(folder):
    """The retest was made for another root cause."""
    folder.run({ONE: "failed"})
    folder.run({ONE: "passed"})
    folder.disposed()
    folder.ana.retest("D-1-1", "r", 2)
    folder.disposed(root_cause="another")
    assert folder.deviation == "dispositioned"
    refused("no retest since", folder.ben.close, "D-1-1", "r")


@pytest.mark.parametrize("name", ["Olga", "\uff2f\uff2c\uff27\uff21", " olga", "Ana  Roe", "lab"])
def test_who_owns_disposes_or_performs_does_not_close(folder, name):
    """However the name is written."""
    folder.run({ONE: "failed"})
    folder.disposed(disposition="not a defect")
    refused("somebody else closes it", Register(folder.path, Person(name, "QA")).close, "D-1-1", "r")
    folder.ben.close("D-1-1", "r")
    assert folder.state(1) == "deviation accepted"


def test_an_aborted_run_is_no_retest(folder):
    """Nobody knows what it would have come to."""
    folder.run({ONE: "failed"})
    folder.run({ONE: "passed"}, aborted="interrupted")
    folder.disposed()
    refused("aborted and proves nothing", folder.ana.retest, "D-1-1", "r", 2)


def test_a_retest_checks_the_requirement_that_failed(folder):
    """A scenario from which the check was taken passes for nothing."""
    folder.run({ONE: "failed"})
    folder.run({ONE: "passed"}, requirement="URS-B-2")
    folder.disposed(disposition="correct the requirement")
    refused("no check of URS-A-1", folder.ana.retest, "D-1-1", "r", 2)


def test_a_run_whose_pack_is_gone_is_no_clean_slate(folder):
    """What failed in it is not known."""
    pack = folder.run({ONE: "failed"})
    folder.run({ONE: "passed"})
    shutil.rmtree(pack.path)
    refused("the pack of run 1 is not here", folder.ben.conclude, 2, "fit")


def test_a_gap_holds_for_the_configuration_that_it_was_accepted_for(folder):
    """Another version may support it."""
    folder.run({ONE: "not supported"})
    folder.ben.accept_gap(ONE, 1, "no such module")
    folder.run({ONE: "not supported"})
    folder.run({ONE: "not supported"}, version="2.0")
    assert [folder.state(run) for run in (1, 2, 3)] == ["gap accepted", "gap accepted", "open"]


def test_who_performed_the_run_does_not_accept_its_gaps(folder):
    """Four eyes here too."""
    folder.run({ONE: "blocked"})
    refused("somebody else accepts the gap", Register(folder.path, Person("Lab", "QA")).accept_gap, ONE, 1, "r")


def test_nothing_rests_on_an_aborted_run(folder):
    """No conclusion, no accepted gap."""
    folder.run({ONE: "passed", TWO: "not run"}, aborted="interrupted")
    refused("was aborted", folder.ben.conclude, 1, "fit")
    refused("was aborted", folder.ben.accept_gap, TWO, 1, "r")


def test_a_run_of_a_part_does_not_make_the_rest_disappear(folder):
    """A protocol is looked at as a whole."""
    folder.run({ONE: "passed", TWO: "blocked"})
    folder.run({ONE: "passed"})
    assert (folder.state(2), folder.state(2, TWO)) == ("passed at first", "open")
    refused(r"not settled \(1\): features/a.feature::Two", folder.ben.conclude, 2, "fit")


def test_a_conclusion_is_judged_by_what_was_known_when_it_was_entered(folder):
    """A later failure does not take it away, and a false number of open points does."""
    folder.run({ONE: "passed"})
    folder.ben.conclude(1, "fit")
    folder.run({ONE: "failed"})
    folder.ben.conclude(2, "not fit", "it is mended first")
    history = read_history(folder.path)
    assert {run: act.reason for run, act in history.conclusions.items()} == {1: "fit", 2: "not fit"}
    who = {"kind": "person", "name": "Ben", "role": "QA"}
    told = {"type": "conclusion_entered", "run": 2, "who": who, "reason": "fit", "with_open": "all fine", "open": 0}
    folder.evidence.note(told)
    [(_, why)] = read_history(folder.path).void
    assert "speaks of another number" in why


def test_a_view_of_the_past_is_told_up_to_a_line(folder):
    """So that a view can be made again as it was."""
    folder.run({ONE: "failed"})
    until = folder.evidence.ledger.head().lines
    folder.disposed(disposition="not a defect")
    folder.ben.close("D-1-1", "r")
    assert read_history(folder.path, until).deviations["D-1-1"].state == "open"
    assert folder.deviation == "closed"
