"""A scenario fails if a step of it did not do what it seems to do. All are scenarios of one run."""

import pytest

STEPS = """
import asyncio
import contextlib
import functools
from unittest.mock import Mock

async def later(): ...

@when("a coroutine is the step")
async def _(): ...

@when("a partial of a coroutine is the step")
@functools.wraps(later)
def _(): return later()

@when("a coroutine is called and forgotten")
def _(): later()

@given("coroutines are kept in a list", target_fixture="kept")
def _(): return [later(), later()]

@when("a generator is returned")
def _(): return (1 for _ in ())

@when("it is one of two")
def _(): ...

@when(parsers.parse("it is one of {number}"))
def _(number): ...

@then("it looks fine")
def _(check): ...

@then("it asserts")
def _(): assert True

@then("it checks lazily")
def _(check, asked):
    return (check.equal("SITE-001", "claim", one, asked("A1")) for one in ("B1",))

@then("it gives up and says so")
def _(check, asked):
    check.equal("SITE-001", "claim", "B1", asked("A1"))
    with contextlib.suppress(Exception):
        check._checks.step.end()
    check.equal("SITE-001", "claim", "A1", asked("A1"))

@then("it catches a misuse")
def _(check, asked):
    with contextlib.suppress(Exception):
        check.equal("URS-REV-003", "claim", "B1", asked("A1"))
    check.equal("SITE-001", "claim", "A1", asked("A1"))

@then("it catches a broken projection")
def _(check, asked):
    with contextlib.suppress(Exception):
        check.equal("SITE-001", "claim", "B1", asked("A1"), project=lambda value: value.revision)
    check.equal("SITE-001", "claim", "A1", asked("A1"))

@then("it checks once more after its yield")
def _(check, asked):
    check.equal("SITE-001", "claim", "A1", asked("A1"))
    yield
    check.equal("SITE-001", "claim", "B1", asked("A1"))

@pytest.fixture
def tidy(check, asked):
    yield
    check.equal("SITE-001", "claim", "B1", asked("A1"))

@given("a clean-up that checks")
def _(tidy): ...

@then("another makes the checks")
def _(recorder, asked, check):
    from syncproof.checks import Checks
    Checks(recorder).equal("SITE-001", "claim", "B1", asked("A1"))
    check.equal("SITE-001", "claim", "A1", asked("A1"))

@then("a double makes the checks")
def _():
    Mock().equal("SITE-001", "claim", "B1", "A1")

@given("a table is ignored")
def _(): ...

@given("a text is ignored")
def _(): ...

@then(parsers.parse("revision {revision} is ignored"))
def _(check, asked):
    check.equal("SITE-001", "claim", "A1", asked("A1"))

@when("it is skipped")
def _(): pytest.skip("not today")

@when("it may fail")
def _(): pytest.xfail("known")

@when("it leaves")
def _(): raise SystemExit(0)
"""

SHOWS = "Then it shows A1"
CASES = {
    "a coroutine": (("When a coroutine is the step", SHOWS), "is async, and its body would never run"),
    "a wrapped coroutine": (("When a partial of a coroutine is the step", SHOWS), "async"),
    "a forgotten coroutine": (("When a coroutine is called and forgotten", SHOWS), "'later' was never awaited"),
    "kept coroutines": (("Given coroutines are kept in a list", SHOWS), "something to await"),
    "a generator": (("When a generator is returned", SHOWS), "returned a generator"),
    "two definitions": (("When it is one of two", SHOWS), "2 step definitions match 'it is one of two'"),
    "no check": (("Then it looks fine",), "checked nothing"),
    "an assert": (("Then it asserts",), "checked nothing"),
    "a second Then": ((SHOWS, "And it looks fine"), "checked nothing"),
    "lazy checks": (("Then it checks lazily",), "returned a generator"),
    "a failure ended early": (("Then it gives up and says so",), "expected B1"),
    "a caught misuse": (("Then it catches a misuse",), "names URS-REV-003, but its scenario carries"),
    "a caught breakage": (("Then it catches a broken projection",), "AttributeError"),
    "a late failure": (("Then it checks once more after its yield",), "expected B1"),
    "a failure in a clean-up": (("Given a clean-up that checks", SHOWS), "expected B1"),
    "checks of its own": (("Then another makes the checks",), ""),
    "a double": (("Then a double makes the checks",), "checked nothing"),
    "an ignored table": (("Given a table is ignored\n      | a |", SHOWS), "does not take its table"),
    "an ignored text": (('Given a text is ignored\n      """\n      a\n      """', SHOWS), "does not take its text"),
    "an ignored value": (("Then revision B is ignored",), "does not take {revision}"),
    "a misspelt keyword": (("Gven a probe p", SHOWS), "'Gven a probe p' is read as description"),
    "a missing keyword": (("it shows B1", "When nothing is done", SHOWS), "'it shows B1' is read as description"),
    "an undefined step": (("Given a thing nobody defined", SHOWS), "no step definition for"),
    "no Then": (("When nothing is done",), "carries SITE-001, but no check of it was made"),
}
UNDECIDED = {
    "a skip": (("When it is skipped", SHOWS), "not run"),
    "an expected failure": (("When it may fail", SHOWS), "failed"),
    "an exit": (("When it leaves", SHOWS), "aborted"),
}


