"""Siblings of the catalogue's defects of stock, cancellation and back-out (HLD-18, HLD-19, BCK): the same mechanisms, elsewhere.

``syncproof power --defects tests/power/siblings_stock.py --only 'SIB-*'``
"""

from fractions import Fraction

from syncproof.defects import Defect
from syncproof.simulators.chassis.holds import FREE


class ShipmentIgnoresPromises(Defect):
    """Orders are held against each other; a shipment takes what was promised."""

    id = "SIB-HLD-18a"
    citation = "sibling of HLD-18 (one verb)"
    requirements = ("URS-HLD-013",)
    system = "wms"
    policy = "free"

    def replacement(self, original, on_hand, allocated, *order):
        return original(on_hand, allocated, *order) if order else on_hand


class OwnPromiseAgainstIt(Defect):
    """What an order was promised counts against the order itself."""

    id = "SIB-HLD-18b"
    citation = "sibling of HLD-18 (the other direction)"
    requirements = ("URS-HLD-013",)
    system = "wms"
    policy = "free"

    def replacement(self, original, on_hand, allocated, *order):
        return original(on_hand, allocated)


class EnoughInWholeKilos(Defect):
    """What is asked for is cut to whole units before it is held against what is free."""

    id = "SIB-HLD-18c"
    citation = "sibling of HLD-18 (the boundary)"
    requirements = ("URS-HLD-013",)
    system = "wms"
    policy = "enough"

    def replacement(self, original, lot, wanted, limit):
        return original(lot, Fraction(int(wanted)), limit)


class IssuedTwice(Defect):
    """Planning issues to one order what it has issued to another."""

    id = "SIB-HLD-18d"
    citation = "sibling of HLD-18 (another system)"
    requirements = ("URS-HLD-013",)
    system = "erp"
    policy = "open_issues"

    def replacement(self, original, issued, consumed):
        return Fraction(0)


class ItemStaysBlocked(Defect):
    """Execution takes over releases of lots, and not that of an item."""

    id = "SIB-HLD-19a"
    citation = "sibling of HLD-19 (another system, another scope)"
    requirements = ("URS-HLD-010", "URS-HLD-006")
    system = "mes"
    policy = "apply_disposition"

    def replacement(self, original, ctx, data):
        return None if data["disposition"] == FREE and data["scope"] == "item" else original(ctx, data)


class ReleaseLostOnTheWay(Defect):
    """A release is lost on its way to the warehouse."""

    id = "SIB-HLD-19b"
    citation = "sibling of HLD-19 (in transit)"
    requirements = ("URS-HLD-010", "URS-HLD-006")
    system = "integration"
    policy = "carry"

    def replacement(self, original, consumer, event):
        is_release = event["type"] == "org.syncproof.disposition.v1" and event["data"]["disposition"] == FREE
        return () if is_release and consumer == "wms" else original(consumer, event)


class OneReleaseFreesAll(Defect):
    """A release of a lot lifts the hold of its item in planning as well."""

    id = "SIB-HLD-19c"
    citation = "sibling of HLD-19 (released here, blocked there)"
    requirements = ("URS-HLD-010",)
    system = "erp"
    policy = "restrictions"

    def replacement(self, original, ctx, lot):
        hold = ctx.state.get("hold", f"lot|{lot['id']}")
        return [] if hold and hold["disposition"] == FREE else original(ctx, lot)


class QuietlyFreed(Defect):
    """A cancelled allocation goes without a trace."""

    id = "SIB-BCK-03a"
    citation = "sibling of BCK-03 (the record of it)"
    requirements = ("URS-AUD-008",)
    system = "wms"
    policy = "free_allocations"

    def replacement(self, original, ctx, order):
        for row in ctx.state.all("allocation"):
            if row["order"] == order:
                ctx.state.put("allocation", f"{row['lot']}|{order}", {**row, "amount": "0"}, ref=row["lot"])


class OnlyTheFirstLotFreed(Defect):
    """Of the lots that were allocated to a cancelled order the first is free again."""

    id = "SIB-BCK-03b"
    citation = "sibling of BCK-03 (another lot)"
    requirements = ("URS-BCK-002",)
    system = "wms"
    policy = "free_allocations"

    def replacement(self, original, ctx, order):
        for row in [one for one in ctx.state.all("allocation") if one["order"] == order][:1]:
            ctx.state.put("allocation", f"{row['lot']}|{order}", {**row, "amount": "0"}, ref=row["lot"])
            ctx.audit("lot", row["lot"], "free", field=f"allocated to {order}", old=row["amount"], new="0")


