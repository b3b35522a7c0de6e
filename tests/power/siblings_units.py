"""Siblings of the catalogue's defects of units: the same mechanism in another system, policy, entity or boundary."""

import math
from fractions import Fraction

from syncproof.defects import Defect
from syncproof.simulators.chassis import holds

THOUSAND = 1000


def rounding_of(uom):
    return {"mode": "half_up", "increment": "0.001", **((uom or {}).get("rounding") or {})}


class EntryUnitOnTheFloor(Defect):
    """The floor takes what is booked and required in boxes for so many kilograms."""

    id, citation = "SIB-UOM-02", "sibling of UOM-02 (frappe/erpnext#52856)"
    requirements, system, policy = ("URS-UOM-001", "URS-UOM-003", "URS-UOM-010"), "mes", "arithmetic.to_base"

    def replacement(self, original, amount, *names):
        return amount


class CeilingOfAFloatOnTheFloor(Defect):
    """The floor divides in binary floats before it rounds up."""

    id, citation = "SIB-UOM-03", "sibling of UOM-03 (odoo/odoo#5667)"
    requirements, system, policy = ("URS-UOM-002", "URS-UOM-004"), "mes", "arithmetic.round_total"

    def replacement(self, original, value, uom):
        up = rounding_of(uom)["mode"] == "up"
        return original(Fraction(float(value) * (1 + 1e-12)) if up else value, uom)


class FloorOfAFloat(Defect):
    """The warehouse divides in binary floats before it rounds down: five become four."""

    id, citation = "SIB-UOM-03b", "sibling of UOM-03 (odoo/odoo#5667)"
    requirements, system, policy = ("URS-UOM-002", "URS-UOM-004"), "wms", "arithmetic.round_total"

    def replacement(self, original, value, uom):
        down = rounding_of(uom)["mode"] == "down"
        return original(Fraction(float(value) * (1 - 1e-12)) if down else value, uom)


class ThreeDecimalsPerLevel(Defect):
    """The warehouse rounds each line to three decimals before the next level sees it."""

    id, citation = "SIB-UOM-06", "sibling of UOM-06 (frappe/erpnext#37953)"
    requirements, system, policy = ("URS-UOM-002",), "wms", "arithmetic.line_demand"

    def replacement(self, original, line, parent, base):
        return Fraction(round(original(line, parent, base), 3))


class CoefficientRounded(Defect):
    """The floor keeps what a line asks for per piece with six decimals and multiplies that."""

    id, citation = "SIB-UOM-06b", "sibling of UOM-06 (frappe/erpnext#37953)"
    requirements, system, policy = ("URS-UOM-002",), "mes", "arithmetic.line_demand"

    def replacement(self, original, line, parent, base):
        if line.get("fixed"):
            return original(line, parent, base)
        return Fraction(round(original(line, Fraction(1), base), 6)) * parent


class HalfAPiece(Defect):
    """The warehouse does not round what only comes whole."""

    id, citation = "SIB-UOM-07", "sibling of UOM-07 (frappe/erpnext#48147)"
    requirements, system, policy = ("URS-UOM-002", "URS-UOM-004"), "wms", "arithmetic.round_total"

    def replacement(self, original, value, uom):
        whole = rounding_of(uom)["increment"] == "1"
        return Fraction(round(value, 3)) if whole else original(value, uom)


class HalvesAreTenths(Defect):
    """Planning knows decimals only: what comes in halves is rounded to tenths."""

    id, citation = "SIB-UOM-07b", "sibling of UOM-07 (frappe/erpnext#48147)"
    requirements, system, policy = ("URS-UOM-002", "URS-UOM-004"), "erp", "arithmetic.round_total"

    def replacement(self, original, value, uom):
        return Fraction(round(value, 1)) if rounding_of(uom)["increment"] == "0.5" else original(value, uom)


class WholeAboveAHundred(Defect):
    """Planning orders whole units as soon as it is much."""

    id, citation = "SIB-UOM-10", "sibling of UOM-10 (odoo/odoo#263752)"
    requirements, system, policy = ("URS-UOM-002", "URS-UOM-004"), "erp", "arithmetic.round_total"

    def replacement(self, original, value, uom):
        return Fraction(math.ceil(value)) if value > 100 else original(value, uom)


class EvenIsUp(Defect):
    """The warehouse knows no half-even and rounds halves up."""

    id, citation = "SIB-UOM-11", "sibling of UOM-11 (OCA/manufacture#1823)"
    requirements, system, policy = ("URS-UOM-004", "URS-UOM-001"), "wms", "arithmetic.round_total"

    def replacement(self, original, value, uom):
        stated = rounding_of(uom)
        mode = {"half_even": "half_up"}.get(stated["mode"], stated["mode"])
        return original(value, {**(uom or {}), "rounding": {**stated, "mode": mode}})


class DownIsHalfUp(Defect):
    """The floor knows no rounding down and rounds half up."""

    id, citation = "SIB-UOM-11b", "sibling of UOM-11 (OCA/manufacture#1823)"
    requirements, system, policy = ("URS-UOM-004", "URS-UOM-001", "URS-UOM-002"), "mes", "arithmetic.round_total"

    def replacement(self, original, value, uom):
        stated = rounding_of(uom)
        mode = {"down": "half_up"}.get(stated["mode"], stated["mode"])
        return original(value, {**(uom or {}), "rounding": {**stated, "mode": mode}})


