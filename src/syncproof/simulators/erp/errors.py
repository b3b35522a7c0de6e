"""How the planning system says no.

A rule answers ``None`` (allowed), one :class:`Reason` or several; :func:`require` refuses the request
with them. Every message says what is wrong, with which value, and what would be valid.
"""

from collections.abc import Iterable

from syncproof.simulators.chassis.errors import CONFLICT, INVALID, UNKNOWN, Reason, Refused

STATUS: dict[str, int] = {
    "unknown_order": UNKNOWN,
    "unknown_lot": UNKNOWN,
    "identity_format": INVALID,
    "quantity_invalid": INVALID,
    "conversion_missing": INVALID,
    "unknown_item": INVALID,
    "unknown_site": INVALID,
    "unknown_variant": INVALID,
    "variant_mismatch": INVALID,
}
"""HTTP status by code; a code that is not listed is a conflict with the present state (409)."""


def refused(*reasons: Reason) -> Refused:
    """The refusal for these reasons, with the status that the first one stands for."""
    return Refused(*reasons, status=STATUS.get(reasons[0].code, CONFLICT))


def require(found: Reason | Iterable[Reason] | None) -> None:
    """Refuses the request if a rule found something."""
    reasons = (found,) if isinstance(found, Reason) else tuple(found or ())
    if reasons:
        raise refused(*reasons)


def unknown_order(order: str, system: str) -> Reason:
    """There is no such order here."""
    return Reason("unknown_order", f"order {order!r} is not known in {system}; create it first", "/order")
