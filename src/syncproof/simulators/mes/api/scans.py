"""Barcodes as operators scan them."""

from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import holds
from syncproof.simulators.chassis.routes import TEXT, Answer, Write, obj, roles
from syncproof.simulators.mes.errors import demand, refusing

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]


def scan(ctx: "Context", body: Json) -> Answer:
    """``POST /scans``: what a barcode says; a lot that it names must be known here and fit the rest."""
    with refusing():
        read = ctx.rules.read_barcode(ctx, body["barcode"])
    if read["lot"] is not None:
        demand(*ctx.rules.scanned_lot_format(ctx, read["lot"]))
        lot = holds.need(ctx, read["lot"])
        demand(ctx.rules.scanned_item(read, lot, ctx.effective("material", lot["item"], lot["site"])))
        ctx.audit("lot", lot["id"], "scan")
    return Answer(fields={"scan": read}, key=read["lot"])


ROUTES = (
    Write(
        path="/scans", handler=scan, summary="Read a barcode", needs_reason=False,
        roles=roles("operator", "warehouse", "quality_inspector", "quality_approver"),
        body=obj(barcode=TEXT), about=("lot", "barcode"),
    ),
)  # fmt: skip
