"""The verdict of a check follows from what is on record."""

import pytest

from syncproof.evidence import core_verifier
from syncproof.evidence.core_verifier import derive

P, F, E, N = "passed", "failed", "error", "not supported"
ERROR, MISSING = {"error": "500"}, {"not supported": "x"}


@pytest.mark.parametrize(
    ("kind", "expected", "actual", "possible"),
    [
        ("equal", {"a": 1, "b": None}, {"b": None, "a": 1}, {P}),
        ("equal", True, 1, {F}),
        ("equal", "1", 1, {F}),
        ("equal", "A", ERROR, {E, F}),
        ("equal", "A", MISSING, {N, F}),
        ("equal", ERROR, ERROR, {E, P}),
        ("agreed", "A", {"erp": "A", "mes": "A"}, {P}),
        ("agreed", "A", {"erp": "A", "mes": "B"}, {F}),
        ("agreed", "A", {}, set()),
        ("agreed", "A", {"erp": "A", "mes": ERROR}, {E, F}),
        ("agreed", "A", {"erp": "B", "mes": ERROR}, {E, F}),
        ("agreed", "A", {"erp": "A", "mes": MISSING}, {N, F}),
        ("agreed", "A", {"erp": "B", "mes": MISSING}, {F}),
        ("agreed", "A", {"erp": MISSING, "mes": MISSING}, {N, F}),
        ("absent", {"absent": "x"}, ["y"], {P}),
        ("absent", {"absent": "x"}, ["x"], {F}),
        ("absent", {"absent": "x"}, ERROR, {E}),
        ("present", {"present": "x"}, ["y", "x"], {P}),
        ("present", {"present": "x"}, [], {F}),
        ("present", {"present": "x"}, MISSING, {N}),
        ("in_order", ["a", "b"], ["a", "x", "b"], {P}),
        ("in_order", ["a", "b"], ["b", "a"], {F}),
        ("accepted", {"status": "accepted"}, {"status": "accepted", "reasons": []}, {P}),
        ("accepted", {"status": "accepted"}, MISSING, {N}),
        ("accepted", {"status": "accepted"}, {"answers": [{"status": "accepted", "reasons": []}, {"status": "refused", "reasons": []}]}, {F}),
        ("refused", {"status": "refused", "code": "a or b"}, {"status": "refused", "reasons": ["b: no"]}, {P}),
        ("refused", {"status": "refused", "code": "a"}, {"status": "refused", "reasons": ["b: no"]}, {F}),
        ("refused", {"status": "refused", "code": "any stated reason"}, {"status": "refused", "reasons": []}, {F}),
        ("refused", {"status": "refused or staged", "code": "a"}, {"status": "staged", "reasons": ["a: x"]}, {P}),
        ("refused", {"status": "refused", "code": "a", "unchanged": 1}, {"status": "refused", "reasons": ["a: x"], "unchanged": 2}, {F}),
        ("equalish", 1, 1, set()),
    ],
)  # fmt: skip
def test_verdicts_are_derived_anew_from_what_is_on_record(kind, expected, actual, possible):
    """For every kind of check; a value that only looks like an error may be one that was observed."""
    assert derive({"kind": kind, "expected": expected, "actual": actual}) == possible


@pytest.mark.parametrize(
    ("expected", "actual", "tolerance", "possible"),
    [
        ("12.5", "12.5", "0.1", {P}),
        ("12.5", "12.6", "0.1", {P, F}),
        ("12.5", "12.61", "0.1", {F}),
        ("1/3", "0.33", "1/100", {P, F}),
        ("5 s", "7 s", "2 s", {P, F}),
        ("2026-01-01T00:00:00Z", "2026-01-01T01:00:01+01:00", "1", {P, F}),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:02Z", "1", {F}),
        ({"a": [1, "x"]}, {"a": [2, "x"]}, "1", {P, F}),
        ({"a": [1, "x"]}, {"a": [2, "y"]}, "1", {F}),
        ({"a": 1}, {"b": 1}, "1", {F}),
        ([1], [1, 1], "1", {F}),
        (["5", "9.99"], ["10.01", "5"], "0.05", {P, F}),
        (["5", "9.99"], ["10.05", "5"], "0.05", {F}),
        (["5", "9.99"], ["5", "5.01"], "0.05", {F}),
        (["5", "5.01"], ["5", "9.99"], "0.05", {F}),
        (["9.99", "5"], ["5", "9.99"], "0.05", {F}),
        (["5", "9.99"], ["9.99", "5"], "0.05", {F}),
        ([["5"], ["9.99"]], [["10.01"], ["5"]], "0.05", {P, F}),
        ([{"q": "5"}, {"q": "9.99"}], [{"q": "10.01"}, {"q": "5", "u": "KGM"}], "0.05", {F}),
        (True, 1, "1", {F}),
        ("KGM", "GRM", "5", {F}),
        ("1", "2", "much", {F}),
        ("9" * 300, "1", "5", {F}),
    ],
)
def test_what_lies_within_a_tolerance_may_have_passed(expected, actual, tolerance, possible):
    """And what lies beyond it has not, whatever is said."""
    assert derive({"kind": "equal", "expected": expected, "actual": actual, "tolerance": tolerance}) == possible


def test_a_verdict_that_there_is_not_is_told():
    """By its name, and taken as failed."""
    assert list(core_verifier.contradictions("fine", ["passed"], [], set())) == [
        "has the verdict 'fine', which is none"
    ]
