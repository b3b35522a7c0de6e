"""A reader sees at which place two values differ."""

import pytest

from syncproof.evidence.difference import MAX_LINES, MAX_WIDTH, differences, shown


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
        ([], {}, ["expected [], actual {}"]),
        ({"a": [1]}, {"a": []}, ["a: missing 1"]),
        ({"a": [1]}, {"a": [1, 2]}, ["a: not expected: 2"]),
        ({"a": [1, 2]}, {"a": [2, 1]}, ["a: other order: expected [1,2], actual [2,1]"]),
        ({"a": [{"b": 5}, 1]}, {"a": [{"b": "5"}, 1]}, ['a[0].b: expected 5, actual "5"']),
        ({"a": "x\ty"}, {"a": " "}, ['a: expected "x\\ty", actual  ']),
        (["x", "x", "y"], ["x"], ["missing x", "missing y"]),
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
    assert lines[:MAX_LINES] == [f"{n}: expected {n}, missing" for n in range(MAX_LINES)]
    assert len(differences({str(n): n for n in range(MAX_LINES)}, {})) == MAX_LINES


def test_long_values_are_cut():
    """A whole master in one line helps nobody."""
    assert shown("x" * 1000) == "x" * MAX_WIDTH + "… (1000 characters)"
    assert shown("x" * MAX_WIDTH) == "x" * MAX_WIDTH
