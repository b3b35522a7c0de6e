"""What a power run measured goes into the packs of the runs after it, and holds for what it was measured with."""

import json

import pytest

from syncproof.defects.base import Defect, Variation
from syncproof.defects.judging import Trial
from syncproof.defects.matrix import summary, write
from syncproof.evidence import fitness
from syncproof.evidence.reader import Exchanges, Record, Scenarios

CHECK = {"requirement": "URS-REV-001", "claim": "the revision", "kind": "equal", "expected": '"B"', "actual": '"A"'}
ABOUT = {
    "at": "2026-01-02T03:04:05+00:00", "whole": True, "seconds": 9.5, "seed": "s", "engine": "sha256:e",
    "suite": {"features": "sha256:f", "steps": "sha256:s"}, "versions": {"syncproof": "1"},
    "who": {"kind": "account", "name": "qa"},
}  # fmt: skip


class Wrong(Defect):
    """The old revision goes on."""

    id = "X-1"
    citation = "somewhere"
    requirements = ("URS-REV-001",)
    system, policy = "mes", "effectivity"


class Late(Wrong):
    """It waits."""

    id, waits_for = "X-2", "sales orders"


class Fine(Wrong, Variation):
    """Another order of keys."""

    id = "X-3"


TRIALS = (
    Trial(Wrong(), "detected", {"f.feature::one": CHECK}),
    Trial(Late(), "waits", why="waits for sales orders"),
    Trial(Fine(), "alarm", noticed={"f.feature::two": "not equal"}, why="1 scenarios did not pass"),
)


def left(folder, name="power-20260102T030405Z", **more):
    """A power run as it is left beside the packs."""
    return write(TRIALS, {**summary(TRIALS), **ABOUT, **more}, folder / name) / fitness.NAME


def test_what_a_power_run_writes_is_read_as_it_was(tmp_path):
    """State, scenario, expected and actual of each."""
    told = fitness.read(left(tmp_path))
    assert {id_: one.state for id_, one in {**told.defects, **told.benign}.items()} == {
        "X-1": "detected", "X-2": "waits", "X-3": "alarm",
    }  # fmt: skip
    assert told.defects["X-1"].checks["f.feature::one"].expected == '"B"'
    assert told.benign["X-3"].alarms == ("f.feature::two",)


def test_the_figure_counts_what_was_tried_and_names_what_waits(tmp_path):
    """A defect that was not tried is no part of the measure."""
    assert fitness.read(left(tmp_path)).figure == (
        "1 of 1 seeded defects detected by the right requirement (1 more wait for what the landscape does not have yet); "
        "0 of 1 harmless variations silent."
    )


def test_the_newest_whole_run_counts(tmp_path):
    """A sample says nothing of the catalogue, and a file that is none of ours is passed over."""
    expected = left(tmp_path, "power-20260102T000000Z")
    left(tmp_path, "power-20260101T000000Z")
    left(tmp_path, "power-20260103T000000Z", whole=False)
    (tmp_path / "power-20260104T000000Z").mkdir()
    (tmp_path / "power-20260104T000000Z" / fitness.NAME).write_text('{"defects": 7}')
    assert fitness.newest(tmp_path) == expected


def test_where_there_is_none_there_is_none(tmp_path):
    """Nothing measured, nothing said."""
    assert fitness.newest(tmp_path) is None
    assert fitness.read(tmp_path / "nothing.json") is None


def test_a_pack_keeps_what_was_measured_before_it(tmp_path):
    """Among its inputs."""
    measured = left(tmp_path)
    record = Record(tmp_path / "0001", (), Scenarios(), Exchanges())
    assert fitness.of_pack(record) is None
    kept = tmp_path / "0001" / "inputs" / "fitness" / "power.json"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(measured.read_bytes())
    assert fitness.of_pack(record) == fitness.read(measured) is not None


@pytest.mark.parametrize(
    ("started", "differs"),
    [
        ({"engine": "sha256:e", "suite": ABOUT["suite"]}, ()),
        ({"engine": "sha256:e", "suite": {**ABOUT["suite"], "steps": "sha256:other"}}, ("steps",)),
        ({"engine": "sha256:e", "suite": {"features": "sha256:f"}}, ("steps",)),
        ({"engine": "sha256:new", "suite": ABOUT["suite"]}, ("engine",)),
        ({}, ("features", "steps", "engine")),
    ],
)
def test_it_holds_for_the_suite_and_the_engine_it_was_measured_with(tmp_path, started, differs):
    """Any part that is another, or is missing, is named."""
    assert fitness.read(left(tmp_path)).differs(started) == differs


def test_what_is_written_is_one_object_with_every_defect(tmp_path):
    """For programs: detected or not, by which scenarios, of which requirements."""
    told = json.loads(left(tmp_path).read_bytes())
    assert told["defects"]["X-1"]["detected"] is True
    assert told["defects"]["X-1"]["by"] == ["f.feature::one"]
    assert told["benign"]["X-3"]["alarms"] == ["f.feature::two"]
