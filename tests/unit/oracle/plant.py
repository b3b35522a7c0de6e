"""A plant described in few words, for tests that work an answer out by hand."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from syncproof import model as m
from syncproof import oracle

EPOCH = datetime(2027, 1, 1, tzinfo=UTC)
NOON = datetime(2027, 2, 1, 12, tzinfo=UTC)
ZONES = {"EAST": "Europe/Berlin", "WEST": "America/New_York"}


class Plant:
    """Declares masters; each is in effect from 2027-01-01 UTC unless a test says otherwise."""

    def __init__(self, base=None):
        self.declared = oracle.Declarations(base)

    def release(self, *masters, since=EPOCH, change="C0", **how):
        date = since if isinstance(since, m.Effectivity) else m.Effectivity(instant=since)
        self.declared.declare(*masters)
        self.declared.activate(change, [master.ref for master in masters], date, **how)
        return masters

    def item(self, id, unit="KGM", *, per=None, lines=(), structure=None, revision="A", since=EPOCH, **rules):
        """An item; with ``lines`` its bom per ``per``; with any of ``units`` (unit -> exact factor),
        ``rounding`` (mode, increment) and ``tolerance`` its unit rules."""
        bom = f"{id}-BOM" if lines else None
        named = {"bom": bom} | (structure or {})
        masters = [
            m.MaterialDefinition(
                id=id,
                revision=revision,
                description=id,
                base_unit=unit,
                structure=m.ProductStructure(**named),
            )
        ]
        if rules:
            masters.append(unit_rules(id, unit, revision=revision, **rules))
        if lines:
            masters.append(bill(bom, id, per or (1, unit), lines, revision=revision))
        return self.release(*masters, since=since)

    def order(self, item, amount, unit="C62", *, variant=None, site="EAST"):
        return m.ProductionOrder(id="O1", item=item, quantity=qty(amount, unit), site=site, variant=variant)

    def exact(self, item, amount, unit="C62", *, at=NOON, **how):
        order = self.order(item, amount, unit, **how)
        return oracle.exact_requirements(self.declared, order, zone=ZONES[order.site], at=at)

    def required(self, item, amount, unit="C62", *, at=NOON, **how):
        """Item -> rounded quantity as text."""
        order = self.order(item, amount, unit, **how)
        needs = oracle.requirements(self.declared, order, zone=ZONES[order.site], at=at)
        return {need.item: str(need.quantity) for need in needs}

    def revision(self, domain, id, at, site="EAST"):
        found = oracle.effective(self.declared, domain, id, site=site, zone=ZONES[site], at=at)
        return found.revision if found else None


def qty(amount, unit):
    return m.Quantity(value=Decimal(amount), unit=unit)


def bill(id, item, per, lines, revision="A"):
    """``lines``: (item, amount, unit) or (item, amount, unit, fields)."""
    return m.BillOfMaterial(
        id=id,
        item=item,
        revision=revision,
        base_quantity=qty(*per),
        lines=tuple(
            m.BomLine(line_no=10 * n, item=component, quantity=qty(amount, unit), **(more[0] if more else {}))
            for n, (component, amount, unit, *more) in enumerate(lines, start=1)
        ),
    )


def unit_rules(item, unit, *, units=None, rounding=None, tolerance="0", revision="A"):
    conversions = tuple(
        m.Conversion(from_unit=name, numerator=Fraction(f).numerator, denominator=Fraction(f).denominator)
        for name, f in (units or {}).items()
    )
    policy = m.RoundingPolicy(mode=rounding[0], increment=Decimal(rounding[1])) if rounding else None
    return m.UomConversion(
        id=item,
        revision=revision,
        base_unit=unit,
        conversions=conversions,
        rounding=policy or m.RoundingPolicy(),
        tolerance=Decimal(tolerance),
    )
