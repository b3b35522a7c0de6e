"""Steps are run as pytest-bdd would run them, and scenarios end with the verdict they deserve."""

import pytest

pytest_plugins = ["pytester"]


def scenario(*steps, tags="@URS-REV-001"):
    return f"\n  {tags}\n  Scenario: S\n" + "".join(f"    {step}\n" for step in steps)


THEN = "Then revision A is in effect"


def verdict(suite):
    """Verdict and reason of the one scenario, from the record."""
    [one] = suite.record().scenarios.values()
    return one.verdict, one.reason


def run_of(suite, steps, *definitions, ret=pytest.ExitCode.TESTS_FAILED, **options):
    suite.steps("\n".join(definitions))
    suite.feature(scenario(*steps, **options))
    result = suite.run()
    assert result.ret == ret, result.stdout.str()
    return result


# --- verdicts --------------------------------------------------------------------------------------


def test_passed(suite):
    """Every step and every check did."""
    run_of(suite, ['Given product "Cream" is in production', "When nothing happens", THEN], ret=0)
    assert verdict(suite) == ("passed", None)
    [one] = suite.record().scenarios.values()
    assert [(s.number, s.keyword, s.text, s.verdict) for s in one.steps] == [
        (1, "Given", 'product "Cream" is in production', "passed"),
        (2, "When", "nothing happens", "passed"),
        (3, "Then", "revision A is in effect", "passed"),
    ]
    assert one.checks[0]["step"] == 3


def test_a_failed_check_fails_the_scenario(suite):
    """The terminal shows step, place, expected, actual and exchanges, and no traceback."""
    result = run_of(suite, ["When nothing happens", "Then revision B is in effect", THEN])
    result.stdout.fnmatch_lines(
        [
            "features/x.feature:6: Then revision B is in effect",
            "✗ URS-REV-001: revision in effect",
            "    expected B",
            "    actual   A (erp)",
            "    exchanges main-x1",
        ]
    )
    assert "Error" not in result.stdout.str()
    [one] = suite.record().scenarios.values()
    assert one.verdict == "failed"
    assert [step.verdict for step in one.steps] == ["passed", "failed", "not run"]


@pytest.mark.parametrize(("keyword", "expected"), [("Given", "blocked"), ("When", "failed"), ("Then", "failed")])
def test_an_error_blocks_or_fails(suite, keyword, expected):
    """What could not be reached was not tested; what broke while it was tested failed."""
    code = f"@{keyword.lower()}('it breaks')\ndef _(): raise KeyError('x')\n"
    result = run_of(suite, [f"{keyword} it breaks", THEN], code)
    said, reason = verdict(suite)
    assert said == expected
    assert reason.startswith(f"features/x.feature:5: {keyword} it breaks\nKeyError: 'x' (conftest.py:")
    result.stdout.fnmatch_lines(["*KeyError: 'x'", f"E * in features/x.feature:5: {keyword} it breaks"])


def test_a_fixture_that_cannot_be_made_blocks(suite):
    """A landscape that does not come up tests nothing."""
    code = (
        "import pytest\n@pytest.fixture\ndef systems(): raise OSError('no system')\n"
        "@given('systems')\ndef _(systems): ...\n"
    )
    run_of(suite, ["Given systems", THEN], code)
    assert verdict(suite)[0] == "blocked"


def test_an_autouse_fixture_that_cannot_be_made_blocks(suite):
    """Before the first step."""
    code = "import pytest\n@pytest.fixture(autouse=True)\ndef systems(): raise OSError('no system')\n"
    run_of(suite, [THEN], code)
    assert verdict(suite) == ("blocked", "OSError: no system (conftest.py:23)")


@pytest.mark.parametrize("keyword", ["Given", "When", "Then"])
def test_what_a_system_does_not_have_is_not_supported(suite, keyword):
    """Neither a failure nor a silent skip; but nothing was verified, so the run is not green."""
    code = f"@{keyword.lower()}('a gap')\ndef _(): raise NotSupported('erp', 'orders.vary')\n"
    result = run_of(suite, [f"{keyword} a gap", THEN], code)
    result.assert_outcomes(skipped=1)
    assert verdict(suite)[0] == "not supported"
    result.stdout.fnmatch_lines(
        [
            "scenarios: 1 not supported; 0 unselected of 1 written",
            "not supported: erp does not support 'orders.vary' (1 scenario)",
            "not green: no scenario passed: nothing was verified",
        ]
    )


def test_a_failed_check_is_not_hidden_by_a_missing_capability(suite):
    """Nor by any other error after it in the same step."""
    code = """
@then("it is wrong and missing")
def _(check):
    check.equal("URS-REV-001", "claim", 1, Observation(2, ("x1",), "erp"))
    raise NotSupported("erp", "x")
"""
    run_of(suite, ["Then it is wrong and missing"], code).assert_outcomes(failed=1)
    said, reason = verdict(suite)
    assert said == "failed"
    assert "claim" in reason


