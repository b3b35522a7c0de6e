"""What the planning system answers."""

from fractions import Fraction
from typing import Any

from syncproof.simulators.chassis import holds
from syncproof.simulators.chassis.context import Context
from syncproof.simulators.chassis.errors import CONFLICT, Reason, Refused
from syncproof.simulators.chassis.routes import (
    QUANTITY,
    TEXT,
    Answer,
    Read,
    Route,
    Write,
    many,
    obj,
    one,
    optional,
    roles,
)
from syncproof.simulators.erp import state
from syncproof.simulators.erp.errors import refused, require, unknown_order
from syncproof.simulators.erp.rules.ledger import in_base
from syncproof.simulators.erp.wire import shown
from syncproof.simulators.product import ProductError, readable
from syncproof.simulators.product.genealogy import Links

Json = dict[str, Any]


# orders


def create(ctx: Context, body: Json) -> Answer:
    """``POST /orders``."""
    variant = body.get("variant")
    order = {
        "id": ctx.key("order", body["id"]),
        "item": ctx.key("material", body["item"]),
        "quantity": {"value": body["quantity"]["value"], "unit": body["quantity"]["unit"]},
        "site": body["site"],
        "variant": ctx.key("variant", variant) if variant else None,
        "status": "Created", "pinned": False, "started_at": None, "completed": [],
        "produced": "0", "scrapped": "0",
    }  # fmt: skip
    require(ctx.rules.unique(order["id"], state.order(ctx, order["id"])))
    require(ctx.rules.new_order(ctx, order))
    _move(ctx, order, "create", None)
    return Answer(key=order["id"])


def release(ctx: Context, body: Json) -> Answer:
    """``POST /orders/release``."""
    order = _order(ctx, body["order"])
    require(ctx.rules.transition(order, "release"))
    require(ctx.rules.release_gate(ctx, order))
    _move(ctx, {**order, "status": "Released"}, "release", order["status"])
    return Answer(key=order["id"])


def close(ctx: Context, body: Json) -> Answer:
    """``POST /orders/close``."""
    order = _order(ctx, body["order"])
    require(ctx.rules.close_gate(order, ctx.rules.operations(ctx, order)))
    _move(ctx, {**order, "status": "Closed"}, "close", order["status"])
    return Answer(key=order["id"])


def cancel(ctx: Context, body: Json) -> Answer:
    """``POST /orders/cancel``."""
    order = _order(ctx, body["order"])
    require(ctx.rules.transition(order, "cancel"))
    require(ctx.rules.given_back(order, state.issued_to(ctx, order["id"])))
    _move(ctx, {**order, "status": "Cancelled"}, "cancel", order["status"])
    return Answer(key=order["id"])


def switch(ctx: Context, body: Json) -> Answer:
    """``POST /orders/variant``: a released order needs all that drives the new variant at once."""
    order = _order(ctx, body["order"])
    require(ctx.rules.unchanged(order, ctx.rules.version(ctx, order), body.get("seen")))
    require(ctx.rules.transition(order, "variant"))
    variant = body["variant"]
    switched = {**order, "variant": ctx.key("variant", variant) if variant else None}
    require(ctx.rules.new_order(ctx, switched))
    if order["status"] == "Released":
        require(ctx.rules.release_gate(ctx, switched))
    state.save_order(ctx, switched)
    ctx.audit("order", order["id"], "variant", field="variant", old=order["variant"], new=switched["variant"])
    ctx.rules.announce(ctx, switched)
    return Answer(key=order["id"])


def _order(ctx: Context, text: str) -> Json:
    order = state.order(ctx, text)
    if order is None:
        raise refused(unknown_order(text, ctx.config.system))
    return order


def _move(ctx: Context, order: Json, verb: str, old: str | None) -> None:
    """Stores an order in its new status, audits that and tells the others."""
    state.save_order(ctx, order)
    ctx.audit("order", order["id"], verb, field="status", old=old, new=order["status"])
    ctx.rules.announce(ctx, order)


def order(ctx: Context, query: dict[str, str]) -> Json:
    """``GET /orders``."""
    found = state.order(ctx, query["id"])
    if found is None:
        return {"item": None}
    return {"item": shown(ctx, found), "version": ctx.rules.version(ctx, found)}


def required(ctx: Context, query: dict[str, str]) -> Json:
    """``GET /requirements``."""
    found = _order(ctx, query["order"])
    try:
        return {"items": ctx.rules.requirements(ctx, found)}
    except ProductError as error:
        raise Refused(Reason(error.code, f"order {found['id']}: {error}"), status=CONFLICT) from error


def confirmed(ctx: Context, query: dict[str, str]) -> Json:
    """``GET /confirmations``."""
    return {"items": state.confirmations(ctx, _order(ctx, query["order"])["id"])}


