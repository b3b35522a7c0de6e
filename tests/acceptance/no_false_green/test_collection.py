"""What was written is run, or was not asked for; whatever else keeps a scenario out makes the run fail."""

import pytest

LEFT = "was left out by something else than the command's selection"
UNSEEN = "was written but not collected"

CONFTEST = """
import pytest

collect_ignore = ["features/ignored.feature"]

def pytest_ignore_collect(collection_path):
    return True if collection_path.name == "ignored_by_hook.feature" else None

def pytest_collection_modifyitems(config, items):
    left = [one for one in items if one.name == "deselected"]
    items[:] = [one for one in items if one.name not in ("deselected", "removed")]
    config.hook.pytest_deselected(items=left)
    for item in items:
        if item.name == "skipped":
            item.add_marker(pytest.mark.skip(reason="later"))
"""
KEPT_OUT = {
    "ignored": f"features/ignored.feature {UNSEEN}",
    "ignored_by_hook": f"features/ignored_by_hook.feature {UNSEEN}",
    "deselected": f"features/deselected.feature::deselected {LEFT}",
    "removed": f"features/removed.feature::removed {LEFT}",
    "skipped": "features/skipped.feature::skipped: not run (later)",
}


def written(suite, *names):
    for name in names:
        suite.passing(name, file=f"features/{name}.feature")


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "with workers"])
def test_a_conftest_that_keeps_scenarios_out(suite, workers):
    written(suite, "run", *KEPT_OUT)
    suite.hooks(CONFTEST)
    ended = suite.qualify("features", *workers)
    assert ended.code == 3
    for told in KEPT_OUT.values():
        assert f"not green: {told}" in ended.said


def test_options_of_bare_pytest_that_keep_scenarios_out(suite):
    """The command has none of them."""
    written(suite, "run", "deselected", "ignored", "globbed")
    without = (
        "--deselect",
        "features/deselected.feature",
        "--ignore",
        "features/ignored.feature",
        "--ignore-glob=*bbed*",
    )
    ended = suite.pytest("-q", *without)
    assert ended.code == 1
    assert f"features/deselected.feature::deselected {LEFT}" in ended.said
    assert f"features/ignored.feature {UNSEEN}" in ended.said
    assert f"features/globbed.feature {UNSEEN}" in ended.said


def test_files_where_nobody_looks(suite):
    """In a folder that pytest passes over, with a suffix in capitals, beside the folder of features, a dead link."""
    written(suite, "run")
    for name in ("features/build/a.feature", "features/c.FEATURE", "more/d.feature"):
        suite.passing("S", file=name)
    (suite.folder / "features/e.feature").symlink_to("nowhere.feature")
    ended = suite.pytest("-q")
    assert ended.code == 1
    assert f"features/build/a.feature {UNSEEN} (pytest passed it over or was told to)" in ended.said
    assert f"features/c.FEATURE {UNSEEN} (its suffix must be .feature)" in ended.said
    assert f"features/e.feature {UNSEEN} (it is a link to nothing)" in ended.said
    assert f"more/d.feature {UNSEEN}" in ended.said


def test_a_file_that_cannot_be_read(suite):
    written(suite, "run")
    suite.write("features/z.feature", "Feature: Caf\xe9\n".encode("latin-1"))
    ended = suite.qualify()
    assert ended.code == 3
    assert "features/z.feature:1: the file is not UTF-8" in ended.said


@pytest.mark.parametrize("options", [("-k", "Two"), ("features/Two.feature::Two",)], ids=["keyword", "name"])
def test_what_the_command_itself_selects_is_counted_and_green(suite, options):
    written(suite, "One", "Two")
    ended = suite.pytest("-q", *options)
    assert ended.code == 0, ended.said
    counts = suite.record().first("run_finished")["counts"]
    assert counts["written"] == counts["unselected"] + counts["executed"]
    assert counts["executed"] == 1


def test_a_site_that_no_scenario_has(suite):
    """A typing error must not look like a site where all is well."""
    written(suite, "One")
    suite.feature("  @SITE-001 @site:EAST\n  Scenario: There\n    Then it shows A1\n", "features/y.feature")
    ended = suite.qualify("features", "--site", "EATS")
    assert ended.code == 3
    assert "no scenario is of site EATS; the nearest is EAST" in ended.said
