"""Which equipment may run an operation."""

import pytest

from syncproof.simulators.mes.rules.equipment import (
    equipment_at_hand,
    equipment_fits,
    equipment_state_valid,
)

OPERATION = {"op_no": "10", "equipment_class": "MIXER"}
UNIT = {"id": "M1", "equipment_class": "MIXER", "qualified": True, "eligible_items": []}


@pytest.mark.parametrize(
    ("change", "state", "code"),
    [
        ({}, "available", None),
        ({"eligible_items": ["CREAM"]}, "available", None),
        ({}, "down", "equipment_down"),
        ({"qualified": False}, "available", "equipment_unqualified"),
        ({"eligible_items": ["GEL"]}, "available", "equipment_not_eligible"),
        ({"equipment_class": "FILLER"}, "available", "equipment_class"),
    ],
)
def test_a_unit_runs_an_operation_only_if_class_qualification_item_and_state_fit(change, state, code):
    refusal = equipment_fits(OPERATION, "CREAM", {**UNIT, **change}, state)
    assert (refusal.code if refusal else None) == code


def test_equipment_is_at_hand_if_any_unit_fits():
    down, other = (UNIT, "down"), ({**UNIT, "equipment_class": "FILLER"}, "available")
    assert not equipment_at_hand(OPERATION, "CREAM", [], equipment_fits)
    assert not equipment_at_hand(OPERATION, "CREAM", [down, other], equipment_fits)
    assert equipment_at_hand(OPERATION, "CREAM", [down, other, (UNIT, "available")], equipment_fits)


@pytest.mark.parametrize("state", ["broken", "", None, 1])
def test_only_known_states_can_be_set(state):
    assert equipment_state_valid(state).code == "equipment_state_unknown"
    assert equipment_state_valid("down") is None
