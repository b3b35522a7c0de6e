"""The Allure results show what the record holds: every scenario, check and cited exchange."""

import json

import pytest

from syncproof.reporting import allure


@pytest.fixture
def results(record, tmp_path):
    """Results by name."""
    directory = allure.write(record, tmp_path / "allure-results")
    found = [json.loads(path.read_text()) for path in directory.glob("*-result.json")]
    return {result["name"]: result for result in found}


def statuses(steps):
    return [step["status"] for step in steps]


def labels(result, name):
    return [label["value"] for label in result["labels"] if label["name"] == name]


def test_every_selected_scenario_is_one_result(results):
    """Also one that never began; what was not selected is none."""
    assert {name: result["status"] for name, result in results.items()} == {
        "One": "passed",
        "At EAST[1]": "failed",
        "Blocked": "broken",
        "Gap": "skipped",
        "Killed": "broken",
        "Never": "skipped",
    }


def test_steps_are_the_scenarios_with_their_status(results):
    """Those after the one that ended it are skipped."""
    steps = results["One"]["steps"]
    assert [step["name"] for step in steps] == ['Given product "Cream"', "When it changes", "Then all agree"]
    assert statuses(steps) == ["passed"] * 3
    assert statuses(results["At EAST[1]"]["steps"]) == ["passed", "passed", "failed"]
    assert statuses(results["Blocked"]["steps"]) == ["broken", "skipped", "skipped"]
    assert statuses(results["Killed"]["steps"]) == ["passed", "skipped", "skipped"]
    assert all(step["start"] <= step["stop"] for step in steps)


def test_an_agreement_is_shown_system_by_system(results):
    """Each with its latency and the exchange that says so."""
    [check] = results["One"]["steps"][2]["steps"]
    assert check["name"] == "URS-REV-001: revision in effect"
    assert {p["name"]: p["value"] for p in check["parameters"]} == {
        "check": "agreed",
        "expected": "B",
        "within": "20 ms (bom)",
    }
    assert [system["name"].split(":")[0] for system in check["steps"]] == ["erp", "mes"]
    assert "as expected after" in check["steps"][0]["name"]
    assert [a["name"] for s in check["steps"] for a in s["attachments"]] == [
        "main-x3 erp GET /masters?id=B → 200",
        "main-x4 mes GET /masters?id=B → 200",
    ]


def test_a_failed_check_shows_expected_and_actual(results):
    """In the check, and in the result's own details."""
    result = results["At EAST[1]"]
    [check] = result["steps"][2]["steps"]
    values = {p["name"]: p["value"] for p in check["parameters"]}
    assert (values["expected"], values["actual"], values["system"]) == ("B", "A", "erp")
    assert "expected B" in check["statusDetails"]["message"]
    assert result["statusDetails"] == {"message": "✗ differs", "expected": "B", "actual": "A"}


def test_a_step_that_did_not_pass_has_all_of_its_exchanges(results):
    """Those that no check cites hang at the step, each of them once."""
    step = results["At EAST[1]"]["steps"][2]
    assert [a["name"].split()[1] for a in step["attachments"]] == ["qms"]
    assert [a["name"].split()[1] for a in step["steps"][0]["attachments"]] == ["erp"]
    assert results["At EAST[1]"]["steps"][0]["attachments"] == []
    assert results["Blocked"]["steps"][0]["attachments"][0]["name"].endswith("→ no answer within 1 s")


def test_exchanges_are_attached_as_allure_shows_them_natively(results, tmp_path):
    """Its own content type; the form its HTTP inspector reads."""
    attachment = results["At EAST[1]"]["steps"][2]["steps"][0]["attachments"][0]
    assert attachment["type"] == "application/vnd.allure.http+json"
    exchange = json.loads((tmp_path / "allure-results" / attachment["source"]).read_text())
    assert exchange["schemaVersion"] == 1
    assert exchange["request"]["method"] == "GET"
    assert exchange["request"]["headers"] == [{"name": "Accept", "value": "application/json"}]
    assert exchange["response"]["status"] == 200
    assert exchange["response"]["body"]["value"] == '{"revision":"A"}'
    assert exchange["stop"] - exchange["start"] == 12


def test_only_exchanges_that_serve_the_reader_are_attached(results, record, tmp_path):
    """All others stay in the record."""
    attached = list((tmp_path / "allure-results").glob("*.httpexchange"))
    assert 0 < len(attached) < len(record.exchanges)


def test_where_a_scenario_stands_and_what_it_is_filtered_by(results):
    """Epic, feature, story, requirement, severity."""
    one, row = results["One"], results["At EAST[1]"]
    assert one["titlePath"] == ["Block test 1", "F", "One"]
    assert labels(one, "epic") == ["Block test 1"]
    assert labels(one, "requirement") == ["URS-REV-001"]
    assert labels(one, "tag") == ["URS-REV-001", "phase:oq"]
    assert labels(one, "severity") == ["critical"]
    assert labels(row, "story") == ["At <site>"]
    assert row["parameters"] == [{"name": "site", "value": "EAST"}]


def test_the_requirement_can_be_read_beside_the_result(results):
    """With its source, by title and section."""
    description = results["One"]["description"]
    assert description.startswith("Why.\n\nHow.\n\n**URS-REV-001** (version 1.0): One revision everywhere.")
    assert "*A book, section 3*" in description


def test_rows_of_an_outline_are_results_of_their_own(results):
    """Allure merges what has one history id."""
    assert len({result["historyId"] for result in results.values()}) == len(results)


def test_the_same_record_gives_the_same_results(record, tmp_path):
    """Byte for byte: a view can be made again."""
    contents = []
    for name in ("one", "two"):
        directory = allure.write(record, tmp_path / name)
        contents.append({path.name: path.read_bytes() for path in directory.iterdir()})
    assert contents[0] == contents[1]


def test_old_results_do_not_stay(record, tmp_path):
    """A scenario that is no longer there would be counted by Allure."""
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "old-result.json").write_text("{}")
    assert not (allure.write(record, tmp_path / "r") / "old-result.json").exists()


def test_what_stands_beside_the_results(record, tmp_path):
    """Environment, categories, executor, and the installation snapshot."""
    directory = allure.write(record, tmp_path / "r")
    environment = (directory / "environment.properties").read_text()
    assert "system.erp = Reference ERP 1.0\n" in environment
    assert "git = abc with uncommitted changes\n" in environment
    assert "landscape = plant.toml\n" in environment
    executor = json.loads((directory / "executor.json").read_text())
    assert (executor["name"], executor["buildOrder"]) == ("qa", 7)
    assert all(c["messageRegex"] for c in json.loads((directory / "categories.json").read_text()))
    snapshots = json.loads((directory / "run-globals.json").read_text())["attachments"]
    assert [snapshot["name"] for snapshot in snapshots] == ["run started", "run finished", "systems"]
    assert all((directory / snapshot["source"]).is_file() for snapshot in snapshots)


@pytest.mark.parametrize(
    ("result", "category"),
    [
        ("At EAST[1]", "A check did not pass"),
        ("Blocked", "Blocked: what was given could not be reached"),
        ("Gap", "Not supported by a system"),
        ("Killed", "Not run or aborted"),
        ("Never", "Not run or aborted"),
    ],
)
def test_each_verdict_has_a_category(results, record, result, category):
    """By status and message, as Allure sorts them."""
    import re

    from syncproof.reporting.allure_project import CATEGORIES

    status, message = results[result]["status"], results[result]["statusDetails"]["message"]
    fitting = [n for n, ok, pattern in CATEGORIES if status in ok and re.fullmatch(pattern, message)]
    assert fitting[0] == category
