"""What went into a lot and what came of it: Tryton's lot traces, followed level by level."""

from collections.abc import Iterable

from syncproof import model as m
from syncproof.adapters.tryton.rpc import Connection

TRACE = "stock.lot.trace"
DOWN, UP = "downward_traces", "upward_traces"
"""Tryton's words: downward to what a move came from, upward to what was made of it."""


def genealogy(connection: Connection, lot: str) -> m.Genealogy:
    """Lots below and above one lot, over all levels; the lot itself as Tryton names it, empty where it has no trace."""
    below, above = (_reached(connection, lot, way) for way in (DOWN, UP))
    own = next((number for number in below | above if number == lot), "")
    return m.Genealogy(lot=own, inputs=below - {lot}, outputs=above - {lot})


def _reached(connection: Connection, lot: str, way: str) -> frozenset[str]:
    """The numbers of the lots that are reached, the first one among them."""
    seen: set[int] = set()
    reached: set[str] = set()
    front = _traces(connection, [["lot.number", "=", lot]], way)
    while front:
        seen |= front.keys()
        reached |= {number for _, number in front.values()}
        wanted = {trace for found, _ in front.values() for trace in found} - seen
        front = _traces(connection, [["id", "in", sorted(wanted)]], way) if wanted else {}
    return frozenset(reached)


def _traces(connection: Connection, clause: Iterable[object], way: str) -> dict[int, tuple[list[int], str]]:
    found = connection.find(TRACE, list(clause), [way, "lot.number"], order=None)
    return {trace["id"]: (trace[way], trace["lot."]["number"]) for trace in found}
