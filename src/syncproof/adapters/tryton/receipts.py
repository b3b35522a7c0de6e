"""Goods receipts: a lot is made, its quantity moved in from the supplier location."""

from collections.abc import Sequence
from decimal import Decimal

from syncproof import model as m
from syncproof.adapters.tryton import lots, places, products
from syncproof.adapters.tryton.codes import UNKNOWN
from syncproof.adapters.tryton.faults import Fault
from syncproof.adapters.tryton.rpc import Connection, Json
from syncproof.adapters.tryton.wire import as_float

MOVE = "stock.move"


def receive(connection: Connection, received: Sequence[m.MaterialLot], zone: str) -> None:
    """Book lots in, in one call per kind of record. The moves come first: what Tryton refuses of them leaves no lot
    without stock, and they themselves can be deleted."""
    items = products.look_up(connection, [lot.item for lot in received])
    supplier = connection.find(places.LOCATION, [["type", "=", "supplier"]], ["code"])[0]["id"]
    company = connection.find("company.company", [["id", "=", connection.company]], ["currency"])[0]
    moves = [
        {
            **_move(connection, lot, items),
            "from_location": supplier,
            "company": company["id"],
            "currency": company["currency"],
        }
        for lot in received
    ]
    made = connection.create(MOVE, *moves)
    try:
        ids = _lots(connection, received, items, zone)
        named = zip(made, received, strict=True)
        connection.write(MOVE, *(part for id_, lot in named for part in ([id_], {"lot": ids[lot.id, lot.item]})))
        connection.press(MOVE, "do", made)
    except Fault:
        connection.delete(MOVE, made)
        raise


def is_in(connection: Connection, lot: str) -> bool:
    """Whether stock of a lot has ever come in, from wherever."""
    return bool(connection.find(MOVE, [["lot.number", "=", lot], ["state", "=", "done"]], ["state"]))


def _lots(
    connection: Connection, received: Sequence[m.MaterialLot], items: products.Items, zone: str
) -> dict[tuple[str, str], int]:
    """The record of each lot; Tryton itself does not mind two of one number."""
    clause = [["number", "in", sorted({lot.id for lot in received})]]
    found = connection.find(lots.LOT, clause, ["number", "product.code"])
    known = {(x["number"], x["product."]["code"]): x["id"] for x in found if x["product."]}
    new = list({(lot.id, lot.item): lot for lot in received if (lot.id, lot.item) not in known}.values())
    if new:
        made = connection.create(lots.LOT, *(_lot(lot, items, zone) for lot in new))
        known |= {(lot.id, lot.item): id_ for lot, id_ in zip(new, made, strict=True)}
    return known


def _lot(lot: m.MaterialLot, items: products.Items, zone: str) -> Json:
    known = items.id(lot.item)
    return {
        "number": lot.id,
        "product": None if known == UNKNOWN else known,  # Tryton 8.2 would take an id that no product has
        "shelf_life_expiration_date": lots.last_day_of_use(lot.expiry, zone),
    }


def _move(connection: Connection, lot: m.MaterialLot, items: products.Items) -> Json:
    amount = as_float(lot.quantity.value)
    warehouse = places.of_site(connection, lot.site)
    to = places.storage(connection, lot.location, warehouse) if warehouse else UNKNOWN
    return {
        "product": items.id(lot.item),
        "unit": items.unit(lot.item, lot.quantity.unit),
        "quantity": amount,
        "to_location": to,
        "unit_price": Decimal(0),
    }
