"""Goods receipt, stock and scans."""

from typing import Any

from syncproof.simulators.chassis import holds
from syncproof.simulators.chassis.context import Context
from syncproof.simulators.chassis.routes import Answer
from syncproof.simulators.wms import stock
from syncproof.simulators.wms.errors import require

Json = dict[str, Any]


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


def scan(ctx: Context, body: Json) -> Answer:
    """``POST /scans``: changes nothing."""
    read = ctx.rules.read_barcode(ctx, body["barcode"])
    require(ctx.rules.scan_format(ctx, read))
    if read["lot"] is not None:
        lot = holds.need(ctx, read["lot"])
        require(ctx.rules.scan_item(read, lot, ctx.effective("material", lot["item"], lot["site"])))
    return Answer(key=read["lot"] or read["gtin"], fields={"scan": read})


def balances(ctx: Context, query: dict[str, str]) -> Json:
    """``GET /stock``."""
    return {"items": stock.shown(ctx, holds.need(ctx, query["lot"]))}
