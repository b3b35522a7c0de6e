"""Nothing is closed, accepted or concluded without what it takes, and nobody tests until it passes."""

import pytest

from syncproof.errors import ConfigurationError
from syncproof.evidence.acts import Person
from syncproof.evidence.execution import Execution
from syncproof.evidence.journal import Journal
from syncproof.evidence.pack import Evidence
from tests.acceptance.attacks.folder import run

JANE, ROB = Person("Jane Roe", "Validation engineer"), Person("Rob Doe", "QA")
DISPOSED = {"disposition": "to be corrected", "root_cause": "wrong unit in the ERP", "owner": "Jane Roe"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Run 1 failed in scenario "two", run 2 passed."""
    monkeypatch.delenv("CI", raising=False)
    evidence = Evidence(tmp_path / "evidence")
    run(evidence, tmp_path, 1, "GRM")
    run(evidence, tmp_path, 2, "KGM")
    return tmp_path / "evidence"


def state(folder):
    return Execution(folder).deviations["D-1-1"].state


def item(folder, number=2, scenario="two"):
    return next(one for one in Execution(folder).items(number) if one.scenario == scenario)


def test_a_failure_stays_open_however_often_it_passes_later(folder):
    """What passed at first is apart."""
    assert item(folder).state == "open"
    assert item(folder).runs == ((1, "failed"), (2, "passed"))
    assert item(folder, scenario="one").state == "passed at first"


def test_a_deviation_goes_from_open_to_closed_step_by_step(folder):
    """Disposed, retested in a later run, closed by somebody else."""
    seen = [state(folder)]
    Execution(folder).dispose("D-1-1", JANE, "seen in review", **DISPOSED)
    seen.append(state(folder))
    Execution(folder).retest("D-1-1", JANE, "corrected in ERP 2.1", 2)
    seen.append(state(folder))
    Execution(folder).close("D-1-1", ROB, "retest seen")
    seen.append(state(folder))
    assert seen == ["open", "dispositioned", "retested", "closed"]
    assert (item(folder).state, item(folder).deviations) == ("passed after deviation", ("D-1-1",))
    [_, _, closed] = Execution(folder).deviations["D-1-1"].acts
    assert (closed.name, closed.role, closed.reason) == ("Rob Doe", "QA", "retest seen")


def test_what_is_accepted_as_it_is_needs_no_retest_and_is_not_called_passed(folder):
    """The failure stays visible."""
    Execution(folder).dispose("D-1-1", JANE, "known", **DISPOSED | {"disposition": "accepted as is"})
    Execution(folder).close("D-1-1", ROB, "agreed")
    assert Execution(folder).items(1)[1].state == "passed after deviation", "run 2 passed"
    run(Evidence(folder), folder.parent, 3, "GRM")
    assert item(folder, 3).state == "open", "it failed again: a deviation of its own"
    Execution(folder).dispose("D-3-1", JANE, "known", **DISPOSED | {"disposition": "not a defect"})
    Execution(folder).close("D-3-1", ROB, "agreed")
    assert item(folder, 3).state == "deviation accepted"


REFUSED = {
    "closed without disposition": (lambda x: x.close("D-1-1", ROB, "r"), "no disposition yet"),
    "retested without disposition": (lambda x: x.retest("D-1-1", ROB, "r", 2), "no disposition yet"),
    "unknown": (lambda x: x.close("D-9-9", ROB, "r"), "deviations: D-1-1"),
    "no reason": (lambda x: x.dispose("D-1-1", JANE, " ", **DISPOSED), "say why"),
    "nobody": (lambda x: x.dispose("D-1-1", Person("", "QA"), "r", **DISPOSED), "give your name and role"),
    "no root cause": (lambda x: x.dispose("D-1-1", JANE, "r", **DISPOSED | {"root_cause": ""}), "a root cause and an owner"),
    "no such disposition": (lambda x: x.dispose("D-1-1", JANE, "r", **DISPOSED | {"disposition": "ignored"}), "is no disposition"),
    "a gap that is none": (lambda x: x.accept_gap("one", 1, JANE, "r"), "is passed in run 1"),
    "a gap nobody planned": (lambda x: x.accept_gap("nine", 1, JANE, "r"), "is not planned in run 1"),
    "a conclusion with something open": (lambda x: x.conclude(1, JANE, "fit"), r"1 scenarios are not settled \(two\)"),
    "a conclusion on no run": (lambda x: x.conclude(7, JANE, "fit"), "run 7 is not on record .*; runs: 1, 2"),
}  # fmt: skip


@pytest.mark.parametrize(("act", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_due_is_refused(folder, act, message):
    """And nothing is written."""
    known = len(Evidence(folder).lines())
    with pytest.raises(ConfigurationError, match=message):
        act(Execution(folder))
    assert len(Evidence(folder).lines()) == known


def test_a_correction_is_shown_by_a_later_run_in_which_the_scenario_passed(folder):
    """Not by the same, a missing or a failed one."""
    Execution(folder).dispose("D-1-1", JANE, "r", **DISPOSED)
    with pytest.raises(ConfigurationError, match="no retest"):
        Execution(folder).close("D-1-1", ROB, "r")
    run(Evidence(folder), folder.parent, 3, "GRM")
    for number, message in ((1, "no later run"), (9, "no later run"), (3, "is failed in run 3")):
        with pytest.raises(ConfigurationError, match=message):
            Execution(folder).retest("D-1-1", JANE, "r", number)


def test_the_owner_does_not_close_and_what_is_closed_stays_closed(folder):
    """Four eyes."""
    Execution(folder).dispose("D-1-1", JANE, "r", **DISPOSED)
    Execution(folder).retest("D-1-1", JANE, "r", 2)
    with pytest.raises(ConfigurationError, match="somebody else closes it"):
        Execution(folder).close("D-1-1", Person("jane roe", "QA"), "r")
    Execution(folder).close("D-1-1", ROB, "r")
    with pytest.raises(ConfigurationError, match="is closed"):
        Execution(folder).dispose("D-1-1", JANE, "r", **DISPOSED)


def test_ci_decides_nothing(folder, monkeypatch):
    """A person does."""
    monkeypatch.setenv("CI", "true")
    with pytest.raises(ConfigurationError, match="CI cannot decide"):
        Execution(folder).dispose("D-1-1", JANE, "r", **DISPOSED)


def test_a_gap_can_be_accepted_by_name_and_with_reason(tmp_path, folder):
    """What was planned and never ran."""
    pack = Evidence(folder).open_run({})
    journal = Journal(pack.path, "main")
    journal.append("run_started", {"run": 3, "selection": {"paths": ["features"]}})
    scenarios = [{"id": "three", "requirements": [], "selected": True}]
    journal.append("plan", {"features": [], "scenarios": scenarios, "requirements": {}})
    journal.close()
    pack.finish({})
    assert item(folder, 3, "three").state == "not run"
    Execution(folder).accept_gap("three", 3, ROB, "no such module on this site")
    found = item(folder, 3, "three")
    assert (found.state, found.act.name, found.act.reason) == ("gap accepted", "Rob Doe", "no such module on this site")


def test_the_conclusion_is_blank_until_a_person_enters_it(folder):
    """With something open only together with a statement on that."""
    assert Execution(folder).conclusion(1) is None
    Execution(folder).conclude(1, ROB, "Fit for its intended use.", "the ERP is corrected before go-live")
    found = Execution(folder).conclusion(1)
    assert (found.reason, found.name, found.fields["open"]) == ("Fit for its intended use.", "Rob Doe", 1)
    assert Execution(folder).conclusion(2) is None
