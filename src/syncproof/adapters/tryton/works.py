"""Operations of an order: works of Tryton, made from the routing when the order is released.

Tryton records cycles of work per operation. It keeps no order between them and asks for no evidence.
"""

from collections.abc import Sequence
from typing import Literal

from syncproof import model as m
from syncproof.adapters.tryton import notes, orders, routings
from syncproof.adapters.tryton.codes import UNKNOWN
from syncproof.adapters.tryton.held import split_code
from syncproof.adapters.tryton.rpc import Connection, Json

WORK = "production.work"
CYCLE = "production.work.cycle"
Status = Literal["Waiting", "Ready", "Running", "Completed"]
STATES: dict[str, Status] = {
    "request": "Waiting",
    "draft": "Ready",
    "waiting": "Ready",
    "running": "Running",
    "finished": "Completed",
    "done": "Completed",
}
FIELDS = ("sequence", "state", "operation.name", "work_center_category.name", "cycles.state")


def dispatch_list(connection: Connection, order: str) -> tuple[m.JobOrder, ...]:
    """The works of an order with what its routing says of each."""
    production = orders.find(connection, order)
    if production is None or production["routing."] is None:
        return ()
    id_, revision = split_code(production["routing."]["name"])
    said = _said(connection, production["routing."], id_)
    found = connection.find(WORK, [["production", "=", production["id"]]], FIELDS)
    ordered = sorted(found, key=lambda work: (work["sequence"] or 0, work["id"]))
    return tuple(_job(order, work, said, revision) for work in ordered)


def _said(connection: Connection, routing: Json, id: str) -> dict[int, m.Operation]:
    kept = notes.read(connection, [notes.resource(routings.ROUTING, routing)])
    documents = next(iter(kept.values()), [])
    masters = list(notes.revisions(documents, "routing", id).values())
    last = masters[-1] if masters else None
    return dict(routings.numbered(last)) if isinstance(last, m.Routing) else {}


def _job(order: str, work: Json, said: dict[int, m.Operation], revision: str) -> m.JobOrder:
    number = work["sequence"] or 0
    operation = said.get(number)
    return m.JobOrder(
        order_id=order,
        op_no=operation.op_no if operation else str(number),
        name=work["operation."]["name"],
        status=STATES[work["state"]],
        step_definition=operation.step_definition if operation else "",
        equipment_class=(work["work_center_category."] or {}).get("name", ""),
        routing_revision=revision,
        evidence=operation.evidence if operation else (),
    )


def start(connection: Connection, order: str, op_no: str) -> None:
    """Begin a cycle of work."""
    work = _work(connection, order, op_no)
    connection.press(CYCLE, "run", connection.create(CYCLE, {"work": work["id"] if work else UNKNOWN}))


def complete(connection: Connection, order: str, op_no: str) -> None:
    """End the running cycle of an operation."""
    work = _work(connection, order, op_no)
    running = [cycle["id"] for cycle in work["cycles."] if cycle["state"] == "running"] if work else []
    connection.press(CYCLE, "do", running or [UNKNOWN])


def _work(connection: Connection, order: str, op_no: str) -> Json | None:
    clause: list[Sequence[str]] = [["production.reference", "=", order]]
    found = connection.find(WORK, clause, (*FIELDS, "production.routing.name"))
    numbers = _numbers(connection, found[0]) if found else {}
    wanted = numbers.get(op_no, int(op_no) if op_no.isdecimal() else UNKNOWN)
    return next((work for work in found if work["sequence"] == wanted), None)


def _numbers(connection: Connection, work: Json) -> dict[str, int]:
    routing = work["production."]["routing."]
    said = _said(connection, routing, split_code(routing["name"])[0]) if routing else {}
    return {operation.op_no: number for number, operation in said.items()}
