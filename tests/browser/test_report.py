"""The HTML report, opened in a browser: an auditor gets from a requirement to the raw exchange, offline."""

import pytest

DEMO = "Demo script A - Revision and effective date cutover"
SCENARIO = "An order run after the effective date uses the new revision and records it"


@pytest.fixture
def scenario(page):
    """The report with a scenario of demo script A opened."""
    page.unfold("Demo script A", DEMO, SCENARIO)
    page.open(SCENARIO)
    return page


def test_opening_the_report_asks_nobody_outside_for_anything(page):
    assert page.asked, "the requests are heard of"
    assert page.outside == []


def test_walking_through_the_report_asks_nobody_outside_either(scenario):
    scenario.unfold_step("executed entirely under revision B")
    scenario.unfold_step("URS-REV-004")
    scenario.show_exchange("/batch-records")
    assert scenario.outside == []
    assert scenario.errors == []


def test_the_report_renders_with_its_epics_and_counts(page):
    assert {"Demo script A", "Installation"} <= set(page.texts("tree-section-title"))
    assert page.texts("report-title")[0].startswith("Syncproof 0001-")
    assert "Passed 9" in page.text().replace("\n", " ")


def test_scenarios_are_listed_under_epic_and_feature(page):
    page.unfold("Installation", "Installation checks", "Clocks agree")
    assert page.texts("tree-leaf-title") == ["Clocks agree"]


def test_a_scenario_shows_its_steps_in_gherkin(scenario):
    titles = scenario.texts("test-result-step-title")
    assert [title.split(" ", 1)[0] for title in titles] == ["Given", "And", "When", "Then", "And"]
    assert titles[3] == 'Then order "O1" executed entirely under revision B'


def test_a_scenario_shows_requirement_severity_and_epic(scenario):
    keys, values = (scenario.texts(f"metadata-item-{part}") for part in ("key", "value"))
    shown = dict(zip(keys, values, strict=False))
    assert shown["requirement"].split() == ["URS-REV-004", "URS-REV-005"]
    assert (shown["epic"], shown["feature"], shown["severity"]) == ("Demo script A", DEMO, "critical")
    assert shown["verdict"] == "passed"


def test_a_check_shows_what_was_expected_and_the_raw_exchange_behind_it(scenario):
    scenario.unfold_step("executed entirely under revision B")
    scenario.unfold_step("URS-REV-004")
    assert {"expected", "actual", "system"} <= set(scenario.text().split())
    scenario.show_exchange("/batch-records")
    assert scenario.shows("Bearer <redacted:viewer>")
    assert scenario.shows('"revision_set"')
