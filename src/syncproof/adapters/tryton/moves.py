"""Stock moves as Tryton's users make them: a document, ``assign_try`` (Tryton looks whether the stock can be
taken), then ``do``. A document that Tryton did not assign cannot be done; it is cancelled afterwards.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from syncproof import model as m
from syncproof.adapters.tryton import lots, places, products
from syncproof.adapters.tryton.codes import UNKNOWN
from syncproof.adapters.tryton.faults import Fault
from syncproof.adapters.tryton.rpc import Connection, Json
from syncproof.adapters.tryton.wire import as_float

INTERNAL = "stock.shipment.internal"
OUT = "stock.shipment.out"
MOVE = "stock.move"
PARTY = "party.party"


def line(connection: Connection, lot: str, quantity: m.Quantity, item: str | None = None) -> Json:
    """A move of a lot, as the item that is named (else as its own), without its locations; what is not known or does
    not fit is left for Tryton to refuse."""
    known = lots.find(connection, lot)
    if item is None:
        item = known["product."]["code"] if known and known["product."] else ""
    items = products.look_up(connection, [item] if item else [])
    return {
        "product": items.id(item),
        "lot": known["id"] if known else UNKNOWN,
        "unit": items.unit(item, quantity.unit),
        "quantity": as_float(quantity.value),
        "company": connection.company,
    }


def whereabouts(connection: Connection, lot: str) -> list[places.Place]:
    """Where a lot lies."""
    known = lots.find(connection, lot)
    return [each.place for each in lots.stock(connection, known)] if known else []


def transfer(connection: Connection, lot: str, to: str, quantity: m.Quantity, *, inspection: bool) -> None:
    """Move a lot. As in Tryton's own documents stock is taken from the storage zone; for an inspection it
    is taken from where it lies, be it quarantine."""
    here = whereabouts(connection, lot)
    place = here[0] if here else None
    if place is None:
        internal(connection, UNKNOWN, UNKNOWN, line(connection, lot, quantity))
        return
    target = places.storage(connection, to, place.warehouse, quarantine=inspection and place.held)
    source = place.id if inspection else place.warehouse["storage_location"]
    internal(connection, source, target, line(connection, lot, quantity))


def dispose(connection: Connection, lot: str, quantity: m.Quantity) -> None:
    """Move a lot to the waste location of its site, from wherever it lies."""
    here = whereabouts(connection, lot)
    waste = places.by_code(connection, f"{here[0].site}{places.WASTE}") if here else None
    source = here[0].id if here else UNKNOWN
    internal(connection, source, waste.id if waste else UNKNOWN, line(connection, lot, quantity))


def internal(connection: Connection, source: int, target: int, move: Json) -> None:
    """One internal shipment from a location (and what lies under it) to another."""
    day = lots.today(connection)
    ends = {"from_location": source, "to_location": target, "company": move["company"]}
    values = {**ends, **_planned(day), "moves": [["create", [{**move, **ends}]]]}
    shipment = connection.create(INTERNAL, values)
    run(connection, INTERNAL, shipment, ("wait", "assign_try", "do"))


def _planned(day: dt.date) -> Json:
    return {"planned_date": day, "planned_start_date": day}


def run(connection: Connection, model: str, ids: Sequence[int], buttons: Sequence[str]) -> None:
    """Press buttons one after the other; on a refusal cancel the document."""
    try:
        for button in buttons:
            connection.press(model, button, ids)
    except Fault:
        connection.press(model, "cancel", ids)
        raise


def ship(connection: Connection, lot: str, quantity: m.Quantity, customer: str) -> None:
    """A customer shipment: picked from storage, packed, done."""
    here = whereabouts(connection, lot)
    if not here:
        internal(connection, UNKNOWN, UNKNOWN, line(connection, lot, quantity))
        return
    warehouse = here[0].warehouse
    to = connection.find(places.LOCATION, [["type", "=", "customer"]], ["code"])[0]["id"]
    company = connection.find("company.company", [["id", "=", connection.company]], ["currency"])[0]
    move = {
        **line(connection, lot, quantity),
        "from_location": warehouse["output_location"],
        "to_location": to,
        "unit_price": Decimal(0),
        "currency": company["currency"],
    }
    values = {
        **_customer(connection, customer),
        "warehouse": warehouse["id"],
        "warehouse_storage": warehouse["storage_location"],
        "warehouse_output": warehouse["output_location"],
        "company": company["id"],
        "planned_date": lots.today(connection),
        "outgoing_moves": [["create", [move]]],
    }
    run(connection, OUT, connection.create(OUT, values), ("wait", "assign_try", "pick", "pack", "do"))


def _customer(connection: Connection, name: str) -> Json:
    found = connection.find(PARTY, [["name", "=", name]], ["addresses"])
    if not found:
        made = connection.create(PARTY, {"name": name, "addresses": [["create", [{"street": name}]]]})
        found = connection.find(PARTY, [["id", "in", made]], ["addresses"])
    addresses: list[Any] = found[0]["addresses"]
    return {"customer": found[0]["id"], "delivery_address": addresses[0]}
