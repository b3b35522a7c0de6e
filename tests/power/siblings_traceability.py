"""Siblings of the catalogue's defects of cutover and genealogy (DEP, TRC): the same mechanisms, elsewhere.

``syncproof power --defects tests/power/siblings_traceability.py --only 'SIB-*'``
"""

from datetime import timedelta

from syncproof.defects import Defect
from syncproof.simulators.chassis import holds

SECOND = timedelta(seconds=1)


class RecipeASecondLate(Defect):
    """In planning the recipe of a change takes effect one second after the rest."""

    id = "SIB-DEP-01a"
    citation = "sibling of DEP-01 (another domain, another system, a second)"
    requirements = ("URS-DEP-001", "URS-REV-001")
    system = "erp"
    policy = "effective"

    def replacement(self, original, ctx, domain, id, site, at):
        return original(ctx, domain, id, site, at - SECOND if domain == "recipe" else at)


class BomASecondEarly(Defect):
    """At one site the BOM of a change takes effect one second before the rest."""

    id = "SIB-DEP-01b"
    citation = "sibling of DEP-01 (another domain, another site, the other direction)"
    requirements = ("URS-DEP-001", "URS-REV-001")
    system = "mes"
    policy = "effective"

    def replacement(self, original, ctx, domain, id, site, at):
        return original(ctx, domain, id, site, at + SECOND if (domain, site) == ("bom", "WEST") else at)


class NeverLookedAtAgain(Defect):
    """What the warehouse set aside stays there for good."""

    id = "SIB-DEP-02a"
    citation = "sibling of DEP-02 (another system)"
    requirements = ("URS-DEP-002", "URS-SYN-003")
    system = "wms"
    policy = "revalidate"

    def replacement(self, original, ctx):
        return False


class TakenWithoutItsComponent(Defect):
    """Quality takes a BOM whose component it does not know."""

    id = "SIB-DEP-02b"
    citation = "sibling of DEP-02 (the other direction, another system)"
    requirements = ("URS-DEP-002", "URS-VAL-004")
    system = "qms"
    policy = "quarantine"

    def replacement(self, original, reasons):
        return original(tuple(one for one in reasons if one.code != "orphan_component"))


class ForwardCut(Defect):
    """Planning knows what went into a lot and not what became of it."""

    id = "SIB-TRC-01a"
    citation = "sibling of TRC-01 (the other direction, another system)"
    requirements = ("URS-TRC-001",)
    system = "erp"
    policy = "genealogy"

    def replacement(self, original, lot, links):
        return {**original(lot, links), "outputs": []}


class OneLevelOnly(Defect):
    """Planning traces a lot to what went into it directly."""

    id = "SIB-TRC-01b"
    citation = "sibling of TRC-01 (another level, another system)"
    requirements = ("URS-TRC-001",)
    system = "erp"
    policy = "genealogy"

    def replacement(self, original, lot, links):
        direct = sorted({one for order in links.produced_by(lot) for one in links.inputs_of(order)})
        return {**original(lot, links), "inputs": direct}


class OneLevelForward(Defect):
    """Execution traces a lot forward to what was made of it directly."""

    id = "SIB-TRC-01c"
    citation = "sibling of TRC-01 (another level, the other direction)"
    requirements = ("URS-TRC-001",)
    system = "mes"
    policy = "genealogy"

    def replacement(self, original, lot, links):
        direct = sorted({one for order in links.consumed_by(lot) for one in links.outputs_of(order)})
        return {**original(lot, links), "outputs": direct}


class ToldTwice(Defect):
    """Planning is told of a consumption twice, under two identifiers."""

    id = "SIB-TRC-01d"
    citation = "sibling of TRC-01 (too much in place of too little)"
    requirements = ("URS-TRC-001", "URS-TRC-005", "URS-TRC-003", "URS-TRC-007")
    system = "integration"
    policy = "carry"
    consumer = "erp"

    def replacement(self, original, consumer, event):
        if consumer != self.consumer or event["data"].get("kind") != "consumption":
            return original(consumer, event)
        return (event, {**event, "id": f"{event['id']}-again"})


class ToldTheWarehouseTwice(ToldTwice):
    """The warehouse is told of a consumption twice, under two identifiers."""

    id = "SIB-TRC-01e"
    consumer = "wms"


class ConsumptionNotTold(Defect):
    """Planning is not told of consumptions, so that the produced lot comes from nowhere."""

    id = "SIB-TRC-01f"
    citation = "sibling of TRC-01 (in transit)"
    requirements = ("URS-TRC-001",)
    system = "integration"
    policy = "carry"

    def replacement(self, original, consumer, event):
        lost = consumer == "erp" and event["data"].get("kind") == "consumption"
        return () if lost else original(consumer, event)


class OutputsMerged(Defect):
    """Lots of two productions that shared a component are merged in planning: each shows the inputs of both."""

    id = "SIB-TRC-03"
    citation = "sibling of TRC-03 (another system)"
    requirements = ("URS-TRC-001",)
    system = "erp"
    policy = "genealogy"

    def replacement(self, original, lot, links):
        def inputs(order):
            own = set(links.inputs_of(order))
            others = {other for one in own for other in links.consumed_by(one)}
            return own.union(*(links.inputs_of(other) for other in others))

        return original(lot, links._replace(inputs_of=inputs))


class SourceNotReduced(Defect):
    """What is repacked stays on its source as well."""

    id = "SIB-TRC-08a"
    citation = "sibling of TRC-08 (the quantity in place of the identity, another system)"
    requirements = ("URS-TRC-007",)
    system = "wms"
    policy = "draw"

    def replacement(self, original, ctx, lot, order, amount):
        return None if lot["quantity"]["unit"] == "C62" else original(ctx, lot, order, amount)


class NewIdentityOnTheSource(Defect):
    """Quality gives the whole source the item of what was packed from it."""

    id = "SIB-TRC-08b"
    citation = "sibling of TRC-08 (the source in place of the new lot, another system)"
    requirements = ("URS-TRC-007",)
    system = "qms"
    policy = "apply_lot"

    def replacement(self, original, ctx, data):
        for lot in ctx.state.all("lot"):
            if lot["quantity"]["unit"] == data["quantity"]["unit"] and lot["id"] != data["id"]:
                holds.save(ctx, {**lot, "item": data["item"]})
        return original(ctx, data)
