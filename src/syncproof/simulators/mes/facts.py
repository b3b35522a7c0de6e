"""What execution tells the others: facts, and the lots that it makes."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]


def of_order(ctx: "Context", kind: str, order_id: str, **members: Any) -> None:
    """A fact about an order, with who and when."""
    data = {"kind": kind, "order_id": order_id, **members, "at": ctx.at, "by": ctx.user}
    ctx.emit("fact", f"order/{order_id}", data)


def of_equipment(ctx: "Context", unit: str, state: str) -> None:
    """The state of a unit of equipment."""
    data = {"kind": "equipment_state", "equipment": unit, "state": state, "at": ctx.at, "by": ctx.user}
    ctx.emit("fact", f"equipment/{unit}", data)


def of_lot(ctx: "Context", lot: Json) -> None:
    """A lot that execution made, with what it holds now."""
    ctx.emit("lot", f"lot/{lot['id']}", lot)
