"""Siblings of the catalogue's defects of variants and labels (VAR, LBL): the same mechanisms, elsewhere.

``syncproof power --defects tests/power/siblings_products.py --only 'SIB-*'``
"""

from datetime import timedelta

from syncproof.defects import Defect

SECOND = timedelta(seconds=1)


class BaseAndVariantSupplied(Defect):
    """The warehouse supplies what the variant needs, and what only the base product needs as well."""

    id = "SIB-VAR-01"
    citation = "sibling of VAR-01 (another system)"
    requirements = ("URS-VAR-001", "URS-VAR-002")
    system = "wms"
    policy = "requirements"

    def replacement(self, original, ctx, order):
        found = original(ctx, order)
        names = {one["item"] for one in found}
        base = original(ctx, {**order, "variant": None}) if order["variant"] else []
        return sorted([*found, *(one for one in base if one["item"] not in names)], key=lambda one: one["item"])


class VariantNotSupplied(Defect):
    """The warehouse supplies the base product whatever variant was ordered."""

    id = "SIB-VAR-02a"
    citation = "sibling of VAR-02 (another system)"
    requirements = ("URS-VAR-001", "URS-VAR-002")
    system = "wms"
    policy = "requirements"

    def replacement(self, original, ctx, order):
        return original(ctx, {**order, "variant": None})


class BaseShown(Defect):
    """Planning computes by the variant and shows the revisions of the base product."""

    id = "SIB-VAR-02b"
    citation = "sibling of VAR-02 (what is shown)"
    requirements = ("URS-VAR-001", "URS-VAR-002")
    system = "erp"
    policy = "revision_set"

    def replacement(self, original, ctx, order):
        return original(ctx, {**order, "variant": None})


class SwitchedForGood(Defect):
    """Execution follows a switch to a variant, and not the switch to another after it."""

    id = "SIB-VAR-02c"
    citation = "sibling of VAR-02 (the second switch)"
    requirements = ("URS-VAR-001", "URS-VAR-002")
    system = "mes"
    policy = "apply_order"

    def replacement(self, original, ctx, data):
        known = ctx.state.get("order", data["id"])
        kept = known and known["variant"]
        return original(ctx, {**data, "variant": kept} if kept else data)


class OnlyTheLabelStays(Defect):
    """A switch of the variant changes all masters but the label."""

    id = "SIB-VAR-05a"
    citation = "sibling of VAR-05 (another dependent)"
    requirements = ("URS-VAR-001", "URS-VAR-002")
    system = "mes"
    policy = "structure_of"

    def replacement(self, original, item, variant, lookup):
        return {**original(item, variant, lookup), "label": original(item, None, lookup)["label"]}


class TestsOfTheBase(Defect):
    """The warehouse is told of the variant with the test specification of its base product."""

    id = "SIB-VAR-05b"
    citation = "sibling of VAR-05 (another dependent, another system)"
    requirements = ("URS-VAR-001", "URS-VAR-002")
    system = "wms"
    policy = "revision_set"

    def replacement(self, original, ctx, order):
        base = [ref for ref in original(ctx, {**order, "variant": None}) if ref["domain"] == "test_specification"]
        return [ref for ref in original(ctx, order) if ref["domain"] != "test_specification"] + base


class SwitchedWhileItRuns(Defect):
    """Planning switches an order whose batch runs."""

    id = "SIB-VAR-05c"
    citation = "sibling of VAR-05 (half a switch: planning and not the floor)"
    requirements = ("URS-VAR-002",)
    system = "erp"
    policy = "transition"

    def replacement(self, original, order, verb):
        return None if verb == "variant" else original(order, verb)


class LabelASecondLate(Defect):
    """Packaging takes the label version of a second ago."""

    id = "SIB-LBL-03a"
    citation = "sibling of LBL-03 (a second in place of the start of the batch)"
    requirements = ("URS-LBL-001",)
    system = "mes"
    policy = "label_instant"

    def replacement(self, original, started, now):
        return original(started, now) - SECOND


class LabelOfTheDay(Defect):
    """Packaging takes the label version with which the day began."""

    id = "SIB-LBL-03b"
    citation = "sibling of LBL-03 (the start of the day in place of that of the batch)"
    requirements = ("URS-LBL-001",)
    system = "mes"
    policy = "label_instant"

    def replacement(self, original, started, now):
        return now.replace(hour=0, minute=0, second=0, microsecond=0)


class RecordedOld(Defect):
    """The batch record names the label version of the start of the batch, whichever was printed."""

    id = "SIB-LBL-03c"
    citation = "sibling of LBL-03 (the record)"
    requirements = ("URS-LBL-004", "URS-REV-005", "URS-REV-013")
    system = "mes"
    policy = "batch_record"

    def replacement(self, original, order, pinned, runs, materials):
        return original(order, pinned, [{**run, "label": None} for run in runs], materials)


class FilesReusedInTheWarehouse(Defect):
    """The warehouse keeps the artwork of the first version of a label."""

    id = "SIB-LBL-04a"
    citation = "sibling of LBL-04 (another system)"
    requirements = ("URS-LBL-002",)
    system = "integration"
    policy = "carry"
    consumer = "wms"
    field = "artwork_hash"

    def __init__(self):
        self._first = {}

    def replacement(self, original, consumer, event):
        data = event["data"]
        if data.get("domain") != "label" or consumer != self.consumer:
            return original(consumer, event)
        kept = self._first.setdefault(data["id"], data.get(self.field))
        return ({**event, "data": {**data, self.field: kept}},)


class RuleOfTheFirstVersion(FilesReusedInTheWarehouse):
    """The reconciliation rule of the first version of a label is used again for the next."""

    id = "SIB-LBL-04b"
    citation = "sibling of LBL-04 (another label field)"
    consumer = "mes"
    field = "reconciliation_tolerance"


class AnyLabelOfTheRevision(Defect):
    """Packaging compares the revision of the label and not which label it is."""

    id = "SIB-LBL-06a"
    citation = "sibling of LBL-06 (another label field)"
    requirements = ("URS-LBL-001",)
    system = "mes"
    policy = "label_guard"

    def replacement(self, original, operation, effective, given):
        return original(operation, effective, {**given, "id": effective["id"]} if given and effective else given)


class PackedWithoutALabel(Defect):
    """Packaging starts when no label is named at all."""

    id = "SIB-LBL-06b"
    citation = "sibling of LBL-06 (no label in place of the wrong one)"
    requirements = ("URS-LBL-001",)
    system = "mes"
    policy = "label_guard"

    def replacement(self, original, operation, effective, given):
        return None if given is None else original(operation, effective, given)


class SurplusNotCounted(Defect):
    """More labels accounted for than were issued is no difference."""

    id = "SIB-LBL-06c"
    citation = "sibling of LBL-06 (the end of packaging in place of its start)"
    requirements = ("URS-LBL-002",)
    system = "mes"
    policy = "reconciliation"

    def replacement(self, original, label, counts):
        found = original(label, counts)
        return None if found and counts["used"] + counts["destroyed"] + counts["returned"] > counts["issued"] else found
