"""Siblings of the catalogue's defects of holds (HLD): the same mechanisms, elsewhere.

``syncproof power --defects tests/power/siblings_holds.py --only 'SIB-*'``
"""

from datetime import timedelta
from fractions import Fraction

from syncproof.defects import Defect
from syncproof.simulators.chassis import clock
from syncproof.simulators.chassis.holds import FREE

SECOND = timedelta(seconds=1)


class LocationForgottenInPlanning(Defect):
    """Planning posts what lies at a location on hold."""

    id = "SIB-HLD-01a"
    citation = "sibling of HLD-01 (another system)"
    requirements = ("URS-HLD-002", "URS-HLD-003")
    system = "erp"
    policy = "hold_guard"

    def replacement(self, original, ctx, lot):
        return original(ctx, {**lot, "location": "elsewhere"})


class LocationUnknownToExecution(Defect):
    """Execution shows a lot as free whose location is on hold."""

    id = "SIB-HLD-01b"
    citation = "sibling of HLD-01 (another system, what is shown)"
    requirements = ("URS-HLD-001", "URS-HLD-010")
    system = "mes"
    policy = "restrictions"

    def replacement(self, original, ctx, lot):
        return [one for one in original(ctx, lot) if " on hold by its location " not in one.message]


class ItemUnknownToQuality(Defect):
    """The quality system itself tells of a lot without looking at its item."""

    id = "SIB-HLD-01c"
    citation = "sibling of HLD-01 (another system, another scope)"
    requirements = ("URS-HLD-001", "URS-HLD-010", "URS-HLD-002")
    system = "qms"
    policy = "restrictions"

    def replacement(self, original, ctx, lot):
        return [one for one in original(ctx, lot) if " on hold by its item " not in one.message]


class WarehouseOnlyWarns(Defect):
    """The warehouse's holds warn and do not block."""

    id = "SIB-HLD-05"
    citation = "sibling of HLD-05 (another system)"
    requirements = ("URS-HLD-002", "URS-HLD-003")
    system = "wms"
    policy = "hold_guard"

    def replacement(self, original, ctx, lot):
        return None


class RecalledItemShipped(Defect):
    """A shipment looks at the hold of the lot and not at the recall of its item."""

    id = "SIB-HLD-06"
    citation = "sibling of HLD-06 (another scope of hold)"
    requirements = ("URS-HLD-003", "URS-HLD-005")
    system = "wms"
    policy = "shippable"

    def replacement(self, original, ctx, lot, balances):
        return original(ctx, {**lot, "item": "another"}, balances)


class PromisedIsAvailable(Defect):
    """What is promised to an order is offered again."""

    id = "SIB-HLD-07a"
    citation = "sibling of HLD-07 (what is promised in place of what is held)"
    requirements = ("URS-HLD-012",)
    system = "wms"
    policy = "available"

    def replacement(self, original, on_hand, allocated):
        return original(on_hand, Fraction(0))


class OneHeldAllHeld(Defect):
    """A lot is kept back only if every place of it is on hold."""

    id = "SIB-HLD-07b"
    citation = "sibling of HLD-07 (another scope of hold)"
    requirements = ("URS-HLD-012",)
    system = "wms"
    policy = "available"

    def replacement(self, original, on_hand, allocated):
        everything = all(held for _, held in on_hand)
        return original([(amount, everything) for amount, _ in on_hand], allocated)


class HeldPartTakenToo(Defect):
    """As soon as one place of a lot may be used, what lies on hold at another is taken as well."""

    id = "SIB-HLD-07c"
    citation = "sibling of HLD-07 (what is taken in place of what is offered)"
    requirements = ("URS-HLD-013", "URS-HLD-002", "URS-HLD-003")
    system = "wms"
    policy = "usable"

    def replacement(self, original, ctx, lot, balances):
        return list(balances) if original(ctx, lot, balances) else []


