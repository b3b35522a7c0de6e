"""A check that did not pass is told in words: the claim, expected and actual, and where to look."""

import pytest

from syncproof.evidence.wording import wording

TOLD = {
    "a value": (
        {"kind": "equal", "expected": "B", "actual": "A", "system": "erp", "verdict": "failed"},
        ["expected B", "actual   A (erp)"],
    ),
    "of nobody in particular": (
        {"kind": "equal", "expected": "B", "actual": ["A"], "verdict": "failed"},
        ["expected B", 'actual   ["A"]'],
    ),
    "a text that speaks of an error": (
        {"kind": "equal", "expected": "B", "actual": "an error", "verdict": "failed"},
        ["expected B", "actual   an error"],
    ),
    "a record": (
        {"kind": "equal", "expected": {"a": 1, "b": 2}, "actual": {"a": 3}, "system": "mes", "verdict": "failed"},
        ["differences (mes):", "  a: expected 1, actual 3", "  b: expected 2, missing"],
    ),
    "an order": (
        {"kind": "in_order", "expected": ["a", "b"], "actual": ["b", "a"], "verdict": "failed"},
        ["differences:", '  other order: expected ["a","b"], actual ["b","a"]'],
    ),
    "a refusal": (
        {"kind": "refused", "expected": {"status": "refused"}, "actual": {"status": "accepted"}, "verdict": "failed"},
        ['expected {"status":"refused"}', 'actual   {"status":"accepted"}'],
    ),
    "within a tolerance": (
        {"kind": "equal", "expected": "1", "actual": "2", "tolerance": "0.5", "verdict": "failed"},
        ["expected 1", "actual   2", "tolerance 0.5"],
    ),
    "without a tolerance": (
        {"kind": "equal", "expected": "1", "actual": "2", "tolerance": None, "verdict": "failed"},
        ["expected 1", "actual   2"],
    ),
    "absent": (
        {
            "kind": "absent",
            "expected": {"absent": "L-1"},
            "actual": ["L-1", "L-2"],
            "system": "wms",
            "verdict": "failed",
        },
        ["expected absent: L-1", 'actual   ["L-1","L-2"]'],
    ),
    "present": (
        {"kind": "present", "expected": {"present": {"id": 1}}, "actual": [], "verdict": "failed"},
        ['expected present: {"id":1}', "actual   []"],
    ),
    "not supported": (
        {"kind": "present", "expected": "B", "actual": {"not supported": "no audit"}, "verdict": "not supported"},
        ["expected B", "not asked: no audit"],
    ),
    "no answer": (
        {"kind": "equal", "expected": "B", "actual": {"error": "timed out"}, "verdict": "error"},
        ["expected B", "no usable answer: timed out"],
    ),
}


@pytest.mark.parametrize(("check", "lines"), TOLD.values(), ids=TOLD)
def test_a_check_is_told(check, lines):
    said = wording({"requirement": "URS-A-1", "claim": "it holds", "exchanges": ["x1", "x2"], **check})
    assert said == "\n    ".join(["✗ URS-A-1: it holds", *lines, "exchanges x1, x2"])


@pytest.mark.parametrize(
    ("expected", "differs"),
    [
        ("B", []),
        ({"a": 1}, ['            expected {"a":1}, actual A']),
        (["B"], ['            expected ["B"], actual A']),
    ],
)
def test_an_agreement_tells_what_each_system_came_to(expected, differs):
    """In one column, with how long and how often it was asked."""
    check = {
        "requirement": "URS-A-1",
        "claim": "all agree",
        "kind": "agreed",
        "verdict": "failed",
        "expected": expected,
        "actual": {"erp": expected, "qms": {"not supported": "none"}, "wms": {"error": "timed out"}, "mes": "A"},
        "latency_ms": {"erp": 12.4, "mes": None, "wms": None, "qms": None},
        "attempts": {"erp": 1, "mes": 2, "wms": 1, "qms": 0},
        "sla_ms": 1999.6,
        "exchanges": ["x1"],
    }
    assert wording(check).split("\n    ") == [
        "✗ URS-A-1: all agree",
        "expected  B" if expected == "B" else f"expected  {str(expected).replace(' ', '').replace(chr(39), chr(34))}",
        "erp       as expected after 12 ms",
        "qms       not asked: none",
        "wms       no usable answer within 2000 ms, 1 attempt: timed out",
        "mes       differs within 2000 ms, 2 attempts: A",
        *differs,
        "exchanges x1",
    ]


def test_the_column_is_as_wide_as_the_longest_name():
    check = {"requirement": "R", "claim": "c", "kind": "agreed", "verdict": "failed", "expected": 1, "exchanges": []}
    asked = {"actual": {"warehouse-east": 1}, "latency_ms": {"warehouse-east": 3.0}, "attempts": {"warehouse-east": 1}}
    assert wording(check | asked | {"sla_ms": 9.0}).splitlines()[1:] == [
        "    expected        1",
        "    warehouse-east  as expected after 3 ms",
        "    exchanges ",
    ]
