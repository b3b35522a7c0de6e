"""Verbs of the simulated WMS."""

from typing import Any, ClassVar, Literal

from syncproof import model
from syncproof.adapters.simulated.orders import OrderReads, ScanReads
from syncproof.adapters.simulated.wire import actual, amount, stated
from syncproof.model.wire import plain
from syncproof.ports import Observation, Outcome

Quantity = model.Quantity


class WarehouseVerbs(OrderReads, ScanReads):
    """Port Warehouse."""

    role: ClassVar[str] = "warehouse"

    def receive_lots(
        self, *lots: model.MaterialLot, by: str, reason: str | None, bulk: bool = False
    ) -> tuple[Outcome, ...]:
        return self._write_all("/lots", map(_lot, lots), by, reason, bulk)

    def allocate(
        self, lot: str, order: str, quantity: Quantity, *, by: str, reason: str | None, bulk: bool = False
    ) -> Outcome:
        body = {"lot": lot, "order": order, "quantity": amount(quantity)}
        return self._write("/allocations", body, by, reason, bulk)

    def issue(
        self, *actuals: model.MaterialActual, by: str, reason: str | None, bulk: bool = False
    ) -> tuple[Outcome, ...]:
        return self._write_all("/issues", map(actual, actuals), by, reason, bulk)

    def move(
        self,
        lot: str,
        to: str,
        quantity: Quantity,
        *,
        by: str,
        reason: str | None,
        purpose: Literal["storage", "inspection"] = "storage",
        bulk: bool = False,
    ) -> Outcome:
        body = {"lot": lot, "to": to, "quantity": amount(quantity), "purpose": purpose}
        return self._write("/moves", body, by, reason, bulk)

    def ship(
        self,
        lot: str,
        quantity: Quantity,
        destination: str,
        *,
        by: str,
        reason: str | None,
        bulk: bool = False,
    ) -> Outcome:
        body = {"lot": lot, "quantity": amount(quantity), "destination": destination}
        return self._write("/shipments", body, by, reason, bulk)

    def dispose(self, lot: str, quantity: Quantity, *, by: str, reason: str | None) -> Outcome:
        return self._write("/disposals", {"lot": lot, "quantity": amount(quantity)}, by, reason)

    def stock(self, lot: str) -> Observation[tuple[model.StockBalance, ...]]:
        return self._read("/stock", "items", tuple[model.StockBalance, ...], absent=(), lot=lot)


def _lot(lot: model.MaterialLot) -> dict[str, Any]:
    return stated(**plain(lot))
