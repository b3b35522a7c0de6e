"""Siblings of the catalogue's defects: guards that nothing but a direct attempt challenges, each left out in one system.

``syncproof power --defects tests/power/siblings_guards.py --only 'SIB-*'``
"""

from syncproof.defects import Defect
from syncproof.simulators.chassis import clock


class _AnySource(Defect):
    """A master is taken from whoever sends it, not from its system of record only."""

    requirements, policy = ("URS-OWN-002",), "source"

    def replacement(self, original, ctx, event):
        return None


class PlanningHearsAnybody(_AnySource):
    """Planning takes a master from a system that does not own it."""

    id, citation, system = "SIB-SOD-03d", "sibling of SOD-03 (frappe/frappe#19323)", "erp"


class FloorHearsAnybody(_AnySource):
    """The floor takes a master from a system that does not own it."""

    id, citation, system = "SIB-SOD-03e", "sibling of SOD-03 (frappe/frappe#19323)", "mes"


class WarehouseHearsAnybody(_AnySource):
    """The warehouse takes a master from a system that does not own it."""

    id, citation, system = "SIB-SOD-03f", "sibling of SOD-03 (frappe/frappe#19323)", "wms"


class QualityHearsAnybody(_AnySource):
    """Quality takes a master from a system that does not own it."""

    id, citation, system = "SIB-SOD-03g", "sibling of SOD-03 (frappe/frappe#19323)", "qms"


class _Unvalidated(Defect):
    """Masters of one domain are taken whatever they say."""

    requirements = ("URS-VAL-001", "URS-VAL-008")
    citation = "sibling of VAL-05 (section 9 of the requirements)"

    def replacement(self, original, ctx, master):
        return []


class ClassDroppedInPlanning(_Unvalidated):
    """Planning takes equipment of no class."""

    id, system, policy = "SIB-VAL-05e", "erp", "validators.equipment"


class ClassDroppedOnTheFloor(_Unvalidated):
    """The floor, which owns equipment, takes a unit of no class."""

    id, system, policy = "SIB-VAL-05f", "mes", "validators.equipment"


class ClassDroppedInTheWarehouse(_Unvalidated):
    """The warehouse takes equipment of no class."""

    id, system, policy = "SIB-VAL-05g", "wms", "validators.equipment"


class ClassDroppedInQuality(_Unvalidated):
    """Quality takes equipment of no class."""

    id, system, policy = "SIB-VAL-05h", "qms", "validators.equipment"


class AnyRuleInPlanning(_Unvalidated):
    """Planning takes an identity rule that no identifier can keep."""

    id, system, policy = "SIB-VAL-05i", "erp", "validators.identity"


class AnyRuleOnTheFloor(_Unvalidated):
    """The floor takes an identity rule that no identifier can keep."""

    id, system, policy = "SIB-VAL-05j", "mes", "validators.identity"


class LengthsOfTheRuleOnly(_Unvalidated):
    """The warehouse, which owns identity rules, looks at the lengths of one and not at its alphabet."""

    id, system, policy = "SIB-VAL-05k", "wms", "validators.identity"

    def replacement(self, original, ctx, master):
        return [reason for reason in original(ctx, master) if reason.pointer != "/alphabet"]


class AlphabetOfTheRuleOnly(_Unvalidated):
    """Quality looks at the alphabet of an identity rule and not at its lengths."""

    id, system, policy = "SIB-VAL-05l", "qms", "validators.identity"

    def replacement(self, original, ctx, master):
        return [reason for reason in original(ctx, master) if reason.pointer == "/alphabet"]


class _ActiveInPart(Defect):
    """What is there of a change takes effect, whatever is missing."""

    requirements, policy = ("URS-SYN-003",), "activation_gate"
    citation = "sibling of DEP-01 (section 13 of the requirements: dependency cutover)"

    def replacement(self, original, ctx, activation):
        return []


class InPartOnTheFloor(_ActiveInPart):
    """The floor puts into effect what has arrived of a change."""

    id, system = "SIB-DEP-01c", "mes"


class InPartInTheWarehouse(_ActiveInPart):
    """The warehouse puts into effect what has arrived of a change."""

    id, system = "SIB-DEP-01d", "wms"


class InPartInQuality(_ActiveInPart):
    """Quality puts into effect what has arrived of a change."""

    id, system = "SIB-DEP-01e", "qms"


class OverwrittenInTheWarehouse(Defect):
    """A message with other content overwrites an accepted revision in the warehouse."""

    id, citation = "SIB-REV-04c", "sibling of REV-04 (frappe/erpnext#53454)"
    requirements, system, policy = ("URS-REV-010",), "wms", "immutable"

    def replacement(self, original, known, new_hash):
        return None


class Backdated(Defect):
    """A change of what is in effect may carry a date that has passed."""

    id, citation = "SIB-REV-13e", "sibling of REV-13 (demo script A of the requirements)"
    requirements, system, policy = ("URS-REV-011", "URS-CHG-001"), "qms", "effective_date"

    def replacement(self, original, ctx, change):
        return []


class BackdatedAtOneSite(Defect):
    """A local date is taken as long as it has not passed at the last of the sites."""

    id, citation = "SIB-REV-13f", "sibling of REV-13 (demo script A of the requirements)"
    requirements, system, policy = ("URS-REV-011", "URS-CHG-001"), "qms", "effective_date"

    def replacement(self, original, ctx, change):
        return [] if change["effectivity"].get("local") else original(ctx, change)


class NowIsTooLate(Defect):
    """A change that is to take effect at this instant is turned away as past."""

    id, citation = "SIB-REV-07d", "sibling of REV-07 (magento/magento2#39169)"
    requirements, system, policy = ("URS-REV-011", "URS-CHG-001"), "qms", "effective_date"

    def replacement(self, original, ctx, change):
        when = change["effectivity"].get("instant")
        earlier = {**change, "effectivity": {"instant": "2000-01-01T00:00:00Z", "local": None}}
        return original(ctx, earlier if when and clock.read(when) == ctx.now else change)


class BulkHoldsPastTheGuard(Defect):
    """Holds are set in bulk by whoever sends them."""

    id, citation = "SIB-SOD-02d", "sibling of SOD-02 (frappe/frappe#8323)"
    requirements, system, policy = ("URS-SEC-002",), "qms", "bulk_checks.role_check"

    def replacement(self, original, ctx, write, body):
        return None


class AnythingScrapped(Defect):
    """What goes into a batch is held against its bill of material; what is scrapped of it is not."""

    id = "SIB-HLD-16b"
    citation = "sibling of HLD-16 (one verb is guarded, the other is not)"
    requirements, system, policy = ("URS-VAL-003",), "mes", "scrap_item"

    def replacement(self, original, bom, ordered, item):
        return None
