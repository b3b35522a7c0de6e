"""A feature that would hide something is refused before anything runs, with file and line. All are files of one run."""

import pytest

GOOD = "  @SITE-001\n  Scenario: Good\n    Then it shows A1\n"
OUTLINE = "  @SITE-001\n  Scenario Outline: S\n    Then it shows <v>\n"
CASES = {
    "one name": (GOOD + GOOD, "6: scenario 'Good' has the name of the one at line 3"),
    "one name in a rule": (GOOD + "  Rule: R\n" + GOOD, "7: scenario 'Good' has the name of the one at line 3"),
    "no steps": ("  @SITE-001\n  Scenario: Empty\n", "3: scenario 'Empty' has no steps"),
    "no scenario in a rule": (GOOD + "  Rule: R\n", "5: rule 'R' holds no scenario"),
    "no scenario": ("  Prose only.\n", "1: the feature holds no scenario"),
    "comments only": (None, "1: the file holds no Feature"),
    "an empty background": ("  Background:\n" + GOOD, "2: the background has no steps"),
    "a step before the scenario": ("  Given a probe a\n" + GOOD, "2: 'Given a probe a' is read as description"),
    "a small keyword": (GOOD.replace("    Then", "    given a probe\n    Then"), "4: 'given a probe' is read as desc"),
    "another language": (
        "# language: de\nFunktionalität: X\n  @SITE-001\n  Szenario: S\n    angenommen a probe a\n    Dann it shows A1\n",
        "5: 'angenommen a probe a' is read as description",
    ),
    "no column": (GOOD.replace("A1", "<v>"), "4: <v> has no column in the examples"),
    "no rows": (OUTLINE + "    Examples:\n      | v |\n", "5: the examples have no rows"),
    "no examples": (OUTLINE, "3: outline 'S' has no examples"),
    "a row twice": (
        OUTLINE + "    Examples:\n      | v |\n      | A1 |\n      | A1 |\n",
        "8: the row repeats that of line 7",
    ),
    "a column twice": (OUTLINE + "    Examples:\n      | v | v |\n      | B1 | A1 |\n", "6: column <v> stands twice"),
    "a column that nobody reads": (
        OUTLINE + "    Examples:\n      | v | w |\n      | A1 | A1 |\n",
        "6: column <w> is read by no step",
    ),
    "no requirement": (GOOD.replace("@SITE-001", "@slow"), "3: scenario 'Good' carries no requirement"),
    "an unknown requirement": (GOOD.replace("@SITE-001", "@SITE-001 @SITE-002"), "2: the requirement @SITE-002 is not"),
    "a misspelt prefix": (GOOD.replace("@SITE-001", "@SITE-001 @UR-REV-003"), "2: the requirement @UR-REV-003 is not"),
    "a misspelt number": (GOOD.replace("@SITE-001", "@SITE-001 @SITE001"), "2: the requirement @SITE001 is not"),
    "a small requirement": (GOOD.replace("@SITE-001", "@SITE-001 @site-001"), "2: the requirement @site-001 is not"),
    "a hiding tag": (GOOD.replace("@SITE-001", "@SITE-001 @skip"), "2: @skip would hide a scenario"),
    "half a table": (GOOD + "      | a |\n      | a | b |\n", "6: cannot be parsed"),
}


def file_of(name):
    return f"features/{name.replace(' ', '_')}.feature"


def text_of(body):
    if body is None:
        return "# Feature: X\n#  Scenario: S\n"
    return body if body.startswith("#") else f"Feature: X\n{body}"


@pytest.fixture(scope="module")
def run(shared):
    suite = shared()
    for name, (body, _) in CASES.items():
        suite.write(file_of(name), text_of(body))
    suite.passing("it passes")
    return suite, suite.qualify()


def test_nothing_is_run_beside_them(run):
    suite, ended = run
    assert ended.code == 3
    assert set(suite.record().verdicts().values()) == {"not run"}
    assert "Traceback" not in ended.said


@pytest.mark.parametrize("name", CASES)
def test_a_file_is_refused_with_its_line(run, name):
    _, ended = run
    assert f"{file_of(name)}:{CASES[name][1]}" in ended.said


def test_one_faulty_file_among_good_ones_is_enough(suite):
    """Also for bare pytest that is told to go on."""
    suite.feature(GOOD + GOOD)
    suite.passing("it passes", file="features/y.feature")
    ended = suite.pytest("-q", "--continue-on-collection-errors")
    assert ended.code == 1
    assert "features/x.feature:6: scenario 'Good' has the name" in ended.said
