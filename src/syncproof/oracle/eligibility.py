"""Whether a lot may be used, and which verbs a restriction stops."""

import difflib
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from syncproof import model as m
from syncproof.errors import MisuseError
from syncproof.model.inventory import Disposition
from syncproof.oracle.declared import Declarations
from syncproof.oracle.rounding import as_decimal

QUALITY_ROLES = frozenset({"quality_inspector", "quality_approver"})
"""Who may handle a restricted lot in order to inspect it."""

CONSUMING = frozenset({"planning.issue", "execution.consume", "warehouse.allocate", "warehouse.issue"})
"""Verbs that use a lot up, or set it aside for use."""

MOVING = frozenset({"planning.transfer", "warehouse.move", "warehouse.ship"})
"""Verbs that take a lot somewhere else."""

HANDLING = frozenset({"warehouse.dispose", "quality.take_sample"})
"""Verbs that deal with a restricted lot."""


def restrictions(
    declared: Declarations, lot: m.MaterialLot, at: datetime, *, location: str | None = None
) -> frozenset[str]:
    """Why a lot (or the part of it at ``location``) is restricted at ``at``: any of ``lot``, ``item``,
    ``location``, ``expiry``.

    For each of the first three the last hold or release made until then counts (one without a time
    counts at once); before the first of its own, a lot is as it was received.
    """
    targets = {"lot": lot.id, "item": lot.item, "location": location or declared.location(lot)}
    found = {scope for scope, target in targets.items() if _on_hold(declared, scope, target, lot, at)}
    if lot.expiry is not None and at >= lot.expiry:
        found.add("expiry")
    return frozenset(found)


def disposition(declared: Declarations, lot: m.MaterialLot, at: datetime) -> Disposition:
    """The effective disposition of a lot at ``at``."""
    return "Restricted" if restrictions(declared, lot, at) else "UnRestricted"


def free(
    declared: Declarations,
    lot: m.MaterialLot,
    places: Mapping[str, Decimal],
    promised: Iterable[Decimal],
    at: datetime,
) -> Decimal:
    """What of a lot can be promised or taken at ``at``: what lies (``places``: amounts by location) where nothing
    restricts it, less what was ``promised`` to others; never less than nothing."""
    open_to = (
        Fraction(amount)
        for location, amount in places.items()
        if not restrictions(declared, lot, at, location=location)
    )
    left = Fraction(sum(open_to) - sum(map(Fraction, promised)))
    return as_decimal(max(left, Fraction(0)))


def may(
    verb: str,
    disposition: Disposition,
    *,
    purpose: str = "storage",
    roles: Collection[str] = (),
) -> bool:
    """Whether a lot's disposition lets this verb (``warehouse.move``) be done by a user with these
    roles; MisuseError for a verb that neither consumes, moves nor handles a lot."""
    known = CONSUMING | MOVING | HANDLING
    if verb not in known:
        near = difflib.get_close_matches(verb, sorted(known), n=1)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        raise MisuseError(f"{verb!r} is no verb on lots{hint}; valid: {', '.join(sorted(known))}")
    if disposition == "UnRestricted" or verb == "warehouse.dispose":
        return True
    inspecting = verb == "quality.take_sample" or (verb == "warehouse.move" and purpose == "inspection")
    return inspecting and not QUALITY_ROLES.isdisjoint(roles)


def _on_hold(declared: Declarations, scope: str, target: str, lot: m.MaterialLot, at: datetime) -> bool:
    past = [hold for hold in declared.holds(scope, target) if hold.at is None or hold.at <= at]
    if past:
        return past[-1].disposition == "Restricted"
    return scope == "lot" and lot.disposition == "Restricted"
