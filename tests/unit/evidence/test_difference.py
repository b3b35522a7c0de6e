"""A reader sees at which place two values differ."""

import pytest

from syncproof.evidence.difference import MAX_LINES, differences, shown


@pytest.mark.parametrize(
    ("expected", "actual", "lines"),
    [
        ({"a": 1}, {"a": 1}, []),
        ("B", "A", ["expected B, actual A"]),
        (5, "5", ['expected 5, actual "5"']),
        (None, "", ['expected null, actual ""']),
        (
            {"value": "1", "unit": "KGM"},
            {"value": "2", "unit": "KGM"},
            ["value: expected 1, actual 2"],
        ),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 3]}}, ["a.b[1]: expected 2, actual 3"]),
        ({"a": 1, "b": 2}, {"b": 2, "c": 3}, ["a: expected 1, missing", "c: 3 not expected"]),
        (["x", "y"], ["y"], ["missing x"]),
        (["y"], ["x", "y", "y"], ["not expected: x", "not expected: y"]),
        (["x", "y"], ["y", "x"], ['other order: expected ["x","y"], actual ["y","x"]']),
        ([], ["x"], ["not expected: x"]),
    ],
)
def test_each_differing_place_is_one_line(expected, actual, lines):
    """Nothing for what is the same."""
    assert differences(expected, actual) == lines


def test_long_lists_are_cut():
    """And say how many lines are left out."""
    lines = differences({str(n): n for n in range(40)}, {})
    assert len(lines) == MAX_LINES + 1
    assert lines[-1] == f"… and {40 - MAX_LINES} more differences"


def test_long_values_are_cut():
    """A whole master in one line helps nobody."""
    assert shown("x" * 1000).endswith("… (1000 characters)")
