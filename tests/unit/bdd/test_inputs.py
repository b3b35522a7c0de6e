"""What a run was judged by is in its pack, without secrets."""

import json

from syncproof.bdd import inputs
from syncproof.transport import Redactor
from tests.unit.evidence.test_fitness import left


def test_copies_lie_under_their_names_and_hold_no_secret(tmp_path):
    """Neither one that was known when they were copied nor one that came up later."""
    source, pack, redactor = tmp_path / "a.feature", tmp_path / "pack", Redactor()
    source.write_text("early-secret late-secret plain")
    redactor.register("one", "early-secret")
    inputs.keep(pack, [("features/x/a.feature", source)], redactor)
    copy = pack / "inputs" / "features" / "x" / "a.feature"
    assert copy.read_text() == "<redacted:one> late-secret plain"
    redactor.register("two", "late-secret")
    inputs.clean_again(pack, redactor)
    assert copy.read_text() == "<redacted:one> <redacted:two> plain"


def test_registries_of_two_suites_do_not_hide_each_other(tmp_path):
    """The user's own of the same name goes by a name of its own."""
    for suite in ("ours", "theirs"):
        for name in ("requirements.toml", "protocols/oq.toml", "notes.md"):
            path = tmp_path / suite / "reports" / "registry" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(suite)
    found = {name: path.read_text() for name, path in inputs.registries([tmp_path / "ours", tmp_path / "theirs"])}
    assert found == {
        "registry/protocols/oq.toml": "ours",
        "registry/requirements.toml": "ours",
        "own-1/registry/protocols/oq.toml": "theirs",
        "own-1/registry/requirements.toml": "theirs",
    }


def test_the_pack_of_a_run_holds_its_features_and_seal(suite):
    """With workers too; the ledger's head is printed at the end."""
    suite.write("features/a.feature", FEATURE)
    for options in ((), ("-n", "2")):
        result = suite.run(*options)
        result.stdout.fnmatch_lines(["ledger head*"])
        pack = suite.record().path
        assert (pack / "inputs" / "features" / "a.feature.txt").read_text() == FEATURE
        sealed = json.loads((pack / "record" / "seal.json").read_bytes())
        assert "inputs/features/a.feature.txt" in [entry["file"] for entry in sealed["inputs"]]


def test_a_run_keeps_what_the_newest_power_run_beside_it_measured(suite):
    """The seal holds its hash: what the tests were worth is part of the record."""
    suite.write("features/a.feature", FEATURE)
    measured = left(suite.pytester.path / "evidence")
    suite.run()
    pack = suite.record().path
    assert (pack / "inputs" / "fitness" / "power.json").read_bytes() == measured.read_bytes()
    sealed = json.loads((pack / "record" / "seal.json").read_bytes())
    assert "inputs/fitness/power.json" in [entry["file"] for entry in sealed["inputs"]]


FEATURE = """Feature: A
  @URS-REV-001
  Scenario: One
    Then revision A is in effect
"""
