"""A run leaves a record, whatever happens to it: with workers, killed, interrupted, cut short."""

import signal
import subprocess
import sys

import pytest

from syncproof.evidence.pack import Evidence

pytest_plugins = ["pytester"]

MANY = "".join(
    f"  @URS-REV-001\n  Scenario: S{n}\n    When it is done by {n}\n    Then revision A is in effect\n"
    for n in range(8)
)
LEFT_BEHIND = """
import pytest
from syncproof.evidence import pack as packs
from syncproof.evidence.journal import Journal
packs.SETTLING = 0

@pytest.fixture(autouse=True, scope="session")
def left_behind(journal):
    globals()["late"] = Journal(journal.pack, "late")
"""
DONE = "@when(parsers.parse('it is done by {n}'))\ndef _(n): ...\n"


def test_a_run_says_who_what_and_with_which_seed(suite):
    """Enough to make it again."""
    suite.steps(DONE)
    suite.feature(MANY)
    landscape = suite.write("plant.toml", "name = 'plant'\n")
    suite.run("--seed", "s1", "--landscape", str(landscape), "-k", "S1")
    started = suite.record().first("run_started")
    assert started["seed"] == "s1"
    assert started["landscape"]["path"] == "plant.toml"
    assert started["selection"]["keyword"] == "S1"
    assert started["run"] == 1
    assert started["suite"]["features"].startswith("sha256:")


def test_a_suite_can_add_facts(suite):
    """Protocol, contract versions: by a hook."""
    suite.steps(DONE + "def pytest_syncproof_run_info(info): info['contracts'] = {'bom': '1.0.0'}\n")
    suite.feature(MANY)
    suite.run()
    assert suite.record().first("run_started")["contracts"] == {"bom": "1.0.0"}


def test_evidence_lies_beside_the_landscape_or_where_it_is_said(suite, tmp_path):
    """A plant keeps its records with its landscape file."""
    suite.steps(DONE)
    suite.feature(MANY)
    landscape = suite.write("plants/berlin/plant.toml", "")
    suite.run("--landscape", str(landscape))
    assert (landscape.parent / "evidence" / "ledger.ndjson").is_file()
    suite.run("--evidence", str(tmp_path / "elsewhere"))
    assert (tmp_path / "elsewhere" / "ledger.ndjson").is_file()


def test_a_landscape_that_is_not_there_is_a_usage_error(suite):
    """Told before anything is run."""
    suite.feature(MANY)
    result = suite.run("--landscape", "no.toml")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: there is no landscape file no.toml: *"])


def test_no_record_keeps_none(suite):
    """For trying things out; the verdicts are the same."""
    suite.steps(DONE)
    suite.feature(MANY)
    suite.run("--no-record").assert_outcomes(passed=8)
    assert not (suite.pytester.path / "evidence").exists()


def test_workers_write_journals_of_their_own(suite):
    """One record, one number, one seed; the controller begins and ends it."""
    suite.steps(DONE)
    suite.feature(MANY)
    result = suite.run("-n", "2", apart=True)
    result.assert_outcomes(passed=8)
    result.stdout.fnmatch_lines(["scenarios: 8 passed; 0 unselected of 8 written"])
    record = suite.record()
    assert [(journal.worker, journal.broken) for journal in record.journals] == [
        ("gw0", None),
        ("gw1", None),
        ("main", None),
    ]
    assert set(record.verdicts().values()) == {"passed"}
    assert {scenario.started["keys_seed"] for scenario in record.scenarios.values()} == {
        record.first("run_started")["seed"]
    }
    counts = record.first("run_finished")["counts"]
    assert (counts["written"], counts["collected"], counts["executed"], counts["recorded"]) == (8, 8, 8, 8)
    assert [line["type"] for line in suite.ledger()] == ["run_started", "run_finished"]


def test_a_worker_that_dies_leaves_what_it_did(suite):
    """Its scenario was aborted, the others went on, and the run is not green."""
    suite.steps(DONE.replace("...", "n == '3' and __import__('os')._exit(9)"))
    suite.feature(MANY)
    result = suite.run("-n", "2", apart=True)
    assert result.ret != 0
    verdicts = suite.record().verdicts()
    assert verdicts["features/x.feature::S3"] == "aborted"
    assert sorted(verdicts.values()) == ["aborted"] + ["passed"] * 7
    assert suite.ledger()[-1]["type"] == "run_finished"


