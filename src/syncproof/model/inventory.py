"""Lots, holds, stock and scans."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from syncproof.model.values import Quantity, Record

Disposition = Literal["Restricted", "UnRestricted"]


class MaterialLot(Record, frozen=True, kw_only=True):
    """A lot. ``disposition`` is the effective one: Restricted if the lot, its item or its
    location is on hold. ``expiry`` is the first instant at which it may no longer be used."""

    id: str
    item: str
    quantity: Quantity
    site: str
    location: str
    disposition: Disposition = "UnRestricted"
    expiry: datetime | None = None


class Hold(Record, frozen=True, kw_only=True):
    scope: Literal["lot", "location", "item"]
    target: str
    disposition: Disposition
    reason: str
    by: str | None = None
    at: datetime | None = None


class StockBalance(Record, frozen=True, kw_only=True):
    """``available`` is what may still be allocated: on hand less allocated, 0 if restricted."""

    lot: str
    location: str
    on_hand: Decimal
    available: Decimal
    unit: str


class Scan(Record, frozen=True, kw_only=True):
    """A barcode as the system understood it."""

    lot: str | None = None
    gtin: str | None = None
    serial: str | None = None
