"""Material: consumed, produced, scrapped."""

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import holds
from syncproof.simulators.chassis.errors import INVALID, Refused
from syncproof.simulators.chassis.routes import QUANTITY, TEXT, Write, obj, optional, roles
from syncproof.simulators.mes import facts, state
from syncproof.simulators.mes.batch import Batch, need_started
from syncproof.simulators.mes.errors import demand, granted
from syncproof.simulators.mes.lots import give_up, held, take_in
from syncproof.simulators.mes.rules.consumption import Need, in_terms_of_original
from syncproof.simulators.product import exact

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context
    from syncproof.simulators.product import Use

Json = dict[str, Any]


async def ask_quality(ctx: "Context", body: Json) -> Json | None:
    """Asks the quality system about a lot that is about to be consumed (URS-HLD-008)."""
    lot = holds.find(ctx, body["lot"]) if isinstance(body.get("lot"), str) else None
    answer: Json | None = await ctx.rules.ask_quality(ctx, lot["id"]) if lot else None
    return answer


def consume(ctx: "Context", body: Json) -> None:
    """``POST /consumptions``."""
    batch = _batch(ctx, body)
    item = ctx.key("material", body["item"])
    use = granted(ctx.rules.use_permitted(batch.master("bom"), item))
    _used_at(batch, body.get("op_no"), item)
    lot = holds.need(ctx, body["lot"])
    demand(ctx.rules.lot_of_item(lot, item))
    amount = _amount(batch, item, body)
    ctx.rules.hold_guard(ctx, lot)
    demand(ctx.rules.lot_holds_enough(lot, held(batch, lot), amount))
    need = _need(batch, use)
    demand(ctx.rules.discrepancy_explained(need, in_terms_of_original(amount, use), body.get("explanation")))
    demand(ctx.rules.answer_of_quality(lot["id"], ctx.consulted))
    give_up(batch, lot, body["quantity"], amount, "consume")
    _book(batch, "consumption", "Consumed", {**body, "item": item, "lot": lot["id"]}, amount)


def _batch(ctx: "Context", body: Json) -> Batch:
    """The started batch that material is booked on, and the operation if one is named."""
    batch = need_started(ctx, body["order_id"])
    if body.get("op_no") is not None:
        granted(ctx.rules.operation_of(batch.master("routing"), body["op_no"]))
        demand(ctx.rules.has_started(body["op_no"], batch.runs))
    return batch


def _used_at(batch: Batch, op_no: str | None, item: str) -> None:
    """Refused if an operation is named that does not use the item."""
    if op_no is None:
        return
    rules, bom = batch.ctx.rules, batch.master("bom")
    lines = rules.lines_of_operation(bom, batch.master("routing"), op_no)
    demand(rules.used_at(bom, lines, op_no, item))


def _amount(batch: Batch, item: str, body: Json) -> Fraction:
    amount = batch.base(item, body["quantity"])
    demand(batch.ctx.rules.quantity_positive(amount))
    return amount


def _need(batch: Batch, use: "Use") -> Need:
    """What the batch requires of a component, and what it consumed of it and its alternates."""
    ctx, item = batch.ctx, use.original
    consumed = batch.booked("Consumed")
    return Need(
        item=item,
        unit=batch.base_unit(item),
        required=batch.required(item),
        tolerance=exact((batch.lookup("uom", item) or {}).get("tolerance", 0)),
        consumed=ctx.rules.consumed_so_far(consumed, batch.master("bom"), item),
    )


def output(ctx: "Context", body: Json) -> None:
    """``POST /outputs``: into a new lot, or more into one that the order made."""
    batch = _batch(ctx, body)
    item = ctx.key("material", body["item"])
    demand(ctx.rules.output_item(batch.driven["item"], item))
    amount = _amount(batch, item, body)
    lot_id = _lot_id(ctx, body["lot"])
    known = holds.find(ctx, lot_id)
    makers = state.orders_by_lot(ctx, "produced", lot_id)
    demand(ctx.rules.output_lot(known, item, batch.id, makers))
    lot = take_in(batch, known, lot_id, body["quantity"], amount)
    _book(batch, "output", "Produced", {**body, "item": item, "lot": lot_id}, amount)
    facts.of_lot(ctx, lot)  # after the output: who books that into stock has the lot by then, and not a second time


def _lot_id(ctx: "Context", text: str) -> str:
    """The normal form of a new lot's identifier, which must keep the identity rule of lots."""
    id = ctx.key("lot", text)
    broken = ctx.rules.identity_format(id, ctx.identity_rule("lot"))
    if broken:
        raise Refused(*(reason._replace(pointer="/lot") for reason in broken), status=INVALID)
    return id


def scrap(ctx: "Context", body: Json) -> None:
    """``POST /scraps``: of what the batch makes, or of a component; from a lot if one is named."""
    batch = _batch(ctx, body)
    item = ctx.key("material", body["item"])
    demand(ctx.rules.scrap_item(batch.master("bom"), batch.driven["item"], item))
    amount = _amount(batch, item, body)
    lot = holds.need(ctx, body["lot"]) if body.get("lot") else None
    if lot is not None:
        demand(ctx.rules.lot_of_item(lot, item))
        demand(ctx.rules.lot_holds_enough(lot, held(batch, lot), amount))
    _book(batch, "scrap", "Scrap", {**body, "item": item, "lot": lot["id"] if lot else ""}, amount)
    if lot is not None:  # nobody else takes scrap off a lot, so what is left is told
        facts.of_lot(ctx, give_up(batch, lot, body["quantity"], amount, "scrap"))


def _book(batch: Batch, kind: str, use: str, body: Json, amount: Fraction) -> None:
    """Keeps a booking on the batch, with its audit event and its fact."""
    ctx = batch.ctx
    told = {name: body.get(name) for name in ("op_no", "item", "lot", "quantity", "explanation")}
    actual = {"order_id": batch.id, **told, "use": use, "at": ctx.at, "by": ctx.user}
    state.save_material(ctx, actual, amount)
    quantity = body["quantity"]
    what = f"{quantity['value']} {quantity['unit']} of {body['item']}"
    ctx.audit("order", batch.id, kind, field=use, new=f"{what} lot {body['lot']}" if body["lot"] else what)
    facts.of_order(ctx, kind, batch.id, **told)


ROUTES = (
    Write(
        path="/consumptions", handler=consume, summary="Consume material of a lot", bulk=True,
        roles=roles("operator"), about=("lot", "lot"), consult=ask_quality,
        body=obj(order_id=TEXT, op_no=optional(TEXT), item=TEXT, lot=TEXT, quantity=QUANTITY,
                 explanation=optional({"type": "string"})),
    ),
    Write(
        path="/outputs", handler=output, summary="Report output as a lot", bulk=True,
        roles=roles("operator"), about=("lot", "lot"),
        body=obj(order_id=TEXT, op_no=optional(TEXT), item=TEXT, lot=TEXT, quantity=QUANTITY),
    ),
    Write(
        path="/scraps", handler=scrap, summary="Report scrap", bulk=True,
        roles=roles("operator"), about=("order", "order_id"),
        body=obj(order_id=TEXT, op_no=optional(TEXT), item=TEXT, lot=optional(TEXT), quantity=QUANTITY),
    ),
)  # fmt: skip