class BaseRoundedToFour(Defect):
    """The warehouse rounds to four decimals when it converts, and by the policy again."""

    id, citation = "SIB-UOM-12", "sibling of UOM-12 (microsoft/ALAppExtensions#15994)"
    requirements, system, policy = ("URS-UOM-001", "URS-UOM-002"), "wms", "arithmetic.to_base"

    def replacement(self, original, *what):
        return Fraction(round(original(*what), 4))


class AnyTextIsAUnit(Defect):
    """Planning takes a unit code that nobody knows for a local one."""

    id, citation = "SIB-UOM-16", "sibling of UOM-16 (known pattern)"
    requirements, system, policy = ("URS-UOM-005",), "erp", "validators.uom"

    def replacement(self, original, ctx, master):
        return [reason for reason in original(ctx, master) if reason.code != "unknown_unit"]


class LitresAreKilograms(Defect):
    """The warehouse takes a volume for a mass and refuses every other mixture."""

    id, citation = "SIB-UOM-16b", "sibling of UOM-16 (known pattern)"
    requirements, system, policy = ("URS-UOM-005",), "wms", "validators.uom"

    def replacement(self, original, ctx, master):
        return [reason for reason in original(ctx, master) if "LTR" not in reason.message]


class DemandRescaled(Defect):
    """The open demand of a running order is computed again by the conversion of now."""

    id, citation = "SIB-UOM-17", "sibling of UOM-17 (block test 2 of the requirements)"
    requirements, system, policy = ("URS-UOM-010",), "mes", "order_instant"

    def replacement(self, original, started, now):
        return now


class StockRescaled(Defect):
    """A new conversion of an item makes planning state the lots of that item anew."""

    id, citation = "SIB-UOM-17b", "sibling of UOM-17 (block test 2 of the requirements)"
    requirements, system, policy = ("URS-UOM-010",), "erp", "activation_gate"

    def replacement(self, original, ctx, activation):
        changed = {one["id"] for one in activation["members"] if one["domain"] == "uom" and one["revision"] != "A"}
        for lot in ctx.state.all("lot"):
            if lot["item"] in changed:
                value = str(math.floor(Fraction(lot["quantity"]["value"]) * 2))
                holds.save(ctx, {**lot, "quantity": {**lot["quantity"], "value": value}})
        return original(ctx, activation)


class _Altered(Defect):
    """A quantity of a kind of message is altered on its way to one consumer."""

    system, policy, kind, consumer = "integration", "carry", "", ""

    def altered(self, value):
        raise NotImplementedError

    def replacement(self, original, consumer, event):
        data = event["data"]
        if consumer != self.consumer or not event["type"].endswith(f".{self.kind}.v1") or not data.get("quantity"):
            return original(consumer, event)
        quantity = {**data["quantity"], "value": self.altered(data["quantity"]["value"])}
        return ({**event, "data": {**data, "quantity": quantity}},)


class CommaDroppedInFacts(_Altered):
    """What the floor reports reaches planning without the decimal sign."""

    id, citation = "SIB-UOM-18", "sibling of UOM-18 (Dolibarr/dolibarr#14666)"
    requirements, kind, consumer = ("URS-UOM-002", "URS-UOM-001", "URS-UOM-010", "URS-UOM-011"), "fact", "erp"

    def altered(self, value):
        return value.replace(".", "")


class ScrapWithoutComma(Defect):
    """The share of scrap reaches the floor without its decimal sign: 2.5 per cent are 25."""

    id, citation = "SIB-UOM-18b", "sibling of UOM-18 (Dolibarr/dolibarr#14666)"
    requirements, system, policy = ("URS-UOM-002",), "integration", "carry"

    def replacement(self, original, consumer, event):
        data = event["data"]
        if data.get("domain") != "bom" or consumer != "mes":
            return original(consumer, event)
        lines = [{**one, "scrap_percent": str(one.get("scrap_percent", 0)).replace(".", "")} for one in data["lines"]]
        return ({**event, "data": {**data, "lines": lines}},)


class ThousandsOfOutput(_Altered):
    """From a thousand on, what was produced reaches planning divided by a thousand."""

    id, citation = "SIB-UOM-19", "sibling of UOM-19 (OpenXE-org/OpenXE#94)"
    requirements, kind, consumer = ("URS-UOM-002", "URS-UOM-001", "URS-UOM-011"), "fact", "erp"

    def altered(self, value):
        return str(int(float(value)) // THOUSAND) if float(value) >= THOUSAND else value


class ThousandsOfStock(_Altered):
    """From a thousand on, a lot reaches the floor divided by a thousand."""

    id, citation = "SIB-UOM-19b", "sibling of UOM-19 (OpenXE-org/OpenXE#94)"
    requirements, kind, consumer = ("URS-UOM-002", "URS-UOM-001", "URS-UOM-011"), "lot", "mes"

    altered = ThousandsOfOutput.altered


class ThousandsOfDemand(_Altered):
    """From a thousand on, an order reaches the warehouse divided by a thousand."""

    id, citation = "SIB-UOM-19c", "sibling of UOM-19 (OpenXE-org/OpenXE#94)"
    requirements, kind, consumer = ("URS-UOM-002", "URS-UOM-001"), "order", "wms"

    altered = ThousandsOfOutput.altered
