"""Movements, shipments and disposals."""

from typing import Any

from syncproof.simulators.chassis import holds
from syncproof.simulators.chassis.context import Context
from syncproof.simulators.chassis.routes import Answer
from syncproof.simulators.wms import state, stock
from syncproof.simulators.wms.api.common import leave, on_hand, tell
from syncproof.simulators.wms.errors import require

Json = dict[str, Any]
INSPECTION = "inspection"


def move(ctx: Context, body: Json) -> Answer:
    """``POST /moves``: to storage only what is not on hold, for inspection anything."""
    lot, to = holds.need(ctx, body["lot"]), ctx.key("location", body["to"])
    there = state.balances(ctx, lot["id"])
    sources = there if purpose(body) == INSPECTION else ctx.rules.movable(ctx, lot, there)
    elsewhere = [balance for balance in sources if balance.location != to]
    require(ctx.rules.elsewhere(lot, elsewhere, to) if sources else None)
    amount = stock.wanted(ctx, lot, body["quantity"])
    require(ctx.rules.enough(lot, amount, on_hand(elsewhere)))
    parts = ctx.rules.take(elsewhere, amount)
    stock.relocate(ctx, lot, parts, to)
    came_from = ", ".join(part.location for part in parts)
    ctx.audit("lot", lot["id"], "move", field="location", old=came_from, new=to)
    tell(ctx, "movement", lot, body["quantity"], to=to)
    if amount < stock.in_base(ctx, lot, lot["quantity"]):
        _tell_location(ctx, lot)
    return Answer(key=lot["id"])


def purpose(body: Json) -> str:
    """What a move is for."""
    return str(body.get("purpose") or "storage")


def _tell_location(ctx: Context, before: Json) -> None:
    """That a lot is elsewhere after part of it was moved, only the warehouse knows."""
    lot = holds.need(ctx, before["id"])
    if lot["location"] != before["location"]:
        ctx.emit("lot", f"lot/{lot['id']}", lot)


def ship(ctx: Context, body: Json) -> Answer:
    """``POST /shipments``: what nobody else has been promised."""
    lot = holds.need(ctx, body["lot"])
    open_to = ctx.rules.shippable(ctx, lot, state.balances(ctx, lot["id"]))
    allocated = state.by_order(ctx, "allocation", lot["id"])
    amount = stock.wanted(ctx, lot, body["quantity"])
    require(ctx.rules.enough(lot, amount, ctx.rules.free(on_hand(open_to), allocated)))
    leave(ctx, lot, "ship", ctx.rules.take(open_to, amount))
    tell(ctx, "shipment", lot, body["quantity"], to=ctx.key("location", body["destination"]))
    stock.tell_if_unclear(ctx, lot, body["quantity"])
    return Answer(key=lot["id"])


def dispose(ctx: Context, body: Json) -> Answer:
    """``POST /disposals``: allowed under a hold too."""
    lot = holds.need(ctx, body["lot"])
    there = state.balances(ctx, lot["id"])
    amount = stock.wanted(ctx, lot, body["quantity"])
    require(ctx.rules.enough(lot, amount, on_hand(there)))
    leave(ctx, lot, "dispose", ctx.rules.take(there, amount))
    tell(ctx, "disposal", lot, body["quantity"])
    stock.tell_if_unclear(ctx, lot, body["quantity"])
    return Answer(key=lot["id"])
