"""Scans: what a barcode says, held against the synchronised rules."""

from typing import TYPE_CHECKING, Any

from syncproof.simulators.mes.errors import Reason
from syncproof.simulators.product import parse

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]


def read_barcode(ctx: "Context", barcode: str) -> Json:
    """Lot (in its normal form), GTIN and serial of a barcode; None for what it does not say."""
    said = parse(barcode)
    lot = ctx.key("lot", said["lot"]) if "lot" in said else None
    return {"lot": lot, "gtin": said.get("gtin"), "serial": said.get("serial")}


def scanned_lot_format(ctx: "Context", lot: str) -> list[Reason]:
    """A text that breaks the identity rule of lots was misread."""
    broken = ctx.rules.identity_format(lot, ctx.identity_rule("lot"))
    return [Reason("barcode_invalid", reason.message, "/barcode") for reason in broken]


def scanned_item(scan: Json, lot: Json, material: Json | None) -> Reason | None:
    """A GTIN on the label is the one of the item that the lot is of (URS-TRC-002)."""
    gtin, known = scan["gtin"], (material or {}).get("gtin")
    if gtin is None or not known or gtin == known.zfill(len(gtin)):
        return None
    return Reason(
        "barcode_invalid",
        f"the barcode says GTIN {gtin}, but lot {lot['id']} is of item {lot['item']} with GTIN {known}; "
        "check the label",
        "/barcode",
    )
