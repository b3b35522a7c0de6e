"""Revisions: which one is in effect, when, and which one drove a batch."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from syncproof.defects.base import Defect, Json, Original

HOUR = timedelta(hours=1) // timedelta(microseconds=1)
NOON = 12


class ChoiceLost(Defect):
    """The revision that an order was fixed to is dropped when the order is copied on: the copy names the default one,
    whichever is in effect by then."""

    id = "REV-03"
    citation = "frappe/erpnext#46043"
    requirements = ("URS-REV-009", "URS-REV-005", "URS-REV-013", "URS-AUD-001")
    system = "erp"
    policy = "revision_set"

    def replacement(self, original: Original, ctx: Any, order: Json) -> list[Json]:
        return original(ctx, {**order, "pinned": False, "started_at": None})  # type: ignore[no-any-return]


class DefaultsReadAgain(Defect):
    """A new revision is filled from the defaults of the item instead of the revision before it, so what was approved
    there is lost: the steps of a recipe fall back to their default evidence."""

    id = "REV-04"
    citation = "frappe/erpnext#53454, #53482"
    requirements = ("URS-SIT-001", "URS-REV-010", "URS-CHG-007")
    system = "integration"
    policy = "carry"

    def replacement(self, original: Original, consumer: str, event: Json) -> Sequence[Json]:
        data = event["data"]
        if data.get("domain") != "recipe" or data.get("revision") == "A" or consumer != "wms":
            return original(consumer, event)  # type: ignore[no-any-return]
        steps = [{**step, "evidence": ["signature"]} for step in data["steps"]]
        return ({**event, "data": {**data, "steps": steps}},)


class LinkedOrderLeftBehind(Defect):
    """The BOM of a released order is revised and the linked order keeps the lines that it was made with."""

    id = "REV-05"
    citation = "odoo/odoo#204084"
    requirements = ("URS-REV-001", "URS-VAR-001", "URS-DEP-002")
    system = "erp"
    policy = "revision_set"

    def __init__(self) -> None:
        self._first: dict[str, list[Json]] = {}

    def replacement(self, original: Original, ctx: Any, order: Json) -> list[Json]:
        now = original(ctx, order)
        return self._first.setdefault(order["id"], now) if now else []


class EndsADayLate(Defect):
    """The end of validity counts as the end of that day: the prior revision stays for another 24 hours."""

    id = "REV-07"
    citation = "magento/magento2#39169"
    requirements = ("URS-REV-001", "URS-REV-002", "URS-REV-004")
    system = "mes"
    policy = "in_force"

    def replacement(self, original: Original, candidates: Sequence[Any], at: int) -> Any:
        return original(candidates, at - 24 * HOUR) or original(candidates, at)


class MidnightInUtc(Defect):
    """A local date is stored as midnight and compared as if it were UTC."""

    id = "REV-08"
    citation = "OpenMage/magento-lts#443"
    requirements = ("URS-REV-001", "URS-DEP-001")
    system = "mes"
    policy = "local_time"

    def replacement(self, original: Original, local: datetime, zone: ZoneInfo) -> datetime:
        return local.replace(tzinfo=UTC)


class StampedWithTheTimeOfDay(Defect):
    """A record that is to be valid from a date gets the time of day of its entry as well, so that it is not yet valid
    in the morning."""

    id = "REV-09"
    citation = "magento/magento2#21966"
    requirements = ("URS-REV-001",)
    system = "wms"
    policy = "local_time"

    def replacement(self, original: Original, local: datetime, zone: ZoneInfo) -> datetime:
        return original(local if local.hour else local.replace(hour=NOON), zone)  # type: ignore[no-any-return]


class EndReadAsLocal(Defect):
    """The end of validity is stored in UTC and read without its offset: the rule in effect stops an hour early."""

    id = "REV-10"
    citation = "odoo/odoo#224665"
    requirements = ("URS-REV-001", "URS-REV-003")
    system = "wms"
    policy = "in_force"

    def replacement(self, original: Original, candidates: Sequence[Any], at: int) -> Any:
        return original(candidates, at + HOUR)


class OneZoneForAllSites(Defect):
    """A scheduled change is judged in the zone of headquarters, so every other site switches at a wrong local time."""

    id = "REV-12"
    citation = "magento/merchdocs#999"
    requirements = ("URS-REV-001", "URS-DEP-001")
    system = "erp"
    policy = "local_time"

    def replacement(self, original: Original, local: datetime, zone: ZoneInfo) -> datetime:
        return original(local, ZoneInfo("Europe/Berlin"))  # type: ignore[no-any-return]


class ActiveOnArrival(Defect):
    """The consumer ignores the effective date: what was activated last is in effect as soon as it has arrived."""

    id = "REV-13"
    citation = "demo script A of the requirements: effective dates"
    requirements = ("URS-REV-001", "URS-REV-003", "URS-REV-002")
    system = "mes"
    policy = "in_force"

    def replacement(self, original: Original, candidates: Sequence[Any], at: int) -> Any:
        return max(candidates, key=lambda active: active.seq, default=None)


class SwitchedMidBatch(Defect):
    """Every operation that starts points the running batch to what is in effect by then; only its list of operations
    stays."""

    id = "REV-16"
    citation = "block test 1 of the requirements: no batch changes its revision midway"
    requirements = ("URS-REV-009", "URS-REV-005")
    system = "mes"
    policy = "pinned_once"

    def replacement(self, original: Original, existing: Json | None, candidate: Original) -> Json:
        now: Json = candidate()
        if existing is None:
            return now
        routings = [ref for ref in existing["revision_set"] if ref["domain"] == "routing"]
        return {**now, "revision_set": [*routings, *(r for r in now["revision_set"] if r["domain"] != "routing")]}


class ProductOfAnother(Defect):
    """A change order writes the product that it began with on the BOMs of all the products that it changes."""

    id = "REV-19"
    citation = "odoo/odoo#36469"
    requirements = ("URS-CHG-008",)
    system = "integration"
    policy = "carry"

    def __init__(self) -> None:
        self._context = ""

    def replacement(self, original: Original, consumer: str, event: Json) -> Sequence[Json]:
        data = event["data"]
        if consumer != "wms" or data.get("domain") != "bom" or data["revision"] == "A":
            return original(consumer, event)  # type: ignore[no-any-return]
        self._context = self._context or data["item"]
        return ({**event, "data": {**data, "item": self._context}},)
