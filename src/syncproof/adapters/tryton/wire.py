"""Values as Tryton's JSON-RPC writes them.

Numbers come as floats. They are read by their shortest text (12.5, not 12.500000000000000444), which is
what Tryton stored and shows.
"""

import datetime as dt
import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from syncproof.errors import Untranslatable


def to_wire(value: Any) -> Any:
    """A Python value as Tryton takes it; quantities are floats there, prices typed decimals."""
    if isinstance(value, Decimal):
        return {"__class__": "Decimal", "decimal": str(value)}
    if isinstance(value, dt.datetime):
        return {"__class__": "datetime", **{part: getattr(value, part) for part in _INSTANT}}
    if isinstance(value, dt.date):
        return {"__class__": "date", **{part: getattr(value, part) for part in _INSTANT[:3]}}
    if isinstance(value, dict):
        return {key: to_wire(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [to_wire(each) for each in value]
    return value


_INSTANT = ("year", "month", "day", "hour", "minute", "second", "microsecond")


def from_wire(value: Any) -> Any:
    """A value of an answer; naive instants are UTC, the zone the server is started in."""
    if isinstance(value, float):
        return Decimal(repr(value).removesuffix(".0"))
    if isinstance(value, list):
        return [from_wire(each) for each in value]
    if isinstance(value, dict):
        kind = value.get("__class__")
        if kind in _DECODERS:
            return _DECODERS[kind](value)
        return {key: from_wire(each) for key, each in value.items()}
    return value


_DECODERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "Decimal": lambda v: Decimal(v["decimal"]),
    "date": lambda v: dt.date(*(v[part] for part in _INSTANT[:3])),
    "datetime": lambda v: dt.datetime(**{part: v[part] for part in _INSTANT}, tzinfo=dt.UTC),
    "timedelta": lambda v: dt.timedelta(seconds=v["seconds"]),
}


def as_float(value: Decimal, field: str = "quantity") -> float:
    """A number as Tryton stores it; Untranslatable for one that JSON does not have (sent as null, it would be taken
    for none)."""
    if not value.is_finite() or not math.isfinite(number := float(value)):
        raise Untranslatable(f"{field}: JSON has no number for {value}")
    return number