def test_a_killed_run_is_marked_by_the_next(suite):
    """What it had done is on record; what it had not begun is known from the plan."""
    suite.steps("import os, signal\n" + DONE.replace("...", "n == '3' and os.kill(os.getpid(), signal.SIGKILL)"))
    suite.feature(MANY)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider"]
    killed = subprocess.run(command, cwd=suite.pytester.path, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [line["type"] for line in suite.ledger()] == ["run_started"]
    verdicts = suite.record(0).verdicts()
    assert list(verdicts.values()) == ["passed"] * 3 + ["aborted"] + ["not run"] * 4

    suite.run("-k", "S1")
    assert [(line["type"], line["run"]) for line in suite.ledger()] == [
        ("run_started", 1),
        ("run_aborted", 1),
        ("run_started", 2),
        ("run_finished", 2),
    ]
    assert suite.record(0).first("run_aborted")["reason"].startswith("the run ended without a word")


def test_an_interrupted_run_says_so(suite):
    """Ctrl-C: the scenario under way was aborted."""
    suite.steps(DONE.replace("def _(n): ...", "def _(n):\n    if n == '3': raise KeyboardInterrupt"))
    suite.feature(MANY)
    assert suite.run(apart=True).ret == pytest.ExitCode.INTERRUPTED
    record = suite.record()
    assert record.first("run_aborted")["reason"] == "interrupted"
    assert list(record.verdicts().values()) == ["passed"] * 3 + ["aborted"] + ["not run"] * 4
    assert suite.ledger()[-1]["type"] == "run_aborted"


def test_stopping_at_the_first_failure_is_not_green(suite):
    """And the rest did not run."""
    suite.steps(DONE.replace("...", "1 / (3 - int(n))"))
    suite.feature(MANY)
    result = suite.run("-x")
    assert list(suite.record().verdicts().values()) == ["passed"] * 3 + ["failed"] + ["not run"] * 4
    result.stdout.fnmatch_lines(["not green: 8 scenarios were collected, but 4 executed"])


def test_a_record_that_lost_a_scenario_is_not_green(suite):
    """Collected, executed and recorded must be the same number."""
    suite.steps(
        DONE
        + """
from syncproof.evidence.journal import Journal
real = Journal.append

def append(self, type_, fields):
    if type_ != "scenario_finished" or "S3" not in fields["scenario"]:
        real(self, type_, fields)

Journal.append = append
"""
    )
    suite.feature(MANY)
    result = suite.run(apart=True)
    result.assert_outcomes(passed=8)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["not green: 8 scenarios were executed, but 7 are on record"])


def test_an_item_that_another_plugin_swallows_is_not_green(suite):
    """Collected, and then never run, without a failure."""
    suite.steps(DONE + "def pytest_runtest_protocol(item):\n    return True if item.name == 'S3' else None\n")
    suite.feature(MANY)
    result = suite.run()
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["not green: 8 scenarios were collected, but 7 executed"])


def test_verdicts_are_in_the_junit_report(suite, tmp_path):
    """For a CI that shows them."""
    suite.steps(DONE)
    suite.feature(MANY)
    suite.run("--junitxml", str(tmp_path / "junit.xml"), "-k", "S1")
    text = (tmp_path / "junit.xml").read_text()
    assert '<property name="verdict" value="passed"' in text
    assert '<property name="scenario" value="features/x.feature::S1"' in text


def test_a_wrong_requirement_option_is_told(suite):
    """A typing error must not look like an empty selection."""
    suite.steps(DONE)
    suite.feature(MANY)
    result = suite.run("--requirement", "URS-REV-01")
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    result.stdout.fnmatch_lines(
        ["not green: no scenario carries URS-REV-01; the nearest that one carries is URS-REV-001"]
    )


def test_secrets_of_a_run_are_nowhere_in_its_record(suite):
    """Not in steps, checks, errors or reasons."""
    suite.steps(
        """
@given("a login")
def _(recorder):
    recorder.redactor.register("qa", "s3cr3t-token")

@when("it fails")
def _():
    raise OSError("cannot use s3cr3t-token")
"""
    )
    suite.feature(
        "  @URS-REV-001\n  Scenario: S\n    Given a login\n    When it fails\n    Then revision A is in effect\n"
    )
    suite.run()
    record = suite.record()
    [scenario] = record.scenarios.values()
    assert "<redacted:qa>" in scenario.reason
    held = "".join(path.read_text() for path in record.path.rglob("*") if path.is_file())
    assert "s3cr3t-token" not in held


def test_each_scenario_is_synced_when_it_ends(suite):
    """A power cut costs the scenario under way, not the ones before it."""
    suite.steps(
        DONE
        + "from syncproof.evidence.journal import Journal\nJournal.sync = lambda self: print('SYNC', self.scenario)\n"
    )
    suite.feature(MANY)
    assert suite.run("-s", apart=True).stdout.str().count("SYNC features/x.feature::S") == 8


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can tell there who writes")
def test_a_record_that_cannot_be_sealed_is_not_green(suite):
    """What outlived the run is named in words; whoever asks next seals it."""
    suite.steps(DONE + LEFT_BEHIND)
    suite.feature(MANY)
    result = suite.run("-k", "S1", apart=True)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["not green: *0001-* is still being written to, 0 s after the run's end, *"])
    result.stderr.no_fnmatch_line("*Traceback*")
    assert [line["type"] for line in suite.ledger()] == ["run_started"]
    Evidence(suite.pytester.path / "evidence").mark_killed()
    assert [line["type"] for line in suite.ledger()] == ["run_started", "run_aborted"]
