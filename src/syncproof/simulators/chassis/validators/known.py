"""What more than one domain is held against: known items and unit codes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import masters
from syncproof.simulators.chassis.errors import Reason
from syncproof.simulators.product import DIMENSIONS

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]


def unknown_unit(master: Json, unit: str, pointer: str) -> Reason:
    """No such unit code."""
    return Reason(
        "unknown_unit",
        f"{master['domain']} {master['id']}: unit {unit!r} is not known; valid: {', '.join(DIMENSIONS)}",
        pointer,
    )


def known_item(ctx: "Context", master: Json, field: str = "item") -> Iterator[Reason]:
    """The item that a master is for is a known material."""
    if masters.newest(ctx, "material", ctx.key("material", master[field])) is None:
        yield Reason(
            "unknown_item",
            f"{master['domain']} {master['id']}: item {master[field]} is not known here; submit its material",
            f"/{field}",
        )
