"""Holds, by the means Tryton has: a held lot lies in quarantine, a held location lies under it.

Releasing a lot moves it back to where it was taken from, as the last move into quarantine says.
"""

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
        if stock.place.held == restrict:
            continue
        zone = places.by_code(connection, f"{stock.place.site}{places.QUARANTINE}")
        quarantine = zone.id if zone else UNKNOWN
        source, target = stock.place.id, quarantine if restrict else _origin(connection, lot, stock.place)
        move = {
            "product": lot["product"],
            "lot": lot["id"],
            "unit": lot["default_uom"],
            "quantity": float(stock.on_hand),
            "company": connection.company,
        }
        moves.internal(connection, source, target, move)


def _free(connection: Connection, lot: Json) -> None:
    """Give back what is reserved of a lot: reserved stock cannot be moved to quarantine."""
    clause = [["lot", "=", lot["id"]], ["state", "=", "assigned"]]
    reserved = [move["id"] for move in connection.find(moves.MOVE, clause, ["state"])]
    if reserved:
        connection.press(moves.MOVE, "draft", reserved)


def _origin(connection: Connection, lot: Json, quarantine: places.Place) -> int:
    """Where a lot came from into quarantine."""
    clause = [["lot", "=", lot["id"]], ["to_location", "=", quarantine.id], ["state", "=", "done"]]
    into = connection.find(moves.MOVE, clause, ["from_location"])
    return int(into[-1]["from_location"]) if into else int(quarantine.warehouse["storage_location"])
