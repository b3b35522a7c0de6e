"""Routings: what is dispatched, and what can be started."""

import json
from typing import Any

from syncproof.defects.base import Defect, Json, Original
from syncproof.simulators.chassis import clock, masters


class GhostOperation(Defect):
    """An operation that the new routing drops stays on the list of an order that was there before."""

    id = "RTG-01"
    citation = "odoo/odoo#269747"
    requirements = ("URS-RTG-002", "URS-RTG-001")
    system = "mes"
    policy = "dispatched_routing"

    def replacement(self, original: Original, ctx: Any, routing: Json) -> Json:
        known = masters.accepted(ctx, "routing", routing["id"])
        listed = {operation["op_no"]: operation for each in (*known, routing) for operation in each["operations"]}
        return {**routing, "operations": [listed[number] for number in sorted(listed)]}


class FoundByName(Defect):
    """An operation is looked up by its name, so a repeated one gets what belongs to the first of that name."""

    id = "RTG-03"
    citation = "frappe/erpnext#58401"
    requirements = ("URS-RTG-008",)
    system = "mes"
    policy = "lines_of_operation"

    def replacement(self, original: Original, bom: Json, routing: Json, op_no: str) -> Any:
        name = next(one["name"] for one in routing["operations"] if one["op_no"] == op_no)
        first = next(one["op_no"] for one in routing["operations"] if one["name"] == name)
        return original(bom, routing, first)


class ArchivedUnit(Defect):
    """A work centre that was taken out of use can still be dispatched to."""

    id = "RTG-04"
    citation = "odoo/odoo#77576"
    requirements = ("URS-RTG-007",)
    system = "mes"
    policy = "equipment_fits"

    def replacement(self, original: Original, operation: Json, item: str, unit: Json, state: str) -> Any:
        return original(operation, item, {**unit, "qualified": True}, "available")


class HiddenOperation(Defect):
    """A switch of the user interface hides an operation that the order carries all the same."""

    id = "RTG-06"
    citation = "odoo/odoo#66108, #78244"
    requirements = ("URS-RTG-001", "URS-RTG-002")
    system = "mes"
    policy = "dispatch_list"

    def replacement(self, original: Original, *what: Any) -> Any:
        return original(*what)[:-1]


class WorkOrderNotUpdated(Defect):
    """A change of the masters updates the order and not the demand of its work order, which stays as it was when the
    order came."""

    id = "RTG-07"
    citation = "odoo/odoo#60403"
    requirements = ("URS-UOM-001", "URS-VAR-001")
    system = "wms"
    policy = "requirements"

    def replacement(self, original: Original, ctx: Any, order: Json) -> Any:
        row = ctx.state.execute(
            "select body from audit where domain='order' and id=? order by seq limit 1", (order["id"],)
        ).fetchone()
        came = json.loads(row[0])["at"] if row else clock.wire(ctx.now)
        return original(ctx, {**order, "started_at": order.get("started_at") or came})


class StartedOutOfSequence(Defect):
    """The sequence is looked at when an operation ends, not when it starts."""

    id = "RTG-08"
    citation = "frappe/erpnext#41385"
    requirements = ("URS-RTG-002",)
    system = "mes"
    policy = "in_sequence"

    def replacement(self, original: Original, routing: Json, op_no: str, runs: Any) -> Any:
        return original(routing, op_no, runs) if op_no in runs else None


class HeaderWithoutSteps(Defect):
    """The header of a routing is taken although its operations have no step definitions, or none that have come."""

    id = "RTG-11"
    citation = "section 8 of the requirements: partial updates"
    requirements = ("URS-RTG-005", "URS-RTG-003", "URS-SYN-003")
    system = "erp"
    policy = "validators.routing"

    def replacement(self, original: Original, ctx: Any, master: Json) -> list[Any]:
        return [one for one in original(ctx, master) if not one.pointer.endswith("/step_definition")]


class OrphanedWorkOrder(Defect):
    """A work order outlives the operation it was made from and can still be started: with the definition that the
    operation had when it was last worked on, else with that of the first one."""

    id = "RTG-12"
    citation = "odoo/odoo#69564 (issue #68261)"
    requirements = ("URS-RTG-002", "URS-REV-002")
    system = "mes"
    policy = "operation_of"

    def __init__(self) -> None:
        self._worked_on: dict[tuple[str, str], Json] = {}

    def replacement(self, original: Original, routing: Json, op_no: str) -> Any:
        found = original(routing, op_no)
        if isinstance(found, dict):
            self._worked_on[routing["id"], op_no] = found
            return found
        return self._worked_on.get((routing["id"], op_no), {**routing["operations"][0], "op_no": op_no})
