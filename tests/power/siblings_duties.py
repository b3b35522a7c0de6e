"""Siblings of the catalogue's defects of audit, duties and validation: elsewhere, and at other boundaries."""

from syncproof.defects import Defect
from syncproof.simulators.chassis import clock

TRAIL = ("URS-AUD-002", "URS-AUD-003")


class FloorBulkNotLogged(Defect):
    """What is booked on the floor in bulk leaves no trace."""

    id, citation = "SIB-AUD-01", "sibling of AUD-01 (phpipam/phpipam#800)"
    requirements, system, policy = TRAIL, "mes", "audit"

    def replacement(self, original, ctx, event):
        if not ctx.bulk:
            original(ctx, event)


class SingleNotLogged(Defect):
    """In quality only bulk decisions are logged."""

    id, citation = "SIB-AUD-01b", "sibling of AUD-01 (nocodb/nocodb#9880)"
    requirements, system, policy = TRAIL, "qms", "audit"

    def replacement(self, original, ctx, event):
        if ctx.bulk or event["domain"] != "hold":
            original(ctx, event)


class ConsumptionNotLogged(Defect):
    """The floor logs its operations and not what they consume."""

    id, citation = "SIB-AUD-01c", "sibling of AUD-01 (nocodb/nocodb#9880)"
    requirements, system, policy = TRAIL, "mes", "audit"

    def replacement(self, original, ctx, event):
        if event["field"] not in ("consumption", "quantity"):
            original(ctx, event)


class OperationNotLogged(Defect):
    """The floor logs what is booked and not the operations."""

    id, citation = "SIB-AUD-01d", "sibling of AUD-01 (nocodb/nocodb#9880)"
    requirements, system, policy = TRAIL, "mes", "audit"

    def replacement(self, original, ctx, event):
        if not str(event["field"]).startswith("operation"):
            original(ctx, event)


class FloorHasNoNames(Defect):
    """What is done on the floor is logged without the user."""

    id, citation = "SIB-AUD-02", "sibling of AUD-02 (nocodb/nocodb#7201)"
    requirements, system, policy = TRAIL, "mes", "audit"

    def replacement(self, original, ctx, event):
        original(ctx, {**event, "actor": "unknown"})


class BulkByTheSystem(Defect):
    """What comes in bulk is logged under the name of the system in the warehouse."""

    id, citation = "SIB-AUD-02b", "sibling of AUD-02 (nocodb/nocodb#7201)"
    requirements, system, policy = TRAIL, "wms", "audit"

    def replacement(self, original, ctx, event):
        original(ctx, {**event, "actor": "system"} if ctx.bulk else event)


class OnlyTheDay(Defect):
    """Quality logs the day of a decision and not its time."""

    id, citation = "SIB-AUD-02c", "sibling of AUD-02 (nocodb/nocodb#7201)"
    requirements, system, policy = TRAIL, "qms", "audit"

    def replacement(self, original, ctx, event):
        midnight = clock.read(event["at"]).replace(hour=0, minute=0, second=0, microsecond=0)
        original(ctx, {**event, "at": clock.wire(midnight)})


class LimitsBoundLate(Defect):
    """The batch record binds to the test specification of now; the rest stays as it was executed."""

    id, citation = "SIB-AUD-05", "sibling of AUD-05 (block test 7 of the requirements)"
    requirements = ("URS-AUD-001", "URS-REV-013", "URS-REV-009")
    system, policy = "mes", "recorded_set"

    def replacement(self, original, ctx, pinned):
        return [self._now(ctx, pinned["site"], one) for one in original(ctx, pinned)]

    def _now(self, ctx, site, ref):
        master = ctx.effective(ref["domain"], ref["id"], site) if ref["domain"] == "test_specification" else None
        return {**ref, "revision": master["revision"]} if master else ref


class ChangeBoundLate(Defect):
    """The batch record names the right revisions, and no change for what was there from the beginning."""

    id, citation = "SIB-AUD-05b", "sibling of AUD-05 (block test 7 of the requirements)"
    requirements = ("URS-AUD-001", "URS-REV-013", "URS-REV-009")
    system, policy = "mes", "batch_record"

    def replacement(self, original, *what):
        record = original(*what)
        return {**record, "changes": {ref: one for ref, one in record["changes"].items() if not ref.endswith(" A")}}


class QuantityErased(Defect):
    """The record of a cancelled allocation keeps the lot and forgets how much it was."""

    id, citation = "SIB-AUD-07", "sibling of AUD-07 (frappe/erpnext#49854)"
    requirements, system, policy = ("URS-AUD-008",), "wms", "audit"

    def replacement(self, original, ctx, event):
        original(ctx, {**event, "old": None} if event["action"] == "free" else event)


