"""Nothing is lost between parallel workers, or it is told."""

import os
import signal

from syncproof.patience import poll
from tests.acceptance.no_false_green.small import SECONDS
from tests.acceptance.no_false_green.test_broken_off import STEPS, counted, scenario

DIES_AT_THE_END = """
import os, signal, pytest

@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session):
    if hasattr(session.config, "workerinput") and session.config.workerinput["workerid"] == "gw1":
        os.kill(os.getpid(), signal.SIGKILL)
"""
LOSES_A_REPORT = """

def pytest_report_to_serializable(report):
    if getattr(report, "nodeid", "").endswith("::S3") and report.when == "teardown":
        report.user_properties = []
"""


def test_a_worker_that_is_killed_costs_its_scenario(suite):
    suite.steps(STEPS)
    suite.passing(*(f"S{number}" for number in range(6)))
    suite.feature(scenario("Killed", "When it waits for a signal", "Then it shows A1"), "features/a.feature")
    process = suite.start("syncproof", "qualify", "features", "-n", "2", "--no-report")
    files = lambda: [path for path in suite.folder.glob("waiting-gw*") if path.read_text()]  # noqa: E731
    assert poll(lambda: bool(files()), within=SECONDS)
    [waiting] = files()
    os.kill(int(waiting.read_text()), signal.SIGKILL)
    said, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 3
    assert "crashed while running 'features/a.feature::Killed'" in said
    assert counted(suite) == {"passed": 6, "aborted": 1}


def test_what_a_worker_does_not_tell(suite):
    """A result that does not reach the controller, and a worker that is killed when its scenarios are done: what it
    still had to say about its messages is missing."""
    suite.passing(*(f"S{number}" for number in range(4)))
    suite.hooks(DIES_AT_THE_END + LOSES_A_REPORT)
    ended = suite.qualify("features", "-n", "2")
    assert ended.code == 3
    assert "worker gw1 ended without its last word" in ended.said
    assert "4 scenarios were collected, but 3 executed" in ended.said


def test_the_numbers_of_a_good_run_with_workers_add_up(suite):
    suite.passing(*(f"S{number}" for number in range(4)))
    ended = suite.qualify("features", "-n", "2")
    assert ended.code == 0, ended.said
    counts = suite.record().first("run_finished")["counts"]
    assert [counts[name] for name in ("written", "unselected", "collected", "executed", "recorded")] == [4, 0, 4, 4, 4]
