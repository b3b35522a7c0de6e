"""What a new order must be."""

from typing import Any

from syncproof.simulators.chassis import masters
from syncproof.simulators.chassis.context import Context
from syncproof.simulators.chassis.errors import Reason
from syncproof.simulators.product import exact, to_base

Json = dict[str, Any]


def unique(order_id: str, known: Json | None) -> Reason | None:
    """Policy ``unique``: an order is created once, however often it is sent."""
    if known is None:
        return None
    return Reason(
        "order_exists",
        f"order {order_id} exists already for {known['quantity']['value']} {known['quantity']['unit']} "
        f"of {known['item']}; use a new order number",
        "/id",
    )


def new_order(ctx: Context, order: Json) -> list[Reason]:
    """Policy ``new_order``: identifier, site, item, quantity and variant make sense."""
    found = list(ctx.rules.identity_format(order["id"], ctx.identity_rule("order")))
    if order["site"] not in ctx.config.sites:
        valid = ", ".join(ctx.config.sites)
        found.append(Reason("unknown_site", f"site {order['site']!r} is not known; valid: {valid}", "/site"))
    material = known_master(ctx, "material", order["item"])
    if material is None:
        return [*found, _unknown("item", "material", order["item"])]
    found += _quantity(ctx, order, material)
    return found + variant_of(ctx, order["item"], order["variant"])


def known_master(ctx: Context, domain: str, key: str) -> Json | None:
    """The newest accepted revision: an order may be planned before its item is in effect."""
    return masters.newest(ctx, domain, key)


def _unknown(field: str, domain: str, key: str) -> Reason:
    return Reason(
        f"unknown_{field}",
        f"{field} {key!r} is not known here; submit its {domain} master first",
        f"/{field}",
    )


def _quantity(ctx: Context, order: Json, material: Json) -> list[Reason]:
    """More than nothing, in a unit of the item. A missing conversion is refused by the arithmetic."""
    amount, unit = exact(order["quantity"]["value"]), order["quantity"]["unit"]
    if amount <= 0:
        text = f"an order for {order['quantity']['value']} makes nothing; give more than 0"
        return [Reason("quantity_invalid", text, "/quantity/value")]
    to_base(amount, unit, order["item"], material["base_unit"], known_master(ctx, "uom", order["item"]))
    return []


def variant_of(ctx: Context, item: str, variant: str | None) -> list[Reason]:
    """A variant is known, and one of the ordered item."""
    if variant is None:
        return []
    master = known_master(ctx, "variant", variant)
    if master is None:
        return [_unknown("variant", "variant", variant)]
    if master["base_item"] != item:
        text = f"variant {variant!r} is one of item {master['base_item']!r}, the order is for {item!r}"
        return [Reason("variant_mismatch", text, "/variant")]
    return []
