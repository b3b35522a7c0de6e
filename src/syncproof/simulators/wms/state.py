"""What the warehouse keeps.

Amounts are exact rational texts in the item's base unit as it was when the lot came, so that a later
change of a conversion does not change what is there. Documents, all looked up by lot:

``stock``       one balance per lot and location: what is physically there
``allocation``  one per lot and order: what is reserved
``issued``      one per lot and order: what went to production and is not confirmed as consumed
``lot_unit``    the base unit in which the amounts of a lot are

``order`` is planning's order as the events tell it; ``pin`` is what drives it since it started.
"""

from fractions import Fraction
from typing import Any, NamedTuple

from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]
ZERO = Fraction(0)


class Balance(NamedTuple):
    """What is on hand of a lot at one location."""

    location: str
    on_hand: Fraction


def balances(ctx: Context, lot: str) -> list[Balance]:
    """Where a lot is, oldest location first; empty ones are left out."""
    rows = ((row["location"], Fraction(row["on_hand"])) for row in ctx.state.all("stock", lot))
    return [Balance(location, on_hand) for location, on_hand in rows if on_hand > 0]


def change_stock(ctx: Context, lot: str, location: str, by: Fraction) -> None:
    """More or less of a lot at a location."""
    key = f"{lot}|{location}"
    row = ctx.state.get("stock", key) or {"on_hand": "0"}
    on_hand = Fraction(row["on_hand"]) + by
    ctx.state.put("stock", key, {"location": location, "on_hand": str(on_hand)}, ref=lot)


def by_order(ctx: Context, kind: str, lot: str) -> dict[str, Fraction]:
    """What is allocated (or issued) of a lot, by order."""
    return {row["order"]: Fraction(row["amount"]) for row in ctx.state.all(kind, lot)}


def change_by_order(ctx: Context, kind: str, lot: str, order: str, by: Fraction) -> None:
    """More or less of a lot for an order, never less than nothing."""
    key = f"{lot}|{order}"
    row = ctx.state.get(kind, key) or {"amount": "0"}
    amount = max(Fraction(row["amount"]) + by, ZERO)
    ctx.state.put(kind, key, {"lot": lot, "order": order, "amount": str(amount)}, ref=lot)


def unit(ctx: Context, lot: str) -> str | None:
    """The unit of the amounts of a lot."""
    row = ctx.state.get("lot_unit", lot)
    return row["unit"] if row else None


def save_unit(ctx: Context, lot: str, text: str) -> None:
    ctx.state.put("lot_unit", lot, {"unit": text}, ref=lot)


def order(ctx: Context, text: str) -> Json | None:
    """An order by its identifier in any spelling, with its pin."""
    key = ctx.key("order", text)
    found = ctx.state.get("order", key)
    if found is None:
        return None
    pin = ctx.state.get("pin", key)
    return {**found, **pin, "pinned": True} if pin else {**found, "pinned": False, "started_at": None}
