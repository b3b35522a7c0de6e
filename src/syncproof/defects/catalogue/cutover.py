"""Cutover, back-out and genealogy."""

from datetime import datetime, timedelta
from typing import Any

from syncproof.defects.base import Defect, Json, Original
from syncproof.simulators.chassis import holds
from syncproof.simulators.product.genealogy import Links

MINUTE = timedelta(minutes=1)


class LeftCompleted(Defect):
    """An allocation stays as it is although the order that it was made for is cancelled."""

    id = "BCK-03"
    citation = "frappe/erpnext#35014"
    requirements = ("URS-BCK-002",)
    system = "wms"
    policy = "free_allocations"

    def replacement(self, original: Original, ctx: Any, order: str) -> None:
        return None


class HalfABackOut(Defect):
    """A back-out restores the BOM and leaves routing, recipe and label at the newer revision."""

    id = "BCK-05"
    citation = "section 13 of the requirements: back-out; known pattern"
    requirements = ("URS-BCK-001",)
    system = "integration"
    policy = "carry"

    def __init__(self) -> None:
        self._seen: set[tuple[str, str, str]] = set()

    def replacement(self, original: Original, consumer: str, event: Json) -> Any:
        data = event["data"]
        if event["type"] != "org.syncproof.activation.v1" or consumer != "mes":
            return original(consumer, event)
        members = {(one["domain"], one["id"], one["revision"]) for one in data["members"]}
        restored = members & self._seen
        self._seen |= members
        boms = [one for one in data["members"] if one["domain"] == "bom"]
        return ({**event, "data": {**data, "members": boms}},) if restored and boms else (event,)


class NothingReversed(Defect):
    """A produced order is cancelled and what it moved stays moved."""

    id = "BCK-06"
    citation = "odoo/odoo#2107"
    requirements = ("URS-BCK-003",)
    system = "erp"
    policy = "transition"

    def replacement(self, original: Original, order: Json, verb: str) -> Any:
        return None if verb == "cancel" else original(order, verb)


class RoutingLagsBehind(Defect):
    """The parts of one change take effect one after the other: for a minute the new BOM runs with the old routing."""

    id = "DEP-01"
    citation = "section 13 of the requirements: dependency cutover"
    requirements = ("URS-DEP-001", "URS-REV-001")
    system = "wms"
    policy = "effective"

    def replacement(self, original: Original, ctx: Any, domain: str, id: str, site: str, at: datetime) -> Any:
        return original(ctx, domain, id, site, at - MINUTE if domain == "routing" else at)


class NeverTriedAgain(Defect):
    """A BOM that came before its new component is dropped with an error and never looked at again."""

    id = "DEP-02"
    citation = "section 8 of the requirements; known pattern"
    requirements = ("URS-VAL-004", "URS-DEP-002", "URS-SYN-003")
    system = "mes"
    policy = "quarantine"

    def replacement(self, original: Original, reasons: Any) -> Any:
        return "rejected" if any(one.code == "orphan_component" for one in reasons) else original(reasons)


class UpstreamCut(Defect):
    """Changing the produced lot by hand cuts it from the lots that went into it."""

    id = "TRC-01"
    citation = "odoo/odoo#16410"
    requirements = ("URS-TRC-001",)
    system = "mes"
    policy = "genealogy"

    def replacement(self, original: Original, lot: str, links: Links) -> Json:
        return {**original(lot, links), "inputs": []}


class PartialsMerged(Defect):
    """Lots of two productions that shared a component are merged: each output shows the inputs of both."""

    id = "TRC-03"
    citation = "Dolibarr/dolibarr#28357"
    requirements = ("URS-TRC-001",)
    system = "mes"
    policy = "genealogy"

    def replacement(self, original: Original, lot: str, links: Links) -> Json:
        def inputs(order: str) -> set[str]:
            own = set(links.inputs_of(order))
            siblings = {other for one in own for other in links.consumed_by(one)}
            return own.union(*(links.inputs_of(other) for other in siblings))

        return original(lot, links._replace(inputs_of=inputs))  # type: ignore[no-any-return]


class SerialWithoutLot(Defect):
    """An amended document keeps the serial number and loses its lot."""

    id = "TRC-04"
    citation = "frappe/erpnext#21796"
    requirements = ("URS-TRC-004",)
    system = "wms"
    policy = "read_barcode"

    def replacement(self, original: Original, ctx: Any, barcode: str) -> Json:
        scan = original(ctx, barcode)
        return {**scan, "lot": None} if scan["serial"] else scan


class InspectedBeforeItWas(Defect):
    """An inspection can be made before its lot exists; its result is linked to no lot, then or later."""

    id = "TRC-07"
    citation = "frappe/erpnext#55494"
    requirements = ("URS-QLT-003", "URS-QLT-001")
    system = "qms"
    policy = "inspected"

    def replacement(self, original: Original, ctx: Any, text: str) -> Json:
        known = holds.find(ctx, text)
        return original(ctx, text) if known else {"id": "unassigned", "item": "", "site": ""}


class OldIdentityKept(Defect):
    """After repacking, the new lot still belongs to the item of the lot that it was taken from."""

    id = "TRC-08"
    citation = "frappe/erpnext#44015"
    requirements = ("URS-TRC-007", "URS-TRC-002")
    system = "erp"
    policy = "apply_lot"

    def replacement(self, original: Original, ctx: Any, data: Json) -> Any:
        uses = ctx.state.all("consumption")
        source = holds.find(ctx, uses[-1]["lot"]) if uses else None
        is_new = holds.find(ctx, data["id"]) is None
        return original(ctx, {**data, "item": source["item"]} if source and is_new else data)
