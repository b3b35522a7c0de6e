"""Parts of the bodies that simulated systems take."""

from typing import Any

from syncproof import model


def amount(quantity: model.Quantity) -> dict[str, str]:
    """A quantity."""
    return {"value": f"{quantity.value:f}", "unit": quantity.unit}


def stated(**members: Any) -> dict[str, Any]:
    """A body without the members that the caller left open."""
    return {name: value for name, value in members.items() if value is not None}


def actual(actual: model.MaterialActual) -> dict[str, Any]:
    """A consumption or production as the systems take it; who and when, they know."""
    return stated(
        order_id=actual.order_id,
        item=actual.item,
        lot=actual.lot,
        quantity=amount(actual.quantity),
        op_no=actual.op_no,
        explanation=actual.explanation,
    )
