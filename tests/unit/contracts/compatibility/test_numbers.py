"""Bounds and multiples close exactly where no number is left: decimals as they are written, never as floats."""

from fractions import Fraction
from itertools import pairwise

import hypothesis.strategies as st
import pytest
from hypothesis import event, given, settings

from syncproof.contracts.compatibility import terms as t
from syncproof.contracts.compatibility.numbers import FEW, Interval, number
from syncproof.contracts.compatibility.prover import Prover
from syncproof.contracts.compatibility.terms import among
from syncproof.contracts.compatibility.values import exact


def least(value, *, strict=False):
    return t.Least(value=Fraction(value), strict=strict)


def most(value, *, strict=False):
    return t.Most(value=Fraction(value), strict=strict)


def times(value):
    return t.Multiple(value=Fraction(value))


def not_among(*values):
    return (False, among(values).atoms[0])


def closed(*facts):
    return number(Prover(), tuple(fact if isinstance(fact, tuple) else (True, fact) for fact in facts), True).closed


PAIRS = {
    "the ends of an interval meet": ([least(2), most(1)], [least(1), most(1)]),
    "an end that is not in it": ([least(1, strict=True), most(1)], [least(1, strict=True), most(2)]),
    "the other end that is not in it": ([least(1), most(1, strict=True)], [least(1), most(2, strict=True)]),
    "the tightest bound counts": ([least(1), least(3), most(2)], [least(1), least(2), most(2)]),
    "the tightest bound above counts": ([most(3), most(1), least(2)], [most(3), most(2), least(1)]),
    "of two like bounds the strict one counts": (
        [least(1), least(1, strict=True), most(1)],
        [least(1), least(1), most(1)],
    ),
    "not at least is below": ([(False, least(1)), least(1)], [(False, least("1.01")), least(1)]),
    "not at most is above": ([(False, most(1)), most(1)], [(False, most("0.99")), most(1)]),
    "not above is at most": ([(False, least(1, strict=True)), least(1, strict=True)],
                             [(False, least(1, strict=True)), least(1)]),
    "not below is at least": ([(False, most(1, strict=True)), most(1, strict=True)],
                              [(False, most(1, strict=True)), most(1)]),
    "no multiple between": ([times(3), least(4), most(5)], [times(3), least(4), most(6)]),
    "no multiple between negative ends": ([times(3), least(-5), most(-4)], [times(3), least(-6), most(-4)]),
    "a multiple at an end that is not in it": (
        [times(3), least(3, strict=True), most(6, strict=True)],
        [times(3), least(3, strict=True), most(6)],
    ),
    "decimals are exact": ([times("0.1"), least("0.31"), most("0.39")], [times("0.1"), least("0.3"), most("0.3")]),
    "multiples of both": ([times("0.4"), times("0.6"), least("0.1"), most("1.1")],
                          [times("0.4"), times("0.6"), least("0.1"), most("1.2")]),
    "a multiple that must not be a divisor's": ([times("0.6"), (False, times("0.2"))],
                                                [times("0.2"), (False, times("0.6"))]),
    "multiples of both that must not be multiples of both": (
        [times("0.4"), times("0.6"), (False, times("1.2"))],
        [times("0.4"), times("0.6"), (False, times("2.4"))],
    ),
    "the only multiple must not be one of another": (
        [times(2), (False, times(3)), least(5), most(7)],
        [times(2), (False, times(3)), least(5), most(8)],
    ),
    "the only number is refused": ([least(1), most(1), not_among(1.0)], [least(1), most(1), not_among(2)]),
    "all of a few multiples are refused": ([times(1), least(1), most(2), not_among(1, 2)],
                                           [times(1), least(1), most(2), not_among(1)]),
}  # fmt: skip


@pytest.mark.parametrize(("shut", "left"), PAIRS.values(), ids=PAIRS)
def test_facts_are_closed_where_nothing_is_left_and_only_there(shut, left):
    """Each rule twice: where it closes, and the nearest where it must not."""
    assert closed(*shut)
    assert not closed(*left)


