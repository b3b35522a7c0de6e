"""Rounding to a multiple of the increment."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncproof.simulators import product as p

AMOUNTS = st.fractions(min_value=-1000, max_value=1000, max_denominator=10_000)
INCREMENTS = st.sampled_from([Fraction(1), Fraction("0.001"), Fraction("0.5"), Fraction("0.25"), Fraction(7)])


def brute(value, mode, increment):
    """Looks at the neighbouring multiples one by one and takes the one that the words select."""
    guess = int(value / increment)
    around = [n * increment for n in range(guess - 2, guess + 3)]
    if mode == "down":
        return max((x for x in around if abs(x) <= abs(value) and x * value >= 0), key=abs)
    if mode == "up":
        return min((x for x in around if abs(x) >= abs(value) and x * value >= 0), key=abs)
    closest = min(abs(x - value) for x in around)
    tied = [x for x in around if abs(x - value) == closest]
    if mode == "half_up":
        return max(tied, key=abs)
    return next(x for x in tied if len(tied) == 1 or (x / increment) % 2 == 0)


@given(AMOUNTS, st.sampled_from(["up", "down", "half_up", "half_even"]), INCREMENTS)
def test_each_mode_selects_the_multiple_that_its_words_say(value, mode, increment):
    assert p.round_to(value, mode, increment) == brute(value, mode, increment)


@pytest.mark.parametrize(
    ("value", "mode", "increment", "expected"),
    [("5/2", "half_up", "1", "3"), ("-5/2", "half_up", "1", "-3"), ("5/2", "half_even", "1", "2"),
     ("7/2", "half_even", "1", "4"), ("2001/1000", "up", "1", "3"), ("5/2", "down", "1", "2"),
     ("13/5", "half_up", "0.5", "2.5"), ("60000000000000001/1000000000000000", "up", "1", "61"),
     ("60", "up", "1", "60"), ("1/3", "half_up", "0.001", "0.333"), ("1/8", "half_even", "0.01", "0.12")],
)  # fmt: skip
def test_worked_examples(value, mode, increment, expected):
    assert p.round_to(Fraction(value), mode, Fraction(increment)) == Fraction(expected)


def test_without_a_record_totals_are_rounded_half_up_to_a_thousandth():
    assert p.round_total(Fraction("1.0005"), None) == Fraction("1.001")


def test_the_items_own_policy_decides():
    uom = {"rounding": {"mode": "down", "increment": "0.5"}}
    assert p.round_total(Fraction("1.99"), uom) == Fraction("1.5")


def test_what_a_policy_does_not_say_is_the_default():
    assert p.round_total(Fraction("0.0015"), {"rounding": {"mode": "up"}}) == Fraction("0.002")


@pytest.mark.parametrize(("mode", "increment"), [("nearest", "1"), ("up", "0"), ("up", "-1")])
def test_an_impossible_policy_is_refused(mode, increment):
    with pytest.raises(p.QuantityInvalid):
        p.round_to(Fraction(1), mode, Fraction(increment))