def genealogy(ctx: Context, query: dict[str, str]) -> Json:
    """``GET /genealogy``: as far as facts of orders tell."""
    consumed, put_out = state.TRACED
    links = Links(
        produced_by=lambda lot: state.orders_by_lot(ctx, put_out, lot),
        consumed_by=lambda lot: state.orders_by_lot(ctx, consumed, lot),
        inputs_of=lambda order: state.lots_by_order(ctx, consumed, order),
        outputs_of=lambda order: state.lots_by_order(ctx, put_out, order),
    )
    return {"item": ctx.rules.genealogy(ctx.key("lot", query["lot"]), links)}


# postings


def issue(ctx: Context, body: Json) -> Answer:
    """``POST /issues``: goods issue to an order."""
    lot = holds.require_unrestricted(ctx, body["lot"])
    found = _order(ctx, body["order_id"])
    item = ctx.key("material", body["item"])
    require(ctx.rules.transition(found, "issue"))
    require(ctx.rules.lot_item(lot, item))
    require(ctx.rules.needed_item(ctx, found, item))
    require(ctx.rules.used_at(ctx, found, item, body.get("op_no")))
    amount, left = _taken(ctx, lot, body["quantity"])
    state.keep_amount(ctx, "issue", lot["id"], found["id"], amount)
    ctx.audit("lot", lot["id"], "issue", field="issuable", old=readable(left), new=readable(left - amount))
    return Answer(key=lot["id"])


def transfer(ctx: Context, body: Json) -> Answer:
    """``POST /transfers``: a transfer posting. Where the lot is, the warehouse says."""
    lot = holds.require_unrestricted(ctx, body["lot"])
    _taken(ctx, lot, body["quantity"])
    to = ctx.key("location", body["to"])
    posting = {"lot": lot["id"], "to": to, "quantity": body["quantity"], "at": ctx.at, "by": ctx.user}
    state.keep(ctx, "transfer", posting, lot["id"])
    ctx.audit("lot", lot["id"], "transfer", field="transfer", old=lot["location"], new=to)
    return Answer(key=lot["id"])


def _taken(ctx: Context, lot: Json, quantity: Json) -> tuple[Fraction, Fraction]:
    """The amount of a posting and what may be taken of the lot, in base units; refused if the lot
    has less."""
    amount = in_base(ctx, lot, quantity)
    require(ctx.rules.positive(amount))
    on_hand = in_base(ctx, lot, lot["quantity"])
    postings = (state.amounts(ctx, kind, lot["id"]) for kind in ("issue", "consumed"))
    issued = ctx.rules.open_issues(*postings)
    require(ctx.rules.enough(lot, amount, on_hand, issued))
    return amount, on_hand - issued


PLANNER = roles("planner")
WAREHOUSE = roles("warehouse")
ORDER = obj(order=TEXT)
ABOUT_ORDER = ("order", "order")

ROUTES: tuple[Route, ...] = (
    Write(
        path="/orders", handler=create, summary="Create a production order", roles=PLANNER, bulk=True,
        body=obj(id=TEXT, item=TEXT, quantity=QUANTITY, site=TEXT, variant=optional(TEXT)),
        about=("order", "id"),
    ),
    Write(path="/orders/release", handler=release, summary="Release an order", roles=PLANNER,
          body=ORDER, about=ABOUT_ORDER),
    Write(path="/orders/close", handler=close, summary="Close a completed order", roles=PLANNER,
          body=ORDER, about=ABOUT_ORDER),
    Write(path="/orders/cancel", handler=cancel, summary="Cancel an order that has moved nothing",
          roles=PLANNER, body=ORDER, about=ABOUT_ORDER),
    Write(
        path="/orders/variant", handler=switch, summary="Switch an order to another variant", roles=PLANNER,
        body=obj(order=TEXT, variant={"anyOf": [TEXT, {"type": "null"}]}, seen=optional(TEXT)), about=ABOUT_ORDER,
    ),
    Write(
        path="/issues", handler=issue, summary="Post a goods issue to an order", roles=WAREHOUSE, bulk=True,
        body=obj(order_id=TEXT, item=TEXT, lot=TEXT, quantity=QUANTITY, op_no=optional(TEXT)),
        about=("lot", "lot"),
    ),
    Write(path="/transfers", handler=transfer, summary="Post a transfer", roles=WAREHOUSE, bulk=True,
          body=obj(lot=TEXT, to=TEXT, quantity=QUANTITY), about=("lot", "lot")),
    Read(path="/orders", handler=order, summary="An order and what drives it", required=("id",), answer=one("order")),
    Read(path="/requirements", handler=required, summary="What an order requires", required=("order",),
         answer=many("requirement")),
    Read(path="/genealogy", handler=genealogy, summary="Lots before and after a lot, over all levels",
         required=("lot",), answer=one("genealogy")),
    Read(path="/confirmations", handler=confirmed, summary="The facts reported of an order",
         required=("order",), answer=many("fact")),
)  # fmt: skip
