"""Orders as planning tells them."""

from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import facts
from syncproof.simulators.chassis.masters import Verdict

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

DEFAULTS = {"status": "Created", "variant": None}
"""What the contract lets planning leave out."""


def apply_order(ctx: "Context", data: dict[str, Any]) -> Verdict:
    """Takes over an order. A batch that has started keeps what it was pinned to: an order event can
    end it, but not point it to another variant or quantity."""
    return facts.apply_order(ctx, {**DEFAULTS, **data, "id": ctx.key("order", data["id"])})
