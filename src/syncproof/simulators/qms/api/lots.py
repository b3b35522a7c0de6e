"""Holds and their release, results, samples, and the on-demand question whether a lot may be used."""

from syncproof.simulators.chassis import facts, holds, masters
from syncproof.simulators.chassis.context import Context
from syncproof.simulators.chassis.errors import INVALID, UNKNOWN, Reason, Refused, refuse
from syncproof.simulators.chassis.routes import DECIMAL, QUANTITY, TEXT, WHOLE, Json, Read, Write, many, obj, roles
from syncproof.simulators.chassis.state import dumps
from syncproof.simulators.product import exact, wire

INSPECTION = roles("quality_inspector", "quality_approver")


# holds


def deciders(body: Json) -> frozenset[str]:
    """An inspector may restrict; only an approver releases."""
    return INSPECTION if body.get("disposition") == holds.HELD else roles("quality_approver")


def set_disposition(ctx: Context, body: Json) -> None:
    """``POST /dispositions``."""
    scope = body["scope"]
    target = ctx.key(holds.ENTITIES[scope], body["target"])
    lot = _target(ctx, scope, target)
    if lot is not None and body["disposition"] == holds.FREE:
        _gate(ctx, lot)
    hold = {
        "scope": scope, "target": target, "disposition": body["disposition"], "reason": ctx.reason,
        "by": ctx.user, "at": ctx.at,
    }  # fmt: skip
    facts.store_hold(ctx, hold, "hold" if body["disposition"] == holds.HELD else "release")
    ctx.emit("disposition", f"hold/{scope}/{target}", hold)


def _target(ctx: Context, scope: str, target: str) -> Json | None:
    """The lot if it is one; refused if the lot or item is not known. Locations are the warehouse's."""
    if scope == "lot":
        return holds.need(ctx, target)
    if scope == "item" and masters.newest(ctx, "material", target) is None:
        refuse("unknown_item", f"item {target!r} is not known here; name a material", "/target", status=UNKNOWN)
    return None


def _gate(ctx: Context, lot: Json) -> None:
    """A restricted lot whose item has a specification is released only on its results."""
    spec = ctx.rules.specification(ctx, lot)
    if spec is None or holds.own_disposition(ctx, lot) == holds.FREE:
        return
    reasons = ctx.rules.release_gate(spec, ctx.state.all("result", lot["id"]))
    if reasons:
        raise Refused(*reasons)


# results and samples


def record_result(ctx: Context, body: Json) -> None:
    """``POST /results``. A result is never overwritten: a retest is a sample of its own."""
    lot = ctx.rules.inspected(ctx, body["lot"])
    exact(body["value"])
    _known_characteristic(ctx, lot, body["characteristic"])
    key = dumps([lot["id"], body["characteristic"], body["sample"]])
    if ctx.state.get("result", key):
        refuse(
            "result_exists",
            f"sample {body['sample']} of {body['characteristic']} is recorded already; record another sample",
            "/sample",
        )
    result = {**{field: body[field] for field in ("characteristic", "sample", "value")}, "lot": lot["id"]}
    ctx.state.put("result", key, {**result, "by": ctx.user, "at": ctx.at}, ref=lot["id"])
    ctx.audit("lot", lot["id"], "result", field=f"{body['characteristic']} {body['sample']}", new=body["value"])


def _known_characteristic(ctx: Context, lot: Json, name: str) -> None:
    spec = ctx.rules.specification(ctx, lot)
    known = [each["name"] for each in spec["characteristics"]] if spec else [name]
    if name not in known:
        refuse(
            "characteristic_unknown",
            f"{name!r} is no characteristic of test_specification {spec and spec['id']}; valid: {', '.join(known)}",
            "/characteristic",
            status=INVALID,
        )


def take_sample(ctx: Context, body: Json) -> None:
    """``POST /samples``: allowed from a restricted lot."""
    lot, quantity = holds.need(ctx, body["lot"]), body["quantity"]
    wrong = _unsampleable(lot, quantity)
    if wrong:
        raise Refused(wrong, status=409 if wrong.code == "insufficient" else INVALID)
    left = exact(lot["quantity"]["value"]) - exact(quantity["value"])
    rest = {"value": wire(left), "unit": quantity["unit"]}
    holds.save(ctx, {**lot, "quantity": rest})
    ctx.audit("lot", lot["id"], "sample", field="quantity", old=holds.text(lot["quantity"]), new=holds.text(rest))
    fact = {"kind": "sample", "lot": lot["id"], "item": lot["item"], "quantity": quantity, "by": ctx.user}
    ctx.emit("fact", f"lot/{lot['id']}", {**fact, "at": ctx.at})


def _unsampleable(lot: Json, quantity: Json) -> Reason | None:
    unit, there = lot["quantity"]["unit"], lot["quantity"]["value"]
    if quantity["unit"] != unit:
        return Reason(
            "unit_mismatch", f"lot {lot['id']} is kept in {unit}; state the sample in {unit}", "/quantity/unit"
        )
    if exact(quantity["value"]) <= 0:
        return Reason("quantity_invalid", f"a sample of {quantity['value']}; it must be above 0", "/quantity")
    if exact(quantity["value"]) > exact(there):
        return Reason("insufficient", f"lot {lot['id']} has {there} {unit} left; take no more", "/quantity")
    return None


# the on-demand question


def eligibility(ctx: Context, query: dict[str, str]) -> Json:
    """``GET /eligibility``: whether a lot may be used now; who asked is logged (URS-HLD-008)."""
    lot = holds.need(ctx, query["lot"])
    reasons = ctx.rules.restrictions(ctx, lot)
    with ctx.state.transaction():
        ctx.rules.eligibility_log(ctx, lot, eligible=not reasons)
    return {
        "lot": lot["id"],
        "eligible": not reasons,
        "reasons": [reason.wire() for reason in reasons],
        "checked_at": ctx.at,
    }


def eligibility_checks(ctx: Context, query: dict[str, str]) -> Json:
    """``GET /eligibility-checks``."""
    return {"items": ctx.state.all("eligibility_check", ctx.key("lot", query["lot"]))}


ROUTES = (
    Write(
        path="/dispositions", handler=set_disposition, summary="Hold or release a lot, location or item",
        roles=deciders, about=("hold", "target"), bulk=True,
        body=obj(
            scope={"enum": ["lot", "location", "item"]}, target=TEXT,
            disposition={"enum": [holds.HELD, holds.FREE]},
        ),
    ),
    Write(
        path="/results", handler=record_result, summary="Record the result of one sample", roles=INSPECTION,
        body=obj(lot=TEXT, characteristic=TEXT, sample={**WHOLE, "minimum": 1}, value=DECIMAL),
        about=("lot", "lot"),
    ),
    Write(
        path="/samples", handler=take_sample, summary="Take a sample of a lot", roles=INSPECTION,
        body=obj(lot=TEXT, quantity=QUANTITY), about=("lot", "lot"),
    ),
    Read(path="/eligibility", handler=eligibility, summary="May a lot be used now? Logged", required=("lot",)),
    Read(path="/eligibility-checks", handler=eligibility_checks, summary="Who asked about a lot",
         required=("lot",), answer=many("eligibility_check")),
)  # fmt: skip
