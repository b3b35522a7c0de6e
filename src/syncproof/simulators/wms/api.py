"""What the warehouse answers."""

from fractions import Fraction
from typing import Any

from syncproof.simulators.chassis import holds
from syncproof.simulators.chassis.context import Context
from syncproof.simulators.chassis.errors import CONFLICT, Reason, Refused
from syncproof.simulators.chassis.routes import (
    INSTANT,
    QUANTITY,
    TEXT,
    Answer,
    Read,
    Route,
    Write,
    obj,
    optional,
    roles,
)
from syncproof.simulators.product import ProductError, readable
from syncproof.simulators.wms import state, stock
from syncproof.simulators.wms.errors import refused, require, unknown_order
from syncproof.simulators.wms.rules.orders import shown as shown_order
from syncproof.simulators.wms.state import ZERO, Balance

Json = dict[str, Any]
INSPECTION = "inspection"


# goods receipt


def receive(ctx: Context, body: Json) -> Answer:
    """``POST /lots``."""
    lot = {
        "id": ctx.key("lot", body["id"]),
        "item": ctx.key("material", body["item"]),
        "quantity": {"value": body["quantity"]["value"], "unit": body["quantity"]["unit"]},
        "site": body["site"],
        "location": ctx.key("location", body["location"]),
        "disposition": body.get("disposition") or holds.FREE,
        "expiry": body.get("expiry"),
    }
    require(ctx.rules.unique(lot["id"], holds.find(ctx, lot["id"])))
    require(ctx.rules.new_lot(ctx, lot))
    stock.receive(ctx, lot)
    given = f"{lot['quantity']['value']} {lot['quantity']['unit']}"
    ctx.audit("lot", lot["id"], "receive", field="quantity", new=given)
    ctx.emit("lot", f"lot/{lot['id']}", lot)
    return Answer(key=lot["id"])


# for orders


def allocate(ctx: Context, body: Json) -> Answer:
    """``POST /allocations``: two orders never get the same units."""
    lot, order = _for_order(ctx, body["lot"], body["order"])
    amount = stock.wanted(ctx, lot, body["quantity"])
    allocated = state.by_order(ctx, "allocation", lot["id"])
    limit = ctx.rules.free(_on_hand(_usable(ctx, lot)), allocated)
    require(ctx.rules.enough(lot, amount, limit))
    state.change_by_order(ctx, "allocation", lot["id"], order["id"], amount)
    before = allocated.get(order["id"], ZERO)
    _audit(ctx, lot, "allocate", f"allocated to {order['id']}", before, before + amount)
    return Answer(key=lot["id"])


def issue(ctx: Context, body: Json) -> Answer:
    """``POST /issues``: to production, out of what is allocated to the order or free."""
    lot, order = _for_order(ctx, body["lot"], body["order_id"])
    require(ctx.rules.lot_item(lot, ctx.key("material", body["item"])))
    amount = stock.wanted(ctx, lot, body["quantity"])
    usable, allocated = _usable(ctx, lot), state.by_order(ctx, "allocation", lot["id"])
    require(ctx.rules.enough(lot, amount, ctx.rules.free(_on_hand(usable), allocated, order["id"])))
    if order["id"] in allocated:
        state.change_by_order(ctx, "allocation", lot["id"], order["id"], -amount)
    state.change_by_order(ctx, "issued", lot["id"], order["id"], amount)
    _leave(ctx, lot, "issue", ctx.rules.take(usable, amount))
    _tell(ctx, "issue", lot, body["quantity"], order_id=order["id"], op_no=body.get("op_no"))
    return Answer(key=lot["id"])


def _for_order(ctx: Context, lot_text: str, order_text: str) -> tuple[Json, Json]:
    """A lot that may be used and an order that gets material of its item."""
    lot = holds.need(ctx, lot_text)
    _usable(ctx, lot)
    order = _order(ctx, order_text)
    require(ctx.rules.served(order))
    require(ctx.rules.needed_item(ctx, order, lot["item"]))
    return lot, order


