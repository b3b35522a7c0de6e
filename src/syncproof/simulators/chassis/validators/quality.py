"""Labels, test specifications and rules of identifiers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis.errors import Reason
from syncproof.simulators.chassis.validators.known import known_item
from syncproof.simulators.product import exact

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]


def label(ctx: "Context", master: Json) -> Iterator[Reason]:
    """The artwork is identified and the tolerance makes sense."""
    yield from known_item(ctx, master)
    if not master["artwork_hash"].strip():
        yield Reason("artwork_missing", f"label {master['id']}: artwork_hash is empty; give the hash", "/artwork_hash")
    if master.get("reconciliation_tolerance", 0) < 0:
        yield Reason(
            "limits_invalid",
            f"label {master['id']}: reconciliation_tolerance must be 0 or more labels",
            "/reconciliation_tolerance",
        )


def test_specification(ctx: "Context", master: Json) -> Iterator[Reason]:
    """Sampling plan and limits."""
    yield from known_item(ctx, master)
    name = f"test_specification {master['id']}"
    if master["samples"] < 1:
        yield Reason("limits_invalid", f"{name}: samples is {master['samples']}; valid: 1 or more", "/samples")
    if not master["characteristics"]:
        yield Reason("limits_invalid", f"{name} has no characteristics; give at least one", "/characteristics")
    for place, each in enumerate(master["characteristics"]):
        if exact(each["low"]) > exact(each["high"]):
            yield Reason(
                "limits_invalid",
                f"{name}: {each['name']} has low {each['low']} above high {each['high']}; swap or correct them",
                f"/characteristics/{place}",
            )


def identity(_ctx: "Context", master: Json) -> Iterator[Reason]:
    """The rule can be kept by something."""
    if not 1 <= master["min_length"] <= master["max_length"]:
        yield Reason(
            "limits_invalid",
            f"identity {master['id']}: lengths {master['min_length']} to {master['max_length']}; "
            "valid: 1 <= min_length <= max_length",
            "/min_length",
        )
    if not master["alphabet"]:
        yield Reason("limits_invalid", f"identity {master['id']}: the alphabet is empty; list it", "/alphabet")
