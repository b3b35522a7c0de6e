"""Exact amounts on the wire."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncproof.simulators.product import QuantityInvalid, exact, readable, wire

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=12, min_value=-(10**9), max_value=10**9)


@pytest.mark.parametrize(
    ("value", "text"),
    [("12.50", "12.5"), ("100", "100"), ("1E+2", "100"), ("-0", "0"), ("0.001", "0.001"), ("-0.5", "-0.5")],
)
def test_a_quantity_is_written_without_exponent_and_without_trailing_zeros(value, text):
    assert wire(exact(value)) == text


@given(DECIMALS)
def test_what_is_written_states_the_same_number(number):
    assert Fraction(Decimal(wire(exact(number)))) == Fraction(number)


def test_more_digits_than_a_decimal_context_holds_are_kept():
    long = "123456789012345678901234567890.123456789012345678901234567891"
    assert wire(exact(long)) == long


@pytest.mark.parametrize(
    "value",
    [0.5, True, None, "", "1,5", "1 000", "1_000", "NaN", "Infinity", "1/3", "٣", "1e61", "1e-61", []],
)
def test_what_states_no_exact_decimal_number_is_refused(value):
    with pytest.raises(QuantityInvalid):
        exact(value)


def test_a_third_cannot_be_written_unrounded():
    with pytest.raises(QuantityInvalid, match="round it"):
        wire(Fraction(1, 3))


@pytest.mark.parametrize(("value", "text"), [("1/3", "0.333333"), ("2/3", "0.666667"), ("1/8", "0.125"), ("5", "5")])
def test_a_balance_shows_what_has_no_decimal_form_to_the_nearest_millionth(value, text):
    assert readable(Fraction(value)) == text