def _order(ctx: Context, text: str) -> Json:
    order = state.order(ctx, text)
    if order is None:
        raise refused(unknown_order(text, ctx.config.system))
    return order


# movements


def move(ctx: Context, body: Json) -> Answer:
    """``POST /moves``: to storage only what is not on hold, for inspection anything."""
    lot, to = holds.need(ctx, body["lot"]), ctx.key("location", body["to"])
    there = state.balances(ctx, lot["id"])
    sources = there if purpose(body) == INSPECTION else ctx.rules.usable(ctx, lot, there)
    sources = [balance for balance in sources if balance.location != to]
    amount = stock.wanted(ctx, lot, body["quantity"])
    require(ctx.rules.enough(lot, amount, _on_hand(sources)))
    parts = ctx.rules.take(sources, amount)
    stock.relocate(ctx, lot, parts, to)
    came_from = ", ".join(part.location for part in parts)
    ctx.audit("lot", lot["id"], "move", field="location", old=came_from, new=to)
    _tell(ctx, "movement", lot, body["quantity"], to=to)
    if len(parts) > 1 or parts[0].on_hand < _on_hand(there):
        _tell_location(ctx, lot)
    return Answer(key=lot["id"])


def purpose(body: Json) -> str:
    """What a move is for."""
    return str(body.get("purpose") or "storage")


def _tell_location(ctx: Context, before: Json) -> None:
    """A whole move says where the lot is; that parts of it moved the lot, only the warehouse knows."""
    lot = holds.need(ctx, before["id"])
    if lot["location"] != before["location"]:
        ctx.emit("lot", f"lot/{lot['id']}", lot)


def ship(ctx: Context, body: Json) -> Answer:
    """``POST /shipments``: what nobody else has been promised."""
    lot = holds.need(ctx, body["lot"])
    usable, allocated = _usable(ctx, lot), state.by_order(ctx, "allocation", lot["id"])
    amount = stock.wanted(ctx, lot, body["quantity"])
    require(ctx.rules.enough(lot, amount, ctx.rules.free(_on_hand(usable), allocated)))
    _leave(ctx, lot, "ship", ctx.rules.take(usable, amount))
    _tell(ctx, "shipment", lot, body["quantity"], to=ctx.key("location", body["destination"]))
    stock.tell_if_unclear(ctx, lot, body["quantity"])
    return Answer(key=lot["id"])


def dispose(ctx: Context, body: Json) -> Answer:
    """``POST /disposals``: allowed under a hold too."""
    lot = holds.need(ctx, body["lot"])
    there = state.balances(ctx, lot["id"])
    amount = stock.wanted(ctx, lot, body["quantity"])
    require(ctx.rules.enough(lot, amount, _on_hand(there)))
    _leave(ctx, lot, "dispose", ctx.rules.take(there, amount))
    _tell(ctx, "disposal", lot, body["quantity"])
    stock.tell_if_unclear(ctx, lot, body["quantity"])
    return Answer(key=lot["id"])


def _usable(ctx: Context, lot: Json) -> list[Balance]:
    found: list[Balance] = ctx.rules.usable(ctx, lot, state.balances(ctx, lot["id"]))
    return found


def _on_hand(balances: list[Balance]) -> Fraction:
    return sum((balance.on_hand for balance in balances), ZERO)


def _leave(ctx: Context, lot: Json, action: str, parts: list[Balance]) -> None:
    before = _on_hand(state.balances(ctx, lot["id"]))
    stock.remove(ctx, lot, parts)
    _audit(ctx, lot, action, "on_hand", before, before - _on_hand(parts))


def _audit(ctx: Context, lot: Json, action: str, field: str, old: Fraction, new: Fraction) -> None:
    ctx.audit("lot", lot["id"], action, field=field, old=readable(old), new=readable(new))


def _tell(ctx: Context, kind: str, lot: Json, quantity: Json, **fields: Any) -> None:
    """Publishes a fact about a lot."""
    given = {"value": quantity["value"], "unit": quantity["unit"]}
    fact = {"kind": kind, "item": lot["item"], "lot": lot["id"], "quantity": given, "at": ctx.at}
    ctx.emit("fact", f"lot/{lot['id']}", {**fact, "by": ctx.user, **fields})


