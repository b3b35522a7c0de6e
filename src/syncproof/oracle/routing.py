"""Which operations an order has, in which order, and which of them may be started."""

from collections.abc import Collection
from datetime import datetime

from syncproof import model as m
from syncproof.errors import MisuseError
from syncproof.oracle.declared import Declarations
from syncproof.oracle.effectivity import View
from syncproof.oracle.undetermined import Undetermined


def sequence(declared: Declarations, order: m.ProductionOrder, *, zone: str, at: datetime) -> tuple[m.Operation, ...]:
    """The operations of the routing that drives an order, in the order in which they are executed.
    ``at`` is now for an order that has not started, else the instant at which its batch started."""
    view = View(declared, order.site, zone, at)
    routing = view.structure(order.item, order.variant).routing
    if routing is None:
        raise Undetermined("no_effective_revision", f"{order.item} has no routing")
    return view.need(m.Routing, routing).operations


def operations(declared: Declarations, order: m.ProductionOrder, *, zone: str, at: datetime) -> frozenset[str]:
    """The numbers of exactly the operations that may be dispatched for an order."""
    return frozenset(operation.op_no for operation in sequence(declared, order, zone=zone, at=at))


def ready(route: tuple[m.Operation, ...], completed: Collection[str]) -> frozenset[str]:
    """The operations that may be started: the first that is not completed, or none if all are.
    MisuseError if ``completed`` could not have come about."""
    numbers = [operation.op_no for operation in route]
    done = set(completed)
    if done != set(numbers[: len(done)]):
        raise MisuseError(f"operations {sorted(done)} cannot be completed: the sequence is {numbers}")
    return frozenset(numbers[len(done) : len(done) + 1])


def eligible_equipment(
    declared: Declarations,
    operation: m.Operation,
    item: str,
    *,
    site: str,
    zone: str,
    at: datetime,
    down: Collection[str] = (),
) -> frozenset[str]:
    """The units on which an operation of ``item`` may run: of its class, qualified, eligible for the
    item, and not down. If there is none the operation must wait."""
    view = View(declared, site, zone, at)
    units = (view.find(m.Equipment, name) for name in declared.ids("equipment"))
    return frozenset(
        unit.id
        for unit in units
        if unit is not None
        and unit.equipment_class == operation.equipment_class
        and unit.qualified
        and (not unit.eligible_items or item in unit.eligible_items)
        and unit.id not in down
    )
