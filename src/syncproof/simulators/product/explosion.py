"""Required quantities of an order over all BOM levels.

One rule: net = line quantity x parent quantity / base quantity, gross = net x (1 + scrap), each
exactly converted to the component's base unit; the exact gross is what the next level sees; totals
per item are rounded once. A fixed line neither scales nor carries scrap.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from syncproof.simulators.product.errors import BomRecursive, QuantityInvalid
from syncproof.simulators.product.quantities import Json, exact, quantity
from syncproof.simulators.product.rounding import round_total
from syncproof.simulators.product.structure import Lookup, need
from syncproof.simulators.product.units import to_base


def line_demand(line: Json, parent: Fraction, base: Fraction) -> Fraction:
    """What one line asks for in its own unit, for ``parent`` base units of the assembly of which
    the BOM describes ``base``."""
    stated = exact(line["quantity"]["value"])
    if line.get("fixed"):
        return stated
    return stated * parent / base * (1 + exact(line.get("scrap_percent", 0)) / 100)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The decisions inside a computation of requirements; each can be another one."""

    to_base: Callable[[Fraction, str, str, str, Json | None], Fraction] = to_base
    line_demand: Callable[[Json, Fraction, Fraction], Fraction] = line_demand
    round_total: Callable[[Fraction, Json | None], Fraction] = round_total


EXACT = Arithmetic()
"""The stated rule."""


def base_quantity(amount: Json, item: str, lookup: Lookup, arithmetic: Arithmetic = EXACT) -> Fraction:
    """A wire quantity of an item in its base unit, exactly."""
    base_unit = need(lookup, "material", item)["base_unit"]
    stated = exact(amount["value"])
    return arithmetic.to_base(stated, amount["unit"], item, base_unit, lookup("uom", item))


def demands(
    bom: Json, item: str, parent: Fraction, lookup: Lookup, arithmetic: Arithmetic = EXACT
) -> Iterator[tuple[str, Fraction]]:
    """Component and exact gross quantity (its base unit) of each line of one BOM level."""
    base = base_quantity(bom["base_quantity"], item, lookup, arithmetic)
    if base <= 0:
        raise QuantityInvalid(f"bom {bom['id']!r} has base quantity {base}: it must be greater than 0")
    for line in bom["lines"]:
        gross = arithmetic.line_demand(line, parent, base)
        component, unit = line["item"], line["quantity"]["unit"]
        base_unit = need(lookup, "material", component)["base_unit"]
        yield component, arithmetic.to_base(gross, unit, component, base_unit, lookup("uom", component))


def explode(
    bom: Json, item: str, amount: Fraction, lookup: Lookup, arithmetic: Arithmetic = EXACT
) -> dict[str, Fraction]:
    """Exact total per component of every level, in base units; ``bom`` is the top level's."""
    totals: defaultdict[str, Fraction] = defaultdict(Fraction)
    open_levels: list[tuple[Json, str, Fraction, tuple[str, ...]]] = [(bom, item, amount, (item,))]
    while open_levels:
        level, assembly, parent, path = open_levels.pop()
        for component, gross in demands(level, assembly, parent, lookup, arithmetic):
            if component in path:
                raise BomRecursive(f"item {component!r} is a component of itself: {' > '.join(path)}")
            totals[component] += gross
            deeper = component_bom(component, lookup)
            if deeper is not None:
                open_levels.append((deeper, component, gross, (*path, component)))
    return dict(totals)


def component_bom(item: str, lookup: Lookup) -> Json | None:
    """The BOM of an intermediate; None for an item that is not made from others."""
    bom_id = (need(lookup, "material", item).get("structure") or {}).get("bom")
    return need(lookup, "bom", bom_id) if bom_id else None


def requirements(item: str, amount: Json, bom: Json, lookup: Lookup, arithmetic: Arithmetic = EXACT) -> list[Json]:
    """Required quantity of every component, rounded once per item; ordered by item id."""
    exact_totals = explode(bom, item, base_quantity(amount, item, lookup, arithmetic), lookup, arithmetic)
    return [
        {
            "item": component,
            "quantity": quantity(
                arithmetic.round_total(total, lookup("uom", component)),
                need(lookup, "material", component)["base_unit"],
            ),
        }
        for component, total in sorted(exact_totals.items())
    ]
