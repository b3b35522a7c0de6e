"""Verbs of the simulated ERP."""

from typing import Any, ClassVar

from syncproof import model
from syncproof.adapters.simulated.orders import OrderReads
from syncproof.adapters.simulated.wire import actual, amount, stated
from syncproof.ports import Observation, Outcome


class PlanningVerbs(OrderReads):
    """Port Planning."""

    role: ClassVar[str] = "planning"

    def _declared(self) -> frozenset[str]:
        return super()._declared() | {"orders.seen"}

    def create_orders(
        self, *orders: model.ProductionOrder, by: str, reason: str | None, bulk: bool = False
    ) -> tuple[Outcome, ...]:
        return self._write_all("/orders", map(_order, orders), by, reason, bulk)

    def release_order(self, order: str, *, by: str, reason: str | None) -> Outcome:
        return self._write("/orders/release", {"order": order}, by, reason)

    def close_order(self, order: str, *, by: str, reason: str | None) -> Outcome:
        return self._write("/orders/close", {"order": order}, by, reason)

    def cancel_order(self, order: str, *, by: str, reason: str | None) -> Outcome:
        return self._write("/orders/cancel", {"order": order}, by, reason)

    def switch_variant(
        self, order: str, variant: str, *, by: str, reason: str | None, seen: str | None = None
    ) -> Outcome:
        return self._write("/orders/variant", {"order": order, "variant": variant, **stated(seen=seen)}, by, reason)

    def genealogy(self, lot: str) -> Observation[model.Genealogy]:
        return self._read("/genealogy", "item", model.Genealogy, lot=lot)

    def issue(
        self, *actuals: model.MaterialActual, by: str, reason: str | None, bulk: bool = False
    ) -> tuple[Outcome, ...]:
        return self._write_all("/issues", map(actual, actuals), by, reason, bulk)

    def transfer(
        self, lot: str, to: str, quantity: model.Quantity, *, by: str, reason: str | None, bulk: bool = False
    ) -> Outcome:
        body = {"lot": lot, "to": to, "quantity": amount(quantity)}
        return self._write("/transfers", body, by, reason, bulk)


def _order(order: model.ProductionOrder) -> dict[str, Any]:
    """An order as it is asked for; what becomes of it, the system says."""
    return stated(id=order.id, item=order.item, quantity=amount(order.quantity), site=order.site, variant=order.variant)
