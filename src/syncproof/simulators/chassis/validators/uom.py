"""Unit rules of an item: conversions that are possible, unambiguous and true (URS-UOM-003, -005)."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import masters
from syncproof.simulators.chassis.errors import Reason
from syncproof.simulators.chassis.validators.known import unknown_unit
from syncproof.simulators.product import DIMENSIONS, convertible_in_principle, exact, fixed_factor

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]


def uom(ctx: "Context", master: Json) -> Iterator[Reason]:
    """Policy of domain ``uom``."""
    yield from _item(ctx, master)
    yield from _rounding(master)
    conversions = master.get("conversions", [])
    counted = Counter(each["from_unit"] for each in conversions)
    for place, each in enumerate(conversions):
        yield from _conversion(master, each, f"/conversions/{place}")
        if counted[each["from_unit"]] > 1:
            yield _wrong(
                "conversion_inconsistent", master, each["from_unit"],
                f"is stated {counted[each['from_unit']]} times; one unit has one factor", f"/conversions/{place}",
            )  # fmt: skip


def _item(ctx: "Context", master: Json) -> Iterator[Reason]:
    item, unit = masters.newest(ctx, "material", master["id"]), master["base_unit"]
    if unit not in DIMENSIONS:
        yield unknown_unit(master, unit, "/base_unit")
    elif item is None:
        yield Reason(
            "unknown_item", f"uom {master['id']}: the item is not known here; submit its material first", "/id"
        )
    elif item["base_unit"] != unit:
        yield Reason(
            "conversion_inconsistent",
            f"uom {master['id']}: base unit {unit} is not that of the material, {item['base_unit']}",
            "/base_unit",
        )


def _rounding(master: Json) -> Iterator[Reason]:
    increment = master.get("rounding", {}).get("increment", "0.001")
    if exact(increment) <= 0:
        yield Reason(
            "rounding_invalid",
            f"uom {master['id']}: rounding increment {increment} must be above 0",
            "/rounding/increment",
        )


def _conversion(master: Json, each: Json, pointer: str) -> Iterator[Reason]:
    unit, base = each["from_unit"], master["base_unit"]
    numerator, denominator = each["numerator"], each.get("denominator", 1)
    if unit not in DIMENSIONS:
        yield unknown_unit(master, unit, f"{pointer}/from_unit")
        return
    if numerator <= 0 or denominator <= 0:
        yield _wrong(
            "conversion_impossible", master, unit,
            f"has the factor {numerator}/{denominator}; both must be above 0", pointer,
        )  # fmt: skip
        return
    if unit == base:
        yield _wrong("conversion_inconsistent", master, unit, "is the base unit itself; leave it out", pointer)
    elif base in DIMENSIONS:
        yield from _physics(master, unit, Fraction(numerator, denominator), pointer)


def _physics(master: Json, unit: str, factor: Fraction, pointer: str) -> Iterator[Reason]:
    base = master["base_unit"]
    if not convertible_in_principle(unit, base):
        yield _wrong(
            "conversion_impossible", master, unit,
            f"is of dimension {DIMENSIONS[unit]}, {base} of {DIMENSIONS[base]}; no factor can be right", pointer,
        )  # fmt: skip
        return
    fixed = fixed_factor(unit, base)
    if fixed is not None and fixed != factor:
        yield _wrong("conversion_inconsistent", master, unit, f"is {fixed} {base} by definition, not {factor}", pointer)


def _wrong(code: str, master: Json, unit: str, what: str, pointer: str) -> Reason:
    return Reason(code, f"uom {master['id']}: {unit} {what}", pointer)