class QuietlyFreed(Defect):
    """A cancelled allocation goes without a trace."""

    id, citation = "SIB-AUD-07b", "sibling of AUD-07 (frappe/erpnext#49854)"
    requirements, system, policy = ("URS-AUD-008",), "wms", "free_allocations"

    def replacement(self, original, ctx, order):
        for row in ctx.state.all("allocation"):
            if row["order"] == order:
                ctx.state.put("allocation", f"{row['lot']}|{order}", {**row, "amount": "0"}, ref=row["lot"])


class OrderErased(Defect):
    """The record of a cancelled allocation forgets the order."""

    id, citation = "SIB-AUD-07c", "sibling of AUD-07 (frappe/erpnext#49854)"
    requirements, system, policy = ("URS-AUD-008",), "wms", "audit"

    def replacement(self, original, ctx, event):
        original(ctx, {**event, "field": "allocated"} if event["action"] == "free" else event)


class _NoReceiptOf(Defect):
    """Messages of one kind leave no receipt."""

    requirements, policy, kind = ("URS-AUD-004",), "receipt", ""

    def replacement(self, original, ctx, event, *what):
        if event.get("type") != f"org.syncproof.{self.kind}.v1":
            original(ctx, event, *what)


class NoReceiptOfLots(_NoReceiptOf):
    """The floor keeps no record of the lots that it was told of."""

    id, citation = "SIB-AUD-09", "sibling of AUD-09 (section 12 of the requirements)"
    system, kind = "mes", "lot"


class NoReceiptOfOrders(_NoReceiptOf):
    """The warehouse keeps no record of the orders that it was told of."""

    id, citation = "SIB-AUD-09b", "sibling of AUD-09 (section 12 of the requirements)"
    system, kind = "wms", "order"


class NoReceiptOfHolds(_NoReceiptOf):
    """Planning keeps no record of the holds that it was told of."""

    id, citation = "SIB-AUD-09c", "sibling of AUD-09 (section 12 of the requirements)"
    system, kind = "erp", "disposition"


class HashOfNothing(Defect):
    """Quality keeps receipts with the hash of something else."""

    id, citation = "SIB-AUD-09d", "sibling of AUD-09 (section 12 of the requirements)"
    requirements, system, policy = ("URS-AUD-004",), "qms", "receipt"

    def replacement(self, original, ctx, event, status, reasons, digest):
        original(ctx, event, status, reasons, "sha256:" + "0" * 64)


class StagedOnPaperAccepted(Defect):
    """The warehouse logs what it set aside as a success."""

    id, citation = "SIB-AUD-10", "sibling of AUD-10 (frappe/ecommerce_integrations#210)"
    requirements = ("URS-AUD-005", "URS-SYN-004", "URS-AUD-004", "URS-VAL-006")
    system, policy = "wms", "receipt"

    def replacement(self, original, ctx, event, status, reasons, digest):
        original(ctx, event, "accepted" if status == "staged" else status, reasons, digest)


class RefusalsNotLogged(Defect):
    """Quality answers a refusal and keeps nothing of it."""

    id, citation = "SIB-AUD-10b", "sibling of AUD-10 (frappe/ecommerce_integrations#210)"
    requirements = ("URS-AUD-005", "URS-SYN-004", "URS-AUD-004", "URS-VAL-006")
    system, policy = "qms", "audit"

    def replacement(self, original, ctx, event):
        if event["outcome"] != "refused":
            original(ctx, event)


class BulkGoodsPastTheGuard(Defect):
    """Goods are received in bulk by whoever sends them."""

    id, citation = "SIB-SOD-02", "sibling of SOD-02 (frappe/frappe#8323)"
    requirements, system, policy = ("URS-SEC-002", "URS-SEC-004"), "wms", "bulk_checks.role_check"

    def replacement(self, original, ctx, write, body):
        return None


class BulkHoldsWithoutReason(Defect):
    """Holds that are set in bulk need no reason."""

    id, citation = "SIB-SOD-02b", "sibling of SOD-02 (frappe/frappe#8323)"
    requirements, system, policy = ("URS-AUD-003",), "qms", "bulk_checks.reason_check"

    def replacement(self, original, ctx, write, body):
        return None


class BulkBookingsPastTheGuard(Defect):
    """What is booked on the floor in bulk is booked by whoever sends it."""

    id, citation = "SIB-SOD-02c", "sibling of SOD-02 (frappe/frappe#8323)"
    requirements, system, policy = ("URS-SEC-002", "URS-SEC-004"), "mes", "bulk_checks.role_check"

    def replacement(self, original, ctx, write, body):
        return None
