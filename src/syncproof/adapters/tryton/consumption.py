"""Goods issues to orders: an input of the production with the lot, reserved by ``assign_try`` and then done."""

from decimal import Decimal
from typing import Any

from syncproof import model as m
from syncproof.adapters.tryton import lots, moves, orders
from syncproof.adapters.tryton.codes import UNKNOWN
from syncproof.adapters.tryton.faults import Fault
from syncproof.adapters.tryton.rpc import Connection, Json
from syncproof.adapters.tryton.wire import as_float


def reserve(connection: Connection, order: str, lot: str, quantity: m.Quantity) -> int:
    """Reserve a quantity of a lot for an order; the id of the move. Fault if Tryton did not reserve it."""
    production = orders.find(connection, order)
    if production is None:
        connection.press(orders.PRODUCTION, "assign_try", [UNKNOWN])
        return UNKNOWN
    move = _add_input(connection, production, lot, quantity)
    connection.press(orders.PRODUCTION, "assign_try", [production["id"]])
    state = connection.find(moves.MOVE, [["id", "=", move]], ["state"])[0]["state"]
    if state != "assigned":
        connection.delete(moves.MOVE, [move])
        said = f"assign_try left the move of lot {lot!r} in state {state!r}: there is no stock of it to take"
        raise Fault("not_assigned", said)
    return move


def issue(connection: Connection, order: str, lot: str, quantity: m.Quantity, item: str | None = None) -> None:
    """Reserve and consume, as the item that is named; what was reserved along with it is given free again."""
    production = orders.find(connection, order)
    if production is None:
        connection.press(orders.PRODUCTION, "assign_try", [UNKNOWN])
        return
    reserved = any(each["state"] == "assigned" for each in _inputs(connection, production))
    move = _add_input(connection, production, lot, quantity, item)
    try:
        connection.press(orders.PRODUCTION, "assign_try", [production["id"]])
        connection.press(moves.MOVE, "do", [move])
    except Fault:
        connection.delete(moves.MOVE, [move])
        raise
    finally:
        if not reserved and production["state"] == "waiting":
            connection.press(orders.PRODUCTION, "wait", [production["id"]])


def _add_input(
    connection: Connection, production: Json, lot: str, quantity: m.Quantity, item: str | None = None
) -> int:
    known = {each["id"] for each in _inputs(connection, production)}
    move = {
        **moves.line(connection, lot, quantity, item),
        "from_location": production["warehouse."]["storage_location"],
        "to_location": production["location"],
    }
    changes: list[Any] = [["create", [move]]]
    connection.write(orders.PRODUCTION, [production["id"]], {"inputs": changes})
    return next(int(x["id"]) for x in _inputs(connection, production) if x["id"] not in known)


def _inputs(connection: Connection, production: Json) -> list[Json]:
    return connection.find(moves.MOVE, [["production_input", "=", production["id"]]], ["state", "lot"])


def produce(connection: Connection, order: str, lot: str, quantity: m.Quantity) -> None:
    """Book output of an order into stock as a lot, without waiting for the end of the order."""
    production = orders.find(connection, order)
    if production is None:
        connection.press(orders.PRODUCTION, "do", [UNKNOWN])
        return
    known = lots.find(connection, lot)
    values = {"number": lot, "product": production["product"]}
    lot_id = known["id"] if known else connection.create(lots.LOT, values)[0]
    clause = [["production_output", "=", production["id"]], ["state", "=", "draft"]]
    planned = connection.find(moves.MOVE, clause, ["product"])
    if planned:
        chosen = [planned[0]["id"]]
        connection.write(moves.MOVE, chosen, {"lot": lot_id, "quantity": as_float(quantity.value)})
    else:
        chosen = [_add_output(connection, production, lot, quantity)]
    connection.press(moves.MOVE, "do", chosen)
    if production["state"] in ("waiting", "assigned"):
        _run(connection, production["id"])


def _run(connection: Connection, production: int) -> None:
    """Set an order running: planned inputs that were not used are dropped, the others are done."""
    clause = [["production_input", "=", production], ["state", "in", ["draft", "assigned"]]]
    unused = connection.find(moves.MOVE, [*clause, ["lot", "=", None]], ["state"])
    reserved = [move["id"] for move in unused if move["state"] == "assigned"]
    if reserved:
        connection.press(moves.MOVE, "draft", reserved)
    if unused:
        connection.delete(moves.MOVE, [move["id"] for move in unused])
    connection.press(orders.PRODUCTION, "assign_try", [production])
    connection.press(orders.PRODUCTION, "run", [production])


def _add_output(connection: Connection, production: Json, lot: str, quantity: m.Quantity) -> int:
    company = connection.find("company.company", [["id", "=", connection.company]], ["currency"])[0]
    move = {
        **moves.line(connection, lot, quantity),
        "from_location": production["location"],
        "to_location": production["warehouse."]["storage_location"],
        "production_output": production["id"],
        "unit_price": Decimal(0),
        "currency": company["currency"],
    }
    return connection.create(moves.MOVE, move)[0]
