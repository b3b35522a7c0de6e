"""What the planning system keeps.

An order is the document ``order``/id: the fields of ProductionOrder with ``started_at`` (None until its
batch starts) and ``completed`` (numbers of its completed operations). Goods issues are ``issue``
documents and consumptions that execution confirmed are ``consumed`` ones, both looked up by lot, with
their ``amount`` as an exact rational text in the item's base unit; ``confirmation`` documents are the
facts of an order as they came, looked up by order; ``transfer`` documents are transfer postings.
"""

import uuid
from fractions import Fraction
from typing import Any

from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]

FIELDS = ("id", "item", "quantity", "site", "status", "variant", "pinned")
"""Fields of ProductionOrder that are shown as they are stored; ``revision_set`` is added."""

TRACED = ("consumption", "output")
"""Facts that link a lot to an order; each is also a document of its kind, looked up by lot."""

AMOUNTS = ("produced", "scrapped")
"""Those that are stored as exact rational text, in the unit of the order."""


def order(ctx: Context, text: str) -> Json | None:
    """An order by its identifier in any spelling."""
    return ctx.state.get("order", ctx.key("order", text))


def save_order(ctx: Context, document: Json) -> None:
    """Stores an order (``ref`` is its item)."""
    ctx.state.put("order", document["id"], document, ref=document["item"])


def keep(ctx: Context, kind: str, document: Json, ref: str) -> None:
    """Appends one posting that is looked up by ``ref``."""
    ctx.state.put(kind, uuid.uuid4().hex, document, ref=ref)


def keep_amount(ctx: Context, kind: str, lot: str, order_id: str, amount: Fraction) -> None:
    """Appends what was issued or consumed of a lot for an order."""
    posting = {"order_id": order_id, "amount": str(amount), "at": ctx.at, "by": ctx.user}
    keep(ctx, kind, posting, lot)


def amounts(ctx: Context, kind: str, lot: str) -> list[tuple[str, Fraction]]:
    """(order, amount) of every issue or consumption of a lot, oldest first."""
    return [(posting["order_id"], Fraction(posting["amount"])) for posting in ctx.state.all(kind, lot)]


def issued_to(ctx: Context, order_id: str) -> Fraction:
    """What was issued to an order of all lots, in base units of each."""
    issues = (posting for posting in ctx.state.all("issue") if posting["order_id"] == order_id)
    return sum((Fraction(posting["amount"]) for posting in issues), Fraction(0))


def orders_by_lot(ctx: Context, kind: str, lot: str) -> list[str]:
    """The orders that consumed or put out a lot, as execution reported it."""
    return [use["order_id"] for use in ctx.state.all(kind, lot)]


def lots_by_order(ctx: Context, kind: str, order_id: str) -> list[str]:
    """The lots that an order consumed or put out, as execution reported it."""
    return [ctx.key("lot", fact["lot"]) for fact in _traced(ctx, kind, order_id)]


def _traced(ctx: Context, kind: str, order_id: str) -> list[Json]:
    return [fact for fact in confirmations(ctx, order_id) if fact["kind"] == kind and fact.get("lot")]


def confirmations(ctx: Context, order_id: str) -> list[Json]:
    """The facts of an order as execution and warehouse told them, oldest first."""
    return ctx.state.all("confirmation", order_id)
