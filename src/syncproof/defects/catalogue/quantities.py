"""Units, conversion and rounding."""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from syncproof.defects.base import Defect, Json, Original
from syncproof.simulators.mes.errors import Reason
from syncproof.simulators.product import base_quantity

WHOLE = {"rounding": {"mode": "up", "increment": "1"}}
FINE = {"rounding": {"mode": "half_up", "increment": "0.001"}}
THOUSAND = 1000


def _comes_whole(uom: Json | None) -> bool:
    return ((uom or {}).get("rounding") or {}).get("increment") == "1"


class EntryUnitShownAsStockUnit(Defect):
    """A quantity is added up in the unit of its entry and taken for one in the stock unit."""

    id = "UOM-02"
    citation = "frappe/erpnext#52856"
    requirements = ("URS-UOM-001", "URS-UOM-003")
    system = "wms"
    policy = "arithmetic.to_base"

    def replacement(self, original: Original, amount: Fraction, *names: Any) -> Fraction:
        return amount


class CeilingOfAFloat(Defect):
    """The demand is divided in binary floats and then rounded up: five boxes of twelve become 61 pieces."""

    id = "UOM-03"
    citation = "odoo/odoo#5667"
    requirements = ("URS-UOM-002", "URS-UOM-004")
    system = "erp"
    policy = "arithmetic.round_total"

    def replacement(self, original: Original, value: Fraction, uom: Json | None) -> Fraction:
        return Fraction(math.ceil(float(value) * (1 + 4e-8))) if _comes_whole(uom) else original(value, uom)


class RoundedAtEveryLevel(Defect):
    """The demand of each line is rounded before the next level sees it, so that small coefficients lose their part
    level by level."""

    id = "UOM-06"
    citation = "frappe/erpnext#37953"
    requirements = ("URS-UOM-002",)
    system = "erp"
    policy = "arithmetic.line_demand"

    def replacement(self, original: Original, line: Json, parent: Fraction, base: Fraction) -> Fraction:
        return Fraction(round(original(line, parent, base), 2))


class FractionOfAPiece(Defect):
    """The demand of a unit that only comes whole is not rounded to whole ones."""

    id = "UOM-07"
    citation = "frappe/erpnext#48147"
    requirements = ("URS-UOM-002", "URS-UOM-004")
    system = "mes"
    policy = "arithmetic.round_total"

    def replacement(self, original: Original, value: Fraction, uom: Json | None) -> Fraction:
        return original(value, {**(uom or {}), **FINE} if _comes_whole(uom) else uom)  # type: ignore[no-any-return]


class WholeUnitsForced(Defect):
    """Replenishment orders whole units of what is measured in fractions."""

    id = "UOM-10"
    citation = "odoo/odoo#263752"
    requirements = ("URS-UOM-002", "URS-UOM-004", "URS-UOM-001")
    system = "wms"
    policy = "arithmetic.round_total"

    def replacement(self, original: Original, value: Fraction, uom: Json | None) -> Fraction:
        return original(value, {**(uom or {}), **WHOLE})  # type: ignore[no-any-return]


class TwoRoundingModes(Defect):
    """One of the systems that compute the same quantity rounds up where the others round half up."""

    id = "UOM-11"
    citation = "OCA/manufacture#1823"
    requirements = ("URS-UOM-004", "URS-UOM-001", "URS-UOM-002")
    system = "mes"
    policy = "arithmetic.round_total"

    def replacement(self, original: Original, value: Fraction, uom: Json | None) -> Fraction:
        rounding = {**((uom or {}).get("rounding") or {"increment": "0.001"}), "mode": "up"}
        return original(value, {**(uom or {}), "rounding": rounding})  # type: ignore[no-any-return]


class BaseRoundedByItself(Defect):
    """The quantity in the base unit is rounded apart from the quantity it was converted from."""

    id = "UOM-12"
    citation = "microsoft/ALAppExtensions#15994"
    requirements = ("URS-UOM-001", "URS-UOM-002")
    system = "erp"
    policy = "arithmetic.to_base"

    def replacement(self, original: Original, *what: Any) -> Fraction:
        return Fraction(round(original(*what), 2))


class CodesCollide(Defect):
    """A unit code is read as that of another dimension which has the same letters in a local list, so an impossible
    conversion passes."""

    id = "UOM-16"
    citation = "known pattern: one text, two units in UN/ECE Rec 20, UCUM and local lists"
    requirements = ("URS-UOM-005",)
    system = "mes"
    policy = "validators.uom"

    def replacement(self, original: Original, ctx: Any, master: Json) -> list[Any]:
        return [reason for reason in original(ctx, master) if reason.code != "conversion_impossible"]


