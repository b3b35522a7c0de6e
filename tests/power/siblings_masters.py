"""Siblings of the catalogue's defects of revisions: the same mechanism in another system, policy, entity or boundary."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from syncproof.defects import Defect

MINUTE = 60 * 10**6
DAY = 24 * 60 * MINUTE
SWITCH = ("URS-REV-001", "URS-REV-002", "URS-REV-003", "URS-REV-004")
KEPT = ("URS-REV-009", "URS-REV-005", "URS-REV-013", "URS-AUD-001")


class PinLostInSupply(Defect):
    """The warehouse shows the default revisions of an order although its batch is fixed to others."""

    id, citation = "SIB-REV-03", "sibling of REV-03 (frappe/erpnext#46043)"
    requirements, system, policy = KEPT, "wms", "revision_set"

    def replacement(self, original, ctx, order):
        return original(ctx, {**order, "pinned": False, "started_at": None})


class DispatchGoesBackToDefault(Defect):
    """Dispatch lists the routing in effect now for a batch that was started with another."""

    id, citation = "SIB-REV-03b", "sibling of REV-03 (frappe/erpnext#46043)"
    requirements, system, policy = KEPT, "mes", "dispatched_routing"

    def replacement(self, original, ctx, routing):
        return ctx.effective("routing", routing["id"], "EAST") or original(ctx, routing)


class PinnedInNameOnly(Defect):
    """Planning names the revisions that an order was fixed to and computes with those in effect now."""

    id, citation = "SIB-REV-03c", "sibling of REV-03 (frappe/erpnext#46043)"
    requirements, system, policy = ("URS-VAL-009", *KEPT), "erp", "lookup"

    def replacement(self, original, ctx, order):
        return original(ctx, {**order, "pinned": False, "started_at": None})


class RoutingFromDefaults(Defect):
    """A new revision of a routing reaches quality with the default evidence in each operation."""

    id, citation = "SIB-REV-04", "sibling of REV-04 (frappe/erpnext#53454)"
    requirements, system, policy = ("URS-SIT-001", "URS-REV-010", "URS-CHG-007"), "integration", "carry"

    def replacement(self, original, consumer, event):
        data = event["data"]
        if data.get("domain") != "routing" or data["revision"] == "A" or consumer != "qms":
            return original(consumer, event)
        operations = [{**one, "evidence": ["signature"]} for one in data["operations"]]
        return ({**event, "data": {**data, "operations": operations}},)


class ToleranceFromDefaults(Defect):
    """A new revision of a label reaches the floor with the default tolerance of reconciliation."""

    id, citation = "SIB-REV-04b", "sibling of REV-04 (frappe/erpnext#53482)"
    requirements, system, policy = ("URS-SIT-001", "URS-REV-010", "URS-LBL-002"), "integration", "carry"

    def replacement(self, original, consumer, event):
        data = event["data"]
        if data.get("domain") != "label" or data["revision"] == "A" or consumer != "mes":
            return original(consumer, event)
        return ({**event, "data": {**data, "reconciliation_tolerance": 7}},)


class SupplyLeftBehind(Defect):
    """What the warehouse requires for an order is what it was when it was first asked."""

    id, citation = "SIB-REV-05", "sibling of REV-05 (odoo/odoo#204084)"
    requirements, system, policy = ("URS-REV-001", "URS-UOM-001", "URS-DEP-002"), "wms", "requirements"

    def __init__(self):
        self._first = {}

    def replacement(self, original, ctx, order):
        return self._first.setdefault((order["id"], order["variant"]), original(ctx, order))


class DispatchLeftBehind(Defect):
    """The operations of an order that has not started stay those with which it was first listed."""

    id, citation = "SIB-REV-05b", "sibling of REV-05 (odoo/odoo#204084)"
    requirements, system, policy = ("URS-RTG-002", *SWITCH, "URS-VAR-001"), "mes", "dispatch_list"

    def __init__(self):
        self._first = {}

    def replacement(self, original, order, routing, runs, at_hand):
        return original(order, self._first.setdefault(order["id"], routing), runs, at_hand)


class FromTheNextInstantOn(Defect):
    """Planning reads "from" as "after": at the instant itself the prior revision is in effect."""

    id, citation = "SIB-REV-07", "sibling of REV-07 (magento/magento2#39169)"
    requirements, system, policy = SWITCH, "erp", "in_force"

    def replacement(self, original, candidates, at):
        return original(candidates, at - 1) or original(candidates, at)


class ASecondLate(Defect):
    """Quality counts the last second of the prior revision to its end."""

    id, citation = "SIB-REV-07b", "sibling of REV-07 (magento/magento2#39169)"
    requirements, system, policy = SWITCH, "qms", "in_force"

    def replacement(self, original, candidates, at):
        return original(candidates, at - 10**6) or original(candidates, at)


class LateInTheWest(Defect):
    """The end of validity counts as the end of that day, in the warehouse of one site only."""

    id, citation = "SIB-REV-07c", "sibling of REV-07 (magento/magento2#39169)"
    requirements, system, policy = SWITCH, "wms", "in_force"

    def replacement(self, original, candidates, at):
        west = candidates and candidates[0].site == "WEST"
        return (original(candidates, at - DAY) if west else None) or original(candidates, at)


class WarehouseInUtc(Defect):
    """The warehouse compares a local date as if it were UTC."""

    id, citation = "SIB-REV-08", "sibling of REV-08 (OpenMage/magento-lts#443)"
    requirements, system, policy = ("URS-REV-001", "URS-DEP-001"), "wms", "local_time"

    def replacement(self, original, local, zone):
        return local.replace(tzinfo=UTC)


class WinterAllYear(Defect):
    """Quality reads a local date by the offset of winter, in summer too."""

    id, citation = "SIB-REV-08b", "sibling of REV-08 (OpenMage/magento-lts#443)"
    requirements, system, policy = ("URS-REV-001", "URS-DEP-001"), "qms", "local_time"

    def replacement(self, original, local, zone):
        return (local - datetime(2027, 1, 1, tzinfo=zone).utcoffset()).replace(tzinfo=UTC)


class SecondOfTheTwo(Defect):
    """Planning reads a wall time that occurs twice as the second."""

    id, citation = "SIB-REV-08c", "sibling of REV-08 (OpenMage/magento-lts#443)"
    requirements, system, policy = ("URS-REV-001", "URS-DEP-001"), "erp", "local_time"

    def replacement(self, original, local, zone):
        return local.replace(tzinfo=zone, fold=1)


class TimeOfDayDropped(Defect):
    """The floor keeps the date of what is valid from a local time and drops the time of day."""

    id, citation = "SIB-REV-09", "sibling of REV-09 (magento/magento2#21966)"
    requirements, system, policy = ("URS-REV-001",), "mes", "local_time"

    def replacement(self, original, local, zone):
        return original(local.replace(hour=0, minute=0, second=0), zone)


class SecondsDropped(Defect):
    """The floor keeps effective dates in minutes: what is valid from the middle of one is so from its start."""

    id, citation = "SIB-REV-09b", "sibling of REV-09 (magento/magento2#21966)"
    requirements, system, policy = SWITCH, "mes", "in_force"

    def replacement(self, original, candidates, at):
        return original([one._replace(start=one.start - one.start % MINUTE) for one in candidates], at)


class SecondsRoundedUp(Defect):
    """Planning keeps effective dates in minutes and rounds them up."""

    id, citation = "SIB-REV-09c", "sibling of REV-09 (magento/magento2#21966)"
    requirements, system, policy = SWITCH, "erp", "in_force"

    def replacement(self, original, candidates, at):
        return original([one._replace(start=one.start + -one.start % MINUTE) for one in candidates], at)


class AMinuteEarly(Defect):
    """The floor lets the new revision in a minute before its instant."""

    id, citation = "SIB-REV-10", "sibling of REV-10 (odoo/odoo#224665)"
    requirements, system, policy = SWITCH, "mes", "in_force"

    def replacement(self, original, candidates, at):
        return original(candidates, at + MINUTE)


class EarlyAtOneSite(Defect):
    """In planning the prior revision stops an hour early at one of the sites."""

    id, citation = "SIB-REV-10b", "sibling of REV-10 (odoo/odoo#224665)"
    requirements, system, policy = SWITCH, "erp", "in_force"

    def replacement(self, original, candidates, at):
        return original(candidates, at + 60 * MINUTE if candidates and candidates[0].site == "WEST" else at)


class ZoneOfTheOtherSite(Defect):
    """The warehouse judges every local date in the zone of the western site."""

    id, citation = "SIB-REV-12", "sibling of REV-12 (magento/merchdocs#999)"
    requirements, system, policy = ("URS-REV-001", "URS-DEP-001"), "wms", "local_time"

    def replacement(self, original, local, zone):
        return original(local, ZoneInfo("America/New_York"))


class _DomainOnArrival(Defect):
    """What was activated last of one domain is in effect as soon as it has arrived."""

    policy, domain = "effective", ""

    def replacement(self, original, ctx, domain, id, site, at):
        return original(ctx, domain, id, site, at + timedelta(days=3650) if domain == self.domain else at)


class BomOnArrival(_DomainOnArrival):
    """The warehouse uses a new bill of material as soon as it has arrived."""

    id, citation = "SIB-REV-13", "sibling of REV-13 (demo script A of the requirements)"
    requirements, system, domain = SWITCH, "wms", "bom"


class LabelOnArrival(_DomainOnArrival):
    """Quality uses a new label as soon as it has arrived."""

    id, citation = "SIB-REV-13b", "sibling of REV-13 (demo script A of the requirements)"
    requirements, system, domain = (*SWITCH, "URS-DEP-001"), "qms", "label"


class LimitsOnArrival(_DomainOnArrival):
    """The floor uses a new test specification as soon as it has arrived."""

    id, citation = "SIB-REV-13c", "sibling of REV-13 (demo script A of the requirements)"
    requirements, system, domain = (*SWITCH, "URS-DEP-001"), "mes", "test_specification"


class FactorOnArrival(_DomainOnArrival):
    """Planning uses a new conversion as soon as it has arrived."""

    id, citation = "SIB-REV-13d", "sibling of REV-13 (demo script A of the requirements)"
    requirements, system, domain = (*SWITCH, "URS-UOM-001"), "erp", "uom"


class BomSwitchedMidBatch(Defect):
    """The warehouse supplies a running batch by the bill of material in effect now; the rest of its set stays."""

    id, citation = "SIB-REV-16", "sibling of REV-16 (block test 1 of the requirements)"
    requirements, system, policy = KEPT, "wms", "lookup"

    def replacement(self, original, ctx, order):
        fixed, now = original(ctx, order), original(ctx, {"site": order["site"]})
        return lambda domain, key: now(domain, key) if domain == "bom" else fixed(domain, key)


class RoutingsSwapped(Defect):
    """Each routing of a change order is written for the product of the one before it."""

    id, citation = "SIB-REV-19", "sibling of REV-19 (odoo/odoo#36469)"
    requirements, system, policy = ("URS-CHG-008",), "integration", "carry"

    def __init__(self):
        self._last = ""

    def replacement(self, original, consumer, event):
        data = event["data"]
        if consumer != "mes" or data.get("domain") != "routing" or data["revision"] == "A":
            return original(consumer, event)
        item, self._last = self._last or data["item"], data["item"]
        return ({**event, "data": {**data, "item": item}},)


class LinesOfTheFirst(Defect):
    """The lines of the bill of material that was changed first are written on every one of the change order."""

    id, citation = "SIB-REV-19b", "sibling of REV-19 (odoo/odoo#36469)"
    requirements, system, policy = ("URS-CHG-008",), "integration", "carry"

    def __init__(self):
        self._lines = None

    def replacement(self, original, consumer, event):
        data = event["data"]
        if consumer == "erp" or data.get("domain") != "bom" or data["revision"] != "C":
            return original(consumer, event)
        self._lines = self._lines or data["lines"]
        return ({**event, "data": {**data, "lines": self._lines}},)
