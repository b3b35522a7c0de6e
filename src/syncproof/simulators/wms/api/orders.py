"""Orders: what they require, get reserved and are issued."""

from typing import Any

from syncproof.simulators.chassis import holds
from syncproof.simulators.chassis.context import Context
from syncproof.simulators.chassis.errors import CONFLICT, Reason, Refused
from syncproof.simulators.chassis.routes import Answer
from syncproof.simulators.product import ProductError
from syncproof.simulators.wms import state, stock
from syncproof.simulators.wms.api.common import audit, leave, on_hand, tell, usable
from syncproof.simulators.wms.errors import refused, require, unknown_order
from syncproof.simulators.wms.rules.orders import shown
from syncproof.simulators.wms.state import ZERO

Json = dict[str, Any]


def allocate(ctx: Context, body: Json) -> Answer:
    """``POST /allocations``: two orders never get the same units."""
    lot, order = _for_order(ctx, body["lot"], body["order"])
    amount = stock.wanted(ctx, lot, body["quantity"])
    allocated = state.by_order(ctx, "allocation", lot["id"])
    limit = ctx.rules.free(on_hand(usable(ctx, lot)), allocated)
    require(ctx.rules.enough(lot, amount, limit))
    state.change_by_order(ctx, "allocation", lot["id"], order["id"], amount)
    before = allocated.get(order["id"], ZERO)
    audit(ctx, lot, "allocate", f"allocated to {order['id']}", before, before + amount)
    return Answer(key=lot["id"])


def issue(ctx: Context, body: Json) -> Answer:
    """``POST /issues``: to production, out of what is allocated to the order or free."""
    lot, order = _for_order(ctx, body["lot"], body["order_id"])
    require(ctx.rules.lot_item(lot, ctx.key("material", body["item"])))
    require(ctx.rules.used_at(ctx, order, lot["item"], body.get("op_no")))
    amount = stock.wanted(ctx, lot, body["quantity"])
    open_to, allocated = usable(ctx, lot), state.by_order(ctx, "allocation", lot["id"])
    require(ctx.rules.enough(lot, amount, ctx.rules.free(on_hand(open_to), allocated, order["id"])))
    if order["id"] in allocated:
        state.change_by_order(ctx, "allocation", lot["id"], order["id"], -amount)
    state.change_by_order(ctx, "issued", lot["id"], order["id"], amount)
    leave(ctx, lot, "issue", ctx.rules.take(open_to, amount))
    tell(ctx, "issue", lot, body["quantity"], order_id=order["id"], op_no=body.get("op_no"))
    return Answer(key=lot["id"])


def _for_order(ctx: Context, lot_text: str, order_text: str) -> tuple[Json, Json]:
    """A lot that may be used and an order that gets material of its item."""
    lot = holds.need(ctx, lot_text)
    usable(ctx, lot)
    order = _order(ctx, order_text)
    require(ctx.rules.served(order))
    require(ctx.rules.needed_item(ctx, order, lot["item"]))
    return lot, order


def _order(ctx: Context, text: str) -> Json:
    order = state.order(ctx, text)
    if order is None:
        raise refused(unknown_order(text, ctx.config.system))
    return order


def order(ctx: Context, query: dict[str, str]) -> Json:
    """``GET /orders``."""
    found = state.order(ctx, query["id"])
    return {"item": shown(ctx, found) if found else None}


def required(ctx: Context, query: dict[str, str]) -> Json:
    """``GET /requirements``."""
    found = _order(ctx, query["order"])
    try:
        return {"items": ctx.rules.requirements(ctx, found)}
    except ProductError as error:
        raise Refused(Reason(error.code, f"order {found['id']}: {error}"), status=CONFLICT) from error