@pytest.mark.parametrize(("last", "known"), [(FEW, True), (FEW + 1, False)])
def test_more_multiples_than_are_looked_at_prove_nothing(last, known):
    """All are refused, but nobody has looked at them one by one."""
    refused = not_among(*range(FEW + 2))
    assert closed(times(1), least(0), most(last), refused) is known


def test_an_interval_without_an_end_is_never_empty():
    """Whatever its other end is."""
    assert not Interval().empty()
    assert not Interval(low=Fraction(1), low_open=True).empty()
    assert not Interval(high=Fraction(1), high_open=True).empty()


@pytest.mark.parametrize(("low_open", "high_open"), [(True, False), (False, True), (True, True)])
def test_an_interval_of_one_number_is_empty_without_either_end(low_open, high_open):
    """And is not with both."""
    one = Fraction(1)
    assert Interval(one, low_open, one, high_open).empty()
    assert not Interval(one, low_open, Fraction(2), high_open).empty()
    assert not Interval(one, False, one, False).empty()


decimals = st.integers(-60, 60).map(lambda n: Fraction(n, 10))
bounds = st.builds(
    lambda of, value, strict: of(value=value, strict=strict),
    st.sampled_from([t.Least, t.Most]),
    decimals,
    st.booleans(),
)
steps = st.sampled_from(["0.1", "0.2", "0.3", "0.5", "0.7", "1", "1.5", "2", "2.4"]).map(times)
facts = st.lists(st.tuples(st.booleans(), bounds | steps), max_size=6).map(tuple)


def satisfied(fact, value):
    """A second reading of a fact, by arithmetic alone."""
    sign, atom = fact
    if isinstance(atom, t.Multiple):
        return ((value / atom.value).denominator == 1) is sign
    distance = value - atom.value if isinstance(atom, t.Least) else atom.value - value
    return (distance > 0 or (distance == 0 and not atom.strict)) is sign


def points(facts):
    """Numbers of which one satisfies the facts if any number does: the bounds, numbers that are multiples of nothing
    between and around them, and all multiples of a tenth as far as the pattern of the multiples goes on."""
    ends = sorted({atom.value for _, atom in facts if not isinstance(atom, t.Multiple)} | {Fraction(0)})
    odd = Fraction(1, 997)
    yield from ends
    yield from (low + (high - low) * odd for low, high in pairwise(ends))
    yield from (ends[0] - odd, ends[-1] + odd)
    yield from (Fraction(n, 10) for n in range(-1000, 1001))


@settings(max_examples=150, deadline=None)
@given(facts)
def test_any_facts_are_closed_only_if_no_number_satisfies_them(facts):
    """Held against numbers tried one by one; a document that is shown satisfies all facts."""
    found = number(Prover(), facts, True)
    satisfiable = any(all(satisfied(fact, value) for fact in facts) for value in points(facts))
    event(f"satisfiable: {satisfiable}, closed: {found.closed}")
    assert not (found.closed and satisfiable)
    for sample in found.samples:
        assert all(satisfied(fact, exact(sample)) for fact in facts)


@settings(max_examples=150, deadline=None)
@given(facts, decimals, decimals, steps)
def test_between_two_ends_facts_on_a_grid_are_closed_exactly_if_nothing_satisfies_them(facts, one, other, step):
    """No false alarm here: the multiples are few enough to be looked at."""
    facts = (*facts, (True, least(min(one, other))), (True, most(max(one, other))), (True, step))
    satisfiable = any(all(satisfied(fact, value) for fact in facts) for value in points(facts))
    event(f"satisfiable: {satisfiable}")
    assert number(Prover(), facts, True).closed is not satisfiable


@given(st.integers(1, 10**6), st.integers(0, 9), st.integers(-(10**6), 10**6))
def test_a_decimal_is_a_multiple_exactly_if_it_is_so_on_paper(step, places, times_):
    """0.07 is a multiple of 0.01, whatever floats say; and what lies between two multiples is none."""
    step = Fraction(step, 10**places)
    value = step * times_
    assert not closed(times(step), least(value), most(value))
    assert closed(times(step), least(value + step / 3), most(value + step / 2))
