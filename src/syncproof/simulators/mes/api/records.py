"""What execution can be asked: orders, dispatch, requirements, batch records, where used, genealogy."""

from typing import TYPE_CHECKING, Any

from syncproof.simulators import product
from syncproof.simulators.chassis import holds
from syncproof.simulators.chassis.errors import UNKNOWN, refuse
from syncproof.simulators.chassis.routes import Read, many, one
from syncproof.simulators.mes import state
from syncproof.simulators.mes.batch import Batch, find_batch, need_batch, need_executable
from syncproof.simulators.mes.rules import batches
from syncproof.simulators.product.genealogy import Links

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]
Query = dict[str, str]


def order(ctx: "Context", query: Query) -> Json:
    """``GET /orders``: planning's order with the revisions that drive it here and what was made."""
    batch = find_batch(ctx, query["id"])
    return {"item": _shown(batch) if batch else None}


def _shown(batch: Batch) -> Json:
    told = batch.order
    return {
        "id": batch.id,
        "item": told["item"],
        "quantity": told["quantity"],
        "site": told["site"],
        "status": batch.status(),
        "variant": batch.driven["variant"],
        "revision_set": batch.revision_set(),
        "pinned": batch.pinned is not None,
        "produced": _booked(batch, "Produced"),
        "scrapped": _booked(batch, "Scrap"),
    }


def _booked(batch: Batch, use: str) -> str:
    """How much of the ordered item was booked, in its base unit, rounded as the item says."""
    amount = batch.booked(use).get(batch.driven["item"])
    return product.wire(batch.rounded(batch.driven["item"], amount)) if amount else "0"


def dispatch(ctx: "Context", query: Query) -> Json:
    """``GET /dispatch``."""
    batch = need_executable(ctx, query["order"])
    if batch.pinned is None:
        batch.require_complete()
    return {"items": batch.job_orders()}


def requirements(ctx: "Context", query: Query) -> Json:
    """``GET /requirements``."""
    return {"items": need_batch(ctx, query["order"]).requirements()}


def batch_record(ctx: "Context", query: Query) -> Json:
    """``GET /batch-records``: null for an order that has not started."""
    batch = find_batch(ctx, query["order"])
    if batch is None or batch.pinned is None:
        return {"item": None}
    materials = state.materials_of(ctx, batch.id)
    pinned = {**batch.pinned, "revision_set": ctx.rules.recorded_set(ctx, batch.pinned)}
    return {"item": ctx.rules.batch_record(batch.id, pinned, list(batch.runs.values()), materials)}


def where_used(ctx: "Context", query: Query) -> Json:
    """``GET /where-used``: the orders whose batch was driven by a revision."""
    ref = {**query, "id": ctx.key(query["domain"], query["id"])}
    found = [batch for id in state.orders_with(ctx, batches.ref_text(ref)) if (batch := find_batch(ctx, id))]
    used = [(b.id, batches.refs_used(b.revision_set(), b.runs.values())) for b in found]
    return {"orders": ctx.rules.driven_by(ref, used)}


def genealogy(ctx: "Context", query: Query) -> Json:
    """``GET /genealogy``."""
    lot = ctx.key("lot", query["lot"])
    links = _links(ctx)
    if holds.find(ctx, lot) is None and not links.produced_by(lot) and not links.consumed_by(lot):
        refuse("unknown_lot", f"lot {lot} is not known here", "/lot", status=UNKNOWN)
    return {"item": ctx.rules.genealogy(lot, links)}


def _links(ctx: "Context") -> Links:
    return Links(
        produced_by=lambda lot: state.orders_by_lot(ctx, "produced", lot),
        consumed_by=lambda lot: state.orders_by_lot(ctx, "consumed", lot),
        inputs_of=lambda order_id: state.lots_by_order(ctx, "Consumed", order_id),
        outputs_of=lambda order_id: state.lots_by_order(ctx, "Produced", order_id),
    )


ROUTES = (
    Read(path="/orders", handler=order, summary="An order as execution knows it", required=("id",),
         answer=one("order")),
    Read(path="/dispatch", handler=dispatch, summary="The operations of an order as dispatched now",
         required=("order",), answer=many("job_order")),
    Read(path="/requirements", handler=requirements, summary="What an order requires", required=("order",),
         answer=many("requirement")),
    Read(path="/batch-records", handler=batch_record, summary="What drove a batch and what it used",
         required=("order",), answer=one("batch_record")),
    Read(path="/where-used", handler=where_used, summary="Orders driven by a revision of a master",
         required=("domain", "id", "revision")),
    Read(path="/genealogy", handler=genealogy, summary="Lots before and after a lot, over all levels",
         required=("lot",), answer=one("genealogy")),
)  # fmt: skip
