"""Two executions are told as one story only where nothing differs that a result rests on."""

from pathlib import Path

import pytest

from syncproof.evidence.execution.configuration import (
    NONE,
    Difference,
    between,
    differences,
    features,
    is_same_landscape,
    particular,
    protocol,
    shared,
)
from syncproof.evidence.execution.outline import Outline, Plan, Planned

ID = "features/a.feature::One::more"
HASH = "0123456789abcdef" * 4
STARTED = {
    "landscape": {"path": "plant.toml", "sha256": "aa"},
    "suite": {"steps": "s", "fixtures": "f", "contracts": "c", "features": "changed with every feature"},
    "versions": {"syncproof": "1.2"},
    "engine": "e",
}
FEATURES = ({"path": "features/a.feature", "sha256": "fa"}, {"path": "features/b.feature", "sha256": "fb"})
PLAN = Plan(
    FEATURES,
    (),
    {"URS-A-1": {"version": "3", "hash": "r"}},
    {"P": {"hash": "h", "approval": {"at": "2026-01-01T00:00:00Z"}}, "Q": {"hash": "q", "approval": None}},
)


def run(started=STARTED, plan=PLAN, version="2.0", protocol="P"):
    """The outline of a run of one scenario."""
    planned = {ID: Planned(ID, True, ("URS-A-1", "URS-B-2"), protocol)}
    return Outline(Path("pack"), started, plan, {"erp": {"product": "ERP", "version": version}}, planned=planned)


def test_every_result_of_a_run_rests_on_landscape_systems_suite_and_harness():
    """Feature files are compared one by one, with the scenarios in them."""
    assert shared(run()) == {
        ("landscape", "file"): "aa",
        ("systems", "erp"): "ERP 2.0",
        ("suite", "steps"): "s",
        ("suite", "fixtures"): "f",
        ("suite", "contracts"): "c",
        ("harness", "syncproof"): "1.2 e",
    }


def test_what_is_not_on_record_is_said_to_be_none():
    """And equals nothing that is."""
    assert shared(Outline(Path("pack"), {}, systems={"erp": {}})) == {
        ("landscape", "file"): NONE,
        ("systems", "erp"): f"{NONE} {NONE}",
        **{("suite", part): NONE for part in ("steps", "fixtures", "contracts")},
        ("harness", "syncproof"): f"{NONE} {NONE}",
    }
    assert particular(Outline(Path("pack")), ID) == {
        ("suite", "feature file"): NONE,
        ("protocol", "of the scenario"): "None None",
    }


def test_a_scenario_rests_on_its_feature_protocol_and_requirements():
    """When the protocol was approved changes nothing that was executed."""
    assert particular(run(), ID) == {
        ("suite", "feature file"): "fa",
        ("protocol", "of the scenario"): "P h",
        ("requirement", "URS-A-1"): "3 r",
        ("requirement", "URS-B-2"): f"{NONE} {NONE}",
    }


def test_what_differs_is_said_in_words_from_the_earlier_to_the_later():
    """By aspect, first what the runs rest on, then what the scenario does."""
    later = run(STARTED | {"engine": "other"}, Plan(FEATURES[1:], (), PLAN.requirements, PLAN.protocols), "2.1", "Q")
    assert differences(run(), later, ID) == (
        Difference("harness", "harness (syncproof): 1.2 e → 1.2 other"),
        Difference("systems", "systems (erp): ERP 2.0 → ERP 2.1"),
        Difference("protocol", "protocol (of the scenario): P h → Q q"),
        Difference("suite", f"suite (feature file): fa → {NONE}"),
    )
    assert differences(run(), run(), ID) == ()


def test_what_only_one_of_two_has_differs_from_none():
    """A system that came, and one that went."""
    old, new = {("systems", "mes"): "M 1"}, {("systems", "erp"): "E 1"}
    said = [one.text for one in between(old, new)]
    assert said == [f"systems (erp): {NONE} → E 1", f"systems (mes): M 1 → {NONE}"]


@pytest.mark.parametrize(
    ("identity", "said"),
    [
        (HASH, "0123456789ab"),
        (f"sha256:{HASH}", "sha256:0123456789ab"),
        (f"1.2 sha256:{HASH}", "1.2 sha256:0123456789ab"),
        (HASH[1:], HASH[1:]),
        ("ERP  for small plants", "ERP  for small plants"),
    ],
)
def test_hashes_are_told_by_their_first_digits(identity, said):
    """Names are told whole."""
    (found,) = between({("a", "b"): identity}, {("a", "b"): "x"})
    assert found.text == f"a (b): {said} → x"


def test_features_are_known_by_path_and_hash():
    """Those that the run saw, whatever was selected of them."""
    assert features(run()) == {"features/a.feature": "fa", "features/b.feature": "fb"}


def test_a_protocol_is_told_with_content_and_approval():
    """None where there is no such thing: no approval, no content, no protocol, no scenario."""
    told = [protocol(run(protocol=id_), ID) for id_ in ("P", "Q", "R", None)]
    assert told == [
        ("P", "h", "2026-01-01T00:00:00Z"),
        ("Q", "q", None),
        ("R", None, None),
        (None, None, None),
    ]
    assert protocol(run(), "nine") == (None, None, None)


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ({"path": "plant.toml", "sha256": "bb"}, True),
        ({"path": "moved.toml", "sha256": "aa"}, True),
        ({"path": "test.toml", "sha256": "bb"}, False),
        (None, False),
    ],
)
def test_a_landscape_is_the_same_by_its_name_or_its_content(other, is_same):
    """An edited file and a moved one are still that landscape."""
    assert is_same_landscape(run(), run({"landscape": other})) is is_same
    assert is_same_landscape(run({"landscape": other}), run()) is is_same


def test_runs_without_a_landscape_file_share_their_landscape():
    """Both ran on what is built in."""
    assert is_same_landscape(run({}), run({"landscape": None}))
