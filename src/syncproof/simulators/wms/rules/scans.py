"""Scans: what a barcode says, held against the synchronised rules and the lots that are known."""

from typing import Any

from syncproof.simulators.chassis.context import Context
from syncproof.simulators.chassis.errors import Reason
from syncproof.simulators.product import parse

Json = dict[str, Any]


def read(ctx: Context, barcode: str) -> Json:
    """Policy ``read_barcode``: the parts of a barcode, the lot in its normal form."""
    scan = {name: parse(barcode).get(name) for name in ("lot", "gtin", "serial")}
    return {**scan, "lot": ctx.key("lot", scan["lot"]) if scan["lot"] else None}


def scan_format(ctx: Context, scan: Json) -> list[Reason]:
    """Policy ``scan_format``: a scanned lot number keeps the identity rule of lots."""
    if scan["lot"] is None:
        return []
    broken = ctx.rules.identity_format(scan["lot"], ctx.identity_rule("lot"))
    return [Reason("barcode_invalid", reason.message, "/barcode") for reason in broken]


def scan_item(scan: Json, lot: Json, material: Json | None) -> Reason | None:
    """Policy ``scan_item``: the GTIN on the label is that of the lot's item, if that has one."""
    gtin = (material or {}).get("gtin")
    if not gtin or not scan["gtin"] or scan["gtin"] == gtin.zfill(14):
        return None
    return Reason(
        "barcode_invalid",
        f"the label says GTIN {scan['gtin']}, lot {lot['id']} is of item {lot['item']} with GTIN {gtin}",
        "/barcode",
    )