class ExpiresAtMidnight(Defect):
    """The warehouse blocks from the first minute of the day of expiry."""

    id = "SIB-HLD-08a"
    citation = "sibling of HLD-08 (the other direction, another system)"
    requirements = ("URS-HLD-014",)
    system = "wms"
    policy = "restrictions"

    def replacement(self, original, ctx, lot):
        expiry = lot.get("expiry")
        day = clock.read(expiry).replace(hour=0, minute=0, second=0, microsecond=0) if expiry else None
        return original(ctx, {**lot, "expiry": clock.wire(day) if day else None})


class LastInstantCounts(Defect):
    """Planning takes a lot until and including the very instant of its expiry."""

    id = "SIB-HLD-08b"
    citation = "sibling of HLD-08 (an instant in place of a day)"
    requirements = ("URS-HLD-014",)
    system = "erp"
    policy = "restrictions"

    def replacement(self, original, ctx, lot):
        found = original(ctx, lot)
        return [one for one in found if one.code != "lot_expired" or clock.read(lot["expiry"]) != ctx.now]


class ShippedToTheEndOfTheDay(Defect):
    """Only the shipment lets pass until the end of the day of expiry."""

    id = "SIB-HLD-08c"
    citation = "sibling of HLD-08 (one verb)"
    requirements = ("URS-HLD-014",)
    system = "wms"
    policy = "shippable"

    def replacement(self, original, ctx, lot, balances):
        expiry = lot.get("expiry")
        is_last_day = expiry and clock.read(expiry).date() == ctx.now.date()
        return list(balances) if is_last_day else original(ctx, lot, balances)


class ExpiryOfTheSite(Defect):
    """Execution reads the instant of expiry as a wall time of the site."""

    id = "SIB-HLD-08d"
    citation = "sibling of HLD-08 (the offset of a time zone in place of a day)"
    requirements = ("URS-HLD-014",)
    system = "mes"
    policy = "restrictions"

    def replacement(self, original, ctx, lot):
        expiry = lot.get("expiry")
        zone = ctx.config.zone(lot["site"])
        wall = clock.wire(clock.read(expiry).replace(tzinfo=zone)) if expiry else None
        return original(ctx, {**lot, "expiry": wall})


class QualityASecondLate(Defect):
    """The quality system answers that a lot may be used one second after it expired."""

    id = "SIB-HLD-08e"
    citation = "sibling of HLD-08 (a second in place of a day, another system)"
    requirements = ("URS-HLD-014",)
    system = "qms"
    policy = "restrictions"

    def replacement(self, original, ctx, lot):
        expiry = lot.get("expiry")
        return original(ctx, {**lot, "expiry": clock.wire(clock.read(expiry) + SECOND) if expiry else None})


class DisabledLotPosted(Defect):
    """Planning posts a lot that is disabled itself."""

    id = "SIB-HLD-13a"
    citation = "sibling of HLD-13 (another system)"
    requirements = ("URS-HLD-002", "URS-HLD-003")
    system = "erp"
    policy = "hold_guard"

    def replacement(self, original, ctx, lot):
        return original(ctx, {**lot, "id": "another", "disposition": FREE})


class ReceivedOnHoldIsFree(Defect):
    """A lot that was received as restricted is free in execution and quality until somebody puts it on hold again."""

    id = "SIB-HLD-13b"
    citation = "sibling of HLD-13 (a lot that was never free)"
    requirements = ("URS-HLD-010", "URS-HLD-002", "URS-HLD-001")
    system = "mes"
    also = ("qms",)
    policy = "restrictions"

    def replacement(self, original, ctx, lot):
        return original(ctx, {**lot, "disposition": FREE})


class MovedOutOfALocationOnHold(Defect):
    """A movement looks at the lot and its item, and not at the location that it leads out of."""

    id = "SIB-HLD-16"
    citation = "sibling of HLD-16 (another scope of hold)"
    requirements = ("URS-HLD-003", "URS-HLD-005")
    system = "wms"
    policy = "movable"

    def replacement(self, original, ctx, lot, balances):
        open_to = original(ctx, {**lot, "location": "x"}, [one._replace(location="x") for one in balances])
        return list(balances) if open_to else []
