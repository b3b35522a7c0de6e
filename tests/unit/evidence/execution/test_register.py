"""Nothing is closed, accepted or concluded without what it takes, and nobody tests until it passes."""

import pytest

from syncproof.errors import ConfigurationError, EvidenceError
from syncproof.evidence.execution.acts import Person
from syncproof.evidence.execution.items import items
from syncproof.evidence.execution.register import Register, read_history
from syncproof.evidence.journal import Journal
from syncproof.evidence.ledger import Ledger
from syncproof.evidence.pack import Evidence
from tests.acceptance.attacks.folder import run
from tests.unit.evidence.execution.folder import REQUIREMENT, Folder
from tests.unit.evidence.execution.runs import ONE, OTHER, TWO

JANE, ROB = Person("Jane Roe", "Validation engineer"), Person("Rob Doe", "QA")
DISPOSED = {"disposition": "correct the environment", "root_cause": "wrong unit in the ERP", "owner": "Jane Roe"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Run 1 failed in scenario "two", run 2 passed."""
    monkeypatch.delenv("CI", raising=False)
    evidence = Evidence(tmp_path / "evidence")
    run(evidence, tmp_path, 1, "GRM")
    run(evidence, tmp_path, 2, "KGM")
    return tmp_path / "evidence"


def by(person):
    """A register at which somebody acts."""
    return lambda folder: Register(folder, person)


jane, rob = by(JANE), by(ROB)


def state(folder):
    return read_history(folder).deviations["D-1-1"].state


def item(folder, number=2, scenario="two"):
    return next(one for one in items(read_history(folder), number) if one.scenario == scenario)


def test_a_failure_stays_open_however_often_it_passes_later(folder):
    """What passed at first is apart."""
    assert item(folder).state == "open"
    assert item(folder).runs == ((1, "failed"), (2, "passed"))
    assert item(folder, scenario="one").state == "passed at first"


def test_a_deviation_goes_from_open_to_closed_step_by_step(folder):
    """Disposed, retested in a later run, closed by somebody else."""
    seen = [state(folder)]
    jane(folder).dispose("D-1-1", "seen in review", **DISPOSED)
    seen.append(state(folder))
    jane(folder).retest("D-1-1", "corrected in ERP 2.1", 2)
    seen.append(state(folder))
    rob(folder).close("D-1-1", "retest seen")
    seen.append(state(folder))
    assert seen == ["open", "dispositioned", "retested", "closed"]
    assert (item(folder).state, item(folder).deviations) == ("passed after deviation", ("D-1-1",))
    [_, _, closed] = read_history(folder).deviations["D-1-1"].acts
    assert (closed.name, closed.role, closed.reason) == ("Rob Doe", "QA", "retest seen")


def test_the_ledger_holds_who_decided_what_and_why(folder):
    """Trimmed, and of each act nothing but what belongs to it."""
    known = len(Evidence(folder).lines())
    said = {"root_cause": " wrong unit ", "owner": " Jane Roe "}
    jane(folder).dispose("D-1-1", " seen ", disposition="correct the environment", **said)
    jane(folder).retest("D-1-1", " corrected ", 2)
    rob(folder).close("D-1-1", " agreed ")
    rob(folder).conclude(2, " Fit. ", "there is nothing that it could speak of")
    lines = Evidence(folder).lines()[known:]
    assert [line.pop("who")["name"] for line in lines] == ["Jane Roe", "Jane Roe", "Rob Doe", "Rob Doe"]
    for line in lines:
        del line["at"], line["prev"]
    disposed = DISPOSED | {"root_cause": "wrong unit"}
    about = {"deviation": "D-1-1", "run": 1}
    assert lines == [
        {"type": "deviation_dispositioned", "reason": "seen", **about, **disposed},
        {"type": "deviation_retested", "reason": "corrected", **about, "retest_run": 2},
        {"type": "deviation_closed", "reason": "agreed", **about},
        {"type": "conclusion_entered", "reason": "Fit.", "run": 2},
    ]


def test_a_ledger_that_cannot_be_written_is_named(folder, monkeypatch):
    """What was decided is not on record then."""

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Ledger, "append", full)
    with pytest.raises(EvidenceError) as refused:
        jane(folder).dispose("D-1-1", "r", **DISPOSED)
    assert str(refused.value) == f"{folder / 'ledger.ndjson'} cannot be written: No space left on device"


def test_what_is_entered_past_the_rules_is_void_where_it_stands(folder):
    """It is told with the rule; what is permitted around it counts, up to the line that is looked at."""
    jane(folder).dispose("D-1-1", "known", **DISPOSED | {"disposition": "not a defect"})
    who = {"kind": "person", "name": "Jane Roe", "role": "QA"}
    Evidence(folder).note({"type": "deviation_closed", "run": 1, "deviation": "D-1-1", "reason": "r", "who": who})
    until = len(Evidence(folder).lines())
    rob(folder).close("D-1-1", "agreed")
    then, now = read_history(folder, until), read_history(folder)
    assert [one.deviations["D-1-1"].state for one in (then, now)] == ["dispositioned", "closed"]
    [(act, why)] = then.void
    assert (act.line, why) == (until, "Jane Roe owns D-1-1: somebody else closes it")
    assert (now.void, now.line, now.directory) == (then.void, until + 1, folder)


def test_what_is_accepted_as_it_is_needs_no_retest_and_is_not_called_passed(folder):
    """The failure stays visible."""
    jane(folder).dispose("D-1-1", "known", **DISPOSED | {"disposition": "accepted as is"})
    rob(folder).close("D-1-1", "agreed")
    assert item(folder, 1).state == "passed after deviation", "run 2 passed"
    run(Evidence(folder), folder.parent, 3, "GRM")
    assert item(folder, 3).state == "open", "it failed again: a deviation of its own"
    jane(folder).dispose("D-3-1", "known", **DISPOSED | {"disposition": "not a defect"})
    rob(folder).close("D-3-1", "agreed")
    assert item(folder, 3).state == "deviation accepted"


REFUSED = {
    "closed without disposition": (lambda x: rob(x).close("D-1-1", "r"), "no disposition yet"),
    "retested without disposition": (lambda x: rob(x).retest("D-1-1", "r", 2), "no disposition yet"),
    "unknown": (lambda x: rob(x).close("D-9-9", "r"), "deviations: D-1-1"),
    "no reason": (lambda x: jane(x).dispose("D-1-1", " ", **DISPOSED), "say why"),
    "nobody": (lambda x: by(Person("", "QA"))(x).dispose("D-1-1", "r", **DISPOSED), "give your name and role"),
    "no root cause": (lambda x: jane(x).dispose("D-1-1", "r", **DISPOSED | {"root_cause": ""}), "a root cause and an owner"),
    "no such disposition": (lambda x: jane(x).dispose("D-1-1", "r", **DISPOSED | {"disposition": "ignored"}), "is no disposition"),
    "a gap that is none": (lambda x: jane(x).accept_gap("one", 1, "r"), "is passed in run 1"),
    "a gap nobody planned": (lambda x: jane(x).accept_gap("nine", 1, "r"), "is not planned in run 1"),
    "a conclusion with something open": (lambda x: jane(x).conclude(1, "fit"), r"not settled \(1\): two"),
    "a gap of no run": (lambda x: jane(x).accept_gap("one", 7, "r"), "run 7 is not on record .*; runs: 1, 2"),
    "a conclusion with a blank statement": (lambda x: jane(x).conclude(1, "fit", " "), r"not settled \(1\): two"),
    "an open conclusion on no run": (lambda x: jane(x).conclude(7, "fit", "later"), "run 7 is not on record"),
    "a conclusion on no run": (lambda x: jane(x).conclude(7, "fit"), "run 7 is not on record .*; runs: 1, 2"),
}  # fmt: skip


@pytest.mark.parametrize(("act", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_due_is_refused(folder, act, message):
    """And nothing is written."""
    known = len(Evidence(folder).lines())
    with pytest.raises(ConfigurationError, match=message):
        act(folder)
    assert len(Evidence(folder).lines()) == known


def test_a_correction_is_shown_by_a_later_run_in_which_the_scenario_passed(folder):
    """Not by the same, a missing or a failed one."""
    jane(folder).dispose("D-1-1", "r", **DISPOSED)
    with pytest.raises(ConfigurationError, match="no retest"):
        rob(folder).close("D-1-1", "r")
    run(Evidence(folder), folder.parent, 3, "GRM")
    for number, message in ((1, "no later run"), (9, "no later run"), (3, "is failed in run 3")):
        with pytest.raises(ConfigurationError, match=message):
            jane(folder).retest("D-1-1", "r", number)


def test_the_owner_does_not_close_and_what_is_closed_stays_closed(folder):
    """Four eyes."""
    jane(folder).dispose("D-1-1", "r", **DISPOSED)
    jane(folder).retest("D-1-1", "r", 2)
    with pytest.raises(ConfigurationError, match="somebody else closes it"):
        by(Person("jane  ROE", "QA"))(folder).close("D-1-1", "r")
    rob(folder).close("D-1-1", "r")
    with pytest.raises(ConfigurationError, match="is closed"):
        jane(folder).dispose("D-1-1", "r", **DISPOSED)


def test_ci_decides_nothing(folder, monkeypatch):
    """A person does."""
    monkeypatch.setenv("CI", "true")
    with pytest.raises(ConfigurationError, match="CI cannot decide"):
        jane(folder).dispose("D-1-1", "r", **DISPOSED)


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
    rob(folder).accept_gap("three", 3, "no such module on this site")
    found = item(folder, 3, "three")
    assert (found.state, found.act.name, found.act.reason) == ("gap accepted", "Rob Doe", "no such module on this site")


def test_the_conclusion_is_blank_until_a_person_enters_it(folder):
    """With something open only together with a statement on that."""
    assert read_history(folder).conclusions.get(1) is None
    rob(folder).conclude(1, "Fit for its intended use.", "the ERP is corrected before go-live")
    found = read_history(folder).conclusions.get(1)
    assert (found.reason, found.name, found.fields["open"]) == ("Fit for its intended use.", "Rob Doe", 1)
    assert read_history(folder).conclusions.get(2) is None


def test_the_gaps_of_a_requirement_are_accepted_together(tmp_path, monkeypatch):
    """All or none: one that failed has a deviation. What passed has no gap."""
    monkeypatch.delenv("CI", raising=False)
    folder = Folder(tmp_path)
    folder.run({ONE: "not supported", TWO: "blocked", OTHER: "passed"})
    assert folder.ben.accept_gap(REQUIREMENT, 1, "no such module") == [ONE, TWO]
    assert [act.fields for act in read_history(tmp_path).gaps] == [
        {"run": 1, "scenario": ONE},
        {"run": 1, "scenario": TWO},
    ]
    folder.run({ONE: "not supported", TWO: "failed"}, version="2.0")
    lines = len(folder.evidence.lines())
    with pytest.raises(ConfigurationError, match="Two is failed in run 2"):
        folder.ben.accept_gap(REQUIREMENT, 2, "r")
    assert len(folder.evidence.lines()) == lines
