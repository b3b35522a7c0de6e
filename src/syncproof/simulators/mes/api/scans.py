"""Barcodes as operators scan them."""

from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import holds
from syncproof.simulators.chassis.routes import TEXT, Answer, Write, obj, roles
from syncproof.simulators.mes.errors import refusing

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]


def scan(ctx: "Context", body: Json) -> Answer:
    """``POST /scans``: what a barcode says; a lot that it names must be known here."""
    with refusing():
        read = ctx.rules.read_barcode(body["barcode"])
    lot = holds.need(ctx, read["lot"])["id"] if read.get("lot") else None
    if lot is not None:
        ctx.audit("lot", lot, "scan")
    return Answer(fields={"scan": {"lot": lot, "gtin": read.get("gtin"), "serial": read.get("serial")}}, key=lot)


ROUTES = (
    Write(
        path="/scans", handler=scan, summary="Read a barcode", needs_reason=False,
        roles=roles("operator", "warehouse", "quality_inspector", "quality_approver"),
        body=obj(barcode=TEXT), about=("lot", "barcode"),
    ),
)  # fmt: skip
