"""Consumption: what may go into a batch, from which lot, and how much of it.

Amounts are exact rationals in the item's base unit unless a docstring says otherwise.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from syncproof.simulators.mes.errors import Reason
from syncproof.simulators.product import Use, permitted, readable

Json = dict[str, Any]


def use_permitted(bom: Json, item: str) -> Use | Reason:
    """Only components of the batch's BOM and their approved alternates are consumed."""
    use = permitted(bom, item)
    if use is not None and use.ratio > 0:
        return use
    if use is not None:
        return Reason(
            "not_in_bom",
            f"item {item} is an alternate with ratio {readable(use.ratio)} in bom {bom['id']} revision "
            f"{bom['revision']}; a ratio is greater than 0",
            "/item",
        )
    components = ", ".join(dict.fromkeys(line["item"] for line in bom["lines"]))
    return Reason(
        "not_in_bom",
        f"item {item} is neither a component nor an approved alternate in bom {bom['id']} "
        f"revision {bom['revision']}; its components are {components}",
        "/item",
    )


def lines_of_operation(bom: Json, _routing: Json, op_no: str) -> list[Json]:
    """The lines whose material one operation uses: by its number, which is its own even where its name is
    not, and those that no operation is named for (URS-RTG-008)."""
    return [line for line in bom["lines"] if line.get("op_no") in (None, op_no)]


def used_at(bom: Json, lines: Sequence[Json], op_no: str, item: str) -> Reason | None:
    """An operation takes the material of its own ``lines``, or an approved alternate of it."""
    if permitted({**bom, "lines": lines}, item) is not None:
        return None
    own = ", ".join(dict.fromkeys(line["item"] for line in lines)) or "none"
    return Reason(
        "not_of_operation",
        f"item {item} is not used at operation {op_no} by bom {bom['id']} revision {bom['revision']}; "
        f"its components there are {own}",
        "/op_no",
    )


def booked(_ctx: object, kept: Mapping[str, Fraction], _bookings: Sequence[Json]) -> dict[str, Fraction]:
    """What was booked of each item counts as it was converted when it was booked (URS-UOM-010)."""
    return dict(kept)


def lot_of_item(lot: Json, item: str) -> Reason | None:
    """The lot that is taken holds the item that is booked."""
    if lot["item"] == item:
        return None
    return Reason("lot_item", f"lot {lot['id']} is of item {lot['item']}, not of {item}; take a lot of {item}", "/lot")


def lot_holds_enough(lot: Json, known: Fraction, wanted: Fraction) -> Reason | None:
    """No more is taken from a lot than it is known to hold."""
    if wanted <= known:
        return None
    return Reason(
        "insufficient",
        f"lot {lot['id']} holds {lot['quantity']['value']} {lot['quantity']['unit']}, "
        f"less than the quantity asked for; take less or use another lot as well",
        "/quantity",
    )


def quantity_positive(amount: Fraction) -> Reason | None:
    """A booking moves something."""
    if amount > 0:
        return None
    return Reason("quantity_invalid", "the quantity must be greater than 0", "/quantity/value")


class Need(NamedTuple):
    """What a batch needs of one component: ``required`` in total, ``tolerance`` above it, and what
    was ``consumed`` so far of it and, converted by their ratio, of its alternates."""

    item: str
    unit: str
    required: Fraction
    tolerance: Fraction
    consumed: Fraction


def discrepancy_explained(need: Need, adding: Fraction, explanation: object) -> Reason | None:
    """More than the batch requires (plus the item's tolerance) needs a written explanation."""
    excess = need.consumed + adding - need.required
    if excess <= need.tolerance or str(explanation or "").strip():
        return None
    return Reason(
        "unexplained_discrepancy",
        f"this consumption takes {need.item} above the requirement of the batch by more than the tolerance "
        f"({readable(need.required)} + {readable(need.tolerance)} {need.unit}, consumed so far "
        f"{readable(need.consumed)}); take less or give an explanation",
        "/explanation",
    )


def in_terms_of_original(amount: Fraction, use: Use) -> Fraction:
    """How much of the component an amount of its alternate stands for."""
    return amount / use.ratio


def consumed_so_far(amounts: Mapping[str, Fraction], bom: Json, original: str) -> Fraction:
    """What the batch consumed of a component; ``amounts`` are its consumptions by item."""
    uses = ((permitted(bom, item), amount) for item, amount in amounts.items())
    return sum(
        (in_terms_of_original(amount, use) for use, amount in uses if use and use.original == original),
        Fraction(0),
    )
