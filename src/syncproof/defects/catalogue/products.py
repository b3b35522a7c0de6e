"""Variants and labels."""

from typing import Any

from syncproof.defects.base import Defect, Json, Original
from syncproof.simulators.product import exact, quantity


class AnyAttributeMatches(Defect):
    """A component belongs to a variant if any of its attributes matches, so the order lists those of several."""

    id = "VAR-01"
    citation = "odoo/odoo#271351"
    requirements = ("URS-VAR-001", "URS-VAR-002")
    system = "erp"
    policy = "requirements"

    def replacement(self, original: Original, ctx: Any, order: Json) -> list[Json]:
        found = original(ctx, order)
        if order["variant"] is None:
            return found  # type: ignore[no-any-return]
        total = {one["item"]: one["quantity"] for one in found}
        for one in original(ctx, {**order, "variant": None}):
            more = exact(one["quantity"]["value"]) + exact(total.get(one["item"], {"value": "0"})["value"])
            total[one["item"]] = quantity(more, one["quantity"]["unit"])
        return [{"item": item, "quantity": total[item]} for item in sorted(total)]


class VariantNotPlanned(Defect):
    """Planning explodes the base product whatever variant was ordered."""

    id = "VAR-02"
    citation = "OCA/manufacture#505"
    requirements = ("URS-VAR-001", "URS-VAR-002")
    system = "erp"
    policy = "requirements"

    def replacement(self, original: Original, ctx: Any, order: Json) -> Any:
        return original(ctx, {**order, "variant": None})


class OnlyTheBomSwitched(Defect):
    """A switch of the variant changes the name and the BOM; label, tests and routing stay those of the base."""

    id = "VAR-05"
    citation = "block test 5 of the requirements"
    requirements = ("URS-VAR-001", "URS-VAR-002")
    system = "mes"
    policy = "structure_of"

    def replacement(self, original: Original, item: str, variant: str | None, lookup: Any) -> Json:
        base = original(item, None, lookup)
        return {**base, "bom": original(item, variant, lookup).get("bom", base.get("bom"))}


class PrintedOld(Defect):
    """The preview shows the new label version, the printer takes the one of the start of the batch."""

    id = "LBL-03"
    citation = "Fire-Devils/filaman-system#60"
    requirements = ("URS-LBL-001",)
    system = "mes"
    policy = "label_instant"

    def replacement(self, original: Original, started: Any, now: Any) -> Any:
        return started or now


class LabelFilesReused(Defect):
    """The label file that was made for the first version is used again for the next."""

    id = "LBL-04"
    citation = "grokability/snipe-it#5221"
    requirements = ("URS-LBL-002",)
    system = "integration"
    policy = "carry"

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def replacement(self, original: Original, consumer: str, event: Json) -> Any:
        data = event["data"]
        if data.get("domain") != "label" or consumer != "mes":
            return original(consumer, event)
        artwork = self._first.setdefault(data["id"], data["artwork_hash"])
        return ({**event, "data": {**data, "artwork_hash": artwork}},)


class LabelNotChecked(Defect):
    """The label version is looked at when labels are printed, not when packaging starts."""

    id = "LBL-06"
    citation = "block test 6 of the requirements"
    requirements = ("URS-LBL-001",)
    system = "mes"
    policy = "label_guard"

    def replacement(self, original: Original, operation: Json, effective: Any, given: Any) -> Any:
        return None


class SerialReadIntoTheLot(Defect):
    """The serial number of a barcode is read as the rest of the lot number."""

    id = "LBL-07"
    citation = "msupply-foundation/open-msupply#1838; odoo/odoo#118144"
    requirements = ("URS-TRC-004",)
    system = "mes"
    policy = "read_barcode"

    def replacement(self, original: Original, ctx: Any, barcode: str) -> Json:
        scan = original(ctx, barcode)
        return {**scan, "lot": f"{scan['lot']}21{scan['serial']}", "serial": None} if scan["serial"] else scan
