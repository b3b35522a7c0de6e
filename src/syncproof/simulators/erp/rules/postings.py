"""Goods issues and transfer postings: what may be taken of a lot, and for what.

Amounts are exact rationals in the item's base unit. Issued material counts as there until execution
confirms its consumption, but it cannot be issued again.
"""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from syncproof.simulators.chassis.context import Context
from syncproof.simulators.chassis.errors import Reason
from syncproof.simulators.product import Lookup, base_quantity, belongs_elsewhere, bom_of, explode, permitted

Json = dict[str, Any]
Amounts = Iterable[tuple[str, Fraction]]


def positive(amount: Fraction) -> Reason | None:
    """Policy ``positive``: a posting posts something."""
    if amount > 0:
        return None
    return Reason("quantity_invalid", "the quantity must be greater than 0", "/quantity/value")


def lot_item(lot: Json, item: str) -> Reason | None:
    """Policy ``lot_item``: the lot holds the item that is posted."""
    if lot["item"] == item:
        return None
    return Reason("lot_item", f"lot {lot['id']} is of item {lot['item']}, not of {item}; post a lot of {item}", "/lot")


def open_issues(issued: Amounts, consumed: Amounts) -> Fraction:
    """Policy ``open_issues``: what was issued and is not confirmed as consumed, order by order. What
    was consumed without an issue does not make room for another order's issue."""
    balance: defaultdict[str, Fraction] = defaultdict(Fraction)
    for order, amount in issued:
        balance[order] += amount
    for order, amount in consumed:
        balance[order] -= amount
    return sum((amount for amount in balance.values() if amount > 0), Fraction(0))


def enough(lot: Json, wanted: Fraction, on_hand: Fraction, issued: Fraction) -> Reason | None:
    """Policy ``enough``: nothing is taken that another posting has taken already."""
    if wanted <= on_hand - issued:
        return None
    return Reason(
        "insufficient",
        f"lot {lot['id']} holds {lot['quantity']['value']} {lot['quantity']['unit']}, part of which may be "
        "issued already: less than asked for is left; take less or another lot",
        "/quantity/value",
    )


def needed_item(ctx: Context, order: Json, item: str) -> Reason | None:
    """Policy ``needed_item``: an order uses components of its BOM, of any level, or approved
    alternates."""
    find = ctx.rules.lookup(ctx, order)
    bom = bom_of(order["item"], order["variant"], find)
    if permitted(bom, item) or item in _components(ctx, order, bom, find):
        return None
    return Reason(
        "not_in_bom",
        f"item {item} is no component of order {order['id']} by bom {bom['id']} revision {bom['revision']}, "
        "nor an approved alternate of one",
        "/item",
    )


def used_at(ctx: Context, order: Json, item: str, op_no: str | None) -> Reason | None:
    """Policy ``used_at``: if an operation is named, its own material is issued to it (URS-RTG-008). Components of
    components belong to no operation of the order."""
    find = ctx.rules.lookup(ctx, order)
    bom = bom_of(order["item"], order["variant"], find)
    if op_no is None or not belongs_elsewhere(bom, item, op_no):
        return None
    text = f"item {item} is not used at operation {op_no} by bom {bom['id']} revision {bom['revision']}; name its own"
    return Reason("not_of_operation", text, "/op_no")


def _components(ctx: Context, order: Json, bom: Json, find: Lookup) -> Iterable[str]:
    amount = base_quantity(order["quantity"], order["item"], find, ctx.rules.arithmetic)
    return explode(bom, order["item"], amount, find, ctx.rules.arithmetic)
