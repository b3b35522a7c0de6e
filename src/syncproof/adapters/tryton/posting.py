"""Port Posting: what happened elsewhere, written into Tryton as the integration's user."""

from collections.abc import Callable
from typing import Any

import msgspec

from syncproof import model as m
from syncproof.adapters.tryton import consumption, holds, lots, moves, orders, receipts, works
from syncproof.adapters.tryton.rpc import Connection
from syncproof.adapters.tryton.system import INTEGRATION, TrytonSystem
from syncproof.errors import NotSupported
from syncproof.ports import Outcome

Json = dict[str, Any]


class PostingVerbs(TrytonSystem):
    """Takes lots, holds, orders and facts."""

    def post(self, kind: str, data: Json) -> Outcome:
        """One thing that happened; NotSupported for what Tryton has no use for."""
        if kind == "master":
            master: m.AnyMaster = msgspec.convert(data, m.AnyMaster)
            return self.submit(master, by=INTEGRATION, reason=None)[0]
        act = self._act(kind, data)
        return self.write(INTEGRATION, data.get("id") or data.get("order_id"), act)

    def _act(self, kind: str, data: Json) -> Callable[[Connection], None]:
        if kind == "lot":
            lot = msgspec.convert(data, m.MaterialLot)
            return lambda c: _receive(c, lot, self.zone)
        if kind == "disposition":
            hold = msgspec.convert(data, m.Hold)
            if hold.scope == "item":
                self.unsupported("holds.item")
            return lambda c: holds.apply(c, hold)
        if kind == "order":
            order = msgspec.convert(data, m.ProductionOrder)
            return lambda c: _order(c, order)
        if kind == "fact" and data.get("kind") in FACTS:
            fact = FACTS[data["kind"]]
            return lambda c: fact(c, data)
        raise NotSupported(self.name, f"feed.post {data.get('kind', kind)}")


def _receive(connection: Connection, lot: m.MaterialLot, zone: str) -> None:
    """A lot that is not known yet comes into stock; its movements are facts of their own."""
    if lots.find(connection, lot.id) is None:
        receipts.receive(connection, [lot], zone)


def _order(connection: Connection, order: m.ProductionOrder) -> None:
    """An order of another system: made when first heard of, then taken along to its variant and state."""
    known, _ = orders.seen(connection, order.id)
    if known is None:
        orders.create(connection, [order])
    elif known.variant != order.variant:
        orders.switch(connection, order.id, order.variant, None)
    if (known is None or known.status == "Created") and order.status in ("Released", "Running"):
        orders.press(connection, order.id, "wait")


def _quantity(fact: Json) -> m.Quantity:
    return msgspec.convert(fact["quantity"], m.Quantity)


FACTS: dict[str, Callable[[Connection, Json], None]] = {
    "started": lambda c, f: works.start(c, f["order_id"], f["op_no"]),
    "completed": lambda c, f: works.complete(c, f["order_id"], f["op_no"]),
    "consumption": lambda c, f: consumption.issue(c, f["order_id"], f["lot"], _quantity(f)),
    "issue": lambda c, f: consumption.issue(c, f["order_id"], f["lot"], _quantity(f)),
    "output": lambda c, f: consumption.produce(c, f["order_id"], f["lot"], _quantity(f)),
    "movement": lambda c, f: moves.transfer(c, f["lot"], f["to"], _quantity(f), inspection=False),
}
"""Facts that Tryton books; scrap and equipment states are not among them."""
