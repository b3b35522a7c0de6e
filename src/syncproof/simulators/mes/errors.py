"""How the execution system says no.

A rule answers ``None`` (allowed) or a :class:`Reason`; :func:`demand` turns it into a refusal with the
HTTP status of its code. Every message says what is wrong, with which value, and what would be valid.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from syncproof.simulators.chassis.errors import CONFLICT, INVALID, UNKNOWN, Reason, Refused
from syncproof.simulators.product import ProductError

__all__ = ["STATUS", "Reason", "Refused", "demand", "granted", "refusing", "status_of"]

T = TypeVar("T")

STATUS: dict[str, int] = {
    "unknown_order": UNKNOWN,
    "unknown_lot": UNKNOWN,
    "unknown_item": UNKNOWN,
    "equipment_unknown": UNKNOWN,
    "barcode_invalid": INVALID,
    "conversion_missing": INVALID,
    "equipment_missing": INVALID,
    "equipment_state_unknown": INVALID,
    "identity_format": INVALID,
    "label_not_applicable": INVALID,
    "quantity_invalid": INVALID,
}
"""HTTP status by code; a code that is not listed is a conflict with the present state (409)."""


def status_of(code: str) -> int:
    """The HTTP status that a refusal with this code is answered with."""
    return STATUS.get(code, CONFLICT)


def demand(*reasons: Reason | None) -> None:
    """Refuses the request unless every reason is None; the first one decides the status."""
    found = tuple(reason for reason in reasons if reason is not None)
    if found:
        raise Refused(*found, status=status_of(found[0].code))


def granted(found: T | Reason) -> T:
    """What a rule found; refuses the request if it found a reason against it."""
    if isinstance(found, Reason):
        raise Refused(found, status=status_of(found.code))
    return found


@contextmanager
def refusing() -> Iterator[None]:
    """Refuses the request if product arithmetic within cannot give an answer."""
    try:
        yield
    except ProductError as error:
        raise Refused(Reason(error.code, str(error)), status=status_of(error.code)) from error
