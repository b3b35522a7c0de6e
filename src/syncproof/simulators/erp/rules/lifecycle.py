"""The life of an order: Created, Released, Running, Completed, Closed; or Cancelled.

Planning decides on release, cancellation and closing; that an order runs or is completed follows from
the facts that execution reports.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from syncproof.simulators.chassis.errors import Reason

Json = dict[str, Any]

ALLOWED: dict[str, tuple[str, ...]] = {
    "release": ("Created",),
    "cancel": ("Created", "Released"),
    "variant": ("Created", "Released"),
    "issue": ("Released", "Running", "Completed"),
    "close": ("Completed",),
}
"""What may be done to an order in which status."""

ENDED = ("Closed", "Cancelled")


def transition(order: Json, verb: str) -> Reason | None:
    """Policy ``transition``: whether something may be done to the order in its status."""
    if order["status"] in ALLOWED[verb]:
        return None
    return Reason(
        "order_state",
        f"order {order['id']} is {order['status']}; {verb} needs status {' or '.join(ALLOWED[verb])}",
        "/order",
    )


def given_back(order: Json, issued: Fraction) -> Reason | None:
    """Policy ``given_back``: an order that holds material is not cancelled; nobody would know whose it is then."""
    if not issued:
        return None
    return Reason("material_issued", f"material was issued to order {order['id']}; it is not cancelled", "/order")


def unchanged(order: Json, version: str, seen: str | None) -> Reason | None:
    """Policy ``unchanged``: a change that says on which version of the order it rests is not made on another."""
    if seen is None or seen == version:
        return None
    return Reason("stale", f"order {order['id']} has changed since version {seen}; read it again", "/seen")


def close_gate(order: Json, operations: Sequence[str]) -> Reason | None:
    """Policy ``close_gate``: an order is closed when all operations of its routing are completed."""
    if order["status"] in ENDED or order["status"] == "Completed":
        return transition(order, "close")
    missing = open_operations(order, operations)
    what = f"operations {', '.join(missing)} are not completed" if missing else "its batch has not started"
    return Reason("order_incomplete", f"order {order['id']} is {order['status']}: {what}; report them", "/order")


def open_operations(order: Json, operations: Iterable[str]) -> list[str]:
    """The operations of the routing that are not confirmed as completed."""
    return [number for number in operations if number not in order["completed"]]


def status_after(order: Json, operations: Sequence[str]) -> str:
    """Policy ``status_after``: the status that the facts lead to; what planning has ended stays ended."""
    status: str = order["status"]
    if status in ENDED:
        return status
    return "Running" if open_operations(order, operations) or not operations else "Completed"
