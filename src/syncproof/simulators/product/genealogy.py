"""Genealogy: which lots went into a lot and what came out of it, over all levels."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

Neighbours = Callable[[str], Iterable[str]]


class Links(NamedTuple):
    """Who is next to whom. Lots are linked through the batches that consumed and produced them."""

    produced_by: Neighbours
    """Orders that produced a lot."""
    consumed_by: Neighbours
    """Orders that consumed a lot."""
    inputs_of: Neighbours
    """Lots that an order consumed."""
    outputs_of: Neighbours
    """Lots that an order produced."""


def genealogy(lot: str, links: Links) -> dict[str, object]:
    """All lots before and after ``lot``, each sorted; the lot itself is never its own ancestor."""
    return {
        "lot": lot,
        "inputs": sorted(reachable(lot, through(links.produced_by, links.inputs_of))),
        "outputs": sorted(reachable(lot, through(links.consumed_by, links.outputs_of))),
    }


def through(orders: Neighbours, lots: Neighbours) -> Neighbours:
    """One level of genealogy: from a lot to its orders and on to their lots."""
    return lambda lot: (found for order in orders(lot) for found in lots(order))


def reachable(start: str, neighbours: Neighbours) -> set[str]:
    """Everything reached from ``start`` in one or more steps. Rework makes cycles: each lot is
    visited once, and a walk that comes back to ``start`` does not count it."""
    seen = {start}
    frontier = [start]
    while frontier:
        for found in neighbours(frontier.pop()):
            if found not in seen:
                seen.add(found)
                frontier.append(found)
    return seen - {start}
