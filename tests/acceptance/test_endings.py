"""A run that is broken off leaves a readable record that says so, and no process."""

import json
import os
import signal
import subprocess
import sys

import pytest

from syncproof.evidence.pack import Evidence
from tests.acceptance.processes import PROC, Started, all_gone

pytestmark = pytest.mark.skipif(not PROC.is_dir(), reason="processes are looked up in /proc")

LONG_ONE = "features/block_tests/1_revision.feature"
SHORT_ONE = "features/installation/installation.feature"
INCOMPLETE = 3


@pytest.fixture
def start(tmp_path):
    """Starts a run in the background; nothing of it outlives the test."""
    runs = []

    def begin(*arguments: str) -> Started:
        command = [sys.executable, "-m", "syncproof", "qualify", *arguments, "--no-report"]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        process = subprocess.Popen(command, cwd=tmp_path, start_new_session=True, env={**os.environ}, **pipes)
        runs.append(Started(process, tmp_path))
        return runs[-1]

    yield begin
    for run in runs:
        run.kill()


@pytest.fixture
def ledger(tmp_path):
    """What the ledger says: type and number of the run, line by line."""
    return lambda: [(line["type"], line["run"]) for line in Evidence(tmp_path / "evidence").lines()]


def told_all(run, number):
    run.tell_all(number)


def told_the_command(run, number):
    run.tell(run.process.pid, number)


@pytest.mark.parametrize(
    ("tell", "number", "workers"),
    [
        (told_all, signal.SIGINT, ()),
        (told_the_command, signal.SIGTERM, ()),
        pytest.param(told_all, signal.SIGINT, ("-n", "2"), marks=pytest.mark.slow),
    ],
    ids=["Ctrl-C", "SIGTERM", "Ctrl-C with workers"],
)
def test_a_run_that_is_told_to_end_ends_in_order_and_says_so(start, ledger, record, tell, number, workers):
    run = start(LONG_ONE, *workers)
    pids = run.wait_for("scenario_finished", "gw0" if workers else "main")
    tell(run, number)
    code, said = run.end()
    assert code == INCOMPLETE
    assert "Aborted:      interrupted; what was recorded before is kept" in said
    assert "Record:" in said
    assert "Traceback" not in said
    assert all_gone(pids)
    assert ledger() == [("run_started", 1), ("run_aborted", 1)]
    found = record()
    assert all(journal.broken is None for journal in found.journals)
    assert {"passed", "not run"} <= set(found.verdicts().values())


def test_a_run_whose_command_is_killed_ends_in_order_too(start, syncproof, ledger, packs):
    """Nothing goes on behind the user's back; the record can be shown."""
    run = start(LONG_ONE)
    pids = run.wait_for("scenario_finished")
    run.tell(run.process.pid, signal.SIGKILL)
    assert all_gone(pids)
    assert ledger() == [("run_started", 1), ("run_aborted", 1)]
    shown = syncproof("evidence", "show", str(packs()[-1]))
    assert shown.code == 0
    assert "Aborted:      interrupted" in shown.out


def test_a_run_whose_suite_is_killed_is_marked_aborted_by_the_command(start, ledger):
    run = start(LONG_ONE)
    pids = run.wait_for("scenario_finished")
    run.tell(run.pytest, signal.SIGKILL)
    code, said = run.end()
    assert code == INCOMPLETE
    assert "Aborted:      the run ended without a word (killed, or the machine went down)" in said
    assert "Traceback" not in said
    assert all_gone(pids)
    assert ledger() == [("run_started", 1), ("run_aborted", 1)]


def test_a_run_that_was_killed_as_a_whole_is_readable_and_marked_aborted_by_the_next(start, syncproof, ledger, packs):
    run = start(LONG_ONE)
    pids = run.wait_for("scenario_finished")
    for pid in (run.pytest, run.process.pid):
        run.tell(pid, signal.SIGKILL)
    assert all_gone(pids)
    shown = syncproof("evidence", "show", str(packs()[0]), "--json")
    summary = json.loads(shown.out)
    assert summary["scenarios"]["passed"] >= 1
    assert summary["scenarios"].get("aborted", 0) <= 1
    assert "its end is not on record" in summary["aborted"]
    assert syncproof("qualify", SHORT_ONE, "--no-report").code == 0
    assert ledger() == [("run_started", 1), ("run_aborted", 1), ("run_started", 2), ("run_finished", 2)]
    assert "the run ended without a word" in syncproof("evidence", "show", str(packs()[0])).out


def test_a_worker_that_is_killed_costs_its_scenario_and_no_other(start, ledger, record):
    run = start(LONG_ONE, "-n", "2", "--requirement", "URS-REV-001")
    pids = run.wait_for("scenario_finished", "gw0")
    run.tell(run.worker("gw0"), signal.SIGKILL)
    code, said = run.end()
    assert code == INCOMPLETE
    assert "worker 'gw0' crashed while running" in said
    assert "Traceback" not in said
    assert all_gone(pids)
    assert ledger() == [("run_started", 1), ("run_finished", 1)]
    verdicts = list(record().verdicts().values())
    lost = [verdict for verdict in verdicts if verdict not in {"passed", "unselected"}]
    assert lost in (["aborted"], ["not run"]), "killed within a scenario, or just before one"
