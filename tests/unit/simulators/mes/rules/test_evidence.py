"""Evidence at the end of an operation."""

import pytest

from syncproof.simulators.mes.rules.evidence import evidence_complete

OPERATION = {"op_no": "10", "evidence": ["signature", "weight"]}


@pytest.mark.parametrize(
    "given",
    [
        {},
        None,
        [],
        {"signature": "ok"},
        {"signature": "ok", "weight": ""},
        {"signature": "ok", "weight": "  "},
        {"signature": "ok", "weight": None},
    ],
)
def test_every_piece_of_evidence_is_needed_and_named_if_it_lacks(given):
    refusal = evidence_complete(OPERATION, given)
    assert refusal.code == "evidence_missing"
    assert "weight" in refusal.message


def test_complete_evidence_is_accepted_with_more_than_is_asked_for():
    assert evidence_complete(OPERATION, {"signature": "ok", "weight": "0", "note": "fine"}) is None
