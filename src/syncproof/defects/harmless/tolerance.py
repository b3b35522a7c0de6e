"""Differences within the tolerance that the landscape file states."""

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import msgspec

from syncproof.defects.base import Json, Original, Variation
from syncproof.defects.harmless.areas import QUANTITIES

if TYPE_CHECKING:
    from syncproof.landscape.definition import Definition

STATED = Decimal("0.002")
"""KGM"""


class Within(Variation):
    """A base: required quantities in KGM are off by ``by``."""

    citation = "[quantities.units.KGM] tolerance of the landscape file"
    requirements = QUANTITIES
    policy = "arithmetic.round_total"
    by = Fraction(0)

    def landscape(self, definition: "Definition") -> "Definition":
        from syncproof.landscape.definition import Quantities, QuantityRule  # noqa: PLC0415  no system needs it

        units = {**definition.quantities.units, "KGM": QuantityRule(tolerance=STATED)}
        return msgspec.structs.replace(
            definition, quantities=Quantities(units=units, items=definition.quantities.items)
        )

    def replacement(self, original: Original, value: Fraction, uom: Json | None) -> Fraction:
        rounded: Fraction = original(value, uom)
        return rounded + self.by if (uom or {}).get("base_unit") == "KGM" else rounded


class PlanningAbove(Within):
    """Planning requires a little more than is computed exactly."""

    id = "OK-TOL-01"
    system = "erp"
    by = Fraction(STATED)


class ExecutionBelow(Within):
    """Execution requires a little less."""

    id = "OK-TOL-02"
    system = "mes"
    by = -Fraction(STATED)


class WarehouseAbove(Within):
    """The warehouse keeps four digits and rounds the last up."""

    id = "OK-TOL-03"
    system = "wms"
    by = Fraction(1, 10_000)
