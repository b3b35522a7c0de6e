"""Where a lot came from and where it went, from declared consumption and production."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction

from syncproof import model as m
from syncproof.errors import MisuseError
from syncproof.oracle.rounding import as_decimal

Links = Mapping[str, set[str]]


def genealogy(facts: Iterable[m.MaterialActual], lot: str) -> m.Genealogy:
    """The lots that went into ``lot`` and those that it went into, over all levels.

    Every lot that an order consumed went into every lot that the order produced. Scrap is neither.
    A lot is not its own ancestor, even if rework consumed it under the order that made it.
    """
    consumed: dict[str, set[str]] = defaultdict(set)
    produced: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if fact.use != "Scrap":
            (consumed if fact.use == "Consumed" else produced)[fact.order_id].add(fact.lot)
    return m.Genealogy(
        lot=lot,
        inputs=_reached(lot, _links(produced, consumed)),
        outputs=_reached(lot, _links(consumed, produced)),
    )


def left(facts: Iterable[m.MaterialActual], lot: str) -> m.Quantity:
    """What is left of a produced lot: what was put in less what was taken out, in its one unit; MisuseError if it was
    not produced or is moved in several units."""
    own = [fact for fact in facts if fact.lot == lot]
    units = {fact.quantity.unit for fact in own}
    if len(units) != 1 or all(fact.use != "Produced" for fact in own):
        raise MisuseError(f"what is left of lot {lot} cannot be told: give its production, and all in one unit")
    put_in = sum(Fraction(fact.quantity.value) for fact in own if fact.use == "Produced")
    taken_out = sum(Fraction(fact.quantity.value) for fact in own if fact.use != "Produced")
    return m.Quantity(value=as_decimal(Fraction(put_in - taken_out)), unit=units.pop())


def _links(sources: Links, targets: Links) -> Links:
    """For each lot on one side of an order, the lots on the other side."""
    links: dict[str, set[str]] = defaultdict(set)
    for order, lots in sources.items():
        for lot in lots:
            links[lot] |= targets.get(order, set())
    return links


def _reached(start: str, links: Links) -> frozenset[str]:
    found: set[str] = set()
    open_ends = [start]
    while open_ends:
        new = links.get(open_ends.pop(), set()) - found
        found |= new
        open_ends.extend(new)
    return frozenset(found - {start})
