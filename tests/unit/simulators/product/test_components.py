"""What may be used for an order."""

from fractions import Fraction

import pytest

from syncproof.simulators import product as p

BOM = {"lines": [
    {"item": "OIL", "substitution": "approved",
     "alternates": [{"item": "FAT", "ratio": "1.1"}, {"item": "LARD"}]},
    {"item": "WAX", "substitution": "none", "alternates": [{"item": "RESIN"}]},
    {"item": "SALT"}]}  # fmt: skip


def test_a_component_may_be_used_as_itself():
    assert p.permitted(BOM, "SALT") == p.Use("SALT", "SALT", Fraction(1))


def test_an_approved_alternate_may_be_used_in_its_ratio():
    assert p.permitted(BOM, "FAT") == p.Use("FAT", "OIL", Fraction("1.1"))
    assert p.permitted(BOM, "LARD") == p.Use("LARD", "OIL", Fraction(1))


def test_an_alternate_that_is_not_approved_and_a_stranger_may_not_be_used():
    assert p.permitted(BOM, "RESIN") is None
    assert p.permitted(BOM, "SAND") is None


@pytest.mark.parametrize(
    ("item", "op_no", "elsewhere"),
    [
        ("OIL", "10", False), ("OIL", "20", True), ("FAT", "10", False), ("FAT", "20", True),
        ("SALT", "10", False), ("SALT", "20", False), ("SAND", "20", False),
    ],
)  # fmt: skip
def test_what_an_operation_uses_is_used_at_no_other(item, op_no, elsewhere):
    """Nor are its alternates; a line without operation serves all, and a stranger belongs nowhere."""
    oil, _, salt = BOM["lines"]
    bom = {"lines": [{**oil, "op_no": "10"}, salt]}
    assert p.belongs_elsewhere(bom, item, op_no) is elsewhere
