"""Equipment state over HTTP."""

import pytest


def test_a_state_is_kept_audited_and_told_to_the_others(mes, broken):
    assert mes.write("/equipment/state", equipment="MIXER-1", state="down") == "accepted"
    (fact,) = mes.published("fact")
    assert not broken("fact", fact)
    assert (fact["equipment"], fact["state"]) == ("MIXER-1", "down")
    last = mes.read("/audit", domain="equipment", id="MIXER-1")[-1]
    assert (last["field"], last["old"], last["new"]) == ("state", "available", "down")


@pytest.mark.parametrize(
    ("unit", "state", "status", "code"),
    [("NONE", "down", 404, "equipment_unknown"), ("MIXER-1", "broken", 422, "equipment_state_unknown")],
)
def test_an_unknown_unit_or_state_is_refused(mes, unit, state, status, code):
    answer = mes.post("/equipment/state", {"equipment": unit, "state": state, "reason": "work"})
    assert answer.status_code == status
    assert answer.json()["reasons"][0]["code"] == code
    assert mes.published("fact") == []
