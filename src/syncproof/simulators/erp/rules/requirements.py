"""What an order requires, by the masters of this system."""

from typing import Any

from syncproof.simulators.chassis.context import Context
from syncproof.simulators.product import bom_of, requirements

Json = dict[str, Any]


def required(ctx: Context, order: Json) -> list[Json]:
    """Policy ``requirements``: every component of every level, rounded once per item."""
    find = ctx.rules.lookup(ctx, order)
    bom = bom_of(order["item"], order["variant"], find)
    found: list[Json] = requirements(order["item"], order["quantity"], bom, find, ctx.rules.arithmetic)
    return found
