"""Lots and where their stock is.

Tryton keeps an expiry as the last day of use (``shelf_life_expiration_date``), so the instant asked for is
read and written to the day. It has no lot status: a lot is Restricted while any of its stock is in quarantine
or when its last day has passed.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from syncproof import model as m
from syncproof.adapters.tryton import places
from syncproof.adapters.tryton.codes import code_of
from syncproof.adapters.tryton.rpc import Connection, Json
from syncproof.errors import Untranslatable

LOT = "stock.lot"
FIELDS = ("number", "product", "product.code", "default_uom", "default_uom.symbol", "shelf_life_expiration_date")


@dataclass(frozen=True, slots=True)
class Stock:
    """What of a lot lies at one location; ``free`` is not reserved and can be taken."""

    place: places.Place
    on_hand: Decimal
    free: Decimal


def find(connection: Connection, lot: str) -> Json | None:
    """The lot of a number (the oldest, if there are several)."""
    found = connection.find(LOT, [["number", "=", lot]], FIELDS)
    return found[0] if found else None


def unit(lot: Json) -> str:
    """The unit a lot's quantities are in: its item's base unit."""
    return code_of(lot["default_uom."]["symbol"])


def today(connection: Connection) -> dt.date:
    """The day it is for Tryton."""
    day: dt.date = connection.call("model.ir.date.today")
    return day


def stock(connection: Connection, lot: Json) -> list[Stock]:
    """Where a lot lies, by Tryton's own count."""
    day = today(connection)
    on_hand = _quantities(connection, lot, {"stock_date_end": day})
    if not on_hand:
        return []
    reserved = _quantities(connection, lot, {"stock_date_end": day, "stock_assign": True})
    found = places.find(connection, [["id", "in", sorted(on_hand)]])
    return [
        Stock(each, on_hand[each.id], Decimal(0) if each.held else reserved.get(each.id, Decimal(0)))
        for each in found
        if each.site
    ]


def _quantities(connection: Connection, lot: Json, context: dict[str, Any]) -> dict[int, Decimal]:
    of = {"lot": lot["id"], "product": lot["product"], "with_childs": False, **context}
    clause = [["type", "=", "storage"], ["quantity", "!=", 0]]
    found = connection.find(places.LOCATION, clause, ["quantity"], context=of)
    return {row["id"]: Decimal(row["quantity"]) for row in found}


def read(connection: Connection, number: str, zone: str) -> m.MaterialLot | None:
    """A lot as Tryton knows it; ``zone`` is the time zone of its company."""
    lot = find(connection, number)
    if lot is None:
        return None
    lying = stock(connection, lot)
    first = max(lying, key=lambda each: each.on_hand).place if lying else None
    total = sum((each.on_hand for each in lying), Decimal(0))
    last_day: dt.date | None = lot["shelf_life_expiration_date"]
    expired = last_day is not None and last_day < today(connection)
    return m.MaterialLot(
        id=lot["number"],
        item=lot["product."]["code"] if lot["product."] else "",
        quantity=m.Quantity(value=total, unit=unit(lot)),
        site=first.site if first else "",
        location=first.code if first else "",
        disposition="Restricted" if expired or any(each.place.held for each in lying) else "UnRestricted",
        expiry=first_useless_instant(last_day, zone),
    )


def first_useless_instant(last_day: dt.date | None, zone: str) -> dt.datetime | None:
    """Midnight after the last day of use."""
    if last_day is None:
        return None
    return dt.datetime.combine(last_day + dt.timedelta(days=1), dt.time(), ZoneInfo(zone))


def last_day_of_use(expiry: dt.datetime | None, zone: str) -> dt.date | None:
    """The last whole day before an expiry: a lot must not be usable after it, so part of a day is lost. Untranslatable
    if there is no such day."""
    if expiry is None:
        return None
    try:
        return expiry.astimezone(ZoneInfo(zone)).date() - dt.timedelta(days=1)
    except OverflowError:
        raise Untranslatable(f"expiry: there is no day before {expiry}") from None