# scans


def scan(ctx: Context, body: Json) -> Answer:
    """``POST /scans``: changes nothing."""
    read = ctx.rules.read_barcode(ctx, body["barcode"])
    require(ctx.rules.scan_format(ctx, read))
    if read["lot"] is not None:
        lot = holds.need(ctx, read["lot"])
        require(ctx.rules.scan_item(read, lot, ctx.effective("material", lot["item"], lot["site"])))
    return Answer(key=read["lot"] or read["gtin"], fields={"scan": read})


# reads


def balances(ctx: Context, query: dict[str, str]) -> Json:
    """``GET /stock``."""
    return {"items": stock.shown(ctx, holds.need(ctx, query["lot"]))}


def order(ctx: Context, query: dict[str, str]) -> Json:
    """``GET /orders``."""
    found = state.order(ctx, query["id"])
    return {"item": shown_order(ctx, found) if found else None}


def required(ctx: Context, query: dict[str, str]) -> Json:
    """``GET /requirements``."""
    found = _order(ctx, query["order"])
    try:
        return {"items": ctx.rules.requirements(ctx, found)}
    except ProductError as error:
        raise Refused(Reason(error.code, f"order {found['id']}: {error}"), status=CONFLICT) from error


WAREHOUSE = roles("warehouse")
INSPECTORS = roles("quality_inspector", "quality_approver")
LOT = ("lot", "lot")
PURPOSE = {"type": "string", "enum": ["storage", INSPECTION]}
DISPOSITION = {"type": "string", "enum": [holds.FREE, holds.HELD]}


def movers(body: Json) -> frozenset[str]:
    """Who may make a move: moves for inspection are for quality."""
    return INSPECTORS if isinstance(body, dict) and purpose(body) == INSPECTION else WAREHOUSE


ROUTES: tuple[Route, ...] = (
    Write(
        path="/lots", handler=receive, summary="Receive a lot", roles=WAREHOUSE, bulk=True, about=("lot", "id"),
        body=obj(id=TEXT, item=TEXT, quantity=QUANTITY, site=TEXT, location=TEXT,
                 disposition=optional(DISPOSITION), expiry=optional(INSTANT)),
    ),
    Write(path="/allocations", handler=allocate, summary="Reserve part of a lot for an order",
          roles=WAREHOUSE, bulk=True, about=LOT, body=obj(lot=TEXT, order=TEXT, quantity=QUANTITY)),
    Write(
        path="/issues", handler=issue, summary="Issue part of a lot to an order", roles=WAREHOUSE, bulk=True,
        about=LOT, body=obj(order_id=TEXT, item=TEXT, lot=TEXT, quantity=QUANTITY, op_no=optional(TEXT)),
    ),
    Write(path="/moves", handler=move, summary="Move part of a lot to another location", roles=movers,
          bulk=True, about=LOT, body=obj(lot=TEXT, to=TEXT, quantity=QUANTITY, purpose=optional(PURPOSE))),
    Write(path="/shipments", handler=ship, summary="Ship part of a lot", roles=WAREHOUSE, bulk=True,
          about=LOT, body=obj(lot=TEXT, quantity=QUANTITY, destination=TEXT)),
    Write(path="/disposals", handler=dispose, summary="Dispose of part of a lot", roles=WAREHOUSE,
          bulk=True, about=LOT, body=obj(lot=TEXT, quantity=QUANTITY)),
    Write(path="/scans", handler=scan, summary="Read a barcode", roles=WAREHOUSE | INSPECTORS,
          needs_reason=False, about=("session", "barcode"), body=obj(barcode={"type": "string"})),
    Read(path="/stock", handler=balances, summary="Where a lot is and what of it is free", required=("lot",)),
    Read(path="/orders", handler=order, summary="An order and what drives it", required=("id",)),
    Read(path="/requirements", handler=required, summary="What an order requires", required=("order",)),
)  # fmt: skip
