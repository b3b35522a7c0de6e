"""What would pass without proving anything is refused, with file and line and what to do."""

import pytest

pytest_plugins = ["pytester"]

GOOD = """
  @URS-REV-001
  Scenario: Good
    Then revision A is in effect
"""


def refused(suite, body, *lines, registry=None):
    """The feature is not collected, nothing of it is run, and the message says these lines."""
    suite.feature(body)
    if registry:
        suite.write("reg.toml", registry)
        suite.write("pytest.ini", "[pytest]\nsyncproof_registry = reg.toml\n")
    result = suite.run()
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines([f"*features/x.feature:{line}*" for line in lines])
    assert "passed" not in result.stdout.str().splitlines()[-1]


def test_two_scenarios_of_one_name(suite):
    """pytest-bdd would run only the second."""
    refused(suite, GOOD + GOOD, "8: scenario 'Good' has the name of the one at line 4: only one of them would run")


def test_the_same_name_in_another_rule(suite):
    """Names are one space per feature."""
    rules = f"  Rule: one\n{GOOD}\n  Rule: two\n{GOOD}"
    refused(suite, rules, "11: scenario 'Good' has the name of the one at line 5")


def test_a_name_that_equals_a_row_of_an_outline(suite):
    """Both would have one id in the record."""
    body = """
  @URS-REV-001
  Scenario Outline: Row
    Then revision <r> is in effect
    Examples:
      | r |
      | A |
  @URS-REV-001
  Scenario: Row[1]
    Then revision A is in effect
"""
    refused(suite, body, "10: 'Row[[]1]' is also what the scenario at line 8 is called")


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("  @URS-REV-001\n  Scenario: Empty\n", "3: scenario 'Empty' has no steps"),
        ("  @URS-REV-001\n  Scenario:\n    Then revision A is in effect\n", "3: a scenario without a name"),
        ("  Some prose only.\n", "1: the feature holds no scenario"),
        (GOOD + "  Rule: Nothing\n", "6: rule 'Nothing' holds no scenario"),
        (
            "  @URS-REV-001\n  Scenario Outline: No rows\n    Then revision A is in effect\n    Examples:\n",
            "5: the examples have no rows",
        ),
        (
            "  @URS-REV-001\n  Scenario Outline: None\n    Then revision A is in effect\n",
            "3: outline 'None' has no examples",
        ),
    ],
)
def test_nothing_to_run(suite, body, line):
    """An empty scenario, rule, feature or table passes everywhere else."""
    refused(suite, body, line)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("  Given a step before the first scenario\n" + GOOD, "2: 'Given a step before the first scenario' is read"),
        ("  @URS-REV-001\n  Scenario: S\n    given a typo\n    Then revision A is in effect\n", "4: 'given a typo'"),
        (GOOD + "  Rule: R\n    And more\n" + GOOD.replace("Good", "Better"), "7: 'And more' is read as desc*"),
        (
            '  Background: B\n    when lower case\n    Given product "P" is in production\n' + GOOD,
            "3: 'when lower case' is read as description",
        ),
    ],
)
def test_a_step_swallowed_by_a_description(suite, body, line):
    """Gherkin takes it for prose, and nobody runs it."""
    refused(suite, body, line)


def test_prose_may_begin_with_a_small_and(suite):
    """A wrapped sentence of a feature's description is no step."""
    suite.feature("  Every system switches\n  and none is left behind.\n  * a bullet\n" + GOOD)
    suite.run().assert_outcomes(passed=1)


