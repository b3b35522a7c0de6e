"""Port Posting: what happened elsewhere, written into Tryton as the integration's user.

Whatever an event says, it comes to an answer of Tryton, or to an error that says that Tryton could not be asked: an
event that raised anything else would be tried for ever, and nothing after it would arrive.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from syncproof import model as m
from syncproof.adapters.tryton import consumption, holds, moves, orders, receipts, works
from syncproof.adapters.tryton.rpc import Connection
from syncproof.adapters.tryton.system import INTEGRATION, TrytonSystem
from syncproof.errors import NotSupported, Untranslatable
from syncproof.ports import Outcome

Json = dict[str, Any]
T = TypeVar("T")


class Happened(msgspec.Struct):
    """What every fact says."""

    kind: str


class Work(msgspec.Struct):
    """Work on an operation."""

    order_id: str
    op_no: str


class Use(msgspec.Struct):
    """A lot that went into an order or came out of it."""

    order_id: str
    lot: str
    quantity: m.Quantity


class Movement(msgspec.Struct):
    """A lot that was moved."""

    lot: str
    to: str
    quantity: m.Quantity


class PostingVerbs(TrytonSystem):
    """Takes lots, holds, orders and facts."""

    def post(self, kind: str, data: Json) -> Outcome:
        """One thing that happened; NotSupported for what Tryton has no use for, Untranslatable for data in which
        what Tryton would be told is missing or of another kind."""
        if kind == "master":
            master: m.AnyMaster = _read(kind, data, m.AnyMaster)  # type: ignore[arg-type]
            return self.submit(master, by=INTEGRATION, reason=None)[0]
        act = self._act(kind, data)
        return self.write(INTEGRATION, data.get("id") or data.get("order_id"), act)

    def _act(self, kind: str, data: Json) -> Callable[[Connection], None]:
        if kind == "lot":
            lot = _read(kind, data, m.MaterialLot)
            return lambda c: _receive(c, lot, self.zone)
        if kind == "disposition":
            hold = _read(kind, data, m.Hold)
            if hold.scope == "item":
                self.unsupported("holds.item")
            return lambda c: holds.apply(c, hold)
        if kind == "order":
            order = _read(kind, data, m.ProductionOrder)
            return lambda c: _order(c, order)
        if kind == "fact":
            return self._booked(_read(kind, data, Happened).kind, data)
        raise NotSupported(self.name, f"feed.post {kind}")

    def _booked(self, kind: str, data: Json) -> Callable[[Connection], None]:
        if kind in WORKS:
            work, act = _read(kind, data, Work), WORKS[kind]
            return lambda c: act(c, work.order_id, work.op_no)
        if kind in USES:
            use, book = _read(kind, data, Use), USES[kind]
            return lambda c: book(c, use.order_id, use.lot, use.quantity)
        if kind == "movement":
            moved = _read(kind, data, Movement)
            return lambda c: moves.transfer(c, moved.lot, moved.to, moved.quantity, inspection=False)
        raise NotSupported(self.name, f"feed.post {kind}")


def _read(kind: str, data: Json, type_: type[T]) -> T:
    """What the data says; Untranslatable names the field that does not."""
    try:
        return msgspec.convert(data, type_)
    except msgspec.ValidationError as error:
        raise Untranslatable(f"{kind}: {error}") from None


def _receive(connection: Connection, lot: m.MaterialLot, zone: str) -> None:
    """A lot of which nothing came in yet comes into stock, into quarantine if it is restricted; its movements are facts
    of their own."""
    if receipts.is_in(connection, lot.id):
        return
    receipts.receive(connection, [lot], zone)
    if lot.disposition == "Restricted":
        holds.apply(connection, m.Hold(scope="lot", target=lot.id, disposition=lot.disposition, reason="as received"))


def _order(connection: Connection, order: m.ProductionOrder) -> None:
    """An order of another system: made when first heard of, then taken along to its variant and state."""
    known, _ = orders.seen(connection, order.id)
    if known is None:
        orders.create(connection, [order])
    elif known.variant != order.variant:
        orders.switch(connection, order.id, order.variant, None)
    if (known is None or known.status == "Created") and order.status in ("Released", "Running"):
        orders.press(connection, order.id, "wait")


WORKS: dict[str, Callable[[Connection, str, str], None]] = {"started": works.start, "completed": works.complete}
USES: dict[str, Callable[[Connection, str, str, m.Quantity], None]] = {
    "consumption": consumption.issue,
    "issue": consumption.issue,
    "output": consumption.produce,
}
"""Facts that Tryton books, and movements; scrap and equipment states are not among them."""
