"""Siblings of the catalogue's defects of routings (RTG): the same mechanisms, elsewhere.

``syncproof power --defects tests/power/siblings_shopfloor.py --only 'SIB-*'``
"""

from syncproof.defects import Defect
from syncproof.simulators.chassis import masters


class GhostInPlanning(Defect):
    """Planning waits for the confirmation of an operation that the new routing dropped."""

    id = "SIB-RTG-01a"
    citation = "sibling of RTG-01 (another system)"
    requirements = ("URS-RTG-002", "URS-RTG-001")
    system = "erp"
    policy = "operations"

    def replacement(self, original, ctx, order):
        ids = [ref["id"] for ref in ctx.rules.revision_set(ctx, order) if ref["domain"] == "routing"]
        known = [one for id in ids for one in masters.accepted(ctx, "routing", id)]
        return sorted({op["op_no"] for one in known for op in one["operations"]} | set(original(ctx, order)))


class OldRoutingAtOneSite(Defect):
    """Execution lists the operations of the first routing at one site."""

    id = "SIB-RTG-01b"
    citation = "sibling of RTG-01 (another site)"
    requirements = ("URS-RTG-001", "URS-RTG-002")
    system = "mes"
    policy = "in_force"

    def replacement(self, original, candidates, at):
        first = [one for one in candidates if one.site != "WEST" or one.revision == candidates[0].revision]
        return original(first, at)


class StartedByName(Defect):
    """An operation is started by its name: the second of a name is the first again."""

    id = "SIB-RTG-03a"
    citation = "sibling of RTG-03 (another verb)"
    requirements = ("URS-RTG-008",)
    system = "mes"
    policy = "operation_of"

    def replacement(self, original, routing, op_no):
        found = original(routing, op_no)
        if not isinstance(found, dict):
            return found
        return next(one for one in routing["operations"] if one["name"] == found["name"])


class MaterialOfAllOfTheName(Defect):
    """Operations of one name share the material of all of them."""

    id = "SIB-RTG-03b"
    citation = "sibling of RTG-03 (too much in place of the wrong one)"
    requirements = ("URS-RTG-008",)
    system = "mes"
    policy = "lines_of_operation"

    def replacement(self, original, bom, routing, op_no):
        name = {one["op_no"]: one["name"] for one in routing["operations"]}
        return [line for line in bom["lines"] if line["op_no"] is None or name.get(line["op_no"]) == name[op_no]]


class ListedByName(Defect):
    """The dispatch list shows an operation of a repeated name once."""

    id = "SIB-RTG-03c"
    citation = "sibling of RTG-03 (the dispatch list)"
    requirements = ("URS-RTG-008", "URS-RTG-001")
    system = "mes"
    policy = "dispatch_list"

    def replacement(self, original, *what):
        return list({job["name"]: job for job in reversed(original(*what))}.values())[::-1]


class PostedByName(Defect):
    """Planning posts material to an operation of the order that does not use it."""

    id = "SIB-RTG-03d"
    citation = "sibling of RTG-03 (another system)"
    requirements = ("URS-RTG-008",)
    system = "erp"
    policy = "used_at"

    def replacement(self, original, ctx, order, item, op_no):
        return None


class IssuedByName(PostedByName):
    """The warehouse issues material to an operation of the order that does not use it."""

    id = "SIB-RTG-03e"
    system = "wms"


class UnqualifiedUnit(Defect):
    """A unit that is not qualified any more can be started on."""

    id = "SIB-RTG-04a"
    citation = "sibling of RTG-04 (another attribute)"
    requirements = ("URS-RTG-007",)
    system = "mes"
    policy = "equipment_fits"

    def replacement(self, original, operation, item, unit, state):
        return original(operation, item, {**unit, "qualified": True}, state)


class ForAnyItem(Defect):
    """What items a unit is eligible for is not looked at."""

    id = "SIB-RTG-04b"
    citation = "sibling of RTG-04 (another attribute)"
    requirements = ("URS-RTG-007",)
    system = "mes"
    policy = "equipment_fits"

    def replacement(self, original, operation, item, unit, state):
        return original(operation, item, {**unit, "eligible_items": []}, state)


