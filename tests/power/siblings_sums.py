"""Siblings of the catalogue's defects of sums, fixed lines and factors: elsewhere, and at other boundaries."""

from fractions import Fraction

from syncproof.defects import Defect


class ResidueInWhatWasConsumed(Defect):
    """What a batch has consumed is added up in binary floats."""

    id, citation = "SIB-UOM-20", "sibling of UOM-20 (frappe/erpnext#40464)"
    requirements, system, policy = ("URS-UOM-008", "URS-TRC-003", "URS-UOM-011"), "mes", "consumed_so_far"

    def replacement(self, original, amounts, *what):
        return original({item: Fraction(float(one) * (1 + 2e-16)) for item, one in amounts.items()}, *what)


class ResidueInStock(Defect):
    """What is free in the warehouse is computed in binary floats, so that the last of it cannot be taken."""

    id, citation = "SIB-UOM-20b", "sibling of UOM-20 (frappe/erpnext#40464)"
    requirements, system, policy = ("URS-UOM-008", "URS-TRC-003", "URS-HLD-013"), "wms", "free"

    def replacement(self, original, on_hand, *what):
        return Fraction(float(original(on_hand, *what)) * (1 - 2e-16))


class LotsRoundedInTransit(Defect):
    """Lots lose their third decimal on the way to the warehouse."""

    id, citation = "SIB-UOM-22", "sibling of UOM-22 (frappe/erpnext#57064)"
    requirements, system, policy = ("URS-UOM-011",), "integration", "carry"

    def replacement(self, original, consumer, event):
        data = event["data"]
        if consumer != "wms" or not event["subject"].startswith("lot/") or not data.get("quantity"):
            return original(consumer, event)
        rounded = {**data["quantity"], "value": f"{float(data['quantity']['value']):.2f}"}
        return ({**event, "data": {**data, "quantity": rounded}},)


class PartsOfStockRounded(Defect):
    """What is drawn from stock is rounded part by part."""

    id, citation = "SIB-UOM-22b", "sibling of UOM-22 (frappe/erpnext#57064)"
    requirements, system, policy = ("URS-UOM-011",), "wms", "take"

    def replacement(self, original, balances, amount):
        return [part._replace(on_hand=Fraction(round(part.on_hand, 2))) for part in original(balances, amount)]


class ConsumedTotalRounded(Defect):
    """What a batch consumed so far is kept with two decimals."""

    id, citation = "SIB-UOM-22c", "sibling of UOM-22 (frappe/erpnext#57064)"
    requirements, system, policy = ("URS-UOM-011",), "mes", "consumed_so_far"

    def replacement(self, original, *what):
        return Fraction(round(original(*what), 2))


class FixedIsScaled(Defect):
    """The floor scales a line of fixed quantity with the order."""

    id, citation = "SIB-UOM-23", "sibling of UOM-23 (Dolibarr/dolibarr#38178)"
    requirements, system, policy = ("URS-UOM-002",), "mes", "arithmetic.line_demand"

    def replacement(self, original, line, parent, base):
        return original({**line, "fixed": False}, parent, base)


class FixedCarriesScrap(Defect):
    """The warehouse adds scrap to a line of fixed quantity."""

    id, citation = "SIB-UOM-23b", "sibling of UOM-23 (Dolibarr/dolibarr#38178)"
    requirements, system, policy = ("URS-UOM-002",), "wms", "arithmetic.line_demand"

    def replacement(self, original, line, parent, base):
        scrap = 1 + Fraction(str(line.get("scrap_percent", 0))) / 100
        return original(line, parent, base) * (scrap if line.get("fixed") else 1)


class FixedBelowIsScaled(Defect):
    """Planning keeps a fixed quantity on the first level and scales it below."""

    id, citation = "SIB-UOM-23c", "sibling of UOM-23 (Dolibarr/dolibarr#38178)"
    requirements, system, policy = ("URS-UOM-002",), "erp", "arithmetic.line_demand"

    def replacement(self, original, line, parent, base):
        return original({**line, "fixed": line.get("fixed") and parent == int(parent)}, parent, base)


class FactorOfTwoDecimals(Defect):
    """The floor has the factor of a unit with two decimals only."""

    id, citation = "SIB-UOM-25", "sibling of UOM-25 (frappe/erpnext#42608)"
    requirements, system, policy = ("URS-UOM-001", "URS-UOM-003", "URS-UOM-004"), "mes", "arithmetic.to_base"

    def replacement(self, original, amount, *names):
        return amount * Fraction(round(original(Fraction(1), *names), 2))


class FactorOfSixDecimals(Defect):
    """Planning has the factor of a unit with six decimals, which shows where there are many of them."""

    id, citation = "SIB-UOM-25b", "sibling of UOM-25 (frappe/erpnext#42608)"
    requirements, system, policy = ("URS-UOM-001", "URS-UOM-003", "URS-UOM-004"), "erp", "arithmetic.to_base"

    def replacement(self, original, amount, *names):
        return amount * Fraction(round(original(Fraction(1), *names), 6))


class FactorTurnedRound(Defect):
    """The warehouse keeps how many units one base unit is, with three decimals, and divides by it."""

    id, citation = "SIB-UOM-25c", "sibling of UOM-25 (frappe/erpnext#42608)"
    requirements, system, policy = ("URS-UOM-001", "URS-UOM-003", "URS-UOM-004"), "wms", "arithmetic.to_base"

    def replacement(self, original, amount, *names):
        return amount / Fraction(round(1 / original(Fraction(1), *names), 3))
