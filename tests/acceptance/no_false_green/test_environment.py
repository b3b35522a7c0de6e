"""What the environment adds to pytest's command line cannot make a run smaller and green."""

import pytest

LEFT = "was left out by something else than the command's selection"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("-k Two", LEFT),
        ("--collect-only", "nothing was run: PYTEST_ADDOPTS or addopts asks for --collect-only"),
        ("--setup-only", "features/x.feature::One: not run"),
        ("-p no:syncproof-listener", "2 scenarios were collected, but 0 executed"),
    ],
)
def test_bare_pytest_is_not_green(suite, options, told):
    suite.passing("One")
    suite.passing("Two", file="features/y.feature")
    ended = suite.pytest("-q", PYTEST_ADDOPTS=options)
    assert ended.code == 1
    assert told in ended.said


def test_the_command_takes_no_options_from_the_environment(suite):
    """It says so, and runs everything."""
    suite.passing("One")
    suite.feature("  @SITE-001\n  Scenario: Two\n    Then it shows B1\n", "features/y.feature")
    suite.passing("Three", file="features/z.feature")
    ended = suite.qualify(PYTEST_ADDOPTS="-k Two --collect-only -p no:syncproof --no-record -x")
    assert ended.code == 1
    assert "PYTEST_ADDOPTS is not heard" in ended.said
    assert {name: verdict for name, (verdict, _) in suite.reasons().items()} == {
        "One": "passed",
        "Two": "failed",
        "Three": "passed",
    }
