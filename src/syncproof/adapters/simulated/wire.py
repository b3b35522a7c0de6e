"""Canonical records as JSON types, the way the contracts want them."""

from decimal import Decimal
from typing import Any

import msgspec

from syncproof import model


def plain(record: Any) -> Any:
    """A record as JSON types. Decimals become text without an exponent, digit for digit."""
    return _plain(msgspec.to_builtins(record, builtin_types=(Decimal,)))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(member) for member in value]
    return f"{value:f}" if isinstance(value, Decimal) else value


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
