"""Which revisions drive an order: those in effect now until its batch starts, then the pinned ones."""

from typing import Any

from syncproof.simulators.chassis import clock, masters
from syncproof.simulators.chassis.context import Context, decode
from syncproof.simulators.chassis.errors import Reason
from syncproof.simulators.product import Lookup, MasterMissing, ProductError, gaps, lookup_for, revision_set

Json = dict[str, Any]


def lookup(ctx: Context, order: Json) -> Lookup:
    """Policy ``lookup``: how the masters of an order are found (an order needs a ``site`` only)."""

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


def release_gate(ctx: Context, order: Json) -> list[Reason]:
    """Policy ``release_gate``: an order is released only if all that drives it is in effect."""
    try:
        missing = gaps(order["item"], order["variant"], ctx.rules.lookup(ctx, order))
    except ProductError as error:
        return [Reason(error.code, f"order {order['id']}: {error}", "/order")]
    return [
        Reason("no_effective_revision", f"order {order['id']}: {gap}; have it approved and activated", "/order")
        for gap in missing
    ]


def pin(order: Json, fact: Json) -> Json:
    """Policy ``pin``: the first start fixes what drives the batch; later ones change nothing."""
    if order["pinned"]:
        return order
    return {**order, "pinned": True, "revision_set": fact["revision_set"], "started_at": fact["at"]}


def operations(ctx: Context, order: Json) -> list[str]:
    """Policy ``operations``: the operation numbers of the routing that drives the order."""
    find = ctx.rules.lookup(ctx, order)
    for ref in ctx.rules.revision_set(ctx, order):
        if ref["domain"] == "routing":
            routing = find("routing", ref["id"]) or {"operations": ()}
            return [operation["op_no"] for operation in routing["operations"]]
    return []
