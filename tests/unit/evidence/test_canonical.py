"""Canonical JSON is RFC 8785, whichever encoder writes it."""

import math
import time
from datetime import UTC, datetime

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from syncproof.evidence.canonical import MAX_INTEGER, canonical, instant_text, now_text, sha256

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
        ({"a": {"b": 1e21}, "c": "text"}, b'{"a":{"b":1e+21},"c":"text"}'),
        ("\x0f\n\u2028", '"\\u000f\\n\u2028"'.encode()),
    ],
)
def test_hand_worked_forms(value, text):
    """Key order by UTF-16, numbers as ECMAScript writes them, shortest escapes (RFC 8785, 3.2)."""
    assert canonical(value) == text


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, 2**53, {"a": 2**53}, {"a": -(2**53)}, "\ud800", {1: "a"}, object()]
)
def test_what_json_cannot_hold_is_an_error(value):
    """Rather than something that another reader would read otherwise."""
    with pytest.raises((ValueError, TypeError)):
        canonical(value)


def test_hashes_are_hex():
    """Of nothing, as FIPS 180-4 lists it."""
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


FAST = [
    None,
    True,
    "text",
    0,
    MAX_INTEGER,
    -MAX_INTEGER,
    0.5,
    -0.5,
    0.001,
    12.75,
    [1, "a", None],
    (1, "a"),
    {"a": {"b": [0.5]}},
]


@pytest.mark.parametrize("value", FAST)
def test_what_nearly_every_event_holds_does_not_take_the_slow_way(monkeypatch, value):
    """The exact encoder costs forty times as much; it is for what is rare."""
    expected = rfc8785.dumps(value)
    monkeypatch.setattr(rfc8785, "dumps", None)
    assert canonical(value) == expected


def test_an_instant_has_six_digits_and_a_z_even_on_the_full_second():
    """One form, so that times of the record can be compared as text."""
    assert instant_text(datetime(2027, 3, 10, 6, 0, 1, tzinfo=UTC)) == "2027-03-10T06:00:01.000000Z"
    assert instant_text(datetime(2027, 3, 10, 6, 0, 1, 120, tzinfo=UTC)) == "2027-03-10T06:00:01.000120Z"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be set there")
def test_host_time_is_utc_wherever_the_host_is(monkeypatch):
    """A host in Tokyo does not write nine hours ahead."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        before, written, after = datetime.now(UTC), now_text(), datetime.now(UTC)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert instant_text(before) <= written <= instant_text(after)
