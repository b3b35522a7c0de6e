"""The balances of a lot, and every way in which they change."""

from fractions import Fraction
from typing import Any

from syncproof.simulators.chassis import holds, masters
from syncproof.simulators.chassis.context import Context
from syncproof.simulators.product import base_quantity, quantity, readable
from syncproof.simulators.wms import state
from syncproof.simulators.wms.errors import require
from syncproof.simulators.wms.state import ZERO, Balance

Json = dict[str, Any]


def in_base(ctx: Context, lot: Json, amount: Json) -> Fraction:
    """A quantity of a lot's item in the unit of its balances, exactly. What is not in effect yet
    (a new item) is taken from the newest accepted revision."""
    effective = ctx.rules.lookup(ctx, {"site": lot["site"]})

    def find(domain: str, key: str) -> Json | None:
        return effective(domain, key) or masters.newest(ctx, domain, key)

    return base_quantity(amount, lot["item"], find, ctx.rules.arithmetic)


def wanted(ctx: Context, lot: Json, amount: Json) -> Fraction:
    """The amount of a request; refused if it is nothing."""
    found = in_base(ctx, lot, amount)
    require(ctx.rules.positive(found))
    return found


def receive(ctx: Context, lot: Json) -> None:
    """A lot is there for the first time."""
    material = ctx.effective("material", lot["item"], lot["site"]) or masters.newest(ctx, "material", lot["item"])
    unit = material["base_unit"] if material else lot["quantity"]["unit"]
    amount = in_base(ctx, lot, lot["quantity"]) if material else Fraction(lot["quantity"]["value"])
    holds.save(ctx, lot)
    state.save_unit(ctx, lot["id"], unit)
    state.change_stock(ctx, lot["id"], lot["location"], amount)


def remove(ctx: Context, lot: Json, parts: list[Balance]) -> None:
    """Amounts leave their locations for good; the lot holds less."""
    for part in parts:
        state.change_stock(ctx, lot["id"], part.location, -part.on_hand)
    restate(ctx, lot)


def relocate(ctx: Context, lot: Json, parts: list[Balance], to: str) -> None:
    """Amounts go from their locations to another one."""
    for part in parts:
        state.change_stock(ctx, lot["id"], part.location, -part.on_hand)
        state.change_stock(ctx, lot["id"], to, part.on_hand)
    restate(ctx, lot)


def restate(ctx: Context, lot: Json) -> Json:
    """The lot as its balances say it is: what is on hand and what is in production, and where."""
    balances = state.balances(ctx, lot["id"])
    issued = sum(state.by_order(ctx, "issued", lot["id"]).values(), ZERO)
    total = sum((balance.on_hand for balance in balances), ZERO) + issued
    location = ctx.rules.main_location(lot, balances)
    stated = {**lot, "quantity": _quantity(ctx, lot, total), "location": location}
    holds.save(ctx, stated)
    return stated


def tell_if_unclear(ctx: Context, before: Json, quantity: Json) -> None:
    """Publishes the lot if the others cannot follow from the fact alone: what the fact is stated in,
    or what the lot was stated in, is not what it is stated in now."""
    after = holds.need(ctx, before["id"])
    if {before["quantity"]["unit"], quantity["unit"]} != {after["quantity"]["unit"]}:
        ctx.emit("lot", f"lot/{after['id']}", after)


def _quantity(ctx: Context, lot: Json, total: Fraction) -> Json:
    unit = state.unit(ctx, lot["id"]) or lot["quantity"]["unit"]
    return quantity(Fraction(readable(total)), unit)


def shown(ctx: Context, lot: Json) -> list[Json]:
    """StockBalances of a lot."""
    balances = state.balances(ctx, lot["id"])
    judged = [
        (balance.on_hand, bool(ctx.rules.restrictions(ctx, {**lot, "location": balance.location})))
        for balance in balances
    ]
    allocated = sum(state.by_order(ctx, "allocation", lot["id"]).values(), ZERO)
    unit = state.unit(ctx, lot["id"]) or lot["quantity"]["unit"]
    return [
        {
            "lot": lot["id"], "location": balance.location, "on_hand": readable(balance.on_hand),
            "available": readable(available), "unit": unit,
        }
        for balance, available in zip(balances, ctx.rules.available(judged, allocated), strict=True)
    ]  # fmt: skip
