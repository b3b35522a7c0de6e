"""Feature files are collected directly and selected by every means pytest has."""

pytest_plugins = ["pytester"]

TWO = """
  @URS-REV-001
  Scenario: One
    Then revision A is in effect

  @URS-REV-001 @phase:iq
  Scenario Outline: At <site> it is <revision>
    Then revision <revision> is in effect

    Examples:
      | site | revision |
      | EAST | A        |
      | WEST | A        |
"""


def ids(result):
    return [line for line in result.outlines if ".feature::" in line]


def test_a_feature_file_needs_no_binding_module(suite):
    """Named by scenario and row, under its path."""
    suite.feature(TWO)
    assert ids(suite.run("--collect-only", "-q")) == [
        "features/x.feature::One",
        "features/x.feature::At EAST it is A[1]",
        "features/x.feature::At WEST it is A[2]",
    ]


def test_an_item_is_located_where_it_stands(suite):
    """An outline's row at the row's own line."""
    suite.feature(TWO)
    suite.steps(
        "\n\ndef pytest_collection_modifyitems(items):\n    print('LINES', [item.location[1] + 1 for item in items])\n"
    )
    result = suite.run("--collect-only", "-q", "-s")
    result.stdout.fnmatch_lines(["*LINES [[]4, 13, 14[]]*"])


def test_selection_by_path_node_id_keyword_and_options(suite):
    """What was not selected is counted, not forgotten."""
    suite.feature(TWO)
    suite.feature("  @URS-REV-002\n  Scenario: Other\n    Then revision A is in effect\n", "features/y.feature")
    cases = {
        ("features/x.feature",): 3,
        ("features/x.feature::One",): 1,
        ("features/x.feature::At WEST it is A[2]",): 1,
        ("-k", "WEST"): 1,
        ("-k", "URS-REV-002"): 1,
        ("--requirement", "URS-REV-002"): 1,
        ("--requirement", "URS-REV-002", "--requirement", "URS-REV-001"): 4,
        ("--phase", "iq"): 2,
        ("--phase", "oq"): 2,
        ("--phase", "iq", "--phase", "oq"): 4,
        ("--site", "EAST"): 3,
    }
    for options, expected in cases.items():
        assert len(ids(suite.run("--collect-only", "-q", *options))) == expected, options


def test_what_was_written_is_unselected_or_executed(suite):
    """The plan names every written scenario, and the counts add up."""
    suite.feature(TWO)
    suite.run("-k", "One").assert_outcomes(passed=1, deselected=2)
    record = suite.record()
    assert list(record.verdicts().values()) == ["passed", "unselected", "unselected"]
    counts = record.first("run_finished")["counts"]
    assert counts == {
        "written": 3,
        "unselected": 2,
        "collected": 1,
        "executed": 1,
        "recorded": 1,
        "verdicts": {"passed": 1},
    }


def test_steps_of_a_row_have_its_values(suite):
    """In the text, the docstring and the table, and the background comes first."""
    suite.steps(
        """
@given("a background", target_fixture="said")
def _():
    return []

@given(parsers.parse("the text {word}"))
def _(word, said, docstring):
    said.append((word, docstring))

@given("the table")
def _(said, datatable):
    said.extend(map(tuple, datatable))

@then(parsers.parse("{word} was said"))
def _(check, said, word):
    check.equal("URS-REV-001", "said", [(word, f"say {word}"), (word, "x")], Observation(said, ("x1",), "erp"))
"""
    )
    suite.feature(
        """
  Background:
    Given a background

  @URS-REV-001
  Scenario Outline: One
    Given the text <word>
      \"\"\"
      say <word>
      \"\"\"
    And the table
      | <word> | x |
    Then <word> was said

    Examples:
      | word |
      | bye  |
"""
    )
    suite.run().assert_outcomes(passed=1)


def test_a_tag_is_no_marker(suite):
    """``@URS-REV-001`` would be refused under strict markers."""
    suite.feature(TWO)
    suite.run("--strict-markers").assert_outcomes(passed=3)


def test_collecting_can_be_switched_off(suite):
    """For a project that only uses the fixtures."""
    suite.feature(TWO)
    suite.run("-o", "syncproof_collect=false").assert_outcomes()


def test_plain_tests_leave_no_record(suite):
    """Installing the plugin does not litter other projects."""
    suite.write("test_plain.py", "def test_it(): ...\n")
    suite.run("test_plain.py").assert_outcomes(passed=1)
    assert not (suite.pytester.path / "evidence").exists()


def test_collecting_only_leaves_no_record(suite):
    """Nothing was run."""
    suite.feature(TWO)
    suite.run("--collect-only")
    assert not (suite.pytester.path / "evidence").exists()
