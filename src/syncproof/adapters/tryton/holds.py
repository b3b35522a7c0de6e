"""Holds, by the means Tryton has: a held lot lies in quarantine, a held location lies under it.

Releasing a lot moves it back to where it was taken from, as the moves into quarantine say.
"""

from decimal import Decimal

from syncproof import model as m
from syncproof.adapters.tryton import lots, moves, places
from syncproof.adapters.tryton.codes import UNKNOWN
from syncproof.adapters.tryton.rpc import Connection, Json


def apply(connection: Connection, hold: m.Hold) -> None:
    """Hold or release a lot or a location."""
    restrict = hold.disposition == "Restricted"
    if hold.scope == "location":
        _location(connection, hold.target, restrict=restrict)
    else:
        _lot(connection, hold.target, restrict=restrict)


def _location(connection: Connection, code: str, *, restrict: bool) -> None:
    here = places.by_code(connection, code)
    if here is None or here.held == restrict:
        return
    zone = places.by_code(connection, f"{here.site}{places.QUARANTINE}")
    parent = (zone.id if zone else UNKNOWN) if restrict else here.warehouse["storage_location"]
    connection.write(places.LOCATION, [here.id], {"parent": parent})


def _lot(connection: Connection, number: str, *, restrict: bool) -> None:
    lot = lots.find(connection, number)
    if lot is None:
        return
    if restrict:
        _free(connection, lot)
    for stock in lots.stock(connection, lot):
        if stock.place.held != restrict:
            _shift(connection, lot, stock, restrict=restrict)


def _shift(connection: Connection, lot: Json, stock: lots.Stock, *, restrict: bool) -> None:
    """Move what lies at one location into quarantine, or back."""
    if restrict:
        zone = places.by_code(connection, f"{stock.place.site}{places.QUARANTINE}")
        targets = [(zone.id if zone else UNKNOWN, stock.on_hand)]
    else:
        targets = _origins(connection, lot, stock)
    for target, quantity in targets:
        move = {
            "product": lot["product"],
            "lot": lot["id"],
            "unit": lot["default_uom"],
            "quantity": float(quantity),
            "company": connection.company,
        }
        moves.internal(connection, stock.place.id, target, move)


def _free(connection: Connection, lot: Json) -> None:
    """Give back what is reserved of a lot: reserved stock cannot be moved to quarantine."""
    clause = [["lot", "=", lot["id"]], ["state", "=", "assigned"]]
    reserved = [move["id"] for move in connection.find(moves.MOVE, clause, ["state"])]
    if reserved:
        connection.press(moves.MOVE, "draft", reserved)


def _origins(connection: Connection, lot: Json, stock: lots.Stock) -> list[tuple[int, Decimal]]:
    """Where a lot came from into quarantine and how much of it, the latest first; the storage zone for
    what came from nowhere outside."""
    clause = [["lot", "=", lot["id"]], ["to_location", "=", stock.place.id], ["state", "=", "done"]]
    into = connection.find(moves.MOVE, clause, ["from_location", "internal_quantity"])
    sources = places.find(connection, [["id", "in", sorted({move["from_location"] for move in into})]])
    free = {place.id for place in sources if place.site and not place.held}
    left, found = stock.on_hand, []
    for move in reversed(into):
        if move["from_location"] in free and left > 0:
            amount = min(left, Decimal(move["internal_quantity"]))
            found.append((int(move["from_location"]), amount))
            left -= amount
    return [*found, (int(stock.place.warehouse["storage_location"]), left)] if left > 0 else found
