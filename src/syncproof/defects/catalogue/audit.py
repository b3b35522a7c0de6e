"""The audit trail and the record of every synchronisation."""

from typing import Any

from syncproof.defects.base import Defect, Json, Original


class BulkNotLogged(Defect):
    """Changes through one path are logged, those through another are not: a bulk write leaves no trace."""

    id = "AUD-01"
    citation = "phpipam/phpipam#800; nocodb/nocodb#9880"
    requirements = ("URS-AUD-002", "URS-AUD-003")
    system = "wms"
    policy = "audit"

    def replacement(self, original: Original, ctx: Any, event: Json) -> None:
        if not ctx.bulk:
            original(ctx, event)


class NobodyDidIt(Defect):
    """The entry of a write with a token has no user."""

    id = "AUD-02"
    citation = "nocodb/nocodb#7201"
    requirements = ("URS-AUD-002",)
    system = "erp"
    policy = "audit"

    def replacement(self, original: Original, ctx: Any, event: Json) -> None:
        original(ctx, {**event, "actor": "unknown"})


class BoundLate(Defect):
    """The batch record holds a link to the master, not the revision that was executed; asked later, it names the
    revision of then."""

    id = "AUD-05"
    citation = "block test 7 of the requirements"
    requirements = ("URS-AUD-001", "URS-REV-013", "URS-REV-009")
    system = "mes"
    policy = "recorded_set"

    def replacement(self, original: Original, ctx: Any, pinned: Json) -> list[Json]:
        return [self._now(ctx, pinned["site"], ref) for ref in original(ctx, pinned)]

    def _now(self, ctx: Any, site: str, ref: Json) -> Json:
        master = ctx.effective(ref["domain"], ref["id"], site)
        return ref if master is None else {**ref, "revision": master["revision"]}


class LotErased(Defect):
    """The record of an allocation that was cancelled loses the lot that it named."""

    id = "AUD-07"
    citation = "frappe/erpnext#49854"
    requirements = ("URS-AUD-008",)
    system = "wms"
    policy = "audit"

    def replacement(self, original: Original, ctx: Any, event: Json) -> None:
        original(ctx, {**event, "id": "none"} if event.get("action") == "free" else event)


class NoReceipt(Defect):
    """A master that was taken over leaves no record of it: no source, no hash, no time, no acceptance."""

    id = "AUD-09"
    citation = "section 12 of the requirements: synchronisation transactions"
    requirements = ("URS-AUD-004",)
    system = "erp"
    policy = "receipt"

    def replacement(self, original: Original, ctx: Any, event: Json, *what: Any) -> None:
        if event.get("type") != "org.syncproof.master.v1":
            original(ctx, event, *what)


class SuccessOnPaper(Defect):
    """What was turned away is logged as a success."""

    id = "AUD-10"
    citation = "frappe/ecommerce_integrations#210"
    requirements = ("URS-AUD-005", "URS-SYN-004", "URS-AUD-004", "URS-VAL-006")
    system = "mes"
    policy = "receipt"

    def replacement(self, original: Original, ctx: Any, event: Json, status: str, reasons: Any, digest: str) -> None:
        original(ctx, event, "accepted" if status == "rejected" else status, (), digest)
