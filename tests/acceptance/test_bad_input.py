"""A user's mistake ends with a message that says what, where and what to do, and with the right code."""

import json
import socket
from pathlib import Path

import pytest

ONE = "features/demo_scripts/a_revision_cutover.feature"
CONFIGURATION, FAILED, INCOMPLETE = 2, 1, 3


def written(folder: Path, text: str) -> Path:
    file = folder / "landscape.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('roles = ["planning"]', 'rolls = ["planning"]', ["rolls", "roles"]),
        ('roles = ["planning"]', 'roles = ["planing"]', ["planing", "planning"]),
        ('adapter = "simulated"', 'adapter = "simulatd"', ["simulatd", "simulated"]),
        ('bom = "erp"', 'bom = "erp"\nbom = "mes"', ["twice"]),
        ('bom = "erp"', 'bom = ["erp", "mes"]', ["bom", "erp"]),
        ('bom = "erp"', 'bom = "crp"', ["crp", "erp"]),
        ('EAST = "Europe/Berlin"', 'EAST = "Europe/Berlim"', ["Europe/Berlim"]),
    ],
    ids=["typo in a key", "typo in a role", "unknown adapter", "key twice", "two owners", "no system", "no zone"],
)
def test_a_mistake_in_the_landscape_file_is_told_with_place_value_and_what_is_valid(
    syncproof, reference, tmp_path, old, new, told
):
    file = written(tmp_path, reference.replace(old, new, 1))
    called = syncproof("qualify", ONE, "--landscape", str(file))
    assert called.code == CONFIGURATION
    assert "Traceback" not in called.said
    assert str(file) in called.err
    for text in told:
        assert text in called.err


def test_a_missing_secret_is_told_by_the_name_of_its_variable(syncproof, reference, tmp_path):
    text = reference.replace(
        '[systems.erp]\nadapter = "simulated"\nstart = true\n',
        '[systems.erp]\nadapter = "simulated"\nbase_url = "http://127.0.0.1:9"\n',
        1,
    )
    text += '\n[systems.erp.credentials.engineer]\ntoken_env = "NO_SUCH_TOKEN"\n'
    called = syncproof("landscape", "check", str(written(tmp_path, text)))
    assert called.code == CONFIGURATION
    assert "NO_SUCH_TOKEN" in called.err
    assert "Traceback" not in called.said


def test_a_port_that_is_taken_is_told_with_its_number(syncproof, reference, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        text = reference.replace("start = true\n", f"start = true\nport = {port}\n", 1)
        called = syncproof("landscape", "up", str(written(tmp_path, text)))
    assert called.code == INCOMPLETE
    assert str(port) in called.err
    assert "Traceback" not in called.said


def test_a_feature_with_an_undefined_step_fails_and_shows_what_is_near(syncproof, tmp_path):
    syncproof("init", "plant")
    feature = tmp_path / "plant" / "features" / "own_rules.feature"
    feature.write_text(
        '@URS-REV-003\nFeature: Ours\n  @URS-REV-003\n  Scenario: One\n    Given product "Cream" is in productoin\n'
    )
    called = syncproof("qualify", "features/own_rules.feature", "--no-report", cwd=tmp_path / "plant")
    assert called.code in {FAILED, INCOMPLETE}
    assert "in productoin" in called.said
    assert "is in production" in called.said


def test_a_path_that_does_not_exist_is_told(syncproof):
    called = syncproof("qualify", "features/no_such.feature")
    assert called.code == CONFIGURATION
    assert "no_such.feature" in called.err
    assert "Traceback" not in called.said


def test_a_run_with_nothing_selected_is_not_green(syncproof):
    called = syncproof("qualify", ONE, "--requirement", "URS-HLD-001", "--json", "--no-report")
    assert called.code == INCOMPLETE


def test_json_is_one_object_on_standard_output_and_nothing_else(syncproof):
    called = syncproof("qualify", ONE, "--json", "--no-report")
    summary = json.loads(called.out)
    assert called.code == 0
    assert summary["scenarios"]["passed"] == 3
    assert summary["requirements"]["URS-REV-003"] == "verified"
    assert Path(summary["pack"]).is_absolute()
    assert (Path(summary["pack"]) / "record").is_dir()


def test_a_new_feature_of_a_users_repository_runs_at_once(syncproof, tmp_path):
    syncproof("init", "plant")
    called = syncproof("qualify", "features/own_rules.feature", "--json", "--no-report", cwd=tmp_path / "plant")
    assert called.code == 0, called.err
    assert json.loads(called.out)["requirements"]["SITE-001"] == "verified"
