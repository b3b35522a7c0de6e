"""The landscape of a power run: a switch in every system, short SLAs, nothing left of the job before."""

import pytest

from syncproof.defects.ground import PATIENCE, Ground, prepared
from syncproof.errors import ConfigurationError
from syncproof.landscape import load
from syncproof.suite_files import suite_root

REFERENCE = suite_root() / "landscapes" / "reference.toml"


def test_every_system_gets_a_switch_and_a_short_sla(tmp_path):
    definition = prepared(load(REFERENCE), tmp_path / "mine.py")
    assert definition.systems["mes"].command == (
        "syncproof.defects.serve", "mes", "--defects", str(tmp_path / "mine.py"),
    )  # fmt: skip
    assert definition.integration.command[1] == "integration"
    assert max(definition.sla.values()) <= PATIENCE
    assert definition.within("disposition") == 2


def test_a_defect_is_turned_on_and_off_and_a_reset_leaves_nothing():
    ground = Ground(prepared(load(REFERENCE), None), "test")
    try:
        ground.turn_on("erp", "UOM-06")
        assert ground.turn_off("erp") == {"calls": 0, "differences": 0, "crashes": []}
        ground.fresh()
        ground.check()
        with pytest.raises(ConfigurationError, match="starts no reference tms"):
            ground.turn_on("tms", "X")
    finally:
        ground.close()
