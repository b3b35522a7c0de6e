"""Canonical JSON is RFC 8785, whichever encoder writes it."""

import math

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from syncproof.evidence.canonical import canonical, sha256

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"])),
)
KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


@given(JSON)
def test_any_json_is_written_as_rfc_8785_says(value):
    """The fast path and the reference implementation give the same bytes."""
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None]}, b'{"a":[true,null],"b":1}'),
        ({"\U0001f600": 1, "\ufb33": 2}, '{"\U0001f600":1,"\ufb33":2}'.encode()),
        ([2.0, 1e21, 1e-7, 0.001], b"[2,1e+21,1e-7,0.001]"),
        ("\x0f\n\u2028", '"\\u000f\\n\u2028"'.encode()),
    ],
)
def test_hand_worked_forms(value, text):
    """Key order by UTF-16, numbers as ECMAScript writes them, shortest escapes (RFC 8785, 3.2)."""
    assert canonical(value) == text


@pytest.mark.parametrize("value", [math.nan, math.inf, 2**53, "\ud800", {1: "a"}, object()])
def test_what_json_cannot_hold_is_an_error(value):
    """Rather than something that another reader would read otherwise."""
    with pytest.raises((ValueError, TypeError)):
        canonical(value)


def test_hashes_are_hex():
    """Of nothing, as FIPS 180-4 lists it."""
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
