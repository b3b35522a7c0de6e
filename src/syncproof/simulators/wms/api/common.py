"""What the handlers of several verbs do alike."""

from fractions import Fraction
from typing import Any

from syncproof.simulators.chassis.context import Context
from syncproof.simulators.product import readable
from syncproof.simulators.wms import state, stock
from syncproof.simulators.wms.state import ZERO, Balance

Json = dict[str, Any]


def usable(ctx: Context, lot: Json) -> list[Balance]:
    found: list[Balance] = ctx.rules.usable(ctx, lot, state.balances(ctx, lot["id"]))
    return found


def on_hand(balances: list[Balance]) -> Fraction:
    return sum((balance.on_hand for balance in balances), ZERO)


def leave(ctx: Context, lot: Json, action: str, parts: list[Balance]) -> None:
    before = on_hand(state.balances(ctx, lot["id"]))
    stock.remove(ctx, lot, parts)
    audit(ctx, lot, action, "on_hand", before, before - on_hand(parts))


def audit(ctx: Context, lot: Json, action: str, field: str, old: Fraction, new: Fraction) -> None:
    ctx.audit("lot", lot["id"], action, field=field, old=readable(old), new=readable(new))


def tell(ctx: Context, kind: str, lot: Json, quantity: Json, **fields: Any) -> None:
    """Publishes a fact about a lot."""
    given = {"value": quantity["value"], "unit": quantity["unit"]}
    fact = {"kind": kind, "item": lot["item"], "lot": lot["id"], "quantity": given, "at": ctx.at}
    ctx.emit("fact", f"lot/{lot['id']}", {**fact, "by": ctx.user, **fields})