class HistoryRescaled(Defect):
    """What was posted is converted again with the factor of now when the conversion changes under an open order."""

    id = "UOM-17"
    citation = "block test 2 of the requirements; known pattern"
    requirements = ("URS-UOM-010", "URS-UOM-001")
    system = "mes"
    policy = "booked"

    def replacement(
        self, original: Original, ctx: Any, kept: Mapping[str, Fraction], bookings: Sequence[Json]
    ) -> dict[str, Fraction]:
        amounts = dict.fromkeys(original(ctx, kept, bookings), Fraction(0))
        for booking in bookings:
            amounts[booking["item"]] += _by_the_units_of_now(ctx, booking)
        return amounts


def _by_the_units_of_now(ctx: Any, booking: Json) -> Fraction:
    site = ctx.state.get("order", booking["order_id"])["site"]

    def effective(domain: str, id: str) -> Any:
        return ctx.effective(domain, id, site)

    return base_quantity(booking["quantity"], booking["item"], effective)


class CommaDropped(Defect):
    """One entry point drops the decimal sign of a quantity: 0.21 arrives as 021."""

    id = "UOM-18"
    citation = "Dolibarr/dolibarr#14666"
    requirements = ("URS-UOM-002", "URS-UOM-001")
    system = "integration"
    policy = "carry"

    def replacement(self, original: Original, consumer: str, event: Json) -> Any:
        data = event["data"]
        if data.get("domain") != "bom" or consumer != "wms":
            return original(consumer, event)
        lines = [{**line, "quantity": _without_sign(line["quantity"])} for line in data["lines"]]
        return ({**event, "data": {**data, "lines": lines}},)


def _without_sign(quantity: Json) -> Json:
    return {**quantity, "value": str(quantity["value"]).replace(".", "")}


class ThousandsReadAsDecimals(Defect):
    """From a thousand on, the separator of the thousands is read as the decimal sign: 1.000 is stored as 1."""

    id = "UOM-19"
    citation = "OpenXE-org/OpenXE#94"
    requirements = ("URS-UOM-002", "URS-UOM-001")
    system = "integration"
    policy = "carry"

    def replacement(self, original: Original, consumer: str, event: Json) -> Any:
        data = event["data"]
        if consumer != "mes" or not str(event["subject"]).startswith("order/") or "quantity" not in data:
            return original(consumer, event)
        if event["type"] != "org.syncproof.order.v1" or Fraction(data["quantity"]["value"]) < THOUSAND:
            return original(consumer, event)
        value = str(int(Fraction(data["quantity"]["value"]) // THOUSAND))
        return ({**event, "data": {**data, "quantity": {**data["quantity"], "value": value}}},)


class ResidueOfFloats(Defect):
    """Quantities are added in binary floats; the tiny rest that remains blocks a consumption that is within its
    limit."""

    id = "UOM-20"
    citation = "frappe/erpnext#40464"
    requirements = ("URS-UOM-008", "URS-TRC-003")
    system = "mes"
    policy = "discrepancy_explained"

    def replacement(self, original: Original, need: Any, adding: Fraction, explanation: object) -> Any:
        excess = float(need.consumed) + float(adding) - float(need.required)
        if excess <= float(need.tolerance):
            return original(need, adding, explanation)
        return Reason("unexplained_discrepancy", f"{excess} is more than {float(need.tolerance)}", "/explanation")


class PartsRoundedApart(Defect):
    """The total of an order is added up from lots that are rounded to two decimals one by one, while the lots keep
    three: the total is not their sum."""

    id = "UOM-22"
    citation = "frappe/erpnext#57064"
    requirements = ("URS-UOM-011", "URS-UOM-002")
    system = "erp"
    policy = "add_up"

    def replacement(self, original: Original, so_far: str, amount: Fraction) -> Any:
        return original(so_far, Fraction(round(amount, 2)))


class FixedMeansOne(Defect):
    """A line of fixed quantity asks for one unit instead of its own quantity."""

    id = "UOM-23"
    citation = "Dolibarr/dolibarr#38178"
    requirements = ("URS-UOM-002",)
    system = "erp"
    policy = "arithmetic.line_demand"

    def replacement(self, original: Original, line: Json, parent: Fraction, base: Fraction) -> Fraction:
        return Fraction(1) if line.get("fixed") else original(line, parent, base)


class FactorsOfTwoDocuments(Defect):
    """A second document has the factor of a unit with two decimals only, so the same boxes are another quantity."""

    id = "UOM-25"
    citation = "frappe/erpnext#42608"
    requirements = ("URS-UOM-001", "URS-UOM-003", "URS-UOM-004")
    system = "wms"
    policy = "arithmetic.to_base"

    def replacement(self, original: Original, amount: Fraction, *names: Any) -> Fraction:
        return amount * Fraction(round(original(Fraction(1), *names), 2))
