"""Production is only read unless the file and the command both say otherwise."""

import pytest

STEPS = """
from pytest_bdd import then
from syncproof.ports import Observation

@then("a write reaches the planning system")
def _(landscape, check):
    outcomes = landscape.by_role("planning").submit(by="engineer", reason="r")
    check.equal("URS-REV-003", "it was asked", 0, Observation(len(outcomes), ("main-x1",), "erp"))
"""
FEATURE = """Feature: Ours
  @URS-REV-003
  Scenario: One
    Then a write reaches the planning system
"""
VERIFIED, INCOMPLETE = 0, 3


@pytest.fixture
def ours(syncproof, reference, tmp_path):
    """A user's repository whose landscape is production and allows writes."""
    syncproof("init", "ours")
    folder = tmp_path / "ours"
    production = reference.replace('environment = "validation"', 'environment = "production"')
    production = production.replace('clock = "controllable"', 'clock = "wall"\nwrites = "allowed"\n#')
    (folder / "landscape.toml").write_text(production)
    (folder / "steps" / "writing.py").write_text(STEPS)
    (folder / "features" / "writing.feature").write_text(FEATURE)
    return folder


def test_writing_to_production_needs_the_commands_consent_beside_the_files(syncproof, ours):
    run = ("qualify", "features/writing.feature", "--no-report")
    without = syncproof(*run, cwd=ours)
    assert without.code == INCOMPLETE
    assert 'writing needs writes = "allowed" in the landscape file and --allow-writes' in without.out
    assert syncproof(*run, "--allow-writes", cwd=ours).code == VERIFIED