def test_a_skip_in_a_step_is_on_record(suite):
    """Somebody's pytest.skip leaves a scenario that did not run."""
    code = "import pytest\n@when('skipped')\ndef _(): pytest.skip('later')\n"
    run_of(suite, ["When skipped", THEN], code).assert_outcomes(skipped=1)
    assert verdict(suite) == ("not run", "features/x.feature:5: When skipped\nlater")


def test_a_failed_clean_up_fails_the_scenario(suite):
    """It may have left a shared system in a state that nobody expects."""
    code = (
        "import pytest\n@pytest.fixture\ndef lot():\n    yield\n    raise OSError('cannot be removed')\n"
        "@given('a lot')\ndef _(lot): ...\n"
    )
    run_of(suite, ["Given a lot", THEN], code).assert_outcomes(passed=1, errors=1)
    said, reason = verdict(suite)
    assert said == "failed"
    assert reason == "the clean-up failed: OSError: cannot be removed (conftest.py:25)"


# --- guards at run time ----------------------------------------------------------------------------


def test_a_then_that_checks_nothing_fails(suite):
    """Looking at something is not checking it."""
    code = "@then('it looks fine')\ndef _(): ...\n"
    result = run_of(suite, ["Then it looks fine"], code)
    result.stdout.fnmatch_lines(["*the step at conftest.py:* checked nothing: a Then goes through the fixture*"])
    assert verdict(suite)[0] == "failed"


def test_a_second_then_that_checks_nothing_fails_too(suite):
    """Each Then answers for itself."""
    code = "@then('it looks fine')\ndef _(check): ...\n"
    run_of(suite, [THEN, "And it looks fine"], code)
    assert verdict(suite)[0] == "failed"


def test_a_requirement_that_no_check_names_fails_the_scenario(suite):
    """A tag is a promise."""
    result = run_of(suite, [THEN], tags="@URS-REV-001 @URS-REV-002")
    result.stdout.fnmatch_lines(
        ["features/x.feature:4: the scenario carries URS-REV-002, but no check of it was made: *"]
    )
    assert verdict(suite)[0] == "failed"


def test_a_check_of_a_foreign_requirement_fails(suite):
    """It would fill a row of the matrix that the scenario does not stand for."""
    result = run_of(suite, [THEN], tags="@URS-REV-002")
    result.stdout.fnmatch_lines(["a check names URS-REV-001, but its scenario carries URS-REV-002: *"])
    assert verdict(suite)[0] == "failed"


def test_an_undefined_step_is_told_with_the_nearest_and_a_stub(suite):
    """And nothing of the scenario is run: no system was touched in vain."""
    code = "@given('it is touched')\ndef _(): print('TOUCHED')\n"
    steps = ["Given it is touched", 'Given product "Cream" is in produktion', "When 3 things happen", THEN]
    result = run_of(suite, steps, code)
    result.stdout.fnmatch_lines(
        [
            'features/x.feature:6: no step definition for: Given product "Cream" is in produktion',
            '  near: product "{name}" is in production   (conftest.py:*)',
            "  use one of these, or define it:",
            "    @given(parsers.parse('product \"{text_1}\" is in produktion'))",
            "    def _(text_1: str) -> None: ...",
            "features/x.feature:7: no step definition for: When 3 things happen",
        ]
    )
    assert "TOUCHED" not in result.stdout.str()
    said, reason = verdict(suite)
    assert (said, reason.splitlines()[0]) == (
        "failed",
        'features/x.feature:6: no step definition for: Given product "Cream" is in produktion',
    )


def test_a_step_of_another_keyword_is_pointed_out(suite):
    """The text is there, but as a Given."""
    result = run_of(suite, ['When product "Cream" is in production', THEN])
    result.stdout.fnmatch_lines(['  it is defined as given: product "{name}" is in production *'])


@pytest.mark.parametrize(
    "second", ["@when('nothing happens')", "@when(parsers.parse('nothing {verb}'))", "@when(parsers.re('noth.*'))"]
)
def test_two_definitions_of_one_text_are_refused(suite, second):
    """pytest-bdd would take one of them."""
    result = run_of(suite, ["When nothing happens", THEN], f"{second}\ndef _(**kw): ...\n")
    result.stdout.fnmatch_lines(
        [
            "features/x.feature:5: 2 step definitions match 'nothing happens':",
            "  nothing happens   (conftest.py:*)",
            "  keep one of them",
        ]
    )


