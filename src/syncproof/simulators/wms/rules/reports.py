"""What other systems tell of lots and orders, and what it does to the stock."""

from fractions import Fraction
from typing import Any

from syncproof.simulators.chassis import holds
from syncproof.simulators.chassis.context import Context
from syncproof.simulators.chassis.masters import ACCEPTED, Verdict
from syncproof.simulators.product import readable
from syncproof.simulators.wms import state, stock
from syncproof.simulators.wms.state import ZERO

Json = dict[str, Any]

LEAVES = ("consumption", "sample")
"""Facts of other systems after which less of a lot is there. Shipments and disposals are our own."""


def apply_lot(ctx: Context, data: Json) -> Verdict:
    """Policy ``apply_lot``: a lot that was made elsewhere comes in; more (or less) of a known one
    changes what is at its location."""
    lot = {**data, "id": ctx.key("lot", data["id"]), "item": ctx.key("material", data["item"])}
    known = holds.find(ctx, lot["id"])
    if known is None:
        stock.receive(ctx, lot)
    else:
        _correct(ctx, known, lot)
    ctx.audit(
        "lot", lot["id"], "synchronise", field="quantity",
        old=holds.text(known["quantity"]) if known else None, new=holds.text(lot["quantity"]),
    )  # fmt: skip
    return ACCEPTED


def _correct(ctx: Context, known: Json, told: Json) -> None:
    more = stock.in_base(ctx, told, told["quantity"]) - stock.in_base(ctx, known, known["quantity"])
    if more < 0:
        stock.remove(ctx, known, ctx.rules.take(state.balances(ctx, known["id"]), -more))
    elif more > 0:
        state.change_stock(ctx, known["id"], known["location"], more)
    stock.restate(ctx, {**known, "expiry": told.get("expiry")})


def apply_fact(ctx: Context, data: Json) -> Verdict:
    """Policy ``apply_fact``: a start fixes what drives the order; consumption and sampling take from
    the lot."""
    if data["kind"] == "started":
        ctx.rules.pin(ctx, ctx.key("order", data["order_id"]), data["revision_set"], data["at"])
    lot = holds.find(ctx, data["lot"]) if data["kind"] in LEAVES else None
    if lot is None:
        return ACCEPTED
    amount = stock.in_base(ctx, lot, data["quantity"])
    ctx.rules.draw(ctx, lot, ctx.key("order", data.get("order_id") or ""), amount)
    stock.tell_if_unclear(ctx, lot, data["quantity"])
    return ACCEPTED


def draw(ctx: Context, lot: Json, order: str, amount: Fraction) -> None:
    """Policy ``draw``: what an order consumed comes out of what was issued to it, then out of stock
    (and of what was allocated to it). More than there was is noted, not invented."""
    issued = min(amount, state.by_order(ctx, "issued", lot["id"]).get(order, ZERO))
    rest = amount - issued
    balances = state.balances(ctx, lot["id"])
    parts = ctx.rules.take(balances, rest)
    lacking = rest - sum((part.on_hand for part in parts), ZERO)
    if issued:
        state.change_by_order(ctx, "issued", lot["id"], order, -issued)
    if rest and order in state.by_order(ctx, "allocation", lot["id"]):
        state.change_by_order(ctx, "allocation", lot["id"], order, -rest)
    stock.remove(ctx, lot, parts)
    on_hand = sum((balance.on_hand for balance in balances), ZERO)
    more = f"insufficient: {readable(lacking)} more was reported than is there; count the stock"
    ctx.audit(
        "lot", lot["id"], "draw", field="on_hand", old=readable(on_hand),
        new=readable(on_hand - rest + lacking), errors=[more] if lacking else [],
    )  # fmt: skip
