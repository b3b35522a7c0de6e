"""Conversion to an item's base unit."""

from decimal import Decimal, getcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncproof.simulators import product as p

UOM = {"id": "OIL", "base_unit": "KGM", "conversions": [
    {"from_unit": "BX", "numerator": 1, "denominator": 3}, {"from_unit": "CT", "numerator": 12}]}  # fmt: skip


def test_the_base_unit_itself_needs_no_record():
    assert p.to_base(Fraction(5), "KGM", "OIL", "KGM", None) == 5


@given(st.fractions(min_value=0), st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_conversion_is_exact_for_any_factor(amount, numerator, denominator):
    """Cross-multiplied integers, so that no division is shared with the code under test."""
    uom = {"conversions": [{"from_unit": "BX", "numerator": numerator, "denominator": denominator}]}
    got = p.to_base(amount, "BX", "OIL", "KGM", uom)
    assert got.numerator * amount.denominator * denominator == (got.denominator * amount.numerator * numerator)


def test_a_denominator_that_is_not_stated_is_one():
    assert p.to_base(Fraction(2), "CT", "OIL", "KGM", UOM) == 24


@pytest.mark.parametrize("uom", [UOM, None, {}])
def test_a_missing_conversion_is_an_error_that_says_what_would_be_valid(uom):
    with pytest.raises(p.ConversionMissing, match=r"from LTR to its base unit KGM; convertible: .*KGM"):
        p.to_base(Fraction(1), "LTR", "OIL", "KGM", uom)


def test_physics_alone_converts_nothing():
    """Grams to kilograms are converted only if the item's record says so."""
    with pytest.raises(p.ConversionMissing):
        p.to_base(Fraction(1), "GRM", "OIL", "KGM", UOM)


@pytest.mark.parametrize(
    ("unit", "other", "factor"),
    [("KGM", "GRM", "1000"), ("GRM", "KGM", "0.001"), ("MTQ", "LTR", "1000"), ("DZN", "EA", "12"),
     ("HUR", "SEC", "3600"), ("LBR", "GRM", "453.59237"), ("MGM", "KGM", "0.000001")],
)  # fmt: skip
def test_physical_factors_are_exact(unit, other, factor):
    assert p.fixed_factor(unit, other) == Fraction(factor)


def test_a_pound_is_sixteen_ounces():
    getcontext().prec = 40
    assert p.fixed_factor("LBR", "ONZ") == Fraction(Decimal("453.59237") / Decimal("28.349523125")) == 16


@pytest.mark.parametrize(("unit", "other"), [("KGM", "LTR"), ("BX", "CT"), ("BX", "BX"), ("Q7Q", "KGM")])
def test_only_one_dimension_has_physical_factors(unit, other):
    assert p.fixed_factor(unit, other) is None


@pytest.mark.parametrize(
    ("unit", "other", "possible"),
    [("KGM", "GRM", True), ("KGM", "LTR", False), ("BX", "LTR", True), ("KGM", "PK", True),
     ("BX", "CT", True), ("Q7Q", "KGM", False), ("BX", "Q7Q", False)],
)  # fmt: skip
def test_packaging_holds_anything_and_other_dimensions_do_not_mix(unit, other, possible):
    assert p.convertible_in_principle(unit, other) is possible
