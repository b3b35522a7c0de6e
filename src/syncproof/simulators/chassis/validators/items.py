"""Materials and variants."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import masters
from syncproof.simulators.chassis.errors import Reason
from syncproof.simulators.chassis.validators.known import known_item, unknown_unit
from syncproof.simulators.product import DIMENSIONS, check_digit_ok

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]


def material(_ctx: "Context", master: Json) -> Iterator[Reason]:
    """Base unit and GTIN."""
    if master["base_unit"] not in DIMENSIONS:
        yield unknown_unit(master, master["base_unit"], "/base_unit")
    gtin = master.get("gtin")
    if gtin and not check_digit_ok(gtin):
        yield Reason(
            "gtin_invalid",
            f"material {master['id']}: GTIN {gtin} needs 8, 12, 13 or 14 digits with a right check digit",
            "/gtin",
        )


REQUIRED_OF_VARIANT = ("bom", "routing", "label", "test_specification")


def variant(ctx: "Context", master: Json) -> Iterator[Reason]:
    """A variant names every master that depends on it, and they are known."""
    yield from known_item(ctx, master, "base_item")
    base = masters.newest(ctx, "material", ctx.key("material", master["base_item"]))
    named = {k: v for k, v in master.get("structure", {}).items() if v}
    of_base = (base or {}).get("structure", {})
    for domain in REQUIRED_OF_VARIANT:
        if of_base.get(domain) and domain not in named:
            yield Reason(
                "variant_incomplete",
                f"variant {master['id']} names no {domain}; its base item {master['base_item']} has one",
                f"/structure/{domain}",
            )
    for domain, id in named.items():
        if masters.newest(ctx, domain, ctx.key(domain, id)) is None:
            yield Reason(
                "dependent_missing",
                f"variant {master['id']}: {domain} {id} is not known here; submit it",
                f"/structure/{domain}",
            )
