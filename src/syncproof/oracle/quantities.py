"""What an order requires, exactly: rational through every level, rounded once at the end.

Per line of a bom: net = line quantity x order quantity / base quantity; gross = net x (1 + scrap %).
A fixed line is its quantity, whatever the order's, with no scrap. Gross is taken to the base unit of
the component and from there, unrounded, into the component's own bom. Every component of every level
is summed per item and the sum rounded by the item's policy.
"""

from collections import defaultdict
from datetime import datetime
from fractions import Fraction

from syncproof import model as m
from syncproof.oracle.declared import Declarations
from syncproof.oracle.effectivity import View
from syncproof.oracle.rounding import exceeds, round_to, within
from syncproof.oracle.undetermined import Undetermined

__all__ = ["convert", "exact_requirements", "exceeds", "requirements", "round_to", "tolerance", "within"]

Totals = dict[str, Fraction]


def convert(declared: Declarations, item: str, quantity: m.Quantity, *, site: str, zone: str, at: datetime) -> Fraction:
    """``quantity`` of ``item`` in the item's base unit, by the unit rules in effect; exact.
    :class:`Undetermined` (``conversion_missing``, ``conversion_inconsistent``) if they do not say."""
    return _in_base_unit(View(declared, site, zone, at), item, Fraction(quantity.value), quantity.unit)


def tolerance(declared: Declarations, item: str, *, site: str, zone: str, at: datetime) -> Fraction:
    """By how much (base unit) two quantities of the item may differ without being a discrepancy."""
    rules = View(declared, site, zone, at).find(m.UomConversion, item)
    return Fraction(rules.tolerance) if rules else Fraction(0)


def exact_requirements(
    declared: Declarations, order: m.ProductionOrder, *, zone: str, at: datetime
) -> dict[str, Fraction]:
    """Total of each component over all levels in its base unit, unrounded. All masters are those in
    effect at ``at`` at the order's site (in ``zone``)."""
    view = View(declared, order.site, zone, at)
    amount = _in_base_unit(view, order.item, Fraction(order.quantity.value), order.quantity.unit)
    totals: Totals = defaultdict(Fraction)
    bom = view.structure(order.item, order.variant).bom
    if bom is not None:
        _explode(view, bom, amount, (order.item,), totals)
    return dict(totals)


def requirements(
    declared: Declarations, order: m.ProductionOrder, *, zone: str, at: datetime
) -> frozenset[m.Requirement]:
    """What the order requires of each component, rounded once by the item's policy, in the base unit."""
    view = View(declared, order.site, zone, at)
    totals = exact_requirements(declared, order, zone=zone, at=at)
    return frozenset(_requirement(view, item, total) for item, total in totals.items())


def _requirement(view: View, item: str, total: Fraction) -> m.Requirement:
    rules = view.find(m.UomConversion, item)
    value = round_to(total, rules.rounding if rules else m.RoundingPolicy())
    unit = view.need(m.MaterialDefinition, item).base_unit
    return m.Requirement(item=item, quantity=m.Quantity(value=value, unit=unit))


def _explode(view: View, bom_id: str, amount: Fraction, path: tuple[str, ...], totals: Totals) -> None:
    """Adds what ``amount`` (base unit) of the last item of ``path`` needs on every level below."""
    bom = view.need(m.BillOfMaterial, bom_id)
    per = _in_base_unit(view, path[-1], Fraction(bom.base_quantity.value), bom.base_quantity.unit)
    for line in bom.lines:
        if line.item in path:
            text = f"{line.item} is a component of itself: {' > '.join((*path, line.item))}"
            raise Undetermined("bom_recursive", text)
        needed = _in_base_unit(view, line.item, _gross(line, amount / per), line.quantity.unit)
        totals[line.item] += needed
        below = view.need(m.MaterialDefinition, line.item).structure.bom
        if below is not None:
            _explode(view, below, needed, (*path, line.item), totals)


def _gross(line: m.BomLine, times: Fraction) -> Fraction:
    quantity = Fraction(line.quantity.value)
    return quantity if line.fixed else quantity * times * (1 + Fraction(line.scrap_percent) / 100)


def _in_base_unit(view: View, item: str, amount: Fraction, unit: str) -> Fraction:
    base = view.need(m.MaterialDefinition, item).base_unit
    if unit == base:
        return amount
    rules = view.find(m.UomConversion, item)
    if rules is not None and rules.base_unit != base:
        text = f"the unit rules of {item} are to {rules.base_unit}, its base unit is {base}"
        raise Undetermined("conversion_inconsistent", text)
    found = [c for c in rules.conversions if c.from_unit == unit] if rules else []
    if len(found) > 1:
        raise Undetermined("conversion_inconsistent", f"{item} has {len(found)} conversions of {unit}")
    if not found:
        known = ", ".join(c.from_unit for c in rules.conversions) if rules else ""
        text = f"{item} has no conversion of {unit} to {base}; it has: {known or 'none'}"
        raise Undetermined("conversion_missing", text)
    return amount * Fraction(found[0].numerator, found[0].denominator)
