"""Rounding by a stated policy, on exact rationals."""

from decimal import Decimal, getcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncproof import model as m
from syncproof import oracle
from syncproof.errors import MisuseError

MODES = ("up", "down", "half_up", "half_even")
AMOUNTS = st.fractions(max_denominator=10**6)
POLICIES = st.builds(
    m.RoundingPolicy,
    mode=st.sampled_from(MODES),
    increment=st.sampled_from([Decimal(x) for x in ("0.001", "0.05", "0.25", "0.5", "1", "12", "1E+2")]),
)

# Steps = amount / increment, worked by hand; the four columns are up, down, half_up, half_even.
TABLE = [
    ("5/2", "1", "3", "2", "3", "2"),  # 2.5: the even neighbour is 2
    ("7/2", "1", "4", "3", "4", "4"),  # 3.5: the even neighbour is 4
    ("249/100", "1", "3", "2", "2", "2"),  # just below the half
    ("251/100", "1", "3", "2", "3", "3"),  # just above the half
    ("2001/1000", "1", "3", "2", "2", "2"),  # a thousandth over goes up only by "up"
    ("3", "1", "3", "3", "3", "3"),  # a multiple stays
    ("0", "1", "0", "0", "0", "0"),
    ("13/5", "1/2", "3", "2.5", "2.5", "2.5"),  # 2.6 = 5.2 halves
    ("11/4", "1/2", "3", "2.5", "3", "3"),  # 2.75 = 5.5 halves: 6 is even
    ("9/4", "1/2", "2.5", "2", "2.5", "2"),  # 2.25 = 4.5 halves: 4 is even
    ("1/3", "1/1000", "0.334", "0.333", "0.333", "0.333"),
    ("2/3", "1/1000", "0.667", "0.666", "0.667", "0.667"),
    ("1/7", "1/1000000", "0.142858", "0.142857", "0.142857", "0.142857"),  # 0.(142857)
    ("250", "100", "300", "200", "300", "200"),  # 2.5 hundreds
    ("-5/2", "1", "-3", "-2", "-3", "-2"),  # away from zero and towards it, on either side
    ("-1/3", "1/100", "-0.34", "-0.33", "-0.33", "-0.33"),
]


@pytest.mark.parametrize(("amount", "increment", *MODES), TABLE)
def test_each_mode_gives_the_multiple_worked_by_hand(amount, increment, up, down, half_up, half_even):
    expected = dict(zip(MODES, (up, down, half_up, half_even), strict=True))
    step = oracle.as_decimal(Fraction(increment))
    got = {mode: str(oracle.round_to(Fraction(amount), m.RoundingPolicy(mode=mode, increment=step))) for mode in MODES}
    assert got == expected


@pytest.mark.parametrize(("prime", "places"), [(2, 100), (5, 100)])
def test_an_amount_too_fine_for_a_float_has_its_exact_decimal_form(prime, places):
    # 2^-100 = 5^100/10^100 and 5^-100 = 2^100/10^100
    digits = (10 // prime) ** places
    expected = f"0.{digits:0{places}d}"
    assert f"{oracle.as_decimal(Fraction(1, prime**places)):f}" == expected


def test_the_default_policy_is_half_up_to_a_thousandth():
    assert str(oracle.round_to(Fraction("0.0005"), m.RoundingPolicy())) == "0.001"


def test_an_increment_that_is_not_positive_is_refused():
    with pytest.raises(MisuseError, match="not positive"):
        oracle.round_to(Fraction(1), m.RoundingPolicy(increment=Decimal(0)))


@given(AMOUNTS, POLICIES)
def test_rounding_twice_changes_nothing(amount, policy):
    once = oracle.round_to(amount, policy)
    assert str(oracle.round_to(Fraction(once), policy)) == str(once)


@given(AMOUNTS, POLICIES)
def test_the_result_is_a_multiple_of_the_increment_next_to_the_amount(amount, policy):
    step = Fraction(policy.increment)
    rounded = Fraction(oracle.round_to(amount, policy))
    assert (rounded / step).denominator == 1
    assert abs(rounded - amount) < step
    if policy.mode.startswith("half"):
        assert abs(rounded - amount) <= step / 2
    if policy.mode == "up":
        assert abs(rounded) >= abs(amount)
    if policy.mode == "down":
        assert abs(rounded) <= abs(amount)


@given(AMOUNTS, AMOUNTS, POLICIES)
def test_rounding_keeps_the_order_of_amounts(one, other, policy):
    low, high = sorted((one, other))
    assert oracle.round_to(low, policy) <= oracle.round_to(high, policy)


@given(AMOUNTS, POLICIES)
def test_a_negative_amount_is_rounded_as_its_mirror_image(amount, policy):
    assert Fraction(oracle.round_to(-amount, policy)) == -Fraction(oracle.round_to(amount, policy))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=9))
def test_a_decimal_survives_the_way_through_the_rationals(value):
    shown = oracle.as_decimal(Fraction(value))
    assert shown == value
    sign, digits, exponent = shown.as_tuple()
    assert exponent == 0 or (exponent < 0 and digits[-1] != 0)  # no trailing zeros, no thousands as 1E+3
    assert sign == (value < 0)  # there is no negative zero


def test_no_digit_is_lost_beyond_the_precision_of_the_decimal_context():
    digits = "1234567890" * 5  # 50 digits; the context has 28
    assert len(digits) > getcontext().prec
    assert str(oracle.as_decimal(Fraction(int(digits), 1000))) == f"{digits[:-3]}.{digits[-3:]}".rstrip("0")


def test_what_has_no_decimal_form_is_refused():
    with pytest.raises(MisuseError, match="1/3 has no exact decimal form"):
        oracle.as_decimal(Fraction(1, 3))


@pytest.mark.parametrize(
    ("actual", "tolerance", "close"),
    [("10", "0", True), ("10.0001", "0", False), ("10.05", "0.05", True), ("10.0501", "0.05", False),
     ("9.95", "0.05", True), ("9.9499", "0.05", False)],
)  # fmt: skip
def test_a_tolerance_is_inclusive_on_both_sides(actual, tolerance, close):
    assert oracle.within(Decimal(10), Decimal(actual), Decimal(tolerance)) is close


def test_a_tolerance_is_compared_exactly():
    # 1/3 against 0.333: the difference is 1/3000, more than 0.0003 and less than 0.0004
    assert not oracle.within(Fraction(1, 3), Decimal("0.333"), Decimal("0.0003"))
    assert oracle.within(Fraction(1, 3), Decimal("0.333"), Decimal("0.0004"))


@pytest.mark.parametrize(
    ("consumed", "discrepancy"), [("10.05", False), ("10.0501", True), ("1", False), ("10", False)]
)
def test_only_consumption_beyond_requirement_and_tolerance_is_a_discrepancy(consumed, discrepancy):
    assert oracle.exceeds(Decimal(10), Decimal(consumed), Decimal("0.05")) is discrepancy
