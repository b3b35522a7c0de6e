"""A run that was killed, crashed or repeated verifies as what it is."""

from syncproof.evidence import manifest, seal
from syncproof.evidence.journal import Journal
from syncproof.evidence.pack import Evidence
from tests.acceptance.attacks.attacker import Attacker
from tests.acceptance.attacks.folder import CHECK, REQUIREMENT, STEPS, scenario, step
from tests.unit.evidence.core_verifier.packs import finished, not_ok, started


def test_a_killed_run_verifies(tmp_path):
    """With a line that was torn, a step without an end, and a body that nothing names yet."""
    pack, journal = started(tmp_path)
    journal.append("scenario_started", {"scenario": "one", "requirements": [REQUIREMENT], "steps": STEPS})
    journal.keep_body(b"the answer that was being recorded")
    journal.close()
    with (pack.path / "record" / "journal-main.ndjson").open("ab") as stream:
        stream.write(b'{"at":"2026')
    pack._alive.give_back()
    Evidence(tmp_path / "evidence").mark_killed()
    assert not_ok(pack.path) == set()


def test_a_run_that_was_killed_after_its_seal_waits_for_its_end(tmp_path):
    """Which the next one writes."""
    pack, journal = started(tmp_path)
    scenario(journal, "one", "KGM")
    journal.append("run_finished", {"counts": {"verdicts": {"passed": 1}}, "exit": 0, "faults": []})
    journal.close()
    evidence = Evidence(tmp_path / "evidence")
    seal.make(pack.path, 1, evidence.ledger.place(1), by=seal.CONTROLLER, ended="finished")
    manifest.make(pack.path)
    assert not_ok(pack.path) == {"ledger"}
    pack._alive.give_back()
    evidence.mark_killed()
    assert not_ok(pack.path) == set()


def test_a_run_whose_worker_crashed_verifies(tmp_path):
    """What it was about to do has no end; what it did last may not have been counted. The run says so."""
    pack, journal = started(tmp_path, scenarios=("one", "two", "three"))
    scenario(journal, "one", "KGM")
    worker = Journal(pack.path, "gw0")
    scenario(worker, "three", "KGM")
    worker.append("scenario_started", {"scenario": "two", "requirements": [REQUIREMENT], "steps": STEPS})
    worker.close()
    assert not_ok(finished(pack, journal, {"passed": 1}, ["3 scenarios were collected, but 1 executed"])) == set()


def test_what_failed_before_its_worker_crashed_needs_a_deviation(tmp_path):
    """Breaking off settles nothing."""
    pack, journal = started(tmp_path)
    worker = Journal(pack.path, "gw0")
    worker.append("exchange", {"id": "gw0-x1", "scenario": "one", "step": 2, "request": None, "response": None})
    worker.append("scenario_started", {"scenario": "one", "requirements": [REQUIREMENT], "steps": STEPS})
    failed = {"scenario": "one", "actual": "GRM", "verdict": "failed", "exchanges": ["gw0-x1"]}
    worker.append("check", {**CHECK, **failed})
    worker.close()
    assert not_ok(finished(pack, journal, {}, ["1 scenarios were collected, but 0 executed"])) == set()
    attacker = Attacker(pack.path)
    attacker.edit(attacker.journal, lambda lines: [x for x in lines if x["type"] != "deviation"])
    attacker.reseal()
    assert "verdicts" in not_ok(pack.path)


def test_a_scenario_that_was_run_twice_verifies(tmp_path):
    """The last verdict counts; of those that failed, the last opens the deviation, whatever it failed in."""
    pack, journal = started(tmp_path)
    scenario(journal, "one", "GRM")
    journal.append("scenario_started", {"scenario": "one", "requirements": [REQUIREMENT], "steps": STEPS})
    step(journal, "one", 1, "failed")
    journal.append("scenario_finished", {"scenario": "one", "verdict": "failed", "reason": "no product"})
    scenario(journal, "one", "KGM")
    assert not_ok(finished(pack, journal, {"passed": 1})) == set()


def test_a_check_may_cite_what_another_journal_holds(tmp_path):
    """Journals are read one after the other."""
    pack, journal = started(tmp_path)
    other = Journal(pack.path, "zz")
    nothing = {"request": None, "response": None}
    other.append("exchange", {"id": "zz-x1", "scenario": None, "step": None, **nothing})
    other.close()
    journal.append("scenario_started", {"scenario": "one", "requirements": [REQUIREMENT], "steps": STEPS})
    step(journal, "one", 1, "passed")
    check = {**CHECK, "scenario": "one", "actual": "KGM", "verdict": "passed", "exchanges": ["zz-x1"]}
    journal.append("check", check)
    step(journal, "one", 2, "passed")
    journal.append("scenario_finished", {"scenario": "one", "verdict": "passed", "reason": None})
    assert not_ok(finished(pack, journal, {"passed": 1})) == set()
