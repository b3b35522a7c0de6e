"""Dispatch: what may be executed, in which order, and how far an order is.

``runs`` maps the number of each operation that was started to its run (``completed_at`` is None
while it is running).
"""

from collections.abc import Callable, Mapping
from itertools import takewhile
from typing import Any

from syncproof.simulators.mes.errors import Reason

EXECUTABLE = ("Released", "Running", "Completed")
"""States of planning's order in which execution may work on it; the last two follow our own facts."""

ENDED = {"Closed": "order_closed", "Cancelled": "order_cancelled"}

Json = dict[str, Any]
Runs = Mapping[str, Mapping[str, Any]]
AtHand = Callable[[Json], bool]


def order_executable(order: Json) -> Reason | None:
    """Only a released order is dispatched and executed; a closed or cancelled one never again."""
    status = order["status"]
    if status in EXECUTABLE:
        return None
    if status in ENDED:
        return Reason(
            ENDED[status],
            f"order {order['id']} is {status} and cannot be executed; use another order",
            "/order",
        )
    return Reason(
        "order_not_released",
        f"order {order['id']} is {status}; planning must release it first",
        "/order",
    )


def dispatched_routing(_ctx: object, routing: Json) -> Json:
    """What drives the order is what is dispatched, and nothing else."""
    return routing


def dispatch_list(order: Json, routing: Json, runs: Runs, at_hand: AtHand) -> list[Json]:
    """The job orders: exactly the operations of ``routing``, in its sequence. ``at_hand`` tells
    whether equipment for an operation is available."""
    following = next_operation(routing, runs)
    return [
        {
            "order_id": order["id"],
            "op_no": operation["op_no"],
            "name": operation["name"],
            "status": job_status(operation, runs, following, at_hand),
            "step_definition": operation["step_definition"],
            "equipment_class": operation["equipment_class"],
            "routing_revision": routing["revision"],
            "evidence": list(operation["evidence"]),
        }
        for operation in routing["operations"]
    ]


def job_status(operation: Json, runs: Runs, following: str | None, at_hand: AtHand) -> str:
    """Completed, Running, Ready (next and equipment at hand) or Waiting."""
    run = runs.get(operation["op_no"])
    if run is not None:
        return "Running" if run["completed_at"] is None else "Completed"
    return "Ready" if operation["op_no"] == following and at_hand(operation) else "Waiting"


def next_operation(routing: Json, runs: Runs) -> str | None:
    """The first operation that is not completed, if it has not been started yet."""
    first = next((n for n in op_nos(routing) if not completed(runs, n)), None)
    return None if first in runs else first


def completed(runs: Runs, op_no: str) -> bool:
    return op_no in runs and runs[op_no]["completed_at"] is not None


def op_nos(routing: Json) -> list[str]:
    return [operation["op_no"] for operation in routing["operations"]]


def operation_of(routing: Json, op_no: str) -> Json | Reason:
    """The operation of the routing in effect; a ghost operation, which it does not have, is refused."""
    found = next((o for o in routing["operations"] if o["op_no"] == op_no), None)
    return found or Reason(
        "operation_unknown",
        f"operation {op_no} is not in routing {routing['id']} revision {routing['revision']}; "
        f"its operations are {', '.join(op_nos(routing))}",
        "/op_no",
    )


def in_sequence(routing: Json, op_no: str, runs: Runs) -> Reason | None:
    """An operation starts once, and only when all operations before it are completed."""
    if op_no in runs:
        state = "completed" if completed(runs, op_no) else "running"
        return Reason("operation_state", f"operation {op_no} is {state} already", "/op_no")
    before = takewhile(lambda n: n != op_no, op_nos(routing))
    open_before = [n for n in before if not completed(runs, n)]
    if not open_before:
        return None
    return Reason(
        "sequence_violation",
        f"operation {op_no} cannot start before operation {open_before[0]} is completed",
        "/op_no",
    )


def has_started(op_no: str, runs: Runs) -> Reason | None:
    """Material is booked on an operation that has started; it may be completed already."""
    if op_no in runs:
        return None
    return Reason("operation_not_started", f"operation {op_no} has not started; start it first", "/op_no")


def is_running(op_no: str, runs: Runs) -> Reason | None:
    """Only an operation that was started and not completed can be completed."""
    if op_no in runs and not completed(runs, op_no):
        return None
    state = "completed already" if op_no in runs else "not started"
    return Reason("operation_state", f"operation {op_no} is {state}; only a running one can end", "/op_no")


def execution_status(routing: Json, runs: Runs) -> str:
    """The state of a started order on the floor: Completed once all its operations are."""
    return "Completed" if all(completed(runs, n) for n in op_nos(routing)) else "Running"
