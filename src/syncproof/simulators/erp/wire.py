"""An order as it is shown and told."""

import hashlib
import json
from fractions import Fraction
from typing import Any

from syncproof.simulators.chassis.context import Context
from syncproof.simulators.erp import state
from syncproof.simulators.product import readable

Json = dict[str, Any]


def shown(ctx: Context, order: Json) -> Json:
    """ProductionOrder: with the revisions that drive it."""
    return {
        **{field: order[field] for field in state.FIELDS},
        **{field: readable(Fraction(order[field])) for field in state.AMOUNTS},
        "revision_set": ctx.rules.revision_set(ctx, order),
    }


def version(ctx: Context, order: Json) -> str:
    """Policy ``version``: what the present state of an order is called; another state has another name."""
    return hashlib.sha256(json.dumps(shown(ctx, order), sort_keys=True).encode()).hexdigest()[:16]


def announce(ctx: Context, order: Json) -> None:
    """Policy ``announce``: publishes the order as it is now."""
    ctx.emit("order", f"order/{order['id']}", shown(ctx, order))