class CancelledStillRuns(Defect):
    """The floor goes on with an order that planning cancelled."""

    id = "SIB-BCK-03c"
    citation = "sibling of BCK-03 (another system)"
    requirements = ("URS-BCK-002",)
    system = "mes"
    policy = "order_executable"

    def replacement(self, original, order):
        return None if order["status"] == "Cancelled" else original(order)


class CancelledInPlanningOnly(Defect):
    """Planning cancels for itself and tells nobody."""

    id = "SIB-BCK-03d"
    citation = "sibling of BCK-03 (in transit)"
    requirements = ("URS-BCK-002",)
    system = "erp"
    policy = "announce"

    def replacement(self, original, ctx, order):
        if order["status"] != "Cancelled":
            original(ctx, order)


class SuppliedThoughCancelled(Defect):
    """The warehouse still promises and issues material to a cancelled order."""

    id = "SIB-BCK-03e"
    citation = "sibling of BCK-03 (a new allocation in place of the old one)"
    requirements = ("URS-BCK-002",)
    system = "wms"
    policy = "served"

    def replacement(self, original, order):
        return None if order["status"] == "Cancelled" else original(order)


class LabelLeftBehind(Defect):
    """A back-out reaches the warehouse without the BOM: it stays at the newer revision."""

    id = "SIB-BCK-05a"
    citation = "sibling of BCK-05 (another system, another domain)"
    requirements = ("URS-BCK-001",)
    system = "integration"
    policy = "carry"

    def __init__(self):
        self._seen = set()

    def replacement(self, original, consumer, event):
        data = event["data"]
        if event["type"] != "org.syncproof.activation.v1" or consumer != "wms":
            return original(consumer, event)
        names = {(one["domain"], one["id"], one["revision"]) for one in data["members"]}
        is_restored = bool(names & self._seen)
        self._seen |= names
        others = [one for one in data["members"] if one["domain"] != "bom"]
        return ({**event, "data": {**data, "members": others}},) if is_restored else (event,)


class BackedOutAtOneSite(Defect):
    """A back-out takes effect at one site; the other stays with the newer revision."""

    id = "SIB-BCK-05b"
    citation = "sibling of BCK-05 (another site)"
    requirements = ("URS-BCK-001",)
    system = "mes"
    policy = "in_force"

    def replacement(self, original, candidates, at):
        seen, kept = set(), []
        for one in sorted(candidates, key=lambda active: active.seq):
            if one.site != "WEST" or one.revision not in seen:
                kept.append(one)
            seen.add(one.revision)
        return original(kept, at)


class RunningIsCancelled(Defect):
    """A batch that runs can be cancelled, one that is completed cannot."""

    id = "SIB-BCK-06a"
    citation = "sibling of BCK-06 (another state)"
    requirements = ("URS-BCK-003",)
    system = "erp"
    policy = "transition"

    def replacement(self, original, order, verb):
        return None if verb == "cancel" and order["status"] == "Running" else original(order, verb)


class CompletedIsCancelled(Defect):
    """A batch that is completed can be cancelled, one that runs cannot."""

    id = "SIB-BCK-06b"
    citation = "sibling of BCK-06 (another state)"
    requirements = ("URS-BCK-003",)
    system = "erp"
    policy = "transition"

    def replacement(self, original, order, verb):
        return None if verb == "cancel" and order["status"] == "Completed" else original(order, verb)


class IssuedIsCancelled(Defect):
    """Planning cancels an order that has not started and forgets what was issued to it."""

    id = "SIB-BCK-06c"
    citation = "sibling of BCK-06 (an issue in place of a consumption)"
    requirements = ("URS-BCK-003",)
    system = "erp"
    policy = "given_back"

    def replacement(self, original, order, issued):
        return None


class IssuedElsewhereIsCancelled(Defect):
    """Planning looks at its own postings when it cancels, and not at what the warehouse issued."""

    id = "SIB-BCK-06d"
    citation = "sibling of BCK-06 (another system's issue)"
    requirements = ("URS-BCK-003",)
    system = "erp"
    policy = "enter"

    def replacement(self, original, ctx, fact):
        return None if fact["kind"] == "issue" else original(ctx, fact)
