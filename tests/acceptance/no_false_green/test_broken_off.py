"""A run that does not come to its end is not green, however it was broken off, and its counts still add up."""

import signal
from collections import Counter

import pytest

from syncproof.patience import poll
from tests.acceptance.no_false_green.small import SECONDS

STEPS = """
import os
import time
from pathlib import Path

@when("everything is over")
def _(): pytest.exit("enough", returncode=0)

@when("the process ends")
def _(): os._exit(0)

@pytest.fixture(scope="session")
def at_the_end():
    yield
    os._exit(0)

@when("the process ends after the last scenario")
def _(at_the_end): ...

@when("it waits for a signal")
def _():
    Path(f"waiting-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}").write_text(str(os.getpid()))
    time.sleep(60)

@then("it is wrong")
def _(check, asked):
    check.equal("SITE-001", "claim", "B1", asked("A1"))
"""


def scenario(name, *steps):
    return f"  @SITE-001\n  Scenario: {name}\n" + "".join(f"    {step}\n" for step in steps)


def with_step(suite, *steps):
    suite.steps(STEPS)
    suite.passing("One")
    suite.feature(scenario("Two", *steps), "features/y.feature")
    suite.passing("Three", file="features/z.feature")


def counted(suite):
    """Written, and what became of each."""
    verdicts = suite.record().verdicts()
    assert len(verdicts) == len(suite.record().plan)
    return dict(Counter(verdicts.values()))


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        (("When everything is over", "Then it shows A1"), {"passed": 1, "aborted": 1, "not run": 1}),
        (("When the process ends", "Then it shows A1"), {"passed": 1, "aborted": 1, "not run": 1}),
        (("When the process ends after the last scenario", "Then it shows A1"), {"passed": 2, "aborted": 1}),
    ],
    ids=["pytest.exit", "os._exit", "os._exit at the end"],
)
def test_a_run_that_ends_itself_with_code_0(suite, steps, found):
    with_step(suite, *steps)
    ended = suite.qualify()
    assert ended.code == 3, ended.said
    assert "Aborted:" in ended.said or "not green:" in ended.said
    assert counted(suite) == found


def test_stopping_at_the_first_failure(suite):
    with_step(suite, "Then it is wrong")
    ended = suite.pytest("-q", "-x")
    assert ended.code == 1
    assert counted(suite) == {"passed": 1, "failed": 1, "not run": 1}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_signal(suite, number):
    with_step(suite, "When it waits for a signal", "Then it shows A1")
    process = suite.start("pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider")
    assert poll((suite.folder / "waiting-main").exists, within=SECONDS)
    process.send_signal(number)
    process.communicate(timeout=SECONDS)
    assert process.returncode not in {0, 5}
    assert counted(suite) == {"passed": 1, "aborted": 1, "not run": 1}