@pytest.mark.parametrize(
    "definition",
    ["async def _(): ...", "async def _(): yield", "def _():\n    async def inner(): ...\n    return inner()"],
)
def test_a_step_whose_body_would_not_run_is_refused(suite, definition):
    """A coroutine that nobody awaits passes everywhere else."""
    run_of(suite, ["When it is async", THEN], f"@when('it is async')\n{definition}\n")
    said, reason = verdict(suite)
    assert said == "failed"
    assert "async" in reason or "to await" in reason


# --- as pytest-bdd does ----------------------------------------------------------------------------


def test_converters_target_fixtures_and_yield(suite):
    """What a step makes is there for the next, and is taken down afterwards."""
    code = """
@given(parsers.parse("{n} and {m:d}"), converters={"n": int}, target_fixture="total")
def _(n, m):
    yield n + m
    print("TAKEN DOWN")

@then(parsers.parse("the total is {expected:d}"))
def _(check, total, expected):
    check.equal("URS-REV-001", "claim", expected, Observation(total, ("x1",), "erp"))
"""
    suite.steps(code)
    suite.feature(scenario("Given 1 and 2", "Then the total is 3"))
    result = suite.run("-s")
    result.assert_outcomes(passed=1)
    assert "TAKEN DOWN" in result.stdout.str()


def test_every_hook_of_pytest_bdd_is_called(suite):
    """With the arguments that other plugins rely on."""
    code = """
CALLS = []

def pytest_bdd_before_scenario(request, feature, scenario): print("H before scenario", scenario.name)
def pytest_bdd_before_step(request, feature, scenario, step, step_func): print("H before", step.name)
def pytest_bdd_before_step_call(request, feature, scenario, step, step_func, step_func_args):
    print("H call", sorted(step_func_args))
def pytest_bdd_after_step(request, feature, scenario, step, step_func, step_func_args): print("H after", step.name)
def pytest_bdd_step_error(request, feature, scenario, step, step_func, step_func_args, exception):
    print("H error", type(exception).__name__)
def pytest_bdd_after_scenario(request, feature, scenario): print("H after scenario", scenario.name)
"""
    suite.steps(code)
    suite.feature(scenario('Given product "Cream" is in production', "Then revision B is in effect"))
    result = suite.run("-s")
    hooks = [line.lstrip("F.") for line in result.outlines if "H " in line]
    assert [hook[hook.index("H ") + 2 :] for hook in hooks] == [
        "before scenario S",
        'before product "Cream" is in production',
        "call ['name']",
        'after product "Cream" is in production',
        "before revision B is in effect",
        "call ['check', 'revision']",
        "error CheckFailed",
        "after scenario S",
    ]


def test_the_gherkin_reporter_of_pytest_bdd_shows_our_steps(suite):
    """For the demo scripts."""
    suite.feature(scenario("When nothing happens", THEN))
    result = suite.run("-vv", "--gherkin-terminal-reporter")
    result.stdout.fnmatch_lines(["*Feature: X*", "*Scenario: S*", "*When nothing happens*", "*Then revision A*"])


def test_the_nearer_definition_replaces_the_farther(suite):
    """A folder of features may speak its own dialect of the same phrase."""
    suite.write(
        "features/conftest.py",
        "from pytest_bdd import when\n@when('nothing happens')\ndef _(): print('NEARER')\n",
    )
    suite.feature(scenario("When nothing happens", THEN))
    result = suite.run("-s")
    result.assert_outcomes(passed=1)
    assert "NEARER" in result.stdout.str()


def test_keys_are_stable_in_a_scenario_and_fresh_in_another(suite):
    """And come again with the same seed."""
    code = """
@then("keys")
def _(check, keys):
    print("KEY", keys("lot", "L1"), keys("lot", "L1"), keys("item", "L1"))
    check.equal("URS-REV-001", "claim", True, Observation(True, ("x1",), "erp"))
"""
    suite.steps(code)
    suite.feature(scenario("Then keys") + scenario("Then keys").replace("S\n", "T\n"))
    runs = [suite.run("-s", "--seed", seed).outlines for seed in ("a", "a", "b")]
    keys = [[line.split("KEY ")[1].split() for line in lines if "KEY" in line] for lines in runs]
    assert keys[0] == keys[1] != keys[2]
    (lot, again, item), (other, _, _) = keys[0]
    assert lot == again
    assert len({lot, item, other}) == 3
    assert lot.startswith("L1-")


def test_check_works_in_a_plain_test(suite):
    """It is judged when the test ends."""
    suite.write(
        "test_plain.py",
        "from syncproof.ports import Observation\n"
        "def test_it(check):\n    check.equal('URS-X-1', 'claim', 1, Observation(2, ('x1',), 'erp'))\n",
    )
    suite.run("test_plain.py").assert_outcomes(passed=1, errors=1)
