"""Lots as execution changes them: it takes from those it consumes and makes those it produces."""

from fractions import Fraction
from typing import Any

from syncproof.simulators.chassis import holds
from syncproof.simulators.mes import state
from syncproof.simulators.mes.batch import Batch
from syncproof.simulators.product import exact, quantity

Json = dict[str, Any]


def give_up(batch: Batch, lot: Json, taken: Json, amount: Fraction, action: str) -> Json:
    """Takes ``taken`` (``amount`` base units) from a lot; returns what is left of it. The other systems
    take it off their copies when they learn the fact."""
    return _change(batch, lot, taken, -amount, action)


def take_in(batch: Batch, lot: Json | None, id: str, added: Json, amount: Fraction) -> Json:
    """Puts output into a lot, which is new unless the order made it before; returns the lot."""
    if lot is None:
        site = batch.driven["site"]
        lot = {
            "id": id, "item": batch.driven["item"], "quantity": {**added, "value": "0"}, "site": site,
            "location": f"{site}-FLOOR", "disposition": holds.FREE, "expiry": None,
        }  # fmt: skip
    return _change(batch, lot, added, amount, "produce")


def held(batch: Batch, lot: Json) -> Fraction:
    """What a lot holds in base units, exactly: thirds that its shown quantity rounds are not lost, or
    the last box of a lot could not be taken. A quantity that another system told stands as it is."""
    exactly = state.find_balance(batch.ctx, lot["id"], lot["quantity"])
    return batch.base(lot["item"], lot["quantity"]) if exactly is None else exactly


def _change(batch: Batch, lot: Json, moved: Json, amount: Fraction, action: str) -> Json:
    """A lot with ``amount`` base units more or less: in its own unit if the booking has the same,
    else in the base unit of its item."""
    old, unit = lot["quantity"], batch.base_unit(lot["item"])
    if moved["unit"] == old["unit"] != unit:
        signed = exact(moved["value"]) * (1 if amount > 0 else -1)
        new = quantity(exact(old["value"]) + signed, old["unit"])
    else:
        left = held(batch, lot) + amount
        new = quantity(batch.rounded(lot["item"], left), unit)
        state.save_balance(batch.ctx, lot["id"], new, left)
    changed = {**lot, "quantity": new}
    holds.save(batch.ctx, changed)
    batch.ctx.audit("lot", lot["id"], action, field="quantity", old=_text(old), new=_text(new))
    return changed


def _text(amount: Json) -> str:
    return f"{amount['value']} {amount['unit']}"
