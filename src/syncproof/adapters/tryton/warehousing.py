"""Port Warehouse."""

from typing import Literal

from syncproof import model as m
from syncproof.adapters.tryton import consumption, lots, moves, receipts
from syncproof.adapters.tryton.planning import OrderVerbs
from syncproof.adapters.tryton.rpc import Connection
from syncproof.ports import Observation, Outcome


class WarehouseVerbs(OrderVerbs):
    """Tryton as WMS."""

    def receive_lots(
        self, *lots: m.MaterialLot, by: str, reason: str | None, bulk: bool = False
    ) -> tuple[Outcome, ...]:
        """Lots and moves from the supplier location; in bulk all of them in one call each."""
        groups = [lots] if bulk else [(lot,) for lot in lots]
        return tuple(outcome for group in groups for outcome in self._receive(group, by))

    def _receive(self, group: tuple[m.MaterialLot, ...], by: str) -> list[Outcome]:
        outcome = self.write(by, None, lambda c: receipts.receive(c, group, self.zone))
        return [self.keyed(outcome, lot.id) for lot in group]

    def allocate(
        self, lot: str, order: str, quantity: m.Quantity, *, by: str, reason: str | None, bulk: bool = False
    ) -> Outcome:
        """An input of the order with the lot, reserved by ``assign_try``."""
        return self.write(by, lot, lambda c: consumption.reserve(c, order, lot, quantity))

    def issue(self, *actuals: m.MaterialActual, by: str, reason: str | None, bulk: bool = False) -> tuple[Outcome, ...]:
        """Consumption of a lot for an order."""
        return self._issue(actuals, by)

    def move(
        self,
        lot: str,
        to: str,
        quantity: m.Quantity,
        *,
        by: str,
        reason: str | None,
        purpose: Literal["storage", "inspection"] = "storage",
        bulk: bool = False,
    ) -> Outcome:
        """An internal shipment out of the storage zone; for an inspection from where the lot lies."""
        return self._transfer(lot, to, quantity, by, inspection=purpose == "inspection")

    def ship(
        self, lot: str, quantity: m.Quantity, destination: str, *, by: str, reason: str | None, bulk: bool = False
    ) -> Outcome:
        """A customer shipment, picked, packed and done."""
        return self.write(by, lot, lambda c: moves.ship(c, lot, quantity, destination))

    def dispose(self, lot: str, quantity: m.Quantity, *, by: str, reason: str | None) -> Outcome:
        """An internal shipment to the waste location."""
        return self.write(by, lot, lambda c: moves.dispose(c, lot, quantity))

    def stock(self, lot: str) -> Observation[tuple[m.StockBalance, ...]]:
        """On hand and free by location, as Tryton counts them."""
        return self.look(lambda c: _balances(c, lot))

    def scan(self, barcode: str, *, by: str) -> tuple[Outcome, m.Scan | None]:
        """Not supported."""
        self.unsupported("warehouse.scan")


def _balances(connection: Connection, lot: str) -> tuple[m.StockBalance, ...]:
    known = lots.find(connection, lot)
    if known is None:
        return ()
    unit = lots.unit(known)
    return tuple(
        m.StockBalance(
            lot=known["number"], location=each.place.code, on_hand=each.on_hand, available=each.free, unit=unit
        )
        for each in lots.stock(connection, known)
    )