def scenario(name, steps):
    lines = "".join(f"    {step}\n" for step in steps)
    return f"\n  @SITE-001\n  Scenario: {name}\n{lines}"


def body(cases):
    return "".join(scenario(name, steps) for name, (steps, _) in cases.items())


@pytest.fixture(scope="module")
def run(shared):
    """One run of all scenarios, and one that passes, by bare pytest."""
    suite = shared()
    suite.steps(STEPS)
    for number, (name, case) in enumerate((CASES | UNDECIDED).items()):
        suite.feature(body({name: case}), f"features/{number:02}.feature")
    suite.feature(scenario("a promise", [SHOWS]).replace("@SITE-001", "@SITE-001 @URS-REV-003"), "features/p.feature")
    suite.passing("it passes")
    return suite, suite.pytest("-q")


def test_a_requirement_of_which_no_check_speaks(run):
    verdict, reason = run[0].reasons()["a promise"]
    assert verdict == "failed"
    assert "features/p.feature:4: the scenario carries URS-REV-003, but no check of it was made" in reason


def test_one_of_them_passes_and_the_run_does_not(run):
    suite, ended = run
    assert ended.code == 1
    verdicts = {name: verdict for name, (verdict, _) in suite.reasons().items()}
    assert [name for name, verdict in verdicts.items() if verdict == "passed"] == ["it passes"]


@pytest.mark.parametrize("name", CASES)
def test_a_scenario_fails_and_says_where(run, name):
    suite, ended = run
    verdict, reason = suite.reasons()[name]
    assert verdict == "failed"
    assert CASES[name][1] in reason
    if reason:
        assert ".feature:" in reason
        assert reason.splitlines()[0] in ended.said


@pytest.mark.parametrize("name", UNDECIDED)
def test_what_did_not_run_to_its_end_did_not_pass(run, name):
    suite, _ = run
    assert suite.reasons()[name][0] == UNDECIDED[name][1]


def test_what_pytest_calls_green_is_not(suite):
    """Skipped, expected to fail, checked elsewhere: beside a scenario that passes."""
    suite.steps(STEPS)
    names = ("a skip", "an expected failure", "checks of its own")
    suite.feature(body({name: (CASES | UNDECIDED)[name] for name in names}))
    suite.passing("it passes", file="features/y.feature")
    ended = suite.pytest("-q")
    assert ended.code == 1
    for name in names:
        assert f"not green: features/x.feature::{name}" in ended.said


def test_a_replaced_check_proves_nothing(suite):
    """A conftest that overrides the fixture 'check' with one that always agrees."""
    suite.hooks("import pytest\nfrom unittest.mock import MagicMock\n@pytest.fixture\ndef check(): return MagicMock()")
    suite.passing("S")
    assert suite.qualify().code == 1
    assert "checked nothing" in suite.reasons()["S"][1]


def test_warnings_turned_off_hide_no_coroutine(suite):
    suite.steps(STEPS)
    suite.feature(scenario("S", CASES["a forgotten coroutine"][0]))
    ended = suite.pytest("-q", "-p", "no:warnings", "-W", "ignore", PYTHONWARNINGS="ignore")
    assert ended.code == 1
    assert "'later' was never awaited" in suite.reasons()["S"][1]
