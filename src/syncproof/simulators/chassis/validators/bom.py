"""Bills of material: complete, in known components and convertible units, with controlled
substitution and no loops (URS-VAL-002, -003, -005)."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import masters
from syncproof.simulators.chassis.errors import Reason
from syncproof.simulators.chassis.validators.known import known_item
from syncproof.simulators.product import exact

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]


def bom(ctx: "Context", master: Json) -> Iterator[Reason]:
    """Policy of domain ``bom``."""
    name = f"bom {master['id']}"
    yield from known_item(ctx, master)
    yield from _positive(name, "base quantity", master["base_quantity"], "/base_quantity")
    if not master["lines"]:
        yield Reason("bom_incomplete", f"{name} has no lines; give at least one component", "/lines")
    numbers = Counter(line["line_no"] for line in master["lines"])
    for place, line in enumerate(master["lines"]):
        yield from _line(ctx, name, line, f"/lines/{place}")
        if numbers[line["line_no"]] > 1:
            yield Reason(
                "line_duplicate",
                f"{name}: line number {line['line_no']} occurs more than once; number each line differently",
                f"/lines/{place}/line_no",
            )
    yield from _recursion(ctx, name, master)


def _line(ctx: "Context", name: str, line: Json, pointer: str) -> Iterator[Reason]:
    what = f"{name}: line {line['line_no']}"
    yield from _positive(what, "quantity", line["quantity"], f"{pointer}/quantity")
    if exact(line.get("scrap_percent", "0")) < 0:
        yield Reason("quantity_invalid", f"{what}: scrap_percent must be 0 or more", f"{pointer}/scrap_percent")
    component = masters.newest(ctx, "material", ctx.key("material", line["item"]))
    if component is None:
        yield _orphan(what, "component", line["item"], f"{pointer}/item")
    elif not _convertible(ctx, component, line["quantity"]["unit"]):
        waits = masters.newest(ctx, "uom", component["id"]) is None  # its unit rules may be under way
        yield Reason(
            "uom_unknown" if waits else "conversion_missing",
            f"{what}: {line['item']} has no conversion from {line['quantity']['unit']} to its base unit "
            f"{component['base_unit']}; state one in its uom record",
            f"{pointer}/quantity/unit",
        )
    yield from _substitution(ctx, what, line, pointer)


def _positive(what: str, of: str, quantity: Json, pointer: str) -> Iterator[Reason]:
    if exact(quantity["value"]) <= 0:
        yield Reason("quantity_invalid", f"{what}: {of} is {quantity['value']}; it must be above 0", f"{pointer}/value")


def _orphan(what: str, kind: str, item: str, pointer: str) -> Reason:
    return Reason("orphan_component", f"{what}: {kind} {item} is no known material here; submit its material", pointer)


def _convertible(ctx: "Context", component: Json, unit: str) -> bool:
    if unit == component["base_unit"]:
        return True
    return any(
        each["from_unit"] == unit
        for record in masters.accepted(ctx, "uom", component["id"])
        for each in record.get("conversions", [])
    )


def _substitution(ctx: "Context", what: str, line: Json, pointer: str) -> Iterator[Reason]:
    alternates = line.get("alternates", [])
    approved = line.get("substitution", "none") == "approved"
    if approved and not alternates:
        yield Reason(
            "alternate_missing",
            f"{what}: substitution is approved but no alternate is named; name one or forbid it",
            f"{pointer}/alternates",
        )
    if alternates and not approved:
        yield Reason(
            "substitution_uncontrolled",
            f'{what}: alternates are named but substitution is "none"; approve it or leave them out',
            f"{pointer}/substitution",
        )
    for place, alternate in enumerate(alternates):
        where = f"{pointer}/alternates/{place}"
        if exact(alternate.get("ratio", "1")) <= 0:
            yield Reason("quantity_invalid", f"{what}: ratio of {alternate['item']} must be above 0", where)
        if masters.newest(ctx, "material", ctx.key("material", alternate["item"])) is None:
            yield _orphan(what, "alternate", alternate["item"], where)


def _recursion(ctx: "Context", name: str, master: Json) -> Iterator[Reason]:
    """The item must not be needed, over any level, to make itself."""
    top = ctx.key("material", master["item"])
    seen: set[str] = set()
    waiting = _components(ctx, master)
    while waiting:
        item = waiting.pop()
        if item == top:
            yield Reason("bom_recursive", f"{name}: item {top} is, over some level, a component of itself", "/lines")
            return
        if item not in seen:
            seen.add(item)
            waiting += _below(ctx, item)


def _components(ctx: "Context", master: Json) -> list[str]:
    return [ctx.key("material", line["item"]) for line in master["lines"]]


def _below(ctx: "Context", item: str) -> list[str]:
    """The components of an item by every accepted revision of its bom."""
    material = masters.newest(ctx, "material", item) or {}
    bom_id = material.get("structure", {}).get("bom")
    if not bom_id:
        return []
    boms = masters.accepted(ctx, "bom", ctx.key("bom", bom_id))
    return [component for each in boms for component in _components(ctx, each)]
