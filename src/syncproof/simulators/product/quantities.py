"""Exact amounts: decimal text on the wire, rational numbers in between."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from syncproof.simulators.product.errors import QuantityInvalid

Json = dict[str, Any]
MAX_EXPONENT = 60
"""Larger powers of ten are a mistake, and would only cost time and memory."""

_NUMBER = re.compile(r"[+-]?[0-9]{1,100}(\.[0-9]{0,100})?([eE][+-]?[0-9]{1,3})?")
_HELP = 'write it as decimal text such as "12.5"'


def exact(value: Any) -> Fraction:
    """The rational number that a wire value states. Binary floats are refused: they state none."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        raise QuantityInvalid(f"{value!r} is no exact number: {_HELP}")
    text = str(value)
    if not _NUMBER.fullmatch(text):
        raise QuantityInvalid(f"{value!r} is no decimal number: {_HELP}")
    number = Decimal(text)
    if abs(number.adjusted()) > MAX_EXPONENT:
        raise QuantityInvalid(f"{value!r} is out of range: give an amount below 1E{MAX_EXPONENT}")
    return Fraction(number)


def wire(value: Fraction | Decimal | int) -> str:
    """Decimal text without exponent and without trailing zeros ("12.5", "100", "0")."""
    number = Fraction(value)
    places = _decimal_places(number.denominator)
    digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
    return f"{'-' if number < 0 else ''}{whole}{'.' if part else ''}{part}"


def _decimal_places(denominator: int) -> int:
    """How many decimals state a reduced fraction exactly; a third has no such number."""
    rest, counts = denominator, []
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        counts.append(count)
    if rest != 1:
        raise QuantityInvalid(f"1/{denominator} has no exact decimal form: round it by the item's policy")
    return max(counts)


def readable(value: Fraction) -> str:
    """Decimal text of any amount, for people and for balances: exact if the amount has a decimal form,
    else to the nearest millionth."""
    try:
        return wire(value)
    except QuantityInvalid:
        return wire(Fraction(round(value * 10**6), 10**6))


def quantity(value: Fraction | Decimal | int, unit: str) -> Json:
    """A quantity as it goes on the wire."""
    return {"value": wire(value), "unit": unit}
