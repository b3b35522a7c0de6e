"""Rounding: once, at the end, to a multiple of the item's increment, on exact numbers."""

from collections.abc import Callable
from fractions import Fraction

from syncproof.simulators.product.errors import QuantityInvalid
from syncproof.simulators.product.quantities import Json, exact

DEFAULT_POLICY: Json = {"mode": "half_up", "increment": "0.001"}
"""For an item that has no unit record, or whose record is silent about rounding."""


def _down(magnitude: Fraction) -> int:
    return magnitude.numerator // magnitude.denominator


def _up(magnitude: Fraction) -> int:
    return -(-magnitude.numerator // magnitude.denominator)


def _half_up(magnitude: Fraction) -> int:
    return _down(magnitude + Fraction(1, 2))


def _half_even(magnitude: Fraction) -> int:
    whole = _down(magnitude)
    rest = magnitude - whole
    return whole + int(rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1))


MODES: dict[str, Callable[[Fraction], int]] = {
    "up": _up,
    "down": _down,
    "half_up": _half_up,
    "half_even": _half_even,
}
"""Each mode rounds a magnitude, so that a negative amount mirrors a positive one."""


def round_to(value: Fraction, mode: str, increment: Fraction) -> Fraction:
    """The multiple of ``increment`` that ``mode`` selects (up and half_up: away from zero)."""
    if mode not in MODES:
        raise QuantityInvalid(f"rounding mode {mode!r} is not known; valid: {', '.join(MODES)}")
    if increment <= 0:
        raise QuantityInvalid(f"rounding increment {increment} must be greater than 0")
    magnitude = MODES[mode](abs(value) / increment) * increment
    return -magnitude if value < 0 else magnitude


def round_total(value: Fraction, uom: Json | None) -> Fraction:
    """A total in the base unit, rounded as the item's uom record says."""
    policy = {**DEFAULT_POLICY, **((uom or {}).get("rounding") or {})}
    return round_to(value, policy["mode"], exact(policy["increment"]))
