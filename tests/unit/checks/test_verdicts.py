"""The checking vocabulary: what passes, what fails, and what the record says of it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from syncproof import model as m
from syncproof.errors import CheckFailed, SystemUnavailable, UnusableAnswer
from tests.unit.checks.said import URS, quantity, seen, verdicts


def test_a_check_is_on_record_with_all_that_a_reader_needs(check, sink):
    """Claim, expected, actual, tolerance, source, verdict, exchanges, place."""
    check.equal(URS, "required", quantity("12.50"), seen(quantity("12.5")), source="oracle: explosion")
    assert sink.events == [
        {
            "scenario": "features/x.feature::One",
            "step": 3,
            "requirement": URS,
            "claim": "required",
            "kind": "equal",
            "expected": {"value": "12.5", "unit": "KGM"},
            "actual": {"value": "12.5", "unit": "KGM"},
            "source": "oracle: explosion",
            "tolerance": None,
            "verdict": "passed",
            "exchanges": ["erp-1"],
            "system": "erp",
        }
    ]
    check.step.end()


def test_all_checks_of_a_step_are_made_before_it_fails(check, sink):
    """The record shows each of them; the message only those that did not pass."""
    check.equal(URS, "first", "B", seen("A"))
    check.equal(URS, "second", "B", seen("B"))
    check.equal(URS, "third", "B", seen("C", "mes"))
    assert verdicts(sink) == ["failed", "passed", "failed"]
    with pytest.raises(CheckFailed) as caught:
        check.step.end()
    assert str(caught.value) == (
        "2 of 3 checks did not pass\n"
        "✗ URS-REV-001: first\n    expected B\n    actual   A (erp)\n    exchanges erp-1\n"
        "✗ URS-REV-001: third\n    expected B\n    actual   C (mes)\n    exchanges mes-1"
    )


def test_a_single_check_is_told_without_counting(check):
    """The message begins with what was claimed."""
    check.equal(URS, "first", "B", seen("A"))
    with pytest.raises(CheckFailed, match=r"^✗ URS-REV-001: first\n"):
        check.step.end()


def test_a_step_that_failed_does_not_fail_the_next_one(check):
    """Each step answers for its own checks."""
    check.equal(URS, "first", "B", seen("A"))
    with pytest.raises(CheckFailed):
        check.step.end()
    check.equal(URS, "second", "B", seen("B"))
    check.step.end()


@pytest.mark.parametrize(
    ("expected", "actual", "passes"),
    [
        (Decimal("1.0"), Decimal(1), True),
        (frozenset({1, 2}), frozenset({2, 1}), True),
        ((1, 2), [1, 2], True),
        ((1, 2), (2, 1), False),
        (None, None, True),
        (None, "", False),
        (True, 1, False),
        ("000123", "123", False),
        (datetime(2027, 3, 10, 6, tzinfo=UTC), datetime.fromisoformat("2027-03-10T07:00:00+01:00"), True),
        (m.MasterRef(domain="bom", id="B", revision="A"), m.MasterRef(domain="bom", id="B", revision="B"), False),
    ],
)
def test_equal_means_the_same_value(check, sink, expected, actual, passes):
    """Not the same text, object or Python type."""
    check.equal(URS, "claim", expected, seen(actual))
    assert verdicts(sink) == ["passed" if passes else "failed"]


def test_a_tolerance_is_inclusive_and_on_record(check, sink):
    """Just within passes, just outside does not."""
    for actual in ("10.05", "10.0501"):
        check.equal(URS, "claim", quantity("10"), seen(quantity(actual)), Decimal("0.05"))
    assert verdicts(sink) == ["passed", "failed"]
    assert sink.events[0]["tolerance"] == "0.05"


def test_a_part_of_the_observed_value_can_be_compared(check, sink):
    """None is compared as it is: what is not there has no parts."""
    check.equal(URS, "claim", "KGM", seen(quantity("1")), project=lambda q: q.unit)
    check.equal(URS, "claim", "KGM", seen(None), project=lambda q: q.unit)
    assert verdicts(sink) == ["passed", "failed"]
    assert sink.events[1]["actual"] is None


def test_secrets_do_not_decide_and_do_not_show(check, sink, recorder):
    """Verdicts rest on the redacted form, and so does the message."""
    recorder.redactor.register("qa", "secret-token")
    check.equal(URS, "claim", "<redacted:qa>", seen("secret-token"))
    check.equal(URS, "claim", "x", seen("secret-token"))
    assert verdicts(sink) == ["passed", "failed"]
    with pytest.raises(CheckFailed) as caught:
        check.step.end()
    assert "secret-token" not in str(caught.value)


@pytest.mark.parametrize("error", [SystemUnavailable("erp: refused"), UnusableAnswer("erp: 503")])
def test_no_usable_answer_is_an_error_of_the_check(check, sink, recorder, error):
    """Never passed, and with what was tried."""

    def look():
        recorder._count += 1
        raise error

    check.equal(URS, "claim", None, look)
    check.absent(URS, "claim", "x", look)
    assert verdicts(sink) == ["error", "error"]
    assert sink.events[0]["actual"] == {"error": str(error)}
    assert sink.events[0]["exchanges"] == ["main-x1"]
    with pytest.raises(CheckFailed, match=f"no usable answer: {error}"):
        check.step.end()


def test_absent_and_present_are_opposites(check, sink):
    """By value, as everywhere."""
    ours = m.MasterRef(domain="bom", id="B", revision="A")
    same = m.MasterRef(domain="bom", id="B", revision="A")
    for verb in (check.present, check.absent):
        verb(URS, "claim", ours, seen(frozenset({same})))
        verb(URS, "claim", ours, seen(frozenset()))
    assert verdicts(sink) == ["passed", "failed", "failed", "passed"]


@pytest.mark.parametrize(
    ("expected", "actual", "passes"),
    [
        (["a", "b"], ["a", "x", "b"], True),
        (["a", "b"], ["b", "a"], False),
        (["a", "a"], ["a"], False),
        (["a"], [], False),
    ],
)
def test_in_order_allows_others_between(check, sink, expected, actual, passes):
    """But no gap, no swap, no double use."""
    check.in_order(URS, "claim", expected, seen(actual))
    assert verdicts(sink) == ["passed" if passes else "failed"]
