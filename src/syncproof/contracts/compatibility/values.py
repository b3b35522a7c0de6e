"""JSON values as JSON Schema compares them: numbers exactly, ``true`` is not 1, 1 is 1.0."""

from collections.abc import Hashable
from fractions import Fraction
from typing import Any

KINDS = ("null", "boolean", "number", "string", "array", "object")


def kind(value: Any) -> str:
    """Which of the six kinds of JSON a value is; an integer is a number."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float | Fraction):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"


def exact(number: float | Fraction) -> Fraction:
    """The number as it is written: 0.1 is one tenth."""
    return Fraction(str(number)) if isinstance(number, float) else Fraction(number)


def key(value: Any) -> Hashable:
    """Equal for equal values of JSON, and only for them."""
    match kind(value):
        case "number":
            return ("number", exact(value))
        case "array":
            return ("array", *map(key, value))
        case "object":
            return ("object", frozenset((name, key(each)) for name, each in value.items()))
    return (kind(value), value)


def plain(number: Fraction) -> int | float:
    """A number for a document: whole numbers stay whole, and what no float can hold becomes whole."""
    if number.denominator == 1:
        return number.numerator
    try:
        return float(number)
    except OverflowError:
        return int(number)
