"""Reads that every system with orders answers, and scans."""

from syncproof import model
from syncproof.adapters.simulated.base import SimulatedBase
from syncproof.adapters.simulated.calls import Result
from syncproof.model.values import Record
from syncproof.ports import Observation, Outcome


class Scanned(Record, frozen=True, kw_only=True):
    """What the answer to a scan holds besides its result; nothing if the barcode was refused."""

    scan: model.Scan | None = None


class OrderReads(SimulatedBase):
    """An order and what it requires."""

    def order(self, order: str) -> Observation[model.ProductionOrder | None]:
        return self._read("/orders", "item", model.ProductionOrder | None, id=order)

    def requirements(self, order: str) -> Observation[frozenset[model.Requirement]]:
        """None where the system says that it does not know the order or cannot compute them."""
        return self._read("/requirements", "items", frozenset[model.Requirement], order=order)


class ScanReads(SimulatedBase):
    """Reading a barcode."""

    def scan(self, barcode: str, *, by: str) -> tuple[Outcome, model.Scan | None]:
        answer = self._post("/scans", {"barcode": barcode}, by)
        outcome = self._outcome(answer, self._typed(answer, Result))
        return outcome, self._typed(answer, Scanned).scan
