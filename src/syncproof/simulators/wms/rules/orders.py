"""Orders as the warehouse knows them: planning's, with what drives them by this system's masters."""

from fractions import Fraction
from typing import Any

from syncproof.simulators.chassis import clock, facts, masters
from syncproof.simulators.chassis.context import Context, decode
from syncproof.simulators.chassis.errors import Reason
from syncproof.simulators.chassis.masters import Verdict
from syncproof.simulators.product import (
    Lookup,
    MasterMissing,
    base_quantity,
    belongs_elsewhere,
    bom_of,
    explode,
    lookup_for,
    permitted,
    readable,
    requirements,
    revision_set,
)

Json = dict[str, Any]

SERVED = ("Released", "Running", "Completed")
"""Status of an order that gets material."""
ENDED = ("Closed", "Cancelled")
DEFAULTS: Json = {"status": "Created", "variant": None, "produced": "0", "scrapped": "0"}


def apply_order(ctx: Context, data: Json) -> Verdict:
    """Policy ``apply_order``: planning's order under its normal identifier. What drives it is fixed if
    planning says so; what is reserved for an order that has ended becomes available again."""
    order = {**DEFAULTS, **data, "id": ctx.key("order", data["id"]), "item": ctx.key("material", data["item"])}
    refs = order.pop("revision_set", [])
    if order.pop("pinned", False):
        ctx.rules.pin(ctx, order["id"], refs, None)
    if order["status"] in ENDED:
        ctx.rules.free_allocations(ctx, order["id"])
    return facts.apply_order(ctx, order)


def free_allocations(ctx: Context, order: str) -> None:
    """Policy ``free_allocations``: an order that has ended reserves nothing."""
    for row in ctx.state.all("allocation"):
        if row["order"] == order and row["amount"] != "0":
            ctx.state.put("allocation", f"{row['lot']}|{order}", {**row, "amount": "0"}, ref=row["lot"])
            reserved = readable(Fraction(row["amount"]))
            ctx.audit("lot", row["lot"], "free", field=f"allocated to {order}", old=reserved, new="0")


def pin(ctx: Context, order: str, refs: list[Json], at: str | None) -> None:
    """Policy ``pin``: the first start fixes what drives the batch. Planning tells the references,
    execution the instant too; whichever comes first, the references stay."""
    known = ctx.state.get("pin", order)
    if known is None:
        ctx.state.put("pin", order, {"revision_set": refs, "started_at": at})
    elif known["started_at"] is None and at is not None:
        ctx.state.put("pin", order, {**known, "started_at": at})


def lookup(ctx: Context, order: Json) -> Lookup:
    """Policy ``lookup``: how the masters of an order are found (a ``site`` is enough)."""

    def effective(domain: str, key: str, at: str | None) -> Json | None:
        instant = clock.read(at) if at else None
        return ctx.effective(domain, ctx.key(domain, key), order["site"], instant)

    def revision(domain: str, key: str, name: str) -> Json | None:
        row = masters.find(ctx, domain, key, name)
        return decode(row.body) if row else None

    return lookup_for(order, effective, revision)


def shown_set(ctx: Context, order: Json) -> list[Json]:
    """Policy ``revision_set``: the references that an order shows; none if its item is not in effect."""
    if order["pinned"]:
        return list(order["revision_set"])
    try:
        return revision_set(order["item"], order["variant"], ctx.rules.lookup(ctx, order))
    except MasterMissing:
        return []


def shown(ctx: Context, order: Json) -> Json:
    """ProductionOrder as this system knows it."""
    document = {key: value for key, value in order.items() if key != "started_at"}
    return {**document, "revision_set": ctx.rules.revision_set(ctx, order)}


def required(ctx: Context, order: Json) -> list[Json]:
    """Policy ``requirements``: every component of every level, rounded once per item."""
    find = ctx.rules.lookup(ctx, order)
    bom = bom_of(order["item"], order["variant"], find)
    found: list[Json] = requirements(order["item"], order["quantity"], bom, find, ctx.rules.arithmetic)
    return found


def served(order: Json) -> Reason | None:
    """Policy ``served``: only an order that is released gets material."""
    if order["status"] in SERVED:
        return None
    return Reason(
        "order_state",
        f"order {order['id']} is {order['status']}; material is for orders that are {' or '.join(SERVED)}",
        "/order",
    )


def needed_item(ctx: Context, order: Json, item: str) -> Reason | None:
    """Policy ``needed_item``: an order gets components of its BOM, of any level, or approved
    alternates."""
    find = ctx.rules.lookup(ctx, order)
    bom = bom_of(order["item"], order["variant"], find)
    if permitted(bom, item):
        return None
    amount = base_quantity(order["quantity"], order["item"], find, ctx.rules.arithmetic)
    if item in explode(bom, order["item"], amount, find, ctx.rules.arithmetic):
        return None
    return Reason(
        "not_in_bom",
        f"item {item} is no component of order {order['id']} by bom {bom['id']} revision {bom['revision']}, "
        "nor an approved alternate of one",
        "/lot",
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