class ReadyWithoutEquipment(Defect):
    """An operation is listed as ready although no unit is at hand."""

    id = "SIB-RTG-04c"
    citation = "sibling of RTG-04 (the dispatch list)"
    requirements = ("URS-RTG-007",)
    system = "mes"
    policy = "equipment_at_hand"

    def replacement(self, original, *what):
        return True


class FirstOperationHidden(Defect):
    """The dispatch list begins with the second operation."""

    id = "SIB-RTG-06a"
    citation = "sibling of RTG-06 (another operation)"
    requirements = ("URS-RTG-001", "URS-RTG-002")
    system = "mes"
    policy = "dispatch_list"

    def replacement(self, original, *what):
        return original(*what)[1:]


class SortedAsText(Defect):
    """Operations are listed as their numbers sort as texts: 100 before 20."""

    id = "SIB-RTG-06b"
    citation = "sibling of RTG-06 (the sequence of the list)"
    requirements = ("URS-RTG-001", "URS-RTG-002")
    system = "mes"
    policy = "dispatch_list"

    def replacement(self, original, *what):
        return sorted(original(*what), key=lambda job: job["op_no"])


class VariantOfTheFirstDay(Defect):
    """A switch of the variant reaches the order of the warehouse and not what it must supply."""

    id = "SIB-RTG-07"
    citation = "sibling of RTG-07 (another change of the order)"
    requirements = ("URS-VAR-001", "URS-UOM-001")
    system = "wms"
    policy = "requirements"

    def __init__(self):
        self._first = {}

    def replacement(self, original, ctx, order):
        return original(ctx, {**order, "variant": self._first.setdefault(order["id"], order["variant"])})


class StartedIsEnough(Defect):
    """An operation can start when the one before it has started."""

    id = "SIB-RTG-08a"
    citation = "sibling of RTG-08 (running in place of completed)"
    requirements = ("URS-RTG-002",)
    system = "mes"
    policy = "in_sequence"

    def replacement(self, original, routing, op_no, runs):
        done = {name: {**run, "completed_at": run["completed_at"] or "now"} for name, run in runs.items()}
        return original(routing, op_no, done)


class SequenceOfTexts(Defect):
    """What comes before an operation is found by comparing numbers as texts."""

    id = "SIB-RTG-08b"
    citation = "sibling of RTG-08 (another sequence)"
    requirements = ("URS-RTG-002",)
    system = "mes"
    policy = "in_sequence"

    def replacement(self, original, routing, op_no, runs):
        ordered = sorted(routing["operations"], key=lambda one: one["op_no"])
        return original({**routing, "operations": ordered}, op_no, runs)


class TakenWithoutEvidence(Defect):
    """The header of a routing is taken although its operations ask for no evidence."""

    id = "SIB-RTG-11a"
    citation = "sibling of RTG-11 (another attribute, another system)"
    requirements = ("URS-RTG-004",)
    system = "qms"
    policy = "validators.routing"

    def replacement(self, original, ctx, master):
        return [one for one in original(ctx, master) if not one.pointer.endswith("/evidence")]


class RecipeWithoutDocument(Defect):
    """A recipe is taken without the instruction document of a step."""

    id = "SIB-RTG-11b"
    citation = "sibling of RTG-11 (another domain, another system)"
    requirements = ("URS-RTG-005",)
    system = "mes"
    policy = "validators.recipe"

    def replacement(self, original, ctx, master):
        return [one for one in original(ctx, master) if one.code != "document_missing"]


class GhostOfAnOldRevision(Defect):
    """An operation that the routing dropped can be started in place of the last one."""

    id = "SIB-RTG-12"
    citation = "sibling of RTG-12 (another operation's definition)"
    requirements = ("URS-RTG-002", "URS-REV-002")
    system = "mes"
    policy = "operation_of"

    def replacement(self, original, routing, op_no):
        found = original(routing, op_no)
        return found if isinstance(found, dict) or op_no != "20" else {**routing["operations"][-1], "op_no": op_no}
