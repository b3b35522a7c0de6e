"""Stock: what of a lot is there, what of that is free, and from where it is taken.

Amounts are exact rationals in the item's base unit.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from syncproof.simulators.chassis.context import Context
from syncproof.simulators.chassis.errors import Reason, Refused
from syncproof.simulators.wms.state import ZERO, Balance

Json = dict[str, Any]


def positive(amount: Fraction) -> Reason | None:
    """Policy ``positive``: a movement moves something."""
    if amount > 0:
        return None
    return Reason("quantity_invalid", "the quantity must be greater than 0", "/quantity/value")


def lot_item(lot: Json, item: str) -> Reason | None:
    """Policy ``lot_item``: the lot holds the item that is posted."""
    if lot["item"] == item:
        return None
    return Reason("lot_item", f"lot {lot['id']} is of item {lot['item']}, not of {item}; take another", "/lot")


def usable(ctx: Context, lot: Json, balances: Sequence[Balance]) -> list[Balance]:
    """Policy ``usable``: the balances that the hold guard lets through, each judged by its own
    location; refused if it lets none through."""
    open_to, last = [], None
    for balance in balances or [Balance(lot["location"], ZERO)]:
        try:
            ctx.rules.hold_guard(ctx, {**lot, "location": balance.location})
        except Refused as refusal:
            last = refusal
        else:
            open_to.append(balance)
    if last is not None and not open_to:
        raise last
    return open_to


def movable(ctx: Context, lot: Json, balances: Sequence[Balance]) -> list[Balance]:
    """Policy ``movable``: a move to storage needs what any use needs."""
    found: list[Balance] = ctx.rules.usable(ctx, lot, balances)
    return found


def shippable(ctx: Context, lot: Json, balances: Sequence[Balance]) -> list[Balance]:
    """Policy ``shippable``: a shipment needs what any use needs."""
    found: list[Balance] = ctx.rules.usable(ctx, lot, balances)
    return found


def free(on_hand: Fraction, allocated: Mapping[str, Fraction], order: str | None = None) -> Fraction:
    """Policy ``free``: what may be taken: on hand less what is allocated to (other) orders."""
    taken = sum((amount for name, amount in allocated.items() if name != order), ZERO)
    return max(on_hand - taken, ZERO)


def enough(lot: Json, wanted: Fraction, limit: Fraction) -> Reason | None:
    """Policy ``enough``: nothing is promised or taken that is not free."""
    if wanted <= limit:
        return None
    return Reason(
        "insufficient",
        f"less of lot {lot['id']} is free than asked for (on hand less allocated); take less or another lot",
        "/quantity/value",
    )


def elsewhere(lot: Json, sources: Sequence[Balance], to: str) -> Reason | None:
    """Policy ``elsewhere``: a move leads from one location to another."""
    if sources:
        return None
    return Reason("already_there", f"lot {lot['id']} is at {to} already; name another location", "/to")


def take(balances: Iterable[Balance], amount: Fraction) -> list[Balance]:
    """Policy ``take``: from which locations an amount is taken, the lot's oldest location first."""
    taken = []
    for balance in balances:
        part = min(balance.on_hand, amount)
        amount -= part
        if part > 0:
            taken.append(Balance(balance.location, part))
    return taken


def available(on_hand: Sequence[tuple[Fraction, bool]], allocated: Fraction) -> list[Fraction]:
    """Policy ``available``: what may still be allocated of each balance (on hand, restricted?): nothing
    of a restricted one; what is allocated counts against the others in their order."""
    shown = []
    for amount, restricted in on_hand:
        charged = ZERO if restricted else min(amount, allocated)
        allocated -= charged
        shown.append(ZERO if restricted else amount - charged)
    return shown


def main_location(lot: Json, balances: Sequence[Balance]) -> str:
    """Policy ``main_location``: where a lot is said to be: where it was as long as some of it is
    there, else where most of it is."""
    places = {balance.location: balance.on_hand for balance in balances}
    if not places or lot["location"] in places:
        return str(lot["location"])
    return max(places, key=lambda place: places[place])
