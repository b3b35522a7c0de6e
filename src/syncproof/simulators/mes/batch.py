"""One order as the floor sees it: the masters that drive it, its operations, its equipment."""

import json
from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from syncproof.simulators import product
from syncproof.simulators.chassis import clock, masters
from syncproof.simulators.mes import state
from syncproof.simulators.mes.errors import Reason, demand, refusing
from syncproof.simulators.mes.rules import batches

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context


Json = dict[str, Any]


class Batch:
    """An order with its pin, if it has started. Masters are looked up once per request."""

    def __init__(self, ctx: "Context", order: Json, pinned: Json | None) -> None:
        self.ctx = ctx
        self.order = order
        self.id: str = order["id"]
        self.pinned = pinned
        self.runs = state.runs_of(ctx, self.id) if pinned else {}
        self._known: dict[tuple[str, str], Json | None] = {}
        self._structure: dict[str, str] | None = None

    # what drives it

    @property
    def driven(self) -> Json:
        """What decides item, variant, site and quantity: the pin of a started batch, else the order."""
        return self.pinned or self.order

    @property
    def instant(self) -> datetime:
        """The instant as of which masters count for this batch."""
        started = clock.read(self.pinned["started_at"]) if self.pinned else None
        instant: datetime = self.ctx.rules.order_instant(started, self.ctx.now)
        return instant

    def lookup(self, domain: str, id: str) -> Json | None:
        """The master that drives this batch (a ``product.Lookup``)."""
        if (domain, id) not in self._known:
            self._known[domain, id] = self._find(domain, id)
        return self._known[domain, id]

    def _find(self, domain: str, named: str) -> Json | None:
        id = self.ctx.key(domain, named)
        revision = self.ctx.rules.pinned_revision(self.pinned, domain, id)
        if revision is None:
            return self.ctx.effective(domain, id, self.driven["site"], self.instant)
        row = masters.find(self.ctx, domain, id, revision)
        return json.loads(row.body) if row else None

    def master(self, domain: str) -> Json:
        """The master of one domain of the structure; refused if there is none in effect."""
        with refusing():
            id = self.structure().get(domain)
            if id is None:
                raise product.MasterMissing(f"item {self.driven['item']!r} names no {domain}")
            return product.need(self.lookup, domain, id)

    def structure(self) -> dict[str, str]:
        """Ids of the masters that make the product, by domain."""
        if self._structure is None:
            item, variant = self.driven["item"], self.driven.get("variant")
            self._structure = self.ctx.rules.structure_of(item, variant, self.lookup)
        return self._structure

    def revision_set(self) -> list[Json]:
        """The references that drive this batch; what is not in effect is left out."""
        if self.pinned:
            return list(self.pinned["revision_set"])
        try:
            found = [self.lookup(domain, id) for domain, id in self.structure().items()]
        except product.ProductError:
            return []
        return [product.ref(master) for master in found if master is not None]

    def candidate(self) -> Json:
        """The pin that the batch would get if it started now."""
        fresh = Batch(self.ctx, self.order, None)
        return batches.pin(self.order, fresh.states(), self.ctx.at)

    def states(self) -> list[Json]:
        """The master states behind the revision set of an order that has not started."""
        site = self.driven["site"]
        found = (self.ctx.effective_state(r["domain"], r["id"], site, self.instant) for r in self.revision_set())
        return [state for state in found if state is not None]

    def require_complete(self) -> None:
        """Refused while any master that the structure names is not in effect: no orphaned order."""
        with refusing():
            gaps = self.ctx.rules.gaps(self.driven["item"], self.driven.get("variant"), self.lookup)
        demand(*(Reason("no_effective_revision", gap, "/order") for gap in gaps))

    # quantities

    def base(self, item: str, quantity: Json) -> Fraction:
        """A quantity in the item's base unit, exactly; refused if it cannot be converted."""
        with refusing():
            return product.base_quantity(quantity, item, self.lookup, self.ctx.rules.arithmetic)

    def booked(self, use: str) -> dict[str, Fraction]:
        """What was booked with a use, by item, in base units."""
        kept = state.amounts(self.ctx, self.id, use)
        bookings = [actual for actual in state.materials_of(self.ctx, self.id) if actual["use"] == use]
        amounts: dict[str, Fraction] = self.ctx.rules.booked(self.ctx, kept, bookings)
        return amounts

    def base_unit(self, item: str) -> str:
        with refusing():
            return str(product.need(self.lookup, "material", item)["base_unit"])

    def rounded(self, item: str, amount: Fraction) -> Fraction:
        """An amount that decimals can state: as it is if they can, else rounded as the item says."""
        try:
            product.wire(amount)
        except product.QuantityInvalid:
            rounded: Fraction = self.ctx.rules.arithmetic.round_total(amount, self.lookup("uom", item))
            return rounded
        return amount

    def required(self, item: str) -> Fraction:
        """Required quantity of one component in its base unit; nothing if it is none."""
        needs = (need["quantity"]["value"] for need in self.requirements() if need["item"] == item)
        return product.exact(next(needs, 0))

    def requirements(self) -> list[Json]:
        """Required quantity of every component, rounded once."""
        bom = self.master("bom")
        with refusing():
            return product.requirements(
                self.driven["item"], self.driven["quantity"], bom, self.lookup, self.ctx.rules.arithmetic
            )

    # dispatch

    def at_hand(self, operation: Json) -> bool:
        """Whether equipment for an operation is available at the site now."""
        rules = self.ctx.rules
        at_hand: bool = rules.equipment_at_hand(
            operation, self.driven["item"], self._units(operation), rules.equipment_fits
        )
        return at_hand

    def _units(self, operation: Json) -> Iterator[tuple[Json, str]]:
        return state.units_of_class(self.ctx, operation["equipment_class"], self.driven["site"])

    def job_orders(self) -> list[Json]:
        """The dispatch list."""
        routing = self.ctx.rules.dispatched_routing(self.ctx, self.master("routing"))
        jobs: list[Json] = self.ctx.rules.dispatch_list(self.order, routing, self.runs, self.at_hand)
        return jobs

    def status(self) -> str:
        """Planning's status until the batch starts and after planning ended it, else the floor's."""
        stated: str = self.order["status"]
        if not self.pinned or self.ctx.rules.order_executable(self.order) is not None:
            return stated
        floor: str = self.ctx.rules.execution_status(self.master("routing"), self.runs)
        return floor


def find_batch(ctx: "Context", text: str) -> Batch | None:
    """The batch of an order, or None if the order is not known."""
    order = state.find_order(ctx, text)
    return _batch(ctx, order) if order else None


def need_batch(ctx: "Context", text: str) -> Batch:
    """The batch of an order; refused if the order is not known."""
    return _batch(ctx, state.need_order(ctx, text))


def _batch(ctx: "Context", order: Json) -> Batch:
    return Batch(ctx, order, state.find_pin(ctx, order["id"]))


def need_executable(ctx: "Context", text: str) -> Batch:
    """The same; refused as well if the order is not released, or was closed or cancelled."""
    batch = need_batch(ctx, text)
    demand(ctx.rules.order_executable(batch.order))
    return batch


def need_started(ctx: "Context", text: str) -> Batch:
    """The same; refused as well if no operation of the order has started."""
    batch = need_executable(ctx, text)
    demand(ctx.rules.batch_started(batch.order, batch.pinned))
    return batch
