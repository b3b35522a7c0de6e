"""Holds: which lots must not be used, and who knows it."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

from syncproof.defects.base import Defect, Json, Original
from syncproof.simulators.chassis import clock
from syncproof.simulators.chassis.errors import Refused
from syncproof.simulators.chassis.holds import FREE

DAY = timedelta(days=1)


class LocationForgotten(Defect):
    """A hold of a location does not count: what lies there can be used."""

    id = "HLD-01"
    citation = "msupply-foundation/open-msupply#5147"
    requirements = ("URS-HLD-002", "URS-HLD-003")
    system = "wms"
    policy = "hold_guard"

    def replacement(self, original: Original, ctx: Any, lot: Json) -> None:
        _guarded_but_for("location", ctx, lot)


def _guarded_but_for(scope: str, ctx: Any, lot: Json) -> None:
    reasons = [one for one in ctx.rules.restrictions(ctx, lot) if f" on hold by its {scope} " not in one.message]
    if reasons:
        raise Refused(*reasons)


class BlockingForgotten(Defect):
    """The setting that makes a hold block falls back to its default, which only warns."""

    id = "HLD-05"
    citation = "OCA/stock-logistics-workflow#343"
    requirements = ("URS-HLD-002", "URS-HLD-003")
    system = "erp"
    policy = "hold_guard"

    def replacement(self, original: Original, ctx: Any, lot: Json) -> None:
        return None


class ShippedOnHold(Defect):
    """A shipment does not look at what is recalled or on hold."""

    id = "HLD-06"
    citation = "openboxes/openboxes#3268"
    requirements = ("URS-HLD-003", "URS-HLD-002", "URS-HLD-005")
    system = "wms"
    policy = "shippable"

    def replacement(self, original: Original, ctx: Any, lot: Json, balances: Any) -> Any:
        return list(balances)


class HeldIsAvailable(Defect):
    """What may be promised includes what lies on hold."""

    id = "HLD-07"
    citation = "openboxes/openboxes#2927"
    requirements = ("URS-HLD-012", "URS-HLD-002", "URS-HLD-003")
    system = "wms"
    policy = "available"

    def replacement(self, original: Original, on_hand: Any, allocated: Fraction) -> Any:
        return original([(amount, False) for amount, _ in on_hand], allocated)


class LastDayCounts(Defect):
    """One guard takes the day of expiry as the last good day, the others as the first bad one."""

    id = "HLD-08"
    citation = "GaturaN/wave-sync-hypa#238"
    requirements = ("URS-HLD-014", "URS-TRC-005", "URS-HLD-010")
    system = "mes"
    policy = "restrictions"

    def replacement(self, original: Original, ctx: Any, lot: Json) -> Any:
        expiry = lot.get("expiry")
        later = clock.wire(clock.read(expiry) + DAY) if expiry else None
        return original(ctx, {**lot, "expiry": later})


class ResultsOfAnotherPart(Defect):
    """Results are linked to the wrong part of a split lot: what is released goes with results that failed."""

    id = "HLD-10"
    citation = "frappe/erpnext#43486"
    requirements = ("URS-QLT-001",)
    system = "qms"
    policy = "release_gate"

    def replacement(self, original: Original, spec: Json, results: list[Json]) -> Any:
        return [reason for reason in original(spec, results) if reason.code != "out_of_limits"]


class ReleasedUninspected(Defect):
    """A lot gets free without the inspection that its item demands."""

    id = "HLD-11"
    citation = "frappe/erpnext#3061"
    requirements = ("URS-QLT-001",)
    system = "qms"
    policy = "specification"

    def replacement(self, original: Original, ctx: Any, lot: Json) -> None:
        return None


class DisabledLotOffered(Defect):
    """A lot that is disabled itself is offered and picked all the same."""

    id = "HLD-13"
    citation = "frappe/erpnext#49170"
    requirements = ("URS-HLD-002", "URS-HLD-003")
    system = "wms"
    policy = "hold_guard"

    def replacement(self, original: Original, ctx: Any, lot: Json) -> None:
        _guarded_but_for("lot", ctx, lot)


class MovedOnHold(Defect):
    """A hold stops consumption and lets movements pass."""

    id = "HLD-16"
    citation = "block test 4 of the requirements: blocked for consumption and movement"
    requirements = ("URS-HLD-003", "URS-HLD-005")
    system = "wms"
    policy = "movable"

    def replacement(self, original: Original, ctx: Any, lot: Json, balances: Any) -> Any:
        return list(balances)


class StatusOfYesterday(Defect):
    """Execution uses the status of a lot that it fetched when the order was released, and asks nobody again."""

    id = "HLD-17"
    citation = "block test 4 of the requirements: on-demand question at high-risk gates"
    requirements = ("URS-HLD-008", "URS-SYN-005")
    system = "mes"
    policy = "ask_quality"

    async def replacement(self, original: Original, ctx: Any, lot: str) -> Json:
        return {"lot": lot, "eligible": True, "reasons": []}


class PromisedTwice(Defect):
    """What is taken is held against what is on hand, not against what is free."""

    id = "HLD-18"
    citation = "YosemiteCrew/Yosemite-Crew#3142"
    requirements = ("URS-HLD-013", "URS-HLD-012")
    system = "wms"
    policy = "free"

    def replacement(self, original: Original, on_hand: Fraction, *_allocated: Any) -> Fraction:
        return on_hand


class ReleasedElsewhereOnly(Defect):
    """A release reaches one system less than the hold did: released here, blocked there."""

    id = "HLD-19"
    citation = "demo script C of the requirements: released and blocked at once"
    requirements = ("URS-HLD-010", "URS-HLD-006")
    system = "erp"
    policy = "apply_disposition"

    def replacement(self, original: Original, ctx: Any, data: Json) -> Any:
        return None if data["disposition"] == FREE else original(ctx, data)
