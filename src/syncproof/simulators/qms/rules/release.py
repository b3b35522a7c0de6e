"""The release gate: results against the test specification in effect (URS-QLT-001)."""

from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import holds, masters
from syncproof.simulators.chassis.errors import Reason
from syncproof.simulators.product import exact

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]


def inspected(ctx: "Context", text: str) -> Json:
    """Policy ``inspected``: the lot that a result is recorded for; refused if there is no such lot."""
    return holds.need(ctx, text)


def specification(ctx: "Context", lot: Json) -> Json | None:
    """Policy ``specification``: the one that the item names; else any that is for the item."""
    site = lot["site"]
    if site not in ctx.config.sites:
        return None
    material = ctx.effective("material", lot["item"], site) or {}
    named = (material.get("structure") or {}).get("test_specification")
    if named:
        return ctx.effective("test_specification", ctx.key("test_specification", named), site)
    ids = {each["id"] for each in masters.accepted(ctx, "test_specification") if each["item"] == lot["item"]}
    found = (ctx.effective("test_specification", id, site) for id in sorted(ids))
    return next((each for each in found if each is not None), None)


def gate(spec: Json, results: list[Json]) -> list[Reason]:
    """Policy ``release_gate``: every characteristic has its samples, all of them within limits."""
    return [
        reason
        for characteristic in spec["characteristics"]
        for reason in _characteristic(spec, characteristic, results)
    ]


def _characteristic(spec: Json, characteristic: Json, results: list[Json]) -> list[Reason]:
    name, low, high = (characteristic[field] for field in ("name", "low", "high"))
    of = f"test_specification {spec['id']} revision {spec['revision']}: {name}"
    own = [result for result in results if result["characteristic"] == name]
    found = [
        Reason(
            "out_of_limits",
            f"{of} of sample {result['sample']} is {result['value']}; valid: {low} to {high}",
        )
        for result in own
        if not exact(low) <= exact(result["value"]) <= exact(high)
    ]
    if len(own) < spec["samples"]:
        needed = f"{of} has {len(own)} results; {spec['samples']} samples are needed"
        found.append(Reason("results_missing", needed))
    return found


def log_check(ctx: "Context", lot: Json, *, eligible: bool) -> None:
    """Policy ``eligibility_log``."""
    number = len(ctx.state.all("eligibility_check", lot["id"])) + 1
    check = {"lot": lot["id"], "asked_by": ctx.user, "at": ctx.at, "eligible": eligible}
    ctx.state.put("eligibility_check", f"{lot['id']}|{number}", check, ref=lot["id"])
