"""Checks of what a system answered to a write."""

import pytest

from tests.unit.checks.said import URS, quantity, refused, seen, verdicts


@pytest.mark.parametrize(
    ("outcome", "code", "passes"),
    [
        (refused("hold: lot L1 is on hold"), "hold", True),
        (refused("hold: lot L1 is on hold"), {"hold", "expired"}, True),
        (refused("hold: L1: held since noon: ask QA"), "hold", True),
        (refused("expired: and on hold"), "and on hold", False),
        (refused("hold: lot L1 is on hold"), None, True),
        (refused("expired: too old"), "hold", False),
        (refused(), None, False),
        (refused("hold: x", status="accepted"), "hold", False),
        (refused("hold: x", status="staged"), "hold", False),
        ([refused("hold: x"), refused("hold: y")], "hold", True),
        ([refused("hold: x"), refused("hold: x", status="accepted")], "hold", False),
    ],
)
def test_refused_means_refused_by_the_system_with_a_reason(check, sink, outcome, code, passes):
    """Each of several; accepted or merely staged is not refused."""
    check.refused(URS, "claim", outcome, code)
    assert verdicts(sink) == ["passed" if passes else "failed"]


def test_staged_counts_as_refused_only_where_it_is_said(check, sink):
    """Set aside unaccepted is enough for some claims."""
    check.refused(URS, "claim", refused("orphan: x", status="staged"), "orphan", staged=True)
    assert verdicts(sink) == ["passed"]
    assert sink.events[0]["expected"] == {"status": "refused or staged", "code": "orphan"}


def test_a_refusal_that_changed_something_after_all_fails(check, sink):
    """Refused, and yet done: the state before and after is part of the check."""
    check.refused(URS, "claim", refused("hold: x"), "hold", (seen(quantity("5")), lambda: seen(quantity("5"))))
    check.refused(URS, "claim", refused("hold: x"), "hold", (seen(quantity("5")), lambda: seen(quantity("4"))))
    assert verdicts(sink) == ["passed", "failed"]
    assert sink.events[1]["expected"]["unchanged"]["value"] == "5"
    assert sink.events[1]["actual"]["unchanged"]["value"] == "4"
    assert sink.events[1]["exchanges"] == ["erp-9", "erp-1"]


def test_accepted_means_all_of_them(check, sink):
    """One refusal among many is a failure."""
    good = refused(status="accepted")
    check.accepted(URS, "claim", good)
    check.accepted(URS, "claim", [good, refused("x: y")])
    assert verdicts(sink) == ["passed", "failed"]
