"""What failed once has failed: neither a retry nor a hook nor an exit code makes it pass. All in one run."""

import pytest

STEPS = """
TRIED = {}

@then(parsers.parse("{name} holds the second time"))
def _(check, asked, name):
    TRIED[name] = TRIED.get(name, 0) + 1
    check.equal("SITE-001", "claim", "A1", asked("A1" if TRIED[name] > 1 else "B1"))
"""

HOOKS = """
import pytest
from _pytest.runner import runtestprotocol


def pytest_itemcollected(item):
    if item.name == "steps replaced":
        item.runtest = lambda: None
    if item.name == "failure expected":
        item.add_marker(pytest.mark.xfail(reason="known"))


def pytest_runtest_protocol(item, nextitem):
    if item.name != "test again":
        return None
    for _ in range(3):
        item._initrequest()
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
        if not any(report.failed for report in reports):
            break
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    try:
        return (yield)
    except Exception:
        if item.name == "call again":
            return item.runtest()
        if item.name == "failure swallowed":
            return None
        raise


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if item.name == "report changed":
        report.outcome = "passed"
    return report


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    session.exitstatus = 0
"""
AGAIN = "the scenario was run again, and a retry is no verdict: switch off the plugin that repeats tests"
CASES = {
    "test again": AGAIN,
    "call again": AGAIN,
    "failure swallowed": "expected A1",
    "report changed": "expected A1",
    "steps replaced": "its steps were not run: a plugin or a conftest has taken their place",
    "failure expected": "expected A1",
}


@pytest.fixture(scope="module")
def run(shared):
    suite = shared()
    suite.steps(STEPS)
    suite.hooks(HOOKS)
    for number, name in enumerate(CASES):
        text = f"  @SITE-001\n  Scenario: {name}\n    Then {name} holds the second time\n"
        suite.feature(text, f"features/{number}.feature")
    suite.passing("it passes")
    return suite, suite.pytest("-q")


def test_the_run_is_not_green_although_its_conftest_says_so(run):
    suite, ended = run
    assert ended.code == 1
    passed = [name for name, (verdict, _) in suite.reasons().items() if verdict == "passed"]
    assert passed == ["it passes"]


@pytest.mark.parametrize("name", CASES)
def test_no_hook_makes_a_failure_pass(run, name):
    suite, ended = run
    verdict, reason = suite.reasons()[name]
    assert verdict == "failed"
    assert CASES[name] in reason
    number = list(CASES).index(name)
    assert f"features/{number}.feature:" in reason
    assert f"not green: features/{number}.feature::{name}: failed" in ended.said


def test_what_failed_last_time_alone_is_no_run(suite):
    """``--lf`` leaves out what passed: nobody sees whether it still does."""
    suite.passing("it passes")
    suite.feature("  @SITE-001\n  Scenario: It fails\n    Then it shows B1\n", "features/y.feature")
    assert suite.pytest("-q", plugins=("no:randomly",)).code == 1
    suite.passing("It fails", file="features/y.feature")
    ended = suite.pytest("-q", "--lf", plugins=("no:randomly",))
    assert ended.code == 1
    assert "features/x.feature was written but not collected" in ended.said
