"""Siblings of the catalogue's defects: guards that are there and see only a part (without them: guards.py).

``syncproof power --defects tests/power/siblings_guards.py --only 'SIB-*'``
"""

from syncproof.defects import Defect
from syncproof.simulators.chassis import clock


class _Unvalidated(Defect):
    """Masters of one domain are taken whatever they say."""

    requirements = ("URS-VAL-001", "URS-VAL-008")
    citation = "sibling of VAL-05 (section 9 of the requirements)"

    def replacement(self, original, ctx, master):
        return []


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
