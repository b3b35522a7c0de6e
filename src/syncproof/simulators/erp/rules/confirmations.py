"""What execution and warehouse report of an order, and what planning makes of it.

A fact is not turned away because planning did not expect it: it happened. What contradicts planning
(a start before the release, say) is noted in the audit trail.
"""

from fractions import Fraction
from typing import Any

from syncproof.simulators.chassis.context import Context
from syncproof.simulators.chassis.errors import Reason
from syncproof.simulators.chassis.masters import ACCEPTED, Verdict
from syncproof.simulators.erp import state
from syncproof.simulators.erp.errors import unknown_order
from syncproof.simulators.product import base_quantity, exact, item_factor, need, readable

Json = dict[str, Any]

EXECUTED = ("started", "completed", "output", "scrap")
"""Facts that an order's status follows."""


def apply_fact(ctx: Context, data: Json) -> Verdict:
    """Policy ``apply_fact``: the lot and its ledger, then the order. Rejected if the order is not
    known here, where all orders are made; a quantity that cannot be converted rejects it too."""
    order_id = data.get("order_id")
    order = state.order(ctx, order_id) if order_id else None
    if order_id and order is None:
        return Verdict("rejected", (unknown_order(order_id, ctx.config.system),))
    ctx.rules.enter(ctx, data)
    if order is not None:
        state.keep(ctx, "confirmation", data, order["id"])
        if data["kind"] in state.TRACED and data.get("lot"):
            lot = ctx.key("lot", data["lot"])
            state.keep(ctx, data["kind"], {"order_id": order["id"], "lot": lot}, lot)
        _follow(ctx, order, ctx.rules.confirm(ctx, order, data), data)
    return ACCEPTED


def confirm(ctx: Context, order: Json, fact: Json) -> Json:
    """Policy ``confirm``: the order after a fact."""
    kind = fact["kind"]
    if kind == "started":
        order = ctx.rules.pin(order, fact)
    if kind == "completed":
        order = {**order, "completed": [*order["completed"], fact["op_no"]]}
    if kind in ("output", "scrap") and ctx.key("material", fact["item"]) == order["item"]:
        field = "produced" if kind == "output" else "scrapped"
        amount = in_order_unit(ctx, order, fact["quantity"])
        order = {**order, field: ctx.rules.add_up(order[field], amount)}
    if kind in EXECUTED:
        order = {**order, "status": ctx.rules.status_after(order, ctx.rules.operations(ctx, order))}
    return order


def add_up(so_far: str, amount: Fraction) -> str:
    """Policy ``add_up``: partial confirmations add to each other (exact rational text)."""
    return str(Fraction(so_far) + amount)


def in_order_unit(ctx: Context, order: Json, quantity: Json) -> Fraction:
    """A reported quantity in the unit of the order."""
    unit = order["quantity"]["unit"]
    if quantity["unit"] == unit:
        return exact(quantity["value"])
    find = ctx.rules.lookup(ctx, order)
    amount = base_quantity(quantity, order["item"], find, ctx.rules.arithmetic)
    if unit == need(find, "material", order["item"])["base_unit"]:
        return amount
    return amount / (item_factor(unit, find("uom", order["item"])) or 1)


def _follow(ctx: Context, before: Json, after: Json, fact: Json) -> None:
    """Stores what changed, audits it field by field and tells the others of a new status."""
    odd = discrepancy(before, fact)
    if odd is not None:
        ctx.audit("order", before["id"], "discrepancy", field="status", new=fact["kind"], errors=[odd.text])
    if after == before:
        return
    state.save_order(ctx, after)
    if after["pinned"] and not before["pinned"]:
        names = sorted(f"{r['domain']} {r['id']} rev {r['revision']}" for r in after["revision_set"])
        ctx.audit("order", after["id"], "pin", field="revision_set", new=", ".join(names))
    _audit_changes(ctx, before, after, fact["kind"])
    if after["status"] != before["status"]:
        ctx.rules.announce(ctx, after)


def _audit_changes(ctx: Context, before: Json, after: Json, kind: str) -> None:
    for field in ("status", *state.AMOUNTS):
        if after[field] != before[field]:
            texts = [x[field] if field == "status" else readable(Fraction(x[field])) for x in (before, after)]
            ctx.audit("order", after["id"], kind, field=field, old=texts[0], new=texts[1])


def discrepancy(order: Json, fact: Json) -> Reason | None:
    """What a fact has that planning did not allow."""
    if fact["kind"] not in EXECUTED or order["status"] not in ("Created", "Cancelled", "Closed"):
        return None
    return Reason(
        "order_state",
        f"execution reports {fact['kind']} of order {order['id']}, which is {order['status']} in planning; "
        "reconcile the two",
    )
