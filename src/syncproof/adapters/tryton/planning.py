"""Port Planning."""

from collections.abc import Sequence

from syncproof import model as m
from syncproof.adapters.tryton import consumption, explosion, genealogy, moves, orders
from syncproof.adapters.tryton.rpc import Connection
from syncproof.adapters.tryton.system import TrytonSystem
from syncproof.ports import Observation, Outcome

__all__ = ["OrderVerbs", "PlanningVerbs"]


class OrderVerbs(TrytonSystem):
    """What every system with orders can say of them."""

    def order(self, order: str) -> Observation[m.ProductionOrder | None]:
        """An order; of its revisions Tryton knows those of bom and routing."""
        return self._attempts.look_at_version(lambda: orders.seen(self.reader, order))

    def requirements(self, order: str) -> Observation[frozenset[m.Requirement]]:
        """Tryton's own explosion of the order's bom, over all levels."""
        return self.look(lambda c: _requirements(c, order))

    def _issue(self, actuals: Sequence[m.MaterialActual], by: str) -> tuple[Outcome, ...]:
        return tuple(self._issue_one(actual, by) for actual in actuals)

    def _issue_one(self, actual: m.MaterialActual, by: str) -> Outcome:
        return self.write(
            by, actual.lot, lambda c: consumption.issue(c, actual.order_id, actual.lot, actual.quantity, actual.item)
        )

    def _transfer(self, lot: str, to: str, quantity: m.Quantity, by: str, *, inspection: bool = False) -> Outcome:
        return self.write(by, lot, lambda c: moves.transfer(c, lot, to, quantity, inspection=inspection))


class PlanningVerbs(OrderVerbs):
    """Tryton as ERP."""

    def create_orders(
        self, *orders: m.ProductionOrder, by: str, reason: str | None, bulk: bool = False
    ) -> tuple[Outcome, ...]:
        """Productions in state draft; in bulk in one call, which Tryton takes or refuses as a whole."""
        groups = [orders] if bulk else [(order,) for order in orders]
        return tuple(outcome for group in groups for outcome in self._create(group, by))

    def _create(self, group: Sequence[m.ProductionOrder], by: str) -> list[Outcome]:
        outcome = self.write(by, None, lambda c: orders.create(c, group))
        return [self.keyed(outcome, order.id) for order in group]

    def release_order(self, order: str, *, by: str, reason: str | None) -> Outcome:
        """Button ``wait``: the works of the routing are made."""
        return self.write(by, order, lambda c: orders.press(c, order, "wait"))

    def close_order(self, order: str, *, by: str, reason: str | None) -> Outcome:
        """Button ``do``: refused while the order does not run or a work is not finished."""
        return self.write(by, order, lambda c: orders.press(c, order, "do"))

    def cancel_order(self, order: str, *, by: str, reason: str | None) -> Outcome:
        """Button ``cancel``: there is none on an order that runs or is done."""
        return self.write(by, order, lambda c: orders.press(c, order, "cancel"))

    def switch_variant(
        self, order: str, variant: str, *, by: str, reason: str | None, seen: str | None = None
    ) -> Outcome:
        """Another bom and routing for the order, and its moves anew."""
        return self.write(by, order, lambda c: orders.switch(c, order, variant, seen))

    def genealogy(self, lot: str) -> Observation[m.Genealogy]:
        """Tryton's lot traces, followed over all levels."""
        return self.look(lambda c: genealogy.genealogy(c, lot))

    def issue(self, *actuals: m.MaterialActual, by: str, reason: str | None, bulk: bool = False) -> tuple[Outcome, ...]:
        """Consumption of a lot; Tryton has no call for several orders at once."""
        return self._issue(actuals, by)

    def transfer(
        self, lot: str, to: str, quantity: m.Quantity, *, by: str, reason: str | None, bulk: bool = False
    ) -> Outcome:
        """An internal shipment out of the storage zone."""
        return self._transfer(lot, to, quantity, by)


def _requirements(connection: Connection, order: str) -> frozenset[m.Requirement]:
    production = orders.find(connection, order)
    if production is None or production["bom"] is None:
        return frozenset()
    return explosion.requirements(connection, production)
