"""Goods receipt: which lots may come in."""

from typing import Any

from syncproof.simulators.chassis import clock, masters
from syncproof.simulators.chassis.context import Context
from syncproof.simulators.chassis.errors import Reason
from syncproof.simulators.product import exact

Json = dict[str, Any]


def unique(lot_id: str, known: Json | None) -> Reason | None:
    """Policy ``unique``: a lot number is given once, whatever it is given to."""
    if known is None:
        return None
    return Reason("lot_exists", f"lot {lot_id} exists already, of item {known['item']}; use a new lot number", "/id")


def new_lot(ctx: Context, lot: Json) -> list[Reason]:
    """Policy ``new_lot``: identifier, item, quantity, site and expiry make sense."""
    misnamed = list(ctx.rules.identity_format(lot["id"], ctx.identity_rule("lot")))
    if misnamed:
        return misnamed
    found = []
    if lot["site"] not in ctx.config.sites:
        valid = ", ".join(ctx.config.sites)
        found.append(Reason("unknown_site", f"site {lot['site']!r} is not known; valid: {valid}", "/site"))
    if masters.newest(ctx, "material", lot["item"]) is None:
        text = f"item {lot['item']!r} is not known here; submit its material master first"
        found.append(Reason("unknown_item", text, "/item"))
    if exact(lot["quantity"]["value"]) <= 0:
        found.append(Reason("quantity_invalid", "a lot holds more than 0", "/quantity/value"))
    return found + _expiry(lot)


def _expiry(lot: Json) -> list[Reason]:
    if lot.get("expiry") is None:
        return []
    try:
        clock.read(lot["expiry"])
    except ValueError:
        text = f"expiry {lot['expiry']!r} is no instant; valid: 2027-03-10T06:00:00Z"
        return [Reason("instant_invalid", text, "/expiry")]
    return []
