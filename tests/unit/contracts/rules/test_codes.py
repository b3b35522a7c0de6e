"""Codes convert as physics says, and only inside a dimension."""

from fractions import Fraction

import hypothesis.strategies as st
import pytest
from hypothesis import given

from syncproof.contracts.rules.codes import DIMENSIONS, FACTORS, convertible, factor
from syncproof.simulators.product.units import DIMENSIONS as OF_SYSTEMS
from syncproof.simulators.product.units import fixed_factor

CODES = st.sampled_from(sorted(code for factors in FACTORS.values() for code in factors))


@pytest.mark.parametrize(
    ("code", "other", "expected"),
    [
        ("KGM", "GRM", 1000),
        ("LBR", "KGM", Fraction("0.45359237")),
        ("ONZ", "GRM", Fraction("28.349523125")),
        ("GLL", "LTR", Fraction("3.785411784")),
        ("FOT", "MTR", Fraction("0.3048")),
        ("DAY", "HUR", 24),
        ("P1", "59", 10_000),
    ],
)
def test_factors_are_those_of_the_books(code, other, expected):
    assert factor(code, other) == expected


@given(CODES, CODES)
def test_a_factor_and_its_way_back_are_one(code, other):
    there, back = factor(code, other), factor(other, code)
    assert (there is None) == (DIMENSIONS[code] != DIMENSIONS[other])
    assert there is None or there * back == 1


def test_a_temperature_has_no_factor_and_a_package_holds_anything():
    assert factor("CEL", "KEL") is None
    assert convertible("BX", "KGM")
    assert not convertible("LTR", "KGM")


def test_what_the_reference_systems_know_is_known_and_means_the_same():
    """Both were written by themselves, from the same books."""
    assert set(OF_SYSTEMS) <= set(DIMENSIONS)
    for code in OF_SYSTEMS:
        for other in OF_SYSTEMS:
            assert fixed_factor(code, other) == factor(code, other)
