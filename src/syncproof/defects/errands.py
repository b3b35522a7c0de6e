"""Unrelated work on other keys: what the background of a variation does."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from syncproof import model as m
from syncproof.landscape.compose import Landscape
from syncproof.ports import Outcome

ITEM, PART, MACHINE = "BESIDE-ITEM", "BESIDE-PART", "BESIDE-MACHINE"
SINCE = m.Effectivity(instant=datetime.fromisoformat("2027-01-01T00:00:00+00:00"))
"""Before every business time that a feature sets."""
WHY = "beside"


class Errand:
    """``first`` is done once, ``then`` again and again, each time with a key that nobody else has. The answers come
    as they are given, so that what was accepted counts even if something breaks off."""

    def first(self, landscape: Landscape) -> Iterable[Outcome]:
        """Makes an item known."""
        yield from landscape.owner("material").submit(part(), by="engineer", reason=WHY)

    def then(self, landscape: Landscape, key: str) -> Iterable[Outcome]:
        """One piece of work."""
        raise NotImplementedError


def part(id_: str = PART) -> m.MaterialDefinition:
    """An item that nobody else uses."""
    return m.MaterialDefinition(id=id_, revision="A", description=WHY, base_unit="KGM")


def kilos(amount: str) -> m.Quantity:
    return m.Quantity(value=Decimal(amount), unit="KGM")


def another(key: str) -> m.MaterialLot:
    """A lot that nobody else uses."""
    return m.MaterialLot(id=f"BESIDE-{key}", item=PART, quantity=kilos("20"), site="EAST", location=f"SHELF-{key}")


class Lots(Errand):
    """Receives, moves and ships."""

    def then(self, landscape: Landscape, key: str) -> Iterable[Outcome]:
        warehouse, lot = landscape.by_role("warehouse"), another(key)
        yield from warehouse.receive_lots(lot, by="warehouse", reason=WHY)
        yield warehouse.move(lot.id, f"{lot.location}-2", kilos("5"), by="warehouse", reason=WHY)
        yield warehouse.ship(lot.id, kilos("5"), "CUSTOMER-9", by="warehouse", reason=WHY)


class Holds(Errand):
    """Receives a lot, and puts the one before, which quality knows by now, on hold; then ``held``."""

    def __init__(self) -> None:
        self._before: m.MaterialLot | None = None

    def then(self, landscape: Landscape, key: str) -> Iterable[Outcome]:
        lot, self._before = self._before, another(key)
        yield from landscape.by_role("warehouse").receive_lots(self._before, by="warehouse", reason=WHY)
        if lot is None:
            return
        (put,) = self.hold(landscape, lot, "Restricted")
        yield put
        if put.status == "accepted":
            yield from self.held(landscape, lot)

    def hold(self, landscape: Landscape, lot: m.MaterialLot, disposition: str) -> tuple[Outcome, ...]:
        """A hold or a release of a lot."""
        hold = m.Hold(scope="lot", target=lot.id, disposition=disposition, reason=WHY, by="qa")  # type: ignore[arg-type]
        outcomes: tuple[Outcome, ...] = landscape.by_role("quality").set_disposition(hold, by="qa")
        return outcomes

    def held(self, landscape: Landscape, lot: m.MaterialLot) -> Iterable[Outcome]:
        """What is done with a lot on hold: it is released."""
        yield from self.hold(landscape, lot, "UnRestricted")


class Disposals(Holds):
    """Disposes of part of what is on hold."""

    def held(self, landscape: Landscape, lot: m.MaterialLot) -> Iterable[Outcome]:
        yield landscape.by_role("warehouse").dispose(lot.id, kilos("1"), by="warehouse", reason=WHY)


class Inspections(Holds):
    """Moves part of what is on hold to where it is inspected."""

    def held(self, landscape: Landscape, lot: m.MaterialLot) -> Iterable[Outcome]:
        to = f"{lot.location}-QC"
        warehouse = landscape.by_role("warehouse")
        yield warehouse.move(lot.id, to, kilos("1"), by="inspector", reason=WHY, purpose="inspection")


class Masters(Errand):
    """Makes items."""

    def then(self, landscape: Landscape, key: str) -> Iterable[Outcome]:
        yield from landscape.owner("material").submit(part(f"BESIDE-{key}"), by="engineer", reason=WHY)


class Orders(Errand):
    """Takes a product through change control, then creates and releases orders for it."""

    def first(self, landscape: Landscape) -> Iterable[Outcome]:
        masters = product()
        for master in masters:
            yield from landscape.owner(master.domain).submit(master, by="engineer", reason=WHY)
        yield from released(landscape, tuple(master.ref for master in masters))

    def then(self, landscape: Landscape, key: str) -> Iterable[Outcome]:
        planning, amount = landscape.by_role("planning"), m.Quantity(value=Decimal(10), unit="C62")
        order = m.ProductionOrder(id=f"BESIDE-{key}", item=ITEM, quantity=amount, site="EAST")
        yield from planning.create_orders(order, by="planner", reason=WHY)
        yield planning.release_order(order.id, by="planner", reason=WHY)


def product() -> tuple[m.AnyMaster, ...]:
    """A product of one part and one operation."""
    structure = m.ProductStructure(bom=ITEM, routing=ITEM, recipe=ITEM)
    step = m.StepDefinition(id="STEP-10", document="SOP-10 v1", evidence=("operator signature",))
    operation = m.Operation(
        op_no="10", name="Mix", step_definition=step.id, equipment_class=MACHINE, evidence=step.evidence
    )
    line = m.BomLine(line_no=10, item=PART, quantity=kilos("1"), op_no="10")
    pieces = m.Quantity(value=Decimal(10), unit="C62")
    return (
        part(),
        m.Equipment(id=MACHINE, revision="A", equipment_class=MACHINE),
        m.MaterialDefinition(id=ITEM, revision="A", description=WHY, base_unit="C62", structure=structure),
        m.MasterRecipe(id=ITEM, revision="A", item=ITEM, steps=(step,)),
        m.Routing(id=ITEM, revision="A", item=ITEM, recipe=ITEM, operations=(operation,)),
        m.BillOfMaterial(id=ITEM, revision="A", item=ITEM, base_quantity=pieces, lines=(line,)),
    )


def released(landscape: Landscape, members: tuple[m.MasterRef, ...]) -> Iterable[Outcome]:
    """Change control as the reference users go through it."""
    quality = landscape.by_role("quality")
    impact = tuple(sorted({ref.domain for ref in members}))
    change = m.ChangeRequest(
        id="BESIDE", rationale=WHY, impact=impact, members=tuple(sorted(members)), effectivity=SINCE
    )
    yield quality.request_change(change, by="engineer", reason=WHY)
    for role, user in (("quality_approver", "qa"), ("production_approver", "production")):
        yield quality.approve(change.id, role=role, meaning="is correct", by=user, reason=WHY)
    yield quality.promote(change.id, by="release", reason=WHY)


ERRANDS: dict[str, type[Errand]] = {
    "lots": Lots, "holds": Holds, "disposals": Disposals, "inspections": Inspections, "masters": Masters,
    "orders": Orders,
}  # fmt: skip
