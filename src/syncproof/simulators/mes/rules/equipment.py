"""Equipment: which unit may run an operation."""

from collections.abc import Callable, Iterable
from typing import Any

from syncproof.simulators.mes.errors import Reason

Json = dict[str, Any]
Fits = Callable[[Json, str, Json, str], Reason | None]

STATES = ("available", "down")


def equipment_fits(operation: Json, item: str, unit: Json, state: str) -> Reason | None:
    """Whether one unit may run one operation of one item now: class, qualification, item, state."""
    needed, name = operation["equipment_class"], unit["id"]
    if unit["equipment_class"] != needed:
        return Reason(
            "equipment_class",
            f"equipment {name} is of class {unit['equipment_class']}; "
            f"operation {operation['op_no']} needs class {needed}",
            "/equipment",
        )
    if not unit.get("qualified", True):
        return Reason(
            "equipment_unqualified",
            f"equipment {name} is not qualified; use a qualified unit of class {needed}",
            "/equipment",
        )
    eligible = unit.get("eligible_items") or ()
    if eligible and item not in eligible:
        return Reason(
            "equipment_not_eligible",
            f"equipment {name} is not eligible for item {item}; it is for {', '.join(eligible)}",
            "/equipment",
        )
    if state != "available":
        return Reason(
            "equipment_down",
            f"equipment {name} is {state}; set it available or use another unit of class {needed}",
            "/equipment",
        )
    return None


def equipment_at_hand(operation: Json, item: str, units: Iterable[tuple[Json, str]], fits: Fits) -> bool:
    """Whether any of the ``(unit, state)`` pairs may run the operation now; ``fits`` judges one."""
    return any(fits(operation, item, unit, state) is None for unit, state in units)


def equipment_state_valid(state: object) -> Reason | None:
    """Only the states that dispatching understands can be set."""
    if state in STATES:
        return None
    return Reason("equipment_state_unknown", f"state {state!r} is not known; use {' or '.join(STATES)}", "/state")
