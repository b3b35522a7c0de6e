"""What the execution system keeps, in the documents of its chassis.

``order``            planning's order (id)
``batch``            the pin of a started batch (order id)
``run``              one started operation (order, op_no), by order
``material``         one booking (MaterialActual), by order
``total``            exact base amount booked of an item, by order and use
``consumed``         an order that consumed a lot, by lot; ``produced`` likewise
``balance``          exact base amount that a lot holds, with the quantity shown for it (lot id)
``driven``           an order whose batch has a revision, by the text of the reference
``equipment_state``  what the operators said of a unit (equipment id)
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from syncproof.simulators.chassis import masters
from syncproof.simulators.chassis.errors import UNKNOWN, refuse

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]
SEPARATOR = "\x1f"
"""Between the parts of a document id; no identifier has it."""

DIRECTIONS = {"Consumed": "consumed", "Produced": "produced"}


def joined(*parts: str) -> str:
    return SEPARATOR.join(parts)


# orders


def find_order(ctx: "Context", text: str) -> Json | None:
    """An order by its identifier in any spelling."""
    return ctx.state.get("order", ctx.key("order", text))


def need_order(ctx: "Context", text: str) -> Json:
    """The same; refused if planning told of no such order."""
    order = find_order(ctx, text)
    if order is None:
        refuse(
            "unknown_order", f"order {text!r} is not known here; planning must send it", "/order",
            status=UNKNOWN,
        )  # fmt: skip
    return order


# batches and their operations


def find_pin(ctx: "Context", order_id: str) -> Json | None:
    return ctx.state.get("batch", order_id)


def save_pin(ctx: "Context", order_id: str, pinned: Json) -> None:
    ctx.state.put("batch", order_id, pinned)


def runs_of(ctx: "Context", order_id: str) -> dict[str, Json]:
    """The started operations of an order by number, in the order in which they started."""
    return {run["op_no"]: run for run in ctx.state.all("run", order_id)}


def save_run(ctx: "Context", order_id: str, run: Json) -> None:
    ctx.state.put("run", joined(order_id, run["op_no"]), run, ref=order_id)


def index_revision(ctx: "Context", order_id: str, ref_text: str) -> None:
    """Makes a batch findable by a revision that it has."""
    ctx.state.put("driven", joined(ref_text, order_id), order_id, ref=ref_text)


def orders_with(ctx: "Context", ref_text: str) -> list[str]:
    return ctx.state.all("driven", ref_text)


# materials


def save_material(ctx: "Context", actual: Json, base: Fraction) -> None:
    """Keeps a booking; ``base`` is its exact amount in the item's base unit."""
    order_id, lot, use = actual["order_id"], actual["lot"], actual["use"]
    ctx.state.put("material", uuid4().hex, actual, ref=order_id)
    total = amounts(ctx, order_id, use).get(actual["item"], Fraction(0)) + base
    body = {"item": actual["item"], "base": str(total)}
    ctx.state.put("total", joined(order_id, use, actual["item"]), body, ref=joined(order_id, use))
    if use in DIRECTIONS:
        ctx.state.put(DIRECTIONS[use], joined(lot, order_id), order_id, ref=lot)


def materials_of(ctx: "Context", order_id: str) -> list[Json]:
    """The bookings of an order, in the order in which they were made."""
    return ctx.state.all("material", order_id)


def amounts(ctx: "Context", order_id: str, use: str) -> dict[str, Fraction]:
    """What an order booked of one use: exact base amounts by item."""
    totals = ctx.state.all("total", joined(order_id, use))
    return {total["item"]: Fraction(total["base"]) for total in totals}


def orders_by_lot(ctx: "Context", direction: str, lot: str) -> list[str]:
    """The orders that ``consumed`` or ``produced`` a lot."""
    return ctx.state.all(direction, lot)


def lots_by_order(ctx: "Context", use: str, order_id: str) -> list[str]:
    """The lots that an order booked with a use."""
    return [actual["lot"] for actual in materials_of(ctx, order_id) if actual["use"] == use]


def save_balance(ctx: "Context", lot: str, shown: Json, exactly: Fraction) -> None:
    """What a lot holds in base units while its quantity is ``shown``."""
    ctx.state.put("balance", lot, {"shown": shown, "exactly": str(exactly)})


def find_balance(ctx: "Context", lot: str, shown: Json) -> Fraction | None:
    """The exact balance, unless the quantity has become another one since."""
    kept = ctx.state.get("balance", lot)
    return Fraction(kept["exactly"]) if kept and kept["shown"] == shown else None


# equipment


def equipment_state(ctx: "Context", unit: str) -> str:
    """``available`` until an operator says otherwise."""
    kept = ctx.state.get("equipment_state", unit)
    return kept["state"] if kept else "available"


def save_equipment_state(ctx: "Context", unit: str, state: str) -> None:
    ctx.state.put("equipment_state", unit, {"state": state})


def known_equipment(ctx: "Context", unit: str) -> bool:
    """Whether any accepted master describes this unit."""
    return masters.newest(ctx, "equipment", unit) is not None


def units_of_class(ctx: "Context", name: str, site: str) -> Iterator[tuple[Json, str]]:
    """The units of a class that are in effect at a site now, each with its state."""
    rows = ctx.state.execute(
        "select distinct id from masters where status='accepted' and domain='equipment' "
        "and json_extract(body, '$.equipment_class')=?",
        (name,),
    ).fetchall()
    for (unit,) in rows:
        master = ctx.effective("equipment", unit, site)
        if master is not None:
            yield master, equipment_state(ctx, unit)
