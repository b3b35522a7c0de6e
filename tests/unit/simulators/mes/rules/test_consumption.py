"""What may be consumed, from which lot, how much of it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncproof.simulators.mes.errors import Reason
from syncproof.simulators.mes.rules import consumption
from syncproof.simulators.mes.rules.consumption import Need
from syncproof.simulators.product import Use

BOM = {
    "id": "BOM",
    "revision": "A",
    "lines": [
        {
            "item": "OIL",
            "substitution": "approved",
            "alternates": [{"item": "OIL-2", "ratio": "1.25"}],
        },
        {"item": "WAX", "substitution": "none"},
    ],
}
LOT = {"id": "L1", "item": "OIL", "quantity": {"value": "5", "unit": "KGM"}}
AMOUNT = st.fractions(min_value=0, max_value=1000, max_denominator=1000)


def test_a_component_stands_for_itself_and_an_approved_alternate_by_its_ratio():
    assert consumption.use_permitted(BOM, "OIL") == Use("OIL", "OIL", Fraction(1))
    assert consumption.use_permitted(BOM, "OIL-2") == Use("OIL-2", "OIL", Fraction(5, 4))


def test_anything_else_is_not_in_the_bom_and_the_refusal_says_what_is():
    refusal = consumption.use_permitted(BOM, "SAND")
    assert isinstance(refusal, Reason)
    assert refusal.code == "not_in_bom"
    assert "OIL, WAX" in refusal.message


def test_an_alternate_with_a_ratio_that_means_nothing_is_not_approved():
    line = {"item": "OIL", "substitution": "approved", "alternates": [{"item": "OIL-2", "ratio": "0"}]}
    assert consumption.use_permitted({**BOM, "lines": [line]}, "OIL-2").code == "not_in_bom"


def test_the_lot_must_hold_the_item_that_is_booked():
    assert consumption.lot_of_item(LOT, "OIL") is None
    assert consumption.lot_of_item(LOT, "WAX").code == "lot_item"


def test_a_lot_gives_all_that_it_holds_and_no_more():
    assert consumption.lot_holds_enough(LOT, Fraction(5), Fraction(5)) is None
    assert consumption.lot_holds_enough(LOT, Fraction(5), Fraction(5001, 1000)).code == "insufficient"


@pytest.mark.parametrize("amount", [Fraction(0), Fraction(-1)])
def test_a_booking_of_nothing_or_less_is_refused(amount):
    assert consumption.quantity_positive(amount).code == "quantity_invalid"


@given(required=AMOUNT, tolerance=AMOUNT, consumed=AMOUNT, adding=AMOUNT)
def test_only_what_exceeds_requirement_plus_tolerance_needs_an_explanation(required, tolerance, consumed, adding):
    need = Need("OIL", "KGM", required, tolerance, consumed)
    refused = consumption.discrepancy_explained(need, adding, None) is not None
    assert refused == (consumed + adding > required + tolerance)
    assert consumption.discrepancy_explained(need, adding, "spillage") is None


def test_a_blank_explanation_explains_nothing():
    need = Need("OIL", "KGM", Fraction(10), Fraction(0), Fraction(10))
    assert consumption.discrepancy_explained(need, Fraction(1, 1000), "  ").code == "unexplained_discrepancy"


def test_alternates_count_against_the_requirement_of_the_original():
    amounts = {"OIL": Fraction(3), "OIL-2": Fraction(5), "WAX": Fraction(7)}
    assert consumption.consumed_so_far(amounts, BOM, "OIL") == Fraction(3) + Fraction(4)
    assert consumption.consumed_so_far(amounts, BOM, "WAX") == Fraction(7)


AT_OPERATIONS = {
    **BOM,
    "lines": [
        {**BOM["lines"][0], "op_no": "10"},
        {"item": "WAX", "substitution": "none", "op_no": "20"},
        {"item": "GAS", "substitution": "none", "op_no": None},
    ],
}
TWICE = {"operations": [{"op_no": "10", "name": "Mix"}, {"op_no": "20", "name": "Mix"}]}


@pytest.mark.parametrize(("op_no", "items"), [("10", ["OIL", "GAS"]), ("20", ["WAX", "GAS"]), ("30", ["GAS"])])
def test_an_operation_uses_the_lines_of_its_number_and_those_of_none_whatever_its_name(op_no, items):
    assert [line["item"] for line in consumption.lines_of_operation(AT_OPERATIONS, TWICE, op_no)] == items


@pytest.mark.parametrize(
    ("op_no", "item", "code"),
    [
        ("10", "OIL", None),
        ("10", "OIL-2", None),
        ("20", "OIL", "not_of_operation"),
        ("20", "OIL-2", "not_of_operation"),
    ],
)
def test_an_operation_takes_its_own_components_and_their_alternates(op_no, item, code):
    lines = consumption.lines_of_operation(AT_OPERATIONS, TWICE, op_no)
    refusal = consumption.used_at(AT_OPERATIONS, lines, op_no, item)
    assert (refusal and refusal.code) == code


def test_the_refusal_of_foreign_material_says_what_the_operation_uses():
    assert "its components there are WAX" in consumption.used_at(BOM, BOM["lines"][1:], "20", "OIL").message
    assert "its components there are none" in consumption.used_at(BOM, [], "30", "OIL").message


def test_what_was_booked_counts_as_it_was_booked():
    bookings = [{"item": "OIL", "quantity": {"value": "2", "unit": "BX"}}]
    assert consumption.booked(None, {"OIL": Fraction(24)}, bookings) == {"OIL": Fraction(24)}
