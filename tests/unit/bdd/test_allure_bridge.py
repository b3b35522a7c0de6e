"""``pytest --alluredir`` shows Gherkin steps, too."""

import json

pytest_plugins = ["pytester"]

FEATURE = """
  @epic:demo @URS-REV-001
  Scenario Outline: At <site>
    Given product "Cream" is in production
    Then revision <revision> is in effect
    When nothing happens

    Examples:
      | site | revision |
      | EAST | A        |
      | WEST | B        |
"""


def results_of(suite, *more):
    suite.feature(FEATURE)
    suite.run("--alluredir", "results", *more, apart=True)
    files = (suite.pytester.path / "results").glob("*-result.json")
    return {result["name"]: result for result in (json.loads(file.read_text()) for file in files)}


def test_steps_labels_and_parameters(suite):
    """With the steps after a failure shown as skipped, and rows told apart."""
    results = results_of(suite)
    east, west = results["At EAST"], results["At WEST"]
    assert (east["status"], west["status"]) == ("passed", "failed")
    assert [(step["name"], step["status"]) for step in west["steps"]] == [
        ('Given product "Cream" is in production', "passed"),
        ("Then revision B is in effect", "failed"),
        ("When nothing happens", "skipped"),
    ]
    named = {label["name"]: label["value"] for label in east["labels"]}
    assert (named["epic"], named["feature"], named["requirement"]) == ("demo", "X", "URS-REV-001")
    assert [(p["name"], p["value"]) for p in east["parameters"]] == [("site", "'EAST'"), ("revision", "'A'")]
    assert east["historyId"] != west["historyId"]
    assert not east.get("description")


def test_without_the_option_nothing_of_it_is_loaded(suite):
    """Allure's import is not paid for by those who do not use it."""
    suite.steps("def pytest_unconfigure(config): print('HAS', config.pluginmanager.hasplugin('syncproof-allure'))\n")
    suite.feature(FEATURE)
    assert "HAS False" in suite.run("-s").stdout.str()
