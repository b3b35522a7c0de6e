"""Values as the record holds them: JSON types in one stated form, so that equal means equal text.

Decimals become strings without exponent or trailing zeros, instants RFC 3339 in UTC, sets lists in
canonical order. Two values are the same exactly if their plain forms are.
"""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import repeat
from typing import Any

import msgspec

from syncproof.errors import MisuseError
from syncproof.evidence.canonical import MAX_INTEGER, canonical

Tolerance = Decimal | int | timedelta


def plain(value: Any) -> Any:
    """The plain form of ``value``; MisuseError for a type that has none."""
    if value is None or type(value) in (bool, str):
        return value
    for kinds, convert in _CONVERTERS:
        if isinstance(value, kinds):
            return convert(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    text = f"a {type(value).__name__} cannot be recorded: give a canonical record or plain values"
    raise MisuseError(text)


def decimal_text(value: Decimal) -> str:
    """A Decimal without exponent and trailing zeros: ``12.5``, ``100``, ``0``."""
    if not value.is_finite():
        return str(value)
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def instant_text(value: datetime) -> str:
    """An instant in UTC (``…Z``); a local wall time without offset stays as it is."""
    if value.tzinfo is None:
        return value.isoformat()
    return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def is_close(expected: Any, actual: Any, tolerance: Tolerance) -> bool:
    """Whether the values have one shape, numbers (or instants) in them differ by ``tolerance`` at
    most, and everything else is the same."""
    if _are_times(expected, actual):
        apart: timedelta = abs(expected - actual)
        return apart <= _as_span(tolerance)
    if _is_number(expected) and _is_number(actual) and not isinstance(tolerance, timedelta):
        return abs(_exact(expected) - _exact(actual)) <= _exact(tolerance)
    ours = _parts(expected)
    if ours is None or type(expected) is not type(actual):
        return canonical(plain(expected)) == canonical(plain(actual))
    theirs = _parts(actual) or []
    if len(ours) != len(theirs):
        return False
    in_order = all(map(is_close, ours, theirs, repeat(tolerance)))
    return in_order or (isinstance(expected, AbstractSet) and _pair_up(ours, theirs, tolerance))


def _pair_up(ours: list[Any], theirs: list[Any], tolerance: Tolerance) -> bool:
    """Whether each member of a set can have a close one of the other to itself. The order of texts is not that of
    values, and one that is close may be needed by another: a matching, found by augmenting paths."""
    near: list[list[int]] = []
    taken_by: dict[int, int] = {}
    for number, one in enumerate(ours):
        near.append([n for n, other in enumerate(theirs) if is_close(one, other, tolerance)])
        if not _takes_one(number, near, taken_by):
            return False
    return True


def _takes_one(number: int, near: list[list[int]], taken_by: dict[int, int]) -> bool:
    """One more of ours takes one of theirs; whoever has that already takes another, if that frees one in the end."""
    asked_by: dict[int, int] = {}
    had = {one: other for other, one in taken_by.items()}
    ahead = [number]
    for asking in ahead:  # which grows meanwhile
        for wanted in (other for other in near[asking] if other not in asked_by):
            asked_by[wanted] = asking
            if wanted in taken_by:
                ahead.append(taken_by[wanted])
                continue
            free: int | None = wanted
            while free is not None:
                taken_by[free] = asked_by[free]
                free = had.get(taken_by[free])
            return True
    return False


def _parts(value: Any) -> list[Any] | None:
    """The parts of a compound value in a comparable order; None for a simple one."""
    if isinstance(value, msgspec.Struct):
        return [getattr(value, name) for name in value.__struct_fields__]
    if isinstance(value, Mapping):
        return [part for key in sorted(value, key=str) for part in (key, value[key])]
    if isinstance(value, AbstractSet):
        return sorted(value, key=lambda member: canonical(plain(member)))
    if isinstance(value, list | tuple):
        return list(value)
    return None


def _are_times(one: Any, other: Any) -> bool:
    """Whether both are durations or points in time; from a wall time without a zone no instant has a distance."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return (one.tzinfo is None) == (other.tzinfo is None)
    return isinstance(one, timedelta) and isinstance(other, timedelta)


def _is_number(value: Any) -> bool:
    """Whether it has a distance from another one: NaN and infinity have none."""
    if isinstance(value, Decimal):
        return value.is_finite()
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, Fraction | int) and not isinstance(value, bool)


def _exact(value: Any) -> Fraction:
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def _as_span(tolerance: Tolerance) -> timedelta:
    return tolerance if isinstance(tolerance, timedelta) else timedelta(seconds=float(tolerance))


def _plain_struct(value: msgspec.Struct) -> dict[str, Any]:
    config = value.__struct_config__
    tag = {str(config.tag_field): config.tag} if config.tag_field else {}
    return tag | {name: plain(getattr(value, name)) for name in value.__struct_fields__}


def _plain_set(value: AbstractSet[Any]) -> list[Any]:
    return sorted((plain(member) for member in value), key=canonical)


def _plain_int(value: int) -> int | str:
    return value if abs(value) <= MAX_INTEGER else str(value)


def _plain_float(value: float) -> float | int | str:
    if not math.isfinite(value):
        return str(value)
    return int(value) if value == int(value) and abs(value) <= MAX_INTEGER else value


_CONVERTERS: tuple[tuple[Any, Any], ...] = (
    (Enum, lambda value: plain(value.value)),
    (str, str),
    (msgspec.Struct, _plain_struct),
    (Decimal, decimal_text),
    (int, _plain_int),
    (float, _plain_float),
    (Fraction, str),
    (datetime, instant_text),
    (date | time, lambda value: value.isoformat()),
    (timedelta, lambda value: f"{value.total_seconds():g} s"),
    (Mapping, lambda value: {str(key): plain(part) for key, part in value.items()}),
    (AbstractSet, _plain_set),
    (bytes, lambda value: value.decode("utf-8", "replace")),
    (Sequence, lambda value: [plain(part) for part in value]),
)
