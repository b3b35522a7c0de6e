"""Label version at packaging start, and reconciliation at its end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncproof.simulators.mes.rules.labels import COUNTS, label_guard, reconciliation

PACK = {"op_no": "30", "packaging": True}
A = {"domain": "label", "id": "LBL", "revision": "A"}
B = {**A, "revision": "B"}
OTHER = {**A, "id": "LBL-2"}


@pytest.mark.parametrize("given_label", [A, OTHER, None])
def test_packaging_refuses_any_label_but_the_one_in_effect(given_label):
    refusal = label_guard(PACK, B, given_label)
    assert refusal.code == "label_version"
    assert "revision B" in refusal.message


def test_packaging_accepts_the_label_in_effect():
    assert label_guard(PACK, B, dict(B)) is None


def test_a_product_without_label_is_packed_without_one():
    assert label_guard(PACK, None, None) is None
    assert label_guard(PACK, None, A).code == "label_version"


def test_other_operations_take_no_label():
    assert label_guard({"op_no": "10", "packaging": False}, A, A).code == "label_not_applicable"
    assert label_guard({"op_no": "10"}, A, None) is None


COUNT = st.integers(0, 1000)


@given(issued=COUNT, used=COUNT, destroyed=COUNT, returned=COUNT, tolerance=st.integers(0, 20))
def test_labels_are_reconciled_within_the_tolerance_in_both_directions(issued, used, destroyed, returned, tolerance):
    counts = {"issued": issued, "used": used, "destroyed": destroyed, "returned": returned}
    refusal = reconciliation({"reconciliation_tolerance": tolerance}, counts)
    missing = issued - used - destroyed - returned
    assert (refusal is None) == (-tolerance <= missing <= tolerance)


@pytest.mark.parametrize(("returned", "accepted"), [(6, True), (4, True), (3, False), (8, True), (9, False)])
def test_the_tolerance_itself_is_still_accepted(returned, accepted):
    counts = {"issued": 110, "used": 100, "destroyed": 4, "returned": returned}
    assert (reconciliation({"reconciliation_tolerance": 2}, counts) is None) == accepted


@pytest.mark.parametrize("bad", [None, "1", -1, 1.5, True])
@pytest.mark.parametrize("name", COUNTS)
def test_a_count_that_is_no_whole_number_is_refused(name, bad):
    counts = dict.fromkeys(COUNTS, 0) | {name: bad}
    assert reconciliation({}, counts).code == "label_reconciliation"


def test_counts_that_are_not_given_are_refused():
    assert reconciliation({"reconciliation_tolerance": 9}, None).code == "label_reconciliation"
