"""Production orders and what they require."""

from decimal import Decimal
from typing import Literal

from syncproof.model.values import MasterRef, Quantity, Record

OrderStatus = Literal["Created", "Released", "Running", "Completed", "Closed", "Cancelled"]


class ProductionOrder(Record, frozen=True, kw_only=True):
    """``revision_set`` is the set in effect now for an order that has not started, and the pinned
    set for one that has (``pinned``)."""

    id: str
    item: str
    quantity: Quantity
    site: str
    status: OrderStatus = "Created"
    variant: str | None = None
    revision_set: frozenset[MasterRef] = frozenset()
    pinned: bool = False
    produced: Decimal = Decimal(0)
    scrapped: Decimal = Decimal(0)


class Requirement(Record, frozen=True, kw_only=True):
    """Total required quantity of one item over all BOM levels, in the item's base unit."""

    item: str
    quantity: Quantity
