"""Lots and what restricts them: holds of the lot, its item or its location, and expiry.

A lot is the document ``lot``/id with the fields of MaterialLot; a hold is the document
``hold``/``scope|target`` with those of Hold, its last disposition included.
"""

from typing import TYPE_CHECKING, Any

from syncproof.simulators.chassis import clock
from syncproof.simulators.chassis.errors import UNKNOWN, Reason, Refused, refuse

if TYPE_CHECKING:
    from syncproof.simulators.chassis.context import Context

Json = dict[str, Any]
FREE = "UnRestricted"
HELD = "Restricted"


ENTITIES = {"lot": "lot", "item": "material", "location": "location"}
"""What kind of identifier the target of a hold is, by its scope."""


def hold_id(scope: str, target: str) -> str:
    """The document id of a hold."""
    return f"{scope}|{target}"


def find(ctx: "Context", text: str) -> Json | None:
    """A lot by its identifier in any spelling, with its own disposition as it was created."""
    return ctx.state.get("lot", ctx.key("lot", text))


def need(ctx: "Context", text: str) -> Json:
    """The same; refused if there is no such lot."""
    lot = find(ctx, text)
    if lot is None:
        refuse("unknown_lot", f"lot {text!r} is not known in {ctx.config.system}", "/lot", status=UNKNOWN)
    return lot


def save(ctx: "Context", lot: Json) -> None:
    """Stores a lot with its keys in normal form (``ref`` is its item)."""
    item, location = ctx.key("material", lot["item"]), ctx.key("location", lot["location"])
    ctx.state.put("lot", lot["id"], {**lot, "item": item, "location": location}, ref=item)


def shown(ctx: "Context", lot: Json) -> Json:
    """A lot as it is answered: with its effective disposition."""
    return {**lot, "disposition": disposition(ctx, lot)}


def disposition(ctx: "Context", lot: Json) -> str:
    """Restricted or UnRestricted, now."""
    return HELD if ctx.rules.restrictions(ctx, lot) else FREE


def own_disposition(ctx: "Context", lot: Json) -> str:
    """The disposition of the lot itself, whatever its item, location or expiry."""
    return FREE if _held(ctx, "lot", lot["id"], lot) is None else HELD


def restrictions(ctx: "Context", lot: Json) -> list[Reason]:
    """Policy ``restrictions``: every reason why a lot must not be used now."""
    targets = {"lot": lot["id"], "item": lot["item"], "location": lot["location"]}
    found = [
        Reason(
            "lot_restricted",
            f"lot {lot['id']} is on hold by its {scope} {target}: {why}; quality must release it first",
            "/lot",
        )
        for scope, target in targets.items()
        if (why := _held(ctx, scope, target, lot)) is not None
    ]
    expiry = lot.get("expiry")
    if expiry and ctx.now >= clock.read(expiry):
        found.append(Reason("lot_expired", f"lot {lot['id']} expired at {expiry}; use a lot that has not", "/lot"))
    return found


def _held(ctx: "Context", scope: str, target: str, lot: Json) -> str | None:
    """Why a target is on hold, or None. Before its first hold or release a lot is as it was made."""
    hold = ctx.state.get("hold", hold_id(scope, target))
    if hold is not None:
        return hold["reason"] if hold["disposition"] == HELD else None
    return "it was received so" if scope == "lot" and lot.get("disposition") == HELD else None


def guard(ctx: "Context", lot: Json) -> None:
    """Policy ``hold_guard``: a restricted lot is not used."""
    reasons = ctx.rules.restrictions(ctx, lot)
    if reasons:
        raise Refused(*reasons)


def require_unrestricted(ctx: "Context", text: str) -> Json:
    """The lot, if it is known and may be used now."""
    lot = need(ctx, text)
    ctx.rules.hold_guard(ctx, lot)
    return lot


def text(quantity: Json) -> str:
    """A quantity as audit events show it."""
    return f"{quantity['value']} {quantity['unit']}"
