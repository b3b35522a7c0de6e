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