def test_other_languages_have_other_keywords(suite):
    """Also for what a description may not begin with."""
    body = "# language: de\nFunktionalität: X\n  Angenommen es war einmal\n\n  @URS-REV-001\n  Szenario: S\n"
    suite.write("features/x.feature", body + "    Dann revision A is in effect\n")
    result = suite.run()
    result.stdout.fnmatch_lines(["*features/x.feature:3: 'Angenommen es war einmal' is read as description*"])


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("  @URS-REV-001\n  Scenario: S\n    Then revision <r> is in effect\n", "4: <r> has no column*none: it is no"),
        (
            "  @URS-REV-001\n  Scenario Outline: S <x>\n    Then revision <r> is in effect\n"
            "    Examples:\n      | r |\n      | A |\n",
            "3: <x> in the name has no column in the examples (columns: <r>)",
        ),
        (
            "  @URS-REV-001\n  Scenario Outline: S\n    Given a table\n      | <cell> |\n"
            "    Then revision <r> is in effect\n    Examples:\n      | r |\n      | A |\n",
            "4: <cell> has no column",
        ),
        (
            '  Background:\n    Given product "<p>" is in production\n' + GOOD,
            "3: <p> stands in a background",
        ),
    ],
)
def test_an_unfilled_placeholder(suite, body, line):
    """In a step, a table, a name, or a background, which no examples fill."""
    refused(suite, body, line)


@pytest.mark.parametrize("tag", ["@skip", "@xfail", "@WIP"])
def test_a_tag_that_would_hide_a_scenario(suite, tag):
    """Nothing is left out without a record of it."""
    refused(suite, GOOD.replace("@URS-REV-001", f"@URS-REV-001 {tag}"), f"3: {tag} would hide a scenario")


def test_a_scenario_without_requirement(suite):
    """It would prove nothing that anybody asked for."""
    refused(suite, GOOD.replace("@URS-REV-001", "@slow"), "4: scenario 'Good' carries no requirement")


def test_one_table_of_examples_without_requirement(suite):
    """Tags may stand at the examples, but then at each of them."""
    body = """
  Scenario Outline: S
    Then revision <r> is in effect
    @URS-REV-001
    Examples:
      | r |
      | A |
    Examples:
      | r |
      | A |
"""
    refused(suite, body, "3: scenario 'S' carries no requirement")


@pytest.mark.parametrize("tag", ["@urs-rev-001", "@URS_REV_001", "@URS-REV"])
def test_a_tag_that_means_to_be_a_requirement(suite, tag):
    """Without a registry, its shape must be right."""
    refused(suite, GOOD.replace("@URS", f"{tag} @URS", 1), f"3: {tag} is no requirement id: write it like")


REGISTRY = """
[[requirement]]
id = "URS-REV-001"
version = "1.0"
text = "Text."
source = { title = "T", section = "1" }
kind = "functional"
scope = "rig"
testable = "yes"
gxp = true
priority = "high"
"""


def test_an_unknown_requirement(suite):
    """With a registry, it must be in there; the message names the nearest."""
    body = GOOD.replace("@URS-REV-001", "@URS-REV-001 @URS-REV-010")
    line = "3: the requirement @URS-REV-010 is not in the registry; the nearest id is @URS-REV-001"
    refused(suite, body, line, registry=REGISTRY)


def test_a_registry_with_a_mistake_is_told(suite):
    """In words, with its place."""
    suite.feature(GOOD)
    suite.write("reg.toml", REGISTRY.replace('kind = "functional"\n', ""))
    suite.write("pytest.ini", "[pytest]\nsyncproof_registry = reg.toml\n")
    result = suite.run()
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*reg.toml*kind*"])
    assert "Traceback" not in result.stdout.str()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Feature: X\n  Scenario: S\n    Then x\n    Oops\n", "4: cannot be parsed: expected*got 'Oops'"),
        ("", "1: the file holds no Feature"),
        ("# language: xx\nFeature: X\n", "1: cannot be parsed: Language not supported: xx"),
        (b"Feature: \xff\n", "1: the file is not UTF-8"),
    ],
)
def test_a_file_that_is_no_feature(suite, text, line):
    """A parse error is a message, not a traceback."""
    path = suite.write("features/x.feature", "")
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    result = suite.run()
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines([f"*features/x.feature:{line}*"])
    assert "Traceback" not in result.stdout.str()


def test_a_faulty_file_ends_the_run_on_record(suite):
    """Nothing is run beside it, and the ledger says that the run was cut short."""
    suite.feature(GOOD, "features/good.feature")
    refused(suite, GOOD + GOOD, "8: scenario 'Good'")
    assert [line["type"] for line in suite.ledger()] == ["run_started", "run_aborted"]
    assert suite.record().verdicts() == {"features/good.feature::Good": "not run"}
