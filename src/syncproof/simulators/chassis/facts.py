"""What other systems tell: lots, holds, orders, changes and what happened to lots."""

from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import holds
from syncproof.simulators.chassis.masters import ACCEPTED, Verdict
from syncproof.simulators.product import exact, wire

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]

USES_UP = ("consumption", "disposal", "shipment", "sample")
"""Kinds of fact after which less of a lot is left. An issue is no such kind: the material is still
there until it is consumed."""


def apply_lot(ctx: "Context", data: Json) -> Verdict:
    """Policy ``apply_lot``: the lot as its maker tells it."""
    lot = {**data, "id": ctx.key("lot", data["id"])}
    known = ctx.state.get("lot", lot["id"])
    holds.save(ctx, lot)
    ctx.audit(
        "lot", lot["id"], "synchronise", field="quantity",
        old=holds.text(known["quantity"]) if known else None, new=holds.text(lot["quantity"]),
    )  # fmt: skip
    return ACCEPTED


def apply_disposition(ctx: "Context", data: Json) -> Verdict:
    """Policy ``apply_disposition``: a hold or release of a lot, item or location."""
    target = ctx.key(holds.ENTITIES[data["scope"]], data["target"])
    store_hold(ctx, {**data, "target": target}, "synchronise")
    return ACCEPTED


def store_hold(ctx: "Context", hold: Json, action: str) -> None:
    """Stores a hold and leaves its audit events, for a lot under the lot as well."""
    key = holds.hold_id(hold["scope"], hold["target"])
    known = ctx.state.get("hold", key)
    ctx.state.put("hold", key, hold, ref=hold["scope"])
    old = known["disposition"] if known else _before(ctx, hold)
    for domain in ("hold", "lot") if hold["scope"] == "lot" else ("hold",):
        ctx.audit(
            domain, hold["target"], action, field="disposition", old=old, new=hold["disposition"],
        )  # fmt: skip


def _before(ctx: "Context", hold: Json) -> str:
    """The disposition of a target that never had a hold."""
    lot = ctx.state.get("lot", hold["target"]) if hold["scope"] == "lot" else None
    return lot.get("disposition", holds.FREE) if lot else holds.FREE


def apply_order(ctx: "Context", data: Json) -> Verdict:
    """Policy ``apply_order``: a copy of the order as planning tells it."""
    known = ctx.state.get("order", data["id"])
    ctx.state.put("order", data["id"], data, ref=data["item"])
    ctx.audit(
        "order", data["id"], "synchronise", field="status",
        old=known["status"] if known else None, new=data["status"],
    )  # fmt: skip
    return ACCEPTED


def apply_change(ctx: "Context", data: Json) -> Verdict:
    """Policy ``apply_change``: the change request is noted; it takes effect by its activation."""
    ctx.state.put("change_note", data["id"], data)
    ctx.audit("change", data["id"], "synchronise", field="status", new=data["status"], change_id=data["id"])
    return ACCEPTED


def apply_fact(ctx: "Context", data: Json) -> Verdict:
    """Policy ``apply_fact``: what is left of a lot, and where it is."""
    lot = holds.find(ctx, data["lot"]) if data.get("lot") else None
    if lot is None:
        return ACCEPTED
    if data["kind"] in USES_UP:
        _use_up(ctx, lot, data["quantity"])
    if data["kind"] == "movement" and _all_of(lot, data["quantity"]):
        _relocate(ctx, lot, data["to"])
    return ACCEPTED


def _use_up(ctx: "Context", lot: Json, quantity: Json) -> None:
    if quantity["unit"] != lot["quantity"]["unit"]:
        return  # the owner of the lot tells its new quantity in a lot event
    left = max(exact(lot["quantity"]["value"]) - exact(quantity["value"]), exact(0))
    holds.save(ctx, {**lot, "quantity": {"value": wire(left), "unit": quantity["unit"]}})


def _all_of(lot: Json, quantity: Json) -> bool:
    """A lot is where most of it is: only a move of all that is left changes its location."""
    same_unit = quantity["unit"] == lot["quantity"]["unit"]
    return same_unit and exact(quantity["value"]) >= exact(lot["quantity"]["value"])


def _relocate(ctx: "Context", lot: Json, to: str) -> None:
    holds.save(ctx, {**lot, "location": to})
    ctx.audit("lot", lot["id"], "synchronise", field="location", old=lot["location"], new=to)
