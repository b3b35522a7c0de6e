"""The ledger of a lot: what was issued and consumed of it, and what is left.

Issued material counts as there until execution confirms its consumption.
"""

from fractions import Fraction
from typing import Any

from syncproof.simulators.chassis import facts, holds
from syncproof.simulators.chassis.context import Context
from syncproof.simulators.erp import state
from syncproof.simulators.product import base_quantity, need, readable

Json = dict[str, Any]

POSTINGS = {"issue": "issue", "consumption": "consumed"}
"""Facts that are posted to an order, and the kind of posting they become."""


def enter(ctx: Context, fact: Json) -> None:
    """Policy ``enter``: what a fact does to the lot that it names, if that is known here."""
    lot = holds.find(ctx, fact["lot"]) if fact.get("lot") else None
    if lot is None:
        return
    kind = fact["kind"]
    if kind in POSTINGS:
        amount = in_base(ctx, lot, fact["quantity"])
        state.keep_amount(ctx, POSTINGS[kind], lot["id"], ctx.key("order", fact["order_id"]), amount)
    if kind in facts.USES_UP:
        use_up(ctx, lot, fact["quantity"])
    elif kind == "movement":
        facts.apply_fact(ctx, fact)


def use_up(ctx: Context, lot: Json, quantity: Json) -> None:
    """Less of the lot is left: in its own unit if that was reported, else in the item's base unit."""
    left = in_base(ctx, lot, lot["quantity"]) - in_base(ctx, lot, quantity)
    unit = need(ctx.rules.lookup(ctx, {"site": lot["site"]}), "material", lot["item"])["base_unit"]
    if quantity["unit"] == lot["quantity"]["unit"]:
        left = Fraction(lot["quantity"]["value"]) - Fraction(quantity["value"])
        unit = quantity["unit"]
    holds.save(ctx, {**lot, "quantity": {"value": readable(max(left, Fraction(0))), "unit": unit}})


def in_base(ctx: Context, lot: Json, quantity: Json) -> Fraction:
    """A quantity of the lot's item in its base unit, exactly."""
    find = ctx.rules.lookup(ctx, {"site": lot["site"]})
    return base_quantity(quantity, lot["item"], find, ctx.rules.arithmetic)
